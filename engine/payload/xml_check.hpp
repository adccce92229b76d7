// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "engine/payload/payload.hpp"

namespace catchrule::payload {

// What pugixml lets pass: one root and nothing but white space beside it, no control characters,
// UTF-8, only the five entities of XML and character references, attributes given once; and the
// limits on depth and nodes. One pass over the bytes, no recursion; tags that do not match are left
// to the parser.
Status check_xml(std::string_view text, const Limits& limits);

}  // namespace catchrule::payload
