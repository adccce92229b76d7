// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "grammar/diagnostic.hpp"
#include "grammar/pattern.hpp"

namespace catchrule::grammar {

// A java.util.regex pattern compiled by PCRE2, for pattern.cpp and replace.cpp alone.

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* p) const {
        Free(p);
    }
};
using MatchData = std::unique_ptr<pcre2_match_data, Freed<pcre2_match_data_free>>;

struct RegexCode {
    std::unique_ptr<pcre2_code, Freed<pcre2_code_free>> code;
    std::size_t groups = 0;  // those of the pattern
    std::map<std::string, std::size_t, std::less<>> names{};
};

enum class RegexUse : std::uint8_t { whole_value, search };
enum class RegexLife : std::uint8_t { kept, once };  // machine code pays for the first only

Parsed<RegexCode> compile_java_regex(std::string_view text, RegexUse use, RegexLife life);

// Matches `subject`, within PatternLimits.
Match match_regex(const pcre2_code* code, std::string_view subject);

// Finds the next match from `start` on in a `subject` that is UTF-8; its places go to `data`.
Match find_regex(const pcre2_code* code, std::string_view subject, std::size_t start,
                 pcre2_match_data* data);

}  // namespace catchrule::grammar
