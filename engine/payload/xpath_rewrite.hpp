// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/payload/xpath.hpp"
#include "grammar/diagnostic.hpp"

namespace catchrule::payload {

// An expression whose name tests are in words that pugixml, which compares names as written in the
// document, reads as XPath means them.
struct Rewritten {
    std::string text;
    // For each byte of `text`, and its end: the offset in the source.
    std::vector<std::uint32_t> origin;
};

grammar::Parsed<Rewritten> rewrite_names(std::string_view text, const Namespaces& namespaces);

}  // namespace catchrule::payload
