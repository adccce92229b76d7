// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "grammar/diagnostic.hpp"
#include "grammar/operators.hpp"

namespace catchrule::grammar {

/// Everything that can be wrong or odd in a condition, in the order of `findings`.
enum class Problem : std::uint8_t {
    operand_expected,
    right_operand_expected,
    text_expected,
    operator_expected,
    unknown_operator,
    connective_expected,
    operator_as_name,
    operator_not_negatable,
    is_not_null,
    unterminated_text,
    bad_quoted_name,
    unclosed_group,
    stray_parenthesis,
    braces,
    bad_number,
    number_out_of_range,
    escaped_xml,
    typographic_character,
    condition_too_long,
    nesting_too_deep,
    too_many_tests,
    bad_pattern,
    foreign_pattern,
    pattern_too_long,
    empty_condition,
    text_on_the_left,
    constant_test,
    mixed_and_or,
    quotes_round_text,
};

/// THE table of this folder's findings: code, name, severity, what it is.
inline constexpr std::array<Finding, 29> findings{{
    {"CR101", "operand-expected", Severity::error, "a condition is missing or cannot start here"},
    {"CR102", "right-operand-expected", Severity::error, "a comparison lacks its right side"},
    {"CR103", "text-expected", Severity::error,
     "a pattern operator needs text in double quotes on its right"},
    {"CR104", "operator-expected", Severity::error, "two operands without an operator between"},
    {"CR105", "unknown-operator", Severity::error, "a word or symbol that is no operator"},
    {"CR106", "connective-expected", Severity::error,
     "something other than 'and' or 'or' follows a comparison"},
    {"CR107", "operator-as-name", Severity::error, "an operator word used as a variable name"},
    {"CR108", "operator-not-negatable", Severity::error,
     "'not' before an operator that has no negated form"},
    {"CR109", "is-not-null", Severity::error, "'is not' is not an operator"},
    {"CR110", "unterminated-text", Severity::error, "a text without its closing double quote"},
    {"CR111", "bad-quoted-name", Severity::error, "a single-quoted name that is open or empty"},
    {"CR112", "unclosed-group", Severity::error, "a '(' without its ')'"},
    {"CR113", "stray-parenthesis", Severity::error, "a ')' without its '('"},
    {"CR114", "braces", Severity::error, "braces in a condition"},
    {"CR115", "bad-number", Severity::error, "a number in a form the language does not have"},
    {"CR116", "number-out-of-range", Severity::error, "a number its type cannot hold"},
    {"CR117", "escaped-xml", Severity::error, "an XML entity left in decoded text"},
    {"CR118", "typographic-character", Severity::error, "a typographic quote or a no-break space"},
    {"CR119", "condition-too-long", Severity::error, "a condition longer than the limit"},
    {"CR120", "nesting-too-deep", Severity::error,
     "more open parentheses and negations than the limit"},
    {"CR121", "too-many-tests", Severity::error, "more comparisons than the limit"},
    {"CR122", "bad-pattern", Severity::error, "a pattern that does not compile"},
    {"CR123", "foreign-pattern", Severity::error,
     "a regular expression that Java reads differently or not at all"},
    {"CR124", "pattern-too-long", Severity::error,
     "a pattern longer than the limit, or more patterns than fit"},
    {"CR125", "empty-condition", Severity::warning, "a condition without text, always true"},
    {"CR126", "text-on-the-left", Severity::warning,
     "quoted text on the left, which is never a variable"},
    {"CR127", "constant-test", Severity::warning, "a comparison without a variable"},
    {"CR128", "mixed-and-or", Severity::warning, "'and' and 'or' mixed without parentheses"},
    {"CR129", "quotes-round-text", Severity::warning,
     "single quotes, which make a variable name, round what looks like text"},
}};

constexpr const Finding& finding(Problem problem) {
    return findings[static_cast<std::size_t>(problem)];
}

/// What stands before the place where the parser gave up.
enum class Before : std::uint8_t {
    start,
    group,  ///< '('
    and_word,
    or_word,
    not_word,          ///< prefix negation
    operand,           ///< a bare operand: an operator may follow
    test,              ///< a whole comparison or group
    value_operator,    ///< any literal or a variable follows
    pattern_operator,  ///< text follows
    infix_not,         ///< `x not ...`
    open_text,
    open_name,
};

/// Where the parser is; its state, as far as messages need it.
struct Place {
    Before before = Before::start;
    Span last;  ///< the token `before` names, the opening quote, or the last operand
    bool in_group = false;
    Span group;  ///< the innermost open '('
};

/// The message for a `must` of the grammar that failed at byte `at` of `text`.
Diagnostic explain(std::string_view text, std::uint32_t at, const Place& place);

/// Message and fix are made fit for a screen; a fix that is too long to help is left out.
Diagnostic make_diagnostic(Problem problem, Span span, std::string_view message,
                           std::string_view fix = {});

constexpr bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
constexpr bool is_name_char(char c) {
    return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// The run of name characters at `at`.
std::string_view word_at(std::string_view text, std::size_t at);

bool equals_ignoring_case(std::string_view a, std::string_view b);

/// An operator or connective in any letter case: never a variable name.
bool is_reserved(std::string_view word);

}  // namespace catchrule::grammar
