// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/template.hpp"

namespace catchrule {

// What stands behind the prefix character of a template; nothing is looked up yet.
struct Braced {
    enum class Kind : std::uint8_t { text, reference, call };

    struct Argument {
        std::string_view text;  // without its quotes
        std::size_t begin = 0;  // of `text` in what was read
        bool quoted = false;
    };

    // Longer calls are text, so that reading a text of many open calls ends soon.
    static constexpr std::size_t max_call_bytes = 8 * 1024;

    Kind kind = Kind::text;
    std::string_view name;
    std::optional<std::string_view> fallback;
    std::vector<Argument> arguments;
    std::size_t length = 0;  // up to and including the suffix; 0 for text
    // Of a text that begins like a call, `name(`: where reading stopped.
    std::optional<std::size_t> open_call;
};

// `text` starts behind the prefix.
Braced read_braced(std::string_view text, Template::Delimiters delimiters);

// Whether all of `text` could be the name of a variable.
bool is_template_name(std::string_view text);

}  // namespace catchrule
