// SPDX-License-Identifier: Apache-2.0
#include "tests/support/naive_condition.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "grammar/pattern.hpp"

namespace catchrule::testing {
namespace {

using grammar::Operator;

bool unset(const Variable& v) { return std::holds_alternative<std::monostate>(v); }

// Java's text of a double or float: as few digits as read back to the same value.
template <class Real>
std::string real_text(Real value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    if (value == 0) return std::signbit(value) ? "-0.0" : "0.0";
    char buffer[64];
    for (int digits = 0; digits < 18; ++digits) {
        std::snprintf(buffer, sizeof buffer, "%.*e", digits, static_cast<double>(value));
        if (static_cast<Real>(sizeof(Real) == 4 ? std::strtof(buffer, nullptr)
                                                : std::strtod(buffer, nullptr)) == value) {
            break;
        }
    }
    std::string mantissa(buffer, std::string(buffer).find('e'));
    const int exponent = std::atoi(buffer + mantissa.size() + 1);
    if (exponent >= 7 || exponent < -3) {
        if (mantissa.find('.') == std::string::npos) mantissa += ".0";
        return mantissa + 'E' + std::to_string(exponent);
    }
    std::string digits;
    for (const char c : mantissa) {
        if (c >= '0' && c <= '9') digits += c;
    }
    std::string sign = value < 0 ? "-" : "";
    for (int e = exponent; e < 0; ++e) digits.insert(0, "0");
    const std::size_t point = exponent < 0 ? 1 : static_cast<std::size_t>(exponent) + 1;
    while (digits.size() < point + 1) digits += '0';
    return sign + digits.substr(0, point) + '.' + digits.substr(point);
}

std::string text_of(const Variable& v) {
    struct Visitor {
        std::string operator()(std::monostate) const { return ""; }
        std::string operator()(bool b) const { return b ? "true" : "false"; }
        std::string operator()(std::int32_t i) const { return std::to_string(i); }
        std::string operator()(std::int64_t i) const { return std::to_string(i); }
        std::string operator()(float f) const { return real_text(f); }
        std::string operator()(double d) const { return real_text(d); }
        std::string operator()(const std::string& s) const { return s; }
    };
    return std::visit(Visitor{}, v);
}

// monostate, bool, int, long, float, double, string stand in widening order in Variable.
std::size_t width(const Variable& v) { return v.index(); }

template <class Number>
Number number_of(const Variable& v) {
    if (const auto* b = std::get_if<bool>(&v)) return static_cast<Number>(*b ? 1 : 0);
    if (const auto* i = std::get_if<std::int32_t>(&v)) return static_cast<Number>(*i);
    if (const auto* l = std::get_if<std::int64_t>(&v)) return static_cast<Number>(*l);
    if (const auto* f = std::get_if<float>(&v)) return static_cast<Number>(*f);
    if (const auto* d = std::get_if<double>(&v)) return static_cast<Number>(*d);
    throw std::logic_error("not a number");
}

std::string ascii_lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

template <class T>
bool ordered(Operator op, const T& a, const T& b) {
    switch (op) {
        case Operator::equals:
        case Operator::equals_case_insensitive:
            return a == b;
        case Operator::not_equals:
            return !(a == b);
        case Operator::greater_than:
            return a > b;
        case Operator::greater_than_or_equals:
            return a >= b;
        case Operator::lesser_than:
            return a < b;
        case Operator::lesser_than_or_equals:
            return a <= b;
        default:
            return false;
    }
}

// The rows of the vendor's null table: left unset, right unset, both.
bool null_cell(Operator op, bool left, bool right, bool documented) {
    const auto cell = [&](bool only_left, bool only_right, bool both) {
        if (left && right) return both;
        return left ? only_left : only_right;
    };
    switch (op) {
        case Operator::equals:
        case Operator::equals_case_insensitive:
            return cell(false, false, true);
        case Operator::not_equals:
            return cell(true, true, false);
        case Operator::greater_than:
            return cell(documented, false, false);
        case Operator::greater_than_or_equals:
            return cell(false, true, true);
        case Operator::lesser_than:
            return cell(true, false, false);
        case Operator::lesser_than_or_equals:
            return cell(true, false, true);
        default:
            return false;
    }
}

bool relational(Operator op) {
    return op == Operator::greater_than || op == Operator::greater_than_or_equals ||
           op == Operator::lesser_than || op == Operator::lesser_than_or_equals;
}

bool is_number_text(const std::string& text) {
    if (text.empty() || text.find_first_not_of("0123456789.-+eE") != std::string::npos)
        return false;
    if (text[0] == '+') return false;
    char* end = nullptr;
    std::strtod(text.c_str(), &end);
    return *end == '\0';
}

// A literal as the number rules of SEM-36 read it.
Variable number_literal(std::string text) {
    const char suffix = text.back();
    if (suffix < '0' || suffix > '9') text.pop_back();
    switch (suffix) {
        case 'f':
        case 'F':
            return std::strtof(text.c_str(), nullptr);
        case 'd':
        case 'D':
            return std::strtod(text.c_str(), nullptr);
        case 'l':
        case 'L':
            return static_cast<std::int64_t>(std::strtoll(text.c_str(), nullptr, 10));
        default:
            break;
    }
    if (text.find('.') != std::string::npos) return std::strtod(text.c_str(), nullptr);
    const long long whole = std::strtoll(text.c_str(), nullptr, 10);
    if (whole != static_cast<std::int32_t>(whole)) return static_cast<std::int64_t>(whole);
    return static_cast<std::int32_t>(whole);
}

Variable resolve(const grammar::Operand& operand, const Assignment& variables) {
    switch (operand.kind) {
        case grammar::OperandKind::variable:
        case grammar::OperandKind::quoted_variable: {
            const auto found = variables.find(operand.text);
            return found == variables.end() ? Variable{} : found->second;
        }
        case grammar::OperandKind::text:
            return operand.text;
        case grammar::OperandKind::number:
            return number_literal(operand.text);
        case grammar::OperandKind::boolean:
            return ascii_lower(operand.text) == "true";
        case grammar::OperandKind::null:
            return {};
    }
    return {};
}

bool naive_truth(const Variable& v) {
    if (const auto* b = std::get_if<bool>(&v)) return *b;
    const auto* text = std::get_if<std::string>(&v);
    return text != nullptr && ascii_lower(*text) == "true";
}

bool evaluate_node(const grammar::Ast& ast, grammar::NodeId id, const Assignment& variables,
                   const grammar::ComparisonRules& rules) {
    const grammar::Node& node = ast[id];
    bool result = node.kind == grammar::NodeKind::all_of;
    switch (node.kind) {
        case grammar::NodeKind::all_of:
            for (const auto child : node.children) {
                result = evaluate_node(ast, child, variables, rules) && result;
            }
            return result;
        case grammar::NodeKind::any_of:
            for (const auto child : node.children) {
                result = evaluate_node(ast, child, variables, rules) || result;
            }
            return result;
        case grammar::NodeKind::negation:
            return !evaluate_node(ast, node.children[0], variables, rules);
        case grammar::NodeKind::truth:
            return naive_truth(resolve(node.left, variables));
        case grammar::NodeKind::comparison:
            return naive_compare(node.op, resolve(node.left, variables),
                                 resolve(node.right, variables), rules);
    }
    return false;
}

// Whether `piece` may be what a wildcard stood for.
using Allowed = bool (*)(std::string_view piece);

bool any_run(std::string_view) { return true; }
bool some_run(std::string_view piece) { return !piece.empty(); }
bool part_of_element(std::string_view piece) { return piece.find('/') == std::string_view::npos; }
bool one_element(std::string_view piece) { return !piece.empty() && part_of_element(piece); }
bool elements(std::string_view piece) {
    return !piece.empty() && piece.front() != '/' && piece.back() != '/' &&
           piece.find("//") == std::string_view::npos;
}

template <class Rest>
bool split(std::string_view subject, Allowed allowed, const Rest& rest) {
    for (std::size_t length = 0; length <= subject.size(); ++length) {
        if (allowed(subject.substr(0, length)) && rest(subject.substr(length))) return true;
    }
    return false;
}

bool path_from(std::string_view pattern, std::size_t at, std::string_view subject) {
    if (at == pattern.size()) return subject.empty();
    const auto rest_from = [pattern](std::size_t next) {
        return [pattern, next](std::string_view rest) { return path_from(pattern, next, rest); };
    };
    if (pattern[at] == '{') {
        std::size_t close = at;
        while (close < pattern.size() && pattern[close] != '}' && pattern[close] != '/') ++close;
        if (close < pattern.size() && pattern[close] == '}') {
            return split(subject, one_element, rest_from(close + 1));
        }
    }
    if (pattern[at] == '*') {
        std::size_t end = at;
        while (end < pattern.size() && pattern[end] == '*') ++end;
        const bool first = at == 0;
        const bool last = end == pattern.size();
        const bool between_slashes =
            (first || pattern[at - 1] == '/') && (last || pattern[end] == '/');
        Allowed allowed = any_run;
        if (end - at == 1) {
            allowed = between_slashes ? one_element : part_of_element;
        } else if (between_slashes && !first) {
            allowed = last ? some_run : elements;
        }
        return split(subject, allowed, rest_from(end));
    }
    if (pattern[at] == '%' && at + 1 < pattern.size()) ++at;
    return !subject.empty() && subject[0] == pattern[at] &&
           path_from(pattern, at + 1, subject.substr(1));
}

}  // namespace

bool naive_matches(std::string_view pattern, std::string_view subject) {
    if (pattern.empty()) return subject.empty();
    if (pattern[0] == '*') {
        return naive_matches(pattern.substr(1), subject) ||
               (!subject.empty() && naive_matches(pattern, subject.substr(1)));
    }
    if (pattern[0] == '%' && pattern.size() > 1) pattern.remove_prefix(1);
    return !subject.empty() && subject[0] == pattern[0] &&
           naive_matches(pattern.substr(1), subject.substr(1));
}

bool naive_matches_path(std::string_view pattern, std::string_view subject) {
    return path_from(pattern, 0, subject);
}

bool naive_compare(Operator op, const Variable& left, const Variable& right,
                   const grammar::ComparisonRules& rules) {
    if (unset(left) || unset(right)) {
        return null_cell(op, unset(left), unset(right), rules.null_greater_than_documented);
    }
    const std::string a = text_of(left);
    const std::string b = text_of(right);
    switch (op) {
        case Operator::starts_with:
            return a.substr(0, b.size()) == b;
        case Operator::matches:
            return naive_matches(b, a);
        case Operator::matches_path:
            return naive_matches_path(b, a);
        case Operator::java_regex: {
            const auto pattern = grammar::Pattern::compile(op, b);
            return pattern && pattern->matches(a);
        }
        default:
            break;
    }
    switch (std::max(width(left), width(right))) {
        case 1:
        case 2:
        case 3:
            return ordered(op, number_of<std::int64_t>(left), number_of<std::int64_t>(right));
        case 4:
            return ordered(op, number_of<float>(left), number_of<float>(right));
        case 5:
            return ordered(op, number_of<double>(left), number_of<double>(right));
        default:
            break;
    }
    if (op == Operator::equals_case_insensitive) return ascii_lower(a) == ascii_lower(b);
    if (rules.relational_strings_numeric && relational(op) && is_number_text(a) &&
        is_number_text(b)) {
        return ordered(op, std::strtod(a.c_str(), nullptr), std::strtod(b.c_str(), nullptr));
    }
    return ordered(op, a, b);
}

bool naive_evaluate(const grammar::Ast& ast, const Assignment& variables,
                    const grammar::ComparisonRules& rules) {
    return ast.empty || evaluate_node(ast, ast.root, variables, rules);
}

bool run_program(const grammar::Program& program, const grammar::Symbols& symbols,
                 const Assignment& variables, const grammar::ComparisonRules& rules) {
    const auto value = [&](grammar::OperandRef ref) {
        if (ref.is_constant()) return program.constants()[ref.index()];
        const auto found = variables.find(symbols.name(ref.index()));
        return found == variables.end() ? grammar::Value::null() : to_value(found->second);
    };
    std::size_t at = program.start();
    while (at < program.tests().size()) {
        const grammar::Test& test = program.tests()[at];
        const grammar::Value left = value(test.left);
        bool holds = false;
        if (test.is_truth) {
            holds = grammar::truth(left);
        } else if (test.pattern != grammar::Test::no_pattern && !left.is_null()) {
            holds = program.patterns()[test.pattern].matches(left.to_text());
        } else {
            holds = grammar::compare(test.op, left, value(test.right), rules);
        }
        at = holds ? test.on_true : test.on_false;
    }
    return at == grammar::Test::accept;
}

}  // namespace catchrule::testing
