// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/model.hpp"
#include "engine/xml/load_values.hpp"
#include "engine/xml/reader.hpp"

namespace catchrule::xml {

/// The Step children of `parent`, also under their old name Policy; whether `parent` may hold
/// anything else is its own loader's business.
std::vector<Step> load_steps(Context& context, const File& file, const Element& parent);

/// PreFlow, PostFlow and PostClientFlow (never conditional), or one Flow of Flows.
Flow load_flow(Context& context, const File& file, const Element& element);

/// The conditional flows of `<Flows>`.
std::vector<Flow> load_flows(Context& context, const File& file, const Element& flows);

}  // namespace catchrule::xml
