// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"

namespace catchrule::grammar {

/// A java.util.regex pattern in PCRE2's words.
struct TranslatedRegex {
    std::string pattern;
    std::vector<std::uint32_t>
        origin;              ///< for each byte of `pattern`, and its end: the source offset
    std::size_t groups = 0;  ///< of the source; `pattern` may define three more behind them
    std::map<std::string, std::size_t, std::less<>>
        names;                            ///< of groups; they have only numbers in `pattern`
    std::vector<Diagnostic> diagnostics;  ///< one error, or none
};

/// Rewrites what the two engines spell differently (`\uXXXX`, `\p{Alpha}`, octal escapes, the line
/// ends that `.` stops at, white space under (?x)) and refuses what PCRE2 would silently read in
/// another way or Java would not accept.
TranslatedRegex translate_java_regex(std::string_view text);

}  // namespace catchrule::grammar
