// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "grammar/compile.hpp"
#include "tests/support/cond_file.hpp"
#include "tests/support/naive_condition.hpp"

namespace catchrule::testing {

// What gtest prints of a parameter.
void PrintTo(const CondCase& c, std::ostream* out) { *out << c.expression; }

namespace {

using namespace catchrule::grammar;

const CondFile& cases() {
    static const CondFile file = read_cond_folder(CATCHRULE_CONDITION_CASES);
    return file;
}

class Conditions : public ::testing::TestWithParam<CondCase> {};

void expect_evaluates(const CondCase& c) {
    Symbols symbols;
    const auto condition = compile_condition(c.expression, symbols);
    ASSERT_TRUE(condition) << condition.diagnostics.at(0).message;
    EXPECT_EQ(run_program(condition->program, symbols, c.variables, c.rules), c.expected)
        << disassemble(condition->program, symbols);

    const auto ast = parse(c.expression);
    ASSERT_TRUE(ast);
    EXPECT_EQ(naive_evaluate(*ast, c.variables, c.rules), c.expected) << dump(*ast);

    // The canonical form is the same condition.
    const auto again = parse(condition->rendered);
    ASSERT_TRUE(again) << condition->rendered;
    EXPECT_EQ(print(*again), condition->rendered);
    EXPECT_EQ(naive_evaluate(*again, c.variables, c.rules), c.expected) << condition->rendered;
}

void expect_fails(const CondCase& c) {
    Symbols symbols;
    const auto condition = compile_condition(c.expression, symbols);
    ASSERT_FALSE(condition) << condition->rendered;
    ASSERT_TRUE(has_errors(condition.diagnostics));
    const Source source("case", c.expression);
    for (const Diagnostic& diagnostic : condition.diagnostics) {
        if (diagnostic.severity != Severity::error) continue;
        EXPECT_EQ(diagnostic.message, c.text);
        EXPECT_EQ(source.position(diagnostic.span.begin), c.position)
            << source.position(diagnostic.span.begin).line << ':'
            << source.position(diagnostic.span.begin).column;
        return;
    }
}

void expect_renders(const CondCase& c) {
    const auto ast = parse(c.expression);
    ASSERT_TRUE(ast) << ast.diagnostics.at(0).message;
    EXPECT_EQ(print(*ast), c.text);
    const auto again = parse(c.text);
    ASSERT_TRUE(again) << again.diagnostics.at(0).message;
    EXPECT_EQ(print(*again), c.text);
}

TEST_P(Conditions, AsExpected) {
    switch (GetParam().kind) {
        case CondCase::Kind::evaluates:
            expect_evaluates(GetParam());
            break;
        case CondCase::Kind::fails:
            expect_fails(GetParam());
            break;
        case CondCase::Kind::renders:
            expect_renders(GetParam());
            break;
    }
}

INSTANTIATE_TEST_SUITE_P(Files, Conditions, ::testing::ValuesIn(cases().cases),
                         [](const auto& parameter) { return parameter.param.name; });

TEST(ConditionFiles, HaveNoOddLines) {
    for (const std::string& problem : cases().problems) ADD_FAILURE() << problem;
    EXPECT_GE(cases().cases.size(), 250U);
}

TEST(ConditionFiles, HoldEveryVectorOfTheReference) {
    for (int vector = 1; vector <= 67; ++vector) {
        const std::string prefix = "vectors_" + std::to_string(vector) + "_line";
        const auto is_of_vector = [&](const CondCase& c) { return c.name.starts_with(prefix); };
        EXPECT_TRUE(std::any_of(cases().cases.begin(), cases().cases.end(), is_of_vector))
            << vector;
    }
}

}  // namespace
}  // namespace catchrule::testing
