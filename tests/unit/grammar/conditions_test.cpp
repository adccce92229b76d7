// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <tuple>

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
}

// How much of it there must be; fewer fails.
TEST(ConditionFiles, AreAsManyAsPromised) {
    const auto count = [](CondCase::Kind kind) {
        return std::count_if(cases().cases.begin(), cases().cases.end(),
                             [kind](const CondCase& c) { return c.kind == kind; });
    };
    const auto errors = count(CondCase::Kind::fails);
    const auto renderings = count(CondCase::Kind::renders);
    std::cout << "count: " << cases().cases.size() << " condition cases, of them " << errors
              << " errors and " << renderings << " renderings\n";
    EXPECT_GE(cases().cases.size(), 800U);
    EXPECT_GE(errors, 150);
    EXPECT_GE(renderings, 100);
    const auto observed =
        std::count_if(cases().cases.begin(), cases().cases.end(), [](const CondCase& c) {
            return c.name.starts_with("rendering_observed_thread") ||
                   c.name.starts_with("rendering_observed_traces");
        });
    EXPECT_GE(observed, 8);
}

TEST(ConditionFiles, CiteTheirSources) {
    for (const auto& entry : std::filesystem::directory_iterator(CATCHRULE_CONDITION_CASES)) {
        if (entry.path().extension() != ".cond") continue;
        std::ifstream file(entry.path());
        std::string first_line;
        std::getline(file, first_line);
        EXPECT_TRUE(first_line.starts_with("# source: ")) << entry.path();
    }
}

// The type of an operand in a case; a Float is only a literal there.
Type type_of(const Operand& operand, const Assignment& variables) {
    if (operand.kind == OperandKind::text) return Type::text;
    if (!operand.is_variable()) return operand.value.type();
    const auto found = variables.find(operand.text);
    return found == variables.end() ? Type::null : to_value(found->second).type();
}

using Cell = std::tuple<Operator, Type, Type>;

// What single comparisons of the files say about which pairs of types.
std::set<Cell> covered_cells() {
    std::set<Cell> cells;
    for (const CondCase& c : cases().cases) {
        if (c.kind != CondCase::Kind::evaluates) continue;
        const auto ast = parse(c.expression);
        if (!ast || ast->empty) continue;
        const Node& node = (*ast)[ast->root];
        if (node.kind != NodeKind::comparison) continue;
        cells.emplace(node.op, type_of(node.left, c.variables), type_of(node.right, c.variables));
    }
    return cells;
}

TEST(ConditionFiles, CoverEveryCellOfTheNullTable) {
    const std::set<Cell> cells = covered_cells();
    const auto any_type = [&](Operator op, bool left_null) {
        return std::any_of(cells.begin(), cells.end(), [&](const Cell& cell) {
            const auto [o, left, right] = cell;
            return o == op && (left == Type::null) == left_null &&
                   (right == Type::null) != left_null;
        });
    };
    for (const OperatorRow& row : operator_table()) {
        EXPECT_TRUE(any_type(row.op, true)) << row.name << ": left unset";
        if (row.right == RightOperand::text_literal) continue;
        EXPECT_TRUE(any_type(row.op, false)) << row.name << ": right unset";
        EXPECT_TRUE(cells.contains({row.op, Type::null, Type::null})) << row.name << ": both unset";
    }
}

TEST(ConditionFiles, CoverEveryPairOfTheAdaptationTable) {
    const std::set<Cell> cells = covered_cells();
    for (const OperatorRow& row : operator_table()) {
        if (row.right == RightOperand::text_literal) continue;
        for (const Type left : adaptation_types()) {
            for (const Type right : adaptation_types()) {
                EXPECT_TRUE(cells.contains({row.op, left, right}))
                    << to_string(left) << ' ' << row.name << ' ' << to_string(right);
            }
        }
    }
}

// Between the operands of some case stands just this spelling.
bool is_spelt(std::string_view spelling) {
    return std::any_of(cases().cases.begin(), cases().cases.end(), [spelling](const CondCase& c) {
        if (c.kind != CondCase::Kind::evaluates) return false;
        const auto ast = parse(c.expression);
        if (!ast || ast->empty) return false;
        const Node& node = (*ast)[ast->root];
        if (node.kind != NodeKind::comparison) return false;
        const std::string_view between =
            std::string_view(c.expression)
                .substr(node.left.span.end, node.right.span.begin - node.left.span.end);
        const std::size_t begin = between.find_first_not_of(' ');
        if (begin == std::string_view::npos) return false;
        return between.substr(begin, between.find_last_not_of(' ') + 1 - begin) == spelling;
    });
}

TEST(ConditionFiles, UseEverySpellingOfEveryOperator) {
    for (const OperatorRow& row : operator_table()) {
        for (const std::string_view symbol : row.symbols) {
            if (!symbol.empty()) {
                EXPECT_TRUE(is_spelt(symbol)) << symbol;
            }
        }
        for (const std::string_view word : row.words) {
            if (word.empty()) continue;
            std::string small(word);
            std::string large(word);
            std::transform(word.begin(), word.end(), small.begin(), ::tolower);
            std::transform(word.begin(), word.end(), large.begin(), ::toupper);
            EXPECT_TRUE(is_spelt(word) && is_spelt(small) && is_spelt(large)) << word;
        }
    }
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
