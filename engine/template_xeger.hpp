// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/random.hpp"
#include "grammar/diagnostic.hpp"

namespace catchrule {

// A regular expression that makes texts which match it. It may have literals, classes, `.`, groups,
// alternatives and repetitions; look-around, back references, possessive repetitions and anchors
// elsewhere than at the ends have no text to make and are errors. `.` and negated classes draw from
// the printable ASCII characters.
class Xeger {
public:
    static constexpr std::size_t max_pattern_bytes = 1024;
    static constexpr std::size_t max_nesting = 16;
    static constexpr std::uint32_t max_repeat = 1000;     // the largest number in braces
    static constexpr std::uint32_t unbounded_extra = 10;  // how much more `*`, `+`, `{n,}` make
    static constexpr std::size_t max_text_bytes = 64 * 1024;

    // The code of the error is left to the caller.
    static grammar::Parsed<Xeger> compile(std::string_view pattern);

    // Appends a text. False when it would be longer than max_text_bytes.
    bool append(Random& random, std::string& out) const;

    // First and last character of a range.
    using Range = std::pair<std::uint32_t, std::uint32_t>;

    // Characters to choose from, or alternatives each of which is a sequence.
    struct Node {
        std::vector<Range> characters{};
        std::vector<std::vector<Node>> alternatives{};
        std::uint32_t least = 1;
        std::uint32_t most = 1;
    };

private:
    Node root_;
};

}  // namespace catchrule
