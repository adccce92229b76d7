// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"

namespace catchrule::grammar {

/// A java.util.regex pattern in PCRE2's words.
struct TranslatedRegex {
    std::string pattern;
    std::vector<std::uint32_t>
        origin;  ///< for each byte of `pattern`, and its end: the source offset
    std::vector<Diagnostic> diagnostics;  ///< one error, or none
};

/// Rewrites what the two engines spell differently (`\uXXXX`, `\p{Alpha}`, octal escapes, the line
/// ends that `.` stops at) and refuses what PCRE2 would silently read in another way or Java would
/// not accept.
TranslatedRegex translate_java_regex(std::string_view text);

}  // namespace catchrule::grammar
