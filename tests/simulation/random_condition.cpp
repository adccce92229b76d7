// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/random_condition.hpp"

#include <cctype>
#include <cstdlib>

namespace catchrule::testing {

namespace {

using Kind = Condition::Kind;

bool is_number(const std::string& literal) {
    return std::isdigit(static_cast<unsigned char>(literal[0])) != 0;
}

bool is_quoted(const std::string& literal) { return literal[0] == '"'; }

Kind random_comparison(Random& random, const std::string& literal) {
    const Kind either = chance(random, 70) ? Kind::equal : Kind::not_equal;
    if (is_number(literal) && chance(random, 30)) return Kind::greater;
    if (is_quoted(literal) && chance(random, 20)) return Kind::prefix;
    return either;
}

std::string_view symbol_of(Kind kind) {
    switch (kind) {
        case Kind::not_equal:
            return "!=";
        case Kind::prefix:
            return "=|";
        case Kind::greater:
            return ">";
        default:
            return "=";
    }
}

// Numbers here are whole, so that their texts are equal when they are.
bool equal(const std::optional<std::string>& value, const std::string& literal) {
    if (literal == "null") return !value;
    if (is_quoted(literal)) return value == literal.substr(1, literal.size() - 2);
    return value == literal;
}

}  // namespace

Condition random_condition(Random& random, const std::vector<Subject>& subjects, int depth) {
    Condition out;
    if (depth > 0 && chance(random, 40)) {
        static constexpr Kind kinds[] = {Kind::all, Kind::any, Kind::negation};
        out.kind = pick(random, kinds);
        const std::size_t parts = out.kind == Kind::negation ? 1 : 2 + random.below(2);
        for (std::size_t i = 0; i < parts; ++i) {
            out.parts.push_back(random_condition(random, subjects, depth - 1));
        }
        return out;
    }
    const Subject& subject = pick(random, subjects);
    out.variable = subject.variable;
    out.literal = pick(random, subject.literals);
    out.kind = random_comparison(random, out.literal);
    return out;
}

std::string text_of(const Condition& condition) {
    if (condition.kind == Kind::negation) return "not (" + text_of(condition.parts[0]) + ")";
    if (condition.parts.empty()) {
        return condition.variable + " " + std::string(symbol_of(condition.kind)) + " " +
               condition.literal;
    }
    std::string out;
    for (const Condition& part : condition.parts) {
        if (!out.empty()) out += condition.kind == Kind::all ? " and " : " or ";
        out += "(" + text_of(part) + ")";
    }
    return out;
}

bool holds(const Condition& condition, const Lookup& value_of) {
    switch (condition.kind) {
        case Kind::negation:
            return !holds(condition.parts[0], value_of);
        case Kind::all:
            for (const Condition& part : condition.parts) {
                if (!holds(part, value_of)) return false;
            }
            return true;
        case Kind::any:
            for (const Condition& part : condition.parts) {
                if (holds(part, value_of)) return true;
            }
            return false;
        default:
            break;
    }
    const auto value = value_of(condition.variable);
    switch (condition.kind) {
        case Kind::not_equal:
            return !equal(value, condition.literal);
        case Kind::prefix:
            return value &&
                   value->starts_with(condition.literal.substr(1, condition.literal.size() - 2));
        case Kind::greater:
            return value && std::atol(value->c_str()) > std::atol(condition.literal.c_str());
        default:
            return equal(value, condition.literal);
    }
}

}  // namespace catchrule::testing
