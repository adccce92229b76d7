// SPDX-License-Identifier: Apache-2.0
#include "grammar/operators.hpp"

#include <algorithm>
#include <charconv>
#include <compare>

namespace catchrule::grammar {
namespace {

// Short names for the columns of the table.
constexpr auto any = RightOperand::literal_or_variable;
constexpr auto quoted = RightOperand::text_literal;
constexpr bool yes = true, no = false;

// Spellings and null cells of the vendor page "Conditions reference" (SEMANTICS 1.2, 1.7). The cell
// `>` with only the left operand unset is false here: SEM-09.
// clang-format off
constexpr std::array<OperatorRow, 11> table{{
    // name, symbols, words, rendered, infix negation, right operand; null on the left, right, both
    {Operator::equals, "Equals", {"=", "=="}, {"Equals", "Is"},
     "equals", no, any, no, no, yes},
    {Operator::not_equals, "NotEquals", {"!=", ""}, {"NotEquals", "IsNot"},
     "notequals", no, any, yes, yes, no},
    {Operator::equals_case_insensitive, "EqualsCaseInsensitive", {":=", ""},
     {"EqualsCaseInsensitive", ""}, "equalscaseinsensitive", no, any, no, no, yes},
    {Operator::greater_than, "GreaterThan", {">", ""}, {"GreaterThan", ""},
     "greaterthan", no, any, no, no, no},
    {Operator::greater_than_or_equals, "GreaterThanOrEquals", {">=", ""},
     {"GreaterThanOrEquals", ""}, "greaterthanorequals", no, any, no, yes, yes},
    {Operator::lesser_than, "LesserThan", {"<", ""}, {"LesserThan", ""},
     "lesserthan", no, any, yes, no, no},
    {Operator::lesser_than_or_equals, "LesserThanOrEquals", {"<=", ""},
     {"LesserThanOrEquals", ""}, "lesserthanorequals", no, any, yes, no, yes},
    {Operator::matches, "Matches", {"~", ""}, {"Matches", "Like"},
     "matches", yes, quoted, no, no, no},
    {Operator::matches_path, "MatchesPath", {"~/", ""}, {"MatchesPath", "LikePath"},
     "matchespath", yes, quoted, no, no, no},
    {Operator::java_regex, "JavaRegex", {"~~", ""}, {"JavaRegex", ""},
     "javaregex", yes, quoted, no, no, no},
    {Operator::starts_with, "StartsWith", {"=|", ""}, {"StartsWith", ""},
     "startswith", yes, any, no, no, no},
}};
// clang-format on

// Rows and columns stand in the order of Type, from Boolean.
constexpr Type B = Type::boolean, I = Type::integer, L = Type::long_integer, F = Type::single,
               D = Type::real, S = Type::text;
constexpr std::array<Type, 6> types{B, I, L, F, D, S};
constexpr std::array<std::array<Type, 6>, 6> common_types{{
    {B, I, L, F, D, S},  //
    {I, I, L, F, D, S},  //
    {L, L, L, F, D, S},  //
    {F, F, F, F, D, S},  //
    {D, D, D, D, D, S},  //
    {S, S, S, S, S, S},
}};

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Folds ASCII, and the Latin-1 letters as their second UTF-8 byte (U+00C0..U+00DE but not the sign
// U+00D7): enough for names and header values without a Unicode table.
bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    bool latin = false;  // the byte before was the lead byte of U+00C0..U+00FF
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto fold = [latin](char c) {
            const auto byte = static_cast<unsigned char>(c);
            if (latin && byte >= 0x80 && byte <= 0x9E && byte != 0x97) {
                return static_cast<char>(byte + 0x20);
            }
            return lower(c);
        };
        if (fold(a[i]) != fold(b[i])) return false;
        latin = static_cast<unsigned char>(a[i]) == 0xC3;
    }
    return true;
}

std::int64_t to_long(const Value& v) {
    return v.type() == Type::boolean ? std::int64_t{v.as_boolean()} : v.as_long();
}

double to_double(const Value& v) {
    const bool fraction = v.type() == Type::single || v.type() == Type::real;
    return fraction ? v.as_double() : static_cast<double>(to_long(v));
}

// Not through double, which would round a Long twice.
float to_float(const Value& v) {
    const bool fraction = v.type() == Type::single || v.type() == Type::real;
    return fraction ? static_cast<float>(v.as_double()) : static_cast<float>(to_long(v));
}

bool holds(Operator op, std::partial_ordering order) {
    switch (op) {
        case Operator::equals:
        case Operator::equals_case_insensitive:
            return order == 0;
        case Operator::not_equals:
            return order != 0;
        case Operator::greater_than:
            return order > 0;
        case Operator::greater_than_or_equals:
            return order >= 0;
        case Operator::lesser_than:
            return order < 0;
        case Operator::lesser_than_or_equals:
            return order <= 0;
        default:
            return false;
    }
}

bool is_relational(Operator op) {
    return op >= Operator::greater_than && op <= Operator::lesser_than_or_equals;
}

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number number{};
    // Java's words for infinity and NaN stay texts.
    if (text.find_first_not_of("0123456789.-+eE") != std::string_view::npos) return std::nullopt;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (text.empty() || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

// SEM-10, the switched-on reading: numbers when both texts are numbers.
std::optional<std::partial_ordering> order_as_numbers(std::string_view a, std::string_view b) {
    const auto a_long = whole_number<std::int64_t>(a);
    const auto b_long = whole_number<std::int64_t>(b);
    if (a_long && b_long) return *a_long <=> *b_long;
    const auto a_real = whole_number<double>(a);
    const auto b_real = whole_number<double>(b);
    if (!a_real || !b_real) return std::nullopt;
    return *a_real <=> *b_real;
}

bool compare_text(Operator op, const Value& left, const Value& right,
                  const ComparisonRules& rules) {
    Value::TextBuffer left_buffer;
    Value::TextBuffer right_buffer;
    const std::string_view a = left.to_text(left_buffer);
    const std::string_view b = right.to_text(right_buffer);
    if (op == Operator::starts_with) return a.starts_with(b);
    if (op == Operator::equals_case_insensitive) return equal_ignoring_case(a, b);
    if (rules.relational_strings_numeric && is_relational(op)) {
        if (const auto order = order_as_numbers(a, b)) return holds(op, *order);
    }
    return holds(op, a <=> b);
}

bool compare_null(Operator op, const Value& left, const Value& right,
                  const ComparisonRules& rules) {
    const OperatorRow& cells = row(op);
    if (left.is_null() && right.is_null()) return cells.both_null;
    if (right.is_null()) return cells.right_null;
    if (op == Operator::greater_than && rules.null_greater_than_documented) return true;
    return cells.left_null;
}

}  // namespace

std::span<const OperatorRow> operator_table() { return table; }

const OperatorRow& row(Operator op) { return table[static_cast<std::size_t>(op)]; }

std::optional<Operator> find_operator(std::string_view spelling) {
    if (spelling.empty()) return std::nullopt;
    const auto same_word = [spelling](std::string_view word) {
        return std::equal(word.begin(), word.end(), spelling.begin(), spelling.end(),
                          [](char a, char b) { return lower(a) == lower(b); });
    };
    for (const OperatorRow& r : table) {
        for (const std::string_view symbol : r.symbols) {
            if (symbol == spelling) return r.op;
        }
        for (const std::string_view word : r.words) {
            if (same_word(word)) return r.op;
        }
    }
    return std::nullopt;
}

bool compare(Operator op, const Value& left, const Value& right, const ComparisonRules& rules) {
    if (left.is_null() || right.is_null()) return compare_null(op, left, right, rules);
    if (row(op).right == RightOperand::text_literal) return false;
    Type type = common_type(left.type(), right.type());
    if (op == Operator::starts_with) type = Type::text;  // a prefix is a matter of texts
    switch (type) {
        case Type::boolean:
            return holds(op, left.as_boolean() <=> right.as_boolean());
        case Type::integer:
        case Type::long_integer:
            return holds(op, to_long(left) <=> to_long(right));
        case Type::single:
            return holds(op, to_float(left) <=> to_float(right));
        case Type::real:
            return holds(op, to_double(left) <=> to_double(right));
        default:
            return compare_text(op, left, right, rules);
    }
}

std::span<const Type> adaptation_types() { return types; }

Type common_type(Type left, Type right) {
    const auto index = [](Type type) { return static_cast<std::size_t>(type) - 1; };
    return common_types[index(left)][index(right)];
}

bool truth(const Value& value) {
    if (value.type() == Type::boolean) return value.as_boolean();
    return value.is_text() && equal_ignoring_case(value.as_text(), "true");
}

}  // namespace catchrule::grammar
