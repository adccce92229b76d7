// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/model.hpp"
#include "engine/xml/load_values.hpp"
#include "engine/xml/reader.hpp"

namespace catchrule::xml {

/// Reads the FaultRules, DefaultFaultRule and (of a bare fragment) FaultRule among `elements`;
/// others are left alone. Several FaultRules are joined in document order (SEM-22).
FaultHandling load_faults(Context& context, const File& file, const std::vector<Element>& elements);

}  // namespace catchrule::xml
