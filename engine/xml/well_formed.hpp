// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/source.hpp"

namespace catchrule::xml {

/// What pugixml lets pass or reports without saying what was expected: bytes and entities XML does
/// not allow, attributes given twice, tags that do not match, nesting beyond `max_depth`. Errors
/// mean that the file is not XML; reading stops at the first one of its structure.
std::vector<grammar::Diagnostic> check_well_formed(const grammar::Source& source,
                                                   std::uint32_t max_depth);

}  // namespace catchrule::xml
