// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "grammar/value.hpp"

namespace catchrule::grammar {

/// The comparisons of the condition language (vendor page "Conditions reference"; SEMANTICS 1.2).
enum class Operator : std::uint8_t {
    equals,
    not_equals,
    equals_case_insensitive,
    greater_than,
    greater_than_or_equals,
    lesser_than,
    lesser_than_or_equals,
    matches,
    matches_path,
    java_regex,
    starts_with,
};

/// What may stand on the right of an operator (SEM-35).
enum class RightOperand : std::uint8_t { literal_or_variable, text_literal };

/// One row of THE operator table; parser, printer, compiler, evaluator and docs read it.
struct OperatorRow {
    Operator op;
    std::string_view name;                    ///< canonical word, e.g. "GreaterThan"
    std::array<std::string_view, 2> symbols;  ///< unused ones are empty
    std::array<std::string_view, 2> words;    ///< matched in any letter case
    std::string_view rendered;                ///< word of the canonical form, lower case (SEM-27)
    bool infix_negation;                      ///< `x not MatchesPath "p"` is allowed (SEM-34)
    RightOperand right;
    bool left_null;   ///< result when only the left operand is unset (SEMANTICS 1.7)
    bool right_null;  ///< result when only the right operand is unset
    bool both_null;   ///< result when both are unset
};

/// All rows, in the order of the enumerators.
std::span<const OperatorRow> operator_table();
const OperatorRow& row(Operator op);

/// The operator whose symbol or word (any letter case) is `spelling`.
std::optional<Operator> find_operator(std::string_view spelling);

/// The ledger's switches that change how two values compare.
struct ComparisonRules {
    /// SEM-09: `x > y` with only x unset is true, as the vendor's table prints it.
    bool null_greater_than_documented = false;
    /// SEM-10: relational operators compare as numbers when both sides parse as numbers.
    bool relational_strings_numeric = false;

    friend bool operator==(const ComparisonRules&, const ComparisonRules&) = default;
};

/// Compares two values by the adaptation table (1.6) and the null table (1.7). Only for the
/// operators without a compiled pattern; Matches, MatchesPath and JavaRegex are false here unless
/// the null table says otherwise. Never fails.
bool compare(Operator op, const Value& left, const Value& right, const ComparisonRules& rules = {});

/// The types of the vendor's adaptation table, in its order; Comparable and Object, which no flow
/// variable here has, are left out.
std::span<const Type> adaptation_types();

/// The adaptation table: the type in which two set values are compared (SEMANTICS 1.6).
Type common_type(Type left, Type right);

/// The truth of a bare variable or literal (SEM-12): Boolean itself, text equal to "true" ignoring
/// case, anything else false.
bool truth(const Value& value);

}  // namespace catchrule::grammar
