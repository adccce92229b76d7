// SPDX-License-Identifier: Apache-2.0
#include "grammar/regex_code.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "grammar/glob.hpp"
#include "grammar/java_regex.hpp"
#include "grammar/messages.hpp"

namespace catchrule::grammar {
namespace {

constexpr std::size_t jit_stack_start = 32 * 1024;

using MatchContext = std::unique_ptr<pcre2_match_context, Freed<pcre2_match_context_free>>;
using JitStack = std::unique_ptr<pcre2_jit_stack, Freed<pcre2_jit_stack_free>>;

// What a thread needs to match; made at its first regular expression.
struct MatchState {
    MatchState()
        : context(pcre2_match_context_create(nullptr)),
          data(pcre2_match_data_create(1, nullptr)),
          stack(pcre2_jit_stack_create(jit_stack_start, PatternLimits::jit_stack_bytes, nullptr)) {
        if (!usable()) return;
        pcre2_set_match_limit(context.get(), PatternLimits::steps);
        pcre2_set_heap_limit(context.get(), PatternLimits::heap_kib);
        pcre2_jit_stack_assign(context.get(), nullptr, stack.get());
    }
    bool usable() const { return context && data && stack; }

    MatchContext context;
    MatchData data;
    JitStack stack;
};

// PCRE2 10.42 makes `a*` possessive in `a*(?:b)?+[ab]` and then misses "a".
bool has_possessive(std::string_view pattern) {
    for (const std::string_view quantifier : {"?+", "*+", "}+"}) {
        if (pattern.find(quantifier) != std::string_view::npos) return true;
    }
    return false;
}

Match match(const pcre2_code* code, std::string_view subject, std::size_t start,
            std::uint32_t options, pcre2_match_data* data) {
    thread_local const MatchState state;
    if (!state.usable() || subject.size() > PatternLimits::subject_bytes) return Match::gave_up;
    // An empty view may hold a null pointer, which PCRE2 10.42 takes with length 0.
    const int found =
        pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), start,
                    options, data != nullptr ? data : state.data.get(), state.context.get());
    if (found >= 0) return Match::yes;
    switch (found) {
        case PCRE2_ERROR_MATCHLIMIT:
        case PCRE2_ERROR_DEPTHLIMIT:
        case PCRE2_ERROR_HEAPLIMIT:
        case PCRE2_ERROR_JIT_STACKLIMIT:
        case PCRE2_ERROR_NOMEMORY:
            return Match::gave_up;
        default:
            return Match::no;  // or text that is not UTF-8
    }
}

std::string pcre2_message(int error) {
    std::array<PCRE2_UCHAR, 128> buffer{};
    pcre2_get_error_message(error, buffer.data(), buffer.size());
    return reinterpret_cast<const char*>(buffer.data());
}

}  // namespace

Parsed<RegexCode> compile_java_regex(std::string_view text, RegexUse use, RegexLife life) {
    Parsed<RegexCode> result;
    if (text.size() > Glob::max_bytes) {
        result.diagnostics.push_back(make_diagnostic(
            Problem::pattern_too_long, {0, static_cast<std::uint32_t>(text.size())},
            "expected a pattern of at most " + std::to_string(Glob::max_bytes) + " bytes"));
        return result;
    }
    TranslatedRegex regex = translate_java_regex(text);
    result.diagnostics = std::move(regex.diagnostics);
    if (!result.diagnostics.empty()) return result;

    std::uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C;
    if (use == RegexUse::whole_value) options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    if (has_possessive(regex.pattern)) options |= PCRE2_NO_AUTO_POSSESS;
    // PCRE2 10.42 wants two of the letter in `(?=(?!a)(c))(?:ab)*c` and then misses "c".
    if (regex.pattern.find("(?=") != std::string::npos) options |= PCRE2_NO_START_OPTIMIZE;
    int error = 0;
    PCRE2_SIZE error_at = 0;
    RegexCode made;
    made.code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(regex.pattern.data()),
                                  regex.pattern.size(), options, &error, &error_at, nullptr));
    if (!made.code) {
        const std::uint32_t at = regex.origin[std::min(error_at, regex.origin.size() - 1)];
        result.diagnostics.push_back(
            make_diagnostic(Problem::bad_pattern, {at, at},
                            "expected a regular expression, " + pcre2_message(error)));
        return result;
    }
    // Without JIT (a hardened kernel) the interpreter does the same within the same limits.
    if (life == RegexLife::kept) pcre2_jit_compile(made.code.get(), PCRE2_JIT_COMPLETE);
    made.groups = regex.groups;
    made.names = std::move(regex.names);
    result.value = std::move(made);
    return result;
}

Match match_regex(const pcre2_code* code, std::string_view subject) {
    return match(code, subject, 0, 0, nullptr);
}

Match find_regex(const pcre2_code* code, std::string_view subject, std::size_t start,
                 pcre2_match_data* data) {
    // Checking what is left of the subject at every match would take quadratic time.
    return match(code, subject, start, PCRE2_NO_UTF_CHECK, data);
}

}  // namespace catchrule::grammar
