// SPDX-License-Identifier: Apache-2.0
#include "grammar/compile.hpp"

#include <utility>

#include <gtest/gtest.h>

namespace catchrule::grammar {
namespace {

std::string code(std::string_view text) {
    Symbols symbols;
    const auto condition = compile_condition(text, symbols);
    return condition ? disassemble(condition->program, symbols)
                     : condition.diagnostics.at(0).message;
}

TEST(Compile, JumpsPastWhatIsDecided) {
    EXPECT_EQ(code("a and b and c"),
              "0: a ? 1 : reject\n"
              "1: b ? 2 : reject\n"
              "2: c ? accept : reject\n");
    EXPECT_EQ(code("a or b or c"),
              "0: a ? accept : 1\n"
              "1: b ? accept : 2\n"
              "2: c ? accept : reject\n");
    EXPECT_EQ(code("(a or b) and (c or d)"),
              "0: a ? 2 : 1\n"
              "1: b ? 2 : reject\n"
              "2: c ? accept : 3\n"
              "3: d ? accept : reject\n");
    EXPECT_EQ(code("a and b or c and d"),
              "0: a ? 1 : 2\n"
              "1: b ? accept : 2\n"
              "2: c ? 3 : reject\n"
              "3: d ? accept : reject\n");
}

TEST(Compile, SwapsJumpsForNot) {
    EXPECT_EQ(code("!a"), "0: a ? reject : accept\n");
    EXPECT_EQ(code("!!a"), "0: a ? accept : reject\n");
    EXPECT_EQ(code("not (a or b) and c"),
              "0: a ? reject : 1\n"
              "1: b ? reject : 2\n"
              "2: c ? accept : reject\n");
    EXPECT_EQ(code("x !~ \"p\""), "0: x matches \"p\" ? reject : accept\n");
}

// What gave up makes neither `x ~~ "p"` nor `x !~~ "p"` true.
TEST(Compile, LetsNothingHoldThatGaveUp) {
    struct Row {
        std::string_view text;
        std::string_view negated;  // a letter for each test
    };
    for (const Row& row :
         {Row{"x ~~ \"p\"", "n"}, Row{"x !~~ \"p\"", "y"}, Row{"!(x ~~ \"p\")", "y"},
          Row{"!(x !~~ \"p\")", "n"}, Row{"!(a or x ~~ \"p\") and b", "yyn"},
          Row{"not (a and !(b or !c)) or d", "ynyn"}}) {
        Symbols symbols;
        const auto condition = compile_condition(row.text, symbols);
        ASSERT_TRUE(condition) << row.text;
        std::string negated;
        for (const grammar::Test& test : condition->program.tests()) {
            negated += test.negated ? 'y' : 'n';
            EXPECT_TRUE(test.holds(Match::yes));
            EXPECT_FALSE(test.holds(Match::no));
            EXPECT_EQ(test.holds(Match::gave_up), test.negated);
        }
        EXPECT_EQ(negated, row.negated) << row.text;
    }
}

TEST(Compile, LeavesItToEvaluationToGiveUp) {
    Symbols symbols;
    const std::string slow = '"' + std::string(5'000, 'a') + "\" !~~ \"(a+)+[b-d]\"";
    const auto condition = compile_condition(slow, symbols);
    ASSERT_TRUE(condition);
    EXPECT_FALSE(condition->program.atoms()[0].always);
}

TEST(Compile, MakesAnEmptyConditionTrue) { EXPECT_EQ(code(" "), "always true\n"); }

TEST(Compile, WritesConstantsWithTheirTypes) {
    EXPECT_EQ(code("x = 5 or x = 5.0 or x = TRUE or x = null or \"a\" = 'b c'"),
              "0: x equals 5 ? accept : 1\n"
              "1: x equals 5.0 ? accept : 2\n"
              "2: x equals true ? accept : 3\n"
              "3: x equals null ? accept : 4\n"
              "4: \"a\" equals b c ? accept : reject\n");
}

TEST(Compile, SharesSlotsOfOneSymbolTable) {
    Symbols symbols;
    ASSERT_TRUE(compile_condition("a = b", symbols));
    const auto second = compile_condition("b = 'a'", symbols);
    ASSERT_TRUE(second);
    EXPECT_EQ(symbols.size(), 2U);
    EXPECT_EQ(second->program.tests()[0].left.index(), 1U);
    EXPECT_EQ(second->program.tests()[0].right.index(), 0U);
}

TEST(Compile, KeepsAtomsForExplain) {
    Symbols symbols;
    const std::string text = "  (a   =\n 'x  y') and b Not  MatchesPath \"/p  q\" or valid";
    const auto condition = compile_condition(text, symbols);
    ASSERT_TRUE(condition);
    EXPECT_EQ(condition->text, text.substr(2));
    const std::vector<Atom>& atoms = condition->program.atoms();
    ASSERT_EQ(atoms.size(), 3U);
    EXPECT_EQ(atoms[0].text, "a = 'x  y'");
    EXPECT_EQ(atoms[0].left, "a");
    EXPECT_EQ(atoms[0].right, "'x  y'");
    EXPECT_EQ(text.substr(atoms[0].span.begin, 1), "a");
    // What is tested; the negation is in the jumps.
    EXPECT_EQ(atoms[1].text, "b MatchesPath \"/p  q\"");
    EXPECT_EQ(text.substr(atoms[1].span.begin, 5), "b Not");
    EXPECT_EQ(atoms[2].text, "valid");
    EXPECT_EQ(atoms[2].right, "");
}

TEST(Compile, PositivesOfInfixNegation) {
    for (const char* text : {"x !~ \"p\"", "x! ~\"p\"", "x not~\"p\"", "x ! ~ \"p\""}) {
        Symbols symbols;
        const auto condition = compile_condition(text, symbols);
        ASSERT_TRUE(condition) << text;
        EXPECT_EQ(condition->program.atoms()[0].text, "x ~ \"p\"") << text;
    }
}

TEST(Compile, ProgramsOwnTheirText) {
    Symbols symbols;
    auto condition = compile_condition("a = \"one\" and b = \"two\" and c = \"\"", symbols);
    ASSERT_TRUE(condition);
    const Program moved = std::move(condition->program);
    condition.value.reset();
    ASSERT_EQ(moved.constants().size(), 3U);
    EXPECT_EQ(moved.constants()[0].as_text(), "one");
    EXPECT_EQ(moved.constants()[1].as_text(), "two");
    EXPECT_EQ(moved.constants()[2].as_text(), "");
}

TEST(Compile, ReportsEveryBadPatternAtItsPlace) {
    Symbols symbols;
    const auto condition = compile_condition("x ~~ \"a(\" or y ~~ \"\\K\"", symbols);
    EXPECT_FALSE(condition);
    ASSERT_EQ(condition.diagnostics.size(), 2U);
    EXPECT_EQ(condition.diagnostics[0].code, "CR122");
    EXPECT_EQ(condition.diagnostics[0].span, (Span{8, 8}));
    EXPECT_EQ(condition.diagnostics[1].code, "CR123");
    EXPECT_EQ(condition.diagnostics[1].span, (Span{19, 21}));
}

}  // namespace
}  // namespace catchrule::grammar
