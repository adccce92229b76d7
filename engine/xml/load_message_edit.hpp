// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/policies/message_edit.hpp"
#include "engine/xml/load_values.hpp"
#include "engine/xml/reader.hpp"

namespace catchrule::xml {

/// The Set, Add, Remove, Copy and AssignVariable children of `parent` (AssignMessage or
/// FaultResponse), in document order.
std::vector<EditOperation> load_edits(Context& context, const File& file, const Element& parent);

}  // namespace catchrule::xml
