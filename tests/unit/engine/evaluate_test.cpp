// SPDX-License-Identifier: Apache-2.0
// The referee: every small condition under every assignment, evaluated three ways that must agree:
// by the naive walk over the tree, by evaluate() and by evaluate_recorded().
#include "engine/evaluate.hpp"

#include <initializer_list>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/allocations.hpp"
#include "tests/support/naive_condition.hpp"

namespace catchrule {
namespace {

using grammar::ComparisonRules;
using grammar::Condition;
using testing::Assignment;
using testing::naive_evaluate;
using testing::Variable;

struct Compiled {
    grammar::Ast ast;
    Condition condition;
};

Compiled compiled(const std::string& text, Symbols& symbols) {
    auto ast = grammar::parse(text);
    auto condition = grammar::compile_condition(text, symbols);
    if (!ast || !condition) throw std::runtime_error(text);
    return {*std::move(ast.value), *std::move(condition.value)};
}

const std::vector<Variable>& values() {
    static const std::vector<Variable> all{{},
                                           true,
                                           false,
                                           std::string("true"),
                                           std::string("1"),
                                           std::string("5"),
                                           1,
                                           5,
                                           6,
                                           std::int64_t{5},
                                           5.0,
                                           1.5,
                                           5.0F,
                                           std::string("a b"),
                                           std::string(),
                                           std::string("/a/b")};
    return all;
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) out += part;
    return out;
}

// Conditions over a, b, c: every nesting of two connectives with negations.
std::vector<std::string> nested_conditions() {
    const std::vector<std::string> atoms{"a", "b = \"1\"", "c > 5", "a = b", "1 = 1.0", "null > c"};
    std::vector<std::string> pairs;
    for (const std::string& x : atoms) {
        for (const std::string& y : atoms) {
            pairs.push_back(joined({"(", x, " and ", y, ")"}));
            pairs.push_back(joined({"(", x, " or not ", y, ")"}));
        }
    }
    std::vector<std::string> all = pairs;
    for (const std::string& pair : pairs) {
        for (const std::string& x : atoms) {
            all.push_back(joined({pair, " or ", x}));
            all.push_back(joined({"not ", pair, " and ", x}));
            all.push_back(joined({x, " and ", pair}));
        }
    }
    return all;
}

// Every operator with every kind of operand on both sides.
std::vector<std::string> comparisons() {
    std::vector<std::string> all;
    for (const grammar::OperatorRow& row : grammar::operator_table()) {
        const bool pattern = row.right == grammar::RightOperand::text_literal;
        std::vector<std::string> rights{"b", "5", "\"1\"", "null", "TRUE", "5.0", "5L", "1.5F"};
        if (pattern) rights = {"\"*\"", "\"/*\"", "\"1\"", "\"a b\"", "\"/**\""};
        if (row.op == grammar::Operator::java_regex) rights = {"\".*\"", "\"\\d+\"", "\"[^/]\""};
        for (const char* left : {"a", "5", "\"1\"", "null", "true", "1.5"}) {
            for (const std::string& right : rights) {
                all.push_back(left + (' ' + std::string(row.name)) + ' ' + right);
                all.push_back("not " + all.back() + " and c");
            }
        }
    }
    return all;
}

std::size_t evaluations = 0;

void expect_agreement(const Compiled& c, const Assignment& given, const Variables& variables,
                      const ComparisonRules& rules) {
    const bool expected = naive_evaluate(c.ast, given, rules);
    const bool plain = evaluate(c.condition.program, variables, rules);
    const bool recorded = evaluate_recorded(c.condition, variables, rules).result;
    evaluations += 2;
    if (plain != expected || recorded != expected) {
        ADD_FAILURE() << c.condition.text << ": " << expected << plain << recorded;
    }
}

void run_all(const std::vector<std::string>& texts, const ComparisonRules& rules) {
    Symbols symbols;
    std::vector<Compiled> conditions;
    conditions.reserve(texts.size());
    for (const std::string& text : texts) conditions.push_back(compiled(text, symbols));
    const VariableLayout layout(symbols);
    for (const Variable& a : values()) {
        for (const Variable& b : values()) {
            for (const Variable& c : {Variable{}, Variable{6}}) {
                const Assignment given{{"a", a}, {"b", b}, {"c", c}};
                Variables variables(layout);
                for (const auto& [name, value] : given) {
                    variables.define(name, testing::to_value(value));
                }
                for (const Compiled& x : conditions) expect_agreement(x, given, variables, rules);
                if (::testing::Test::HasFailure()) return;
            }
        }
    }
}

TEST(Referee, AgreesOnMoreThanTwoMillionEvaluations) {
    run_all(nested_conditions(), {});
    run_all(comparisons(), {});
    run_all(comparisons(),
            {.null_greater_than_documented = true, .relational_strings_numeric = true});
    std::cout << "count: referee of conditions, " << evaluations << " evaluations\n";
    EXPECT_GE(evaluations, 2'000'000U);
}

TEST(Evaluate, AllocatesNothing) {
    Symbols symbols;
    const auto condition = grammar::compile_condition(
        "(fault.name = \"InvalidApiKey\" or n > 7 or d := \"2.50\") and s ~ \"*b*\" and "
        "p ~/ \"/v1/{id}/**\" and s ~~ \"(a|b)+\" and d ~~ \"2\\.5\" and n =| \"5\" and x is null",
        symbols);
    ASSERT_TRUE(condition);
    const VariableLayout layout(symbols);
    Variables variables(layout);
    variables.define("fault.name", grammar::Value::text("InvalidApiKey"));
    variables.define("n", grammar::Value::integer(5));
    variables.define("d", grammar::Value::real(2.5));
    variables.define("s", grammar::Value::text("ababab"));
    variables.define("p", grammar::Value::text("/v1/7/orders/9"));
    ASSERT_TRUE(evaluate(condition->program, variables, {}));  // a thread's first JavaRegex
    const std::size_t before = testing::allocations();
    for (int i = 0; i < 1000; ++i) evaluate(condition->program, variables, {});
    EXPECT_EQ(testing::allocations(), before);
}

TEST(Evaluate, PassesOverConstantTestsAndRecordsThem) {
    Symbols symbols;
    const auto condition = grammar::compile_condition(
        "1 = 1 and (x = \"a\" or true = false) or \"a\" ~ \"b*\"", symbols);
    ASSERT_TRUE(condition);
    EXPECT_EQ(condition->program.start(), 1);
    EXPECT_EQ(grammar::disassemble(condition->program, symbols),
              "start 1\n"
              "0: 1 equals 1 is always true\n"
              "1: x equals \"a\" ? accept : reject\n"
              "2: true equals false is always false\n"
              "3: \"a\" matches \"b*\" is always false\n");
    const VariableLayout layout(symbols);
    const ConditionRecord record = evaluate_recorded(*condition, Variables(layout), {});
    EXPECT_FALSE(record.result);
    for (const AtomRecord& atom : record.atoms) EXPECT_NE(atom.verdict, Verdict::not_reached);
    EXPECT_EQ(record.rendered,
              "(((1 equals 1) and ((x equals \"a\") or (true equals false))) or "
              "(\"a\" matches \"b*\"))");
}

TEST(Evaluate, KeepsWhatASwitchDecides) {
    Symbols symbols;
    const auto condition = grammar::compile_condition("\"10\" > \"9\"", symbols);
    ASSERT_TRUE(condition);
    EXPECT_FALSE(condition->program.atoms()[0].always);
    const VariableLayout layout(symbols);
    const Variables none(layout);
    EXPECT_FALSE(evaluate(condition->program, none, {}));
    EXPECT_TRUE(evaluate(condition->program, none, {.relational_strings_numeric = true}));
}

// Nobody knows what the pattern would have said: neither it nor its negation holds.
TEST(Evaluate, TellsWhenAPatternGaveUp) {
    struct Row {
        std::string_view text;
        bool result;
        std::string_view counts_as;
    };
    constexpr std::string_view negated = "true, so that its negation does not hold";
    for (const Row& row :
         {Row{"x ~~ \"^(a+)+$\"", false, "false"}, Row{"x !~~ \"^(a+)+$\"", false, negated},
          Row{"!(x ~~ \"^(a+)+$\")", false, negated}, Row{"!(x !~~ \"^(a+)+$\")", false, "false"},
          Row{"x !~~ \"^(a+)+$\" or x", false, negated},
          Row{"not (x ~~ \"^(a+)+$\" and y) or not y", true, negated}}) {
        Symbols symbols;
        const auto condition = grammar::compile_condition(row.text, symbols);
        ASSERT_TRUE(condition) << row.text;
        const VariableLayout layout(symbols);
        Variables variables(layout);
        const std::string subject = std::string(40, 'a') + '!';
        variables.define("x", grammar::Value::text(subject));
        const ConditionRecord record = evaluate_recorded(*condition, variables, {});
        EXPECT_EQ(record.result, row.result) << row.text;
        EXPECT_EQ(evaluate(condition->program, variables, {}), row.result) << row.text;
        EXPECT_TRUE(record.atoms[0].gave_up) << row.text;
        EXPECT_EQ(record.atoms[0].note, "the pattern gave up after 100000 steps: counts as " +
                                            std::string(row.counts_as));
    }
}

}  // namespace
}  // namespace catchrule
