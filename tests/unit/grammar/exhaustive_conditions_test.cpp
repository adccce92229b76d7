// SPDX-License-Identifier: Apache-2.0
// Every small condition under every assignment: the compiled Program and the naive evaluator agree,
// the canonical form means the same, and chains without parentheses follow `and` before `or`.
#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "grammar/compile.hpp"
#include "tests/support/naive_condition.hpp"

namespace catchrule::grammar {
namespace {

using catchrule::testing::Assignment;
using catchrule::testing::naive_evaluate;
using catchrule::testing::run_program;
using catchrule::testing::Variable;

constexpr std::array<std::string_view, 3> atoms{"a", "b = \"1\"", "c > 5"};

// Unset, and values that make the atoms true and false.
std::vector<Assignment> assignments() {
    const std::vector<Variable> a{{}, true, false, std::string("TRUE")};
    const std::vector<Variable> b{{}, std::string("1"), 1, 2};
    const std::vector<Variable> c{{}, 6, 5, std::string("6")};
    std::vector<Assignment> all;
    for (const Variable& x : a) {
        for (const Variable& y : b) {
            for (const Variable& z : c) all.push_back({{"a", x}, {"b", y}, {"c", z}});
        }
    }
    return all;
}

void expect_agreement(const std::string& text, const std::vector<Assignment>& all) {
    Symbols symbols;
    const auto condition = compile_condition(text, symbols);
    const auto ast = parse(text);
    ASSERT_TRUE(condition && ast) << text;
    const auto again = parse(condition->rendered);
    ASSERT_TRUE(again) << condition->rendered;
    ASSERT_EQ(print(*again), condition->rendered) << text;
    for (const Assignment& variables : all) {
        const bool expected = naive_evaluate(*ast, variables);
        ASSERT_EQ(run_program(condition->program, symbols, variables), expected)
            << text << '\n'
            << disassemble(condition->program, symbols);
        ASSERT_EQ(naive_evaluate(*again, variables), expected) << text;
    }
}

// All conditions of at most `depth` operators one inside the other.
std::vector<std::string> nested(int depth) {
    std::vector<std::string> all(atoms.begin(), atoms.end());
    for (; depth > 0; --depth) {
        std::vector<std::string> deeper(atoms.begin(), atoms.end());
        for (const std::string& x : all) {
            const std::string group = '(' + x + ')';
            deeper.push_back("not " + group);
            for (const std::string& y : all) {
                for (const char* connective : {" and (", " or ("}) {
                    deeper.push_back(group);
                    deeper.back().append(connective).append(y).append(")");
                }
            }
        }
        all = std::move(deeper);
    }
    return all;
}

TEST(ExhaustiveConditions, Nested) {
    const auto all = assignments();
    const auto conditions = nested(2);
    EXPECT_GT(conditions.size(), 1000U);
    for (const std::string& text : conditions) expect_agreement(text, all);
}

// A chain is a list of atoms, perhaps negated, with connectives between: its value is plain to see.
struct Link {
    std::size_t atom = 0;
    bool negated = false;
    bool after_and = false;
};

std::string chain_text(const std::vector<Link>& chain) {
    std::string text;
    for (const Link& link : chain) {
        if (!text.empty()) text += link.after_and ? " and " : " or ";
        if (link.negated) text += "not ";
        text += atoms[link.atom];
    }
    return text;
}

bool chain_value(const std::vector<Link>& chain, const std::array<bool, 3>& truths) {
    bool any = false;
    bool all = true;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (i > 0 && !chain[i].after_and) {
            any = any || all;
            all = true;
        }
        all = all && truths[chain[i].atom] != chain[i].negated;
    }
    return any || all;
}

TEST(ExhaustiveConditions, ChainsWithoutParentheses) {
    const auto all = assignments();
    constexpr unsigned links = 4;
    for (unsigned bits = 0; bits < 1U << (2 * links - 1); ++bits) {
        std::vector<Link> chain(links);
        for (unsigned i = 0; i < links; ++i) {
            chain[i] = {i % 3, (bits >> i & 1U) != 0, (bits >> (links + i - 1) & 1U) != 0};
        }
        const std::string text = chain_text(chain);
        expect_agreement(text, all);
        Symbols symbols;
        const auto condition = compile_condition(text, symbols);
        ASSERT_TRUE(condition);
        for (const Assignment& variables : all) {
            std::array<bool, 3> truths{};
            for (std::size_t i = 0; i < atoms.size(); ++i) {
                truths[i] = naive_evaluate(*parse(atoms[i]), variables);
            }
            ASSERT_EQ(run_program(condition->program, symbols, variables),
                      chain_value(chain, truths))
                << text;
        }
    }
}

// Every operator with every kind of right operand.
TEST(ExhaustiveConditions, Comparisons) {
    const auto all = assignments();
    for (const OperatorRow& row : operator_table()) {
        for (const char* left : {"a", "b", "c", "6", "\"1\"", "null", "true"}) {
            for (const char* right :
                 {"a", "b", "c", "6", "\"1\"", "null", "TRUE", "6.0", "1L", "'c'"}) {
                const bool needs_text = row.right == RightOperand::text_literal;
                if (needs_text && right[0] != '"') continue;
                const std::string comparison =
                    std::string(left) + ' ' + std::string(row.name) + ' ' + right;
                expect_agreement(comparison, all);
                expect_agreement("not " + comparison, all);
            }
        }
    }
}

}  // namespace
}  // namespace catchrule::grammar
