// SPDX-License-Identifier: Apache-2.0
#include "grammar/operators.hpp"

#include <limits>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/naive_condition.hpp"

namespace catchrule::grammar {
namespace {

using catchrule::testing::naive_compare;
using catchrule::testing::to_value;
using catchrule::testing::Variable;

TEST(OperatorTable, HasEachOperatorAtItsPlace) {
    std::size_t index = 0;
    for (const OperatorRow& r : operator_table()) {
        EXPECT_EQ(static_cast<std::size_t>(r.op), index++);
        EXPECT_EQ(&row(r.op), &r);
    }
    EXPECT_EQ(index, 11U);
}

TEST(OperatorTable, HasDistinctSpellings) {
    std::set<std::string_view> seen;
    for (const OperatorRow& r : operator_table()) {
        for (const auto& spellings : {r.symbols, r.words}) {
            for (const std::string_view spelling : spellings) {
                if (spelling.empty()) continue;
                EXPECT_TRUE(seen.insert(spelling).second) << spelling;
                EXPECT_EQ(find_operator(spelling), r.op) << spelling;
            }
        }
        EXPECT_EQ(find_operator(r.rendered), r.op);
        EXPECT_EQ(find_operator(r.name), r.op);
    }
    EXPECT_EQ(find_operator("LIKEpath"), Operator::matches_path);
    EXPECT_EQ(find_operator(""), std::nullopt);
    EXPECT_EQ(find_operator("=>"), std::nullopt);
    EXPECT_EQ(find_operator("and"), std::nullopt);
}

// Every type, and the values where types disagree.
std::vector<Variable> some_values() {
    using std::string;
    constexpr auto big = std::numeric_limits<std::int64_t>::max();
    return {Variable{},
            Variable{true},
            Variable{false},
            Variable{0},
            Variable{1},
            Variable{-1},
            Variable{404},
            Variable{2147483647},
            Variable{std::int64_t{1}},
            Variable{big},
            Variable{-big},
            Variable{std::int64_t{9007199254740993}},
            Variable{0.0F},
            Variable{0.1F},
            Variable{1.0F},
            Variable{16777216.0F},
            Variable{0.1},
            Variable{1.0},
            Variable{-0.0},
            Variable{404.0},
            Variable{1e7},
            Variable{0.0001},
            Variable{9007199254740992.0},
            Variable{1e300},
            Variable{string("")},
            Variable{string("1")},
            Variable{string("1.0")},
            Variable{string("10")},
            Variable{string("404")},
            Variable{string("true")},
            Variable{string("True")},
            Variable{string("TRUE")},
            Variable{string("a")},
            Variable{string("A")},
            Variable{string("abc")},
            Variable{string("1.0E7")},
            Variable{string("-1")},
            Variable{string("9")},
            Variable{string("9x")},
            Variable{string("4*")},
            Variable{string(" 1")}};
}

TEST(Compare, AgreesWithTheNaiveEvaluatorOnAllPairs) {
    const std::vector<Variable> values = some_values();
    std::size_t compared = 0;
    for (const OperatorRow& r : operator_table()) {
        for (const Variable& left : values) {
            for (const Variable& right : values) {
                for (const ComparisonRules& rules :
                     {ComparisonRules{}, ComparisonRules{.null_greater_than_documented = true},
                      ComparisonRules{.relational_strings_numeric = true}}) {
                    const bool has_pattern = r.right == RightOperand::text_literal;
                    const bool expected =
                        has_pattern ? false : naive_compare(r.op, left, right, rules);
                    EXPECT_EQ(compare(r.op, to_value(left), to_value(right), rules), expected)
                        << to_value(left).to_text() << ' ' << r.name << ' '
                        << to_value(right).to_text();
                    ++compared;
                }
            }
        }
    }
    EXPECT_GT(compared, 50'000U);
}

TEST(Compare, FoldsLatinLettersAndNothingElse) {
    const auto same = [](std::string_view a, std::string_view b) {
        return compare(Operator::equals_case_insensitive, Value::text(a), Value::text(b));
    };
    EXPECT_TRUE(same("Content-Type", "content-type"));
    EXPECT_TRUE(same("\xC3\x89T\xC3\x89", "\xC3\xA9t\xC3\xA9"));
    EXPECT_FALSE(same("\xC3\x97", "\xC3\xB7"));  // the signs of multiplication and division
    EXPECT_FALSE(same("@", "`"));
    EXPECT_FALSE(same("a", "ab"));
}

TEST(Compare, HasNoOrderForNaN) {
    const Value nan = Value::real(std::numeric_limits<double>::quiet_NaN());
    EXPECT_FALSE(compare(Operator::equals, nan, nan));
    EXPECT_TRUE(compare(Operator::not_equals, nan, Value::integer(1)));
    EXPECT_FALSE(compare(Operator::greater_than_or_equals, nan, Value::integer(1)));
    EXPECT_FALSE(compare(Operator::lesser_than_or_equals, nan, Value::integer(1)));
}

TEST(Truth, IsBooleanOrTheTextTrue) {
    EXPECT_TRUE(truth(Value::boolean(true)));
    EXPECT_TRUE(truth(Value::text("tRuE")));
    for (const Value& value : {Value::null(), Value::boolean(false), Value::integer(1),
                               Value::real(1), Value::text(""), Value::text("yes")}) {
        EXPECT_FALSE(truth(value)) << value.to_text();
    }
}

}  // namespace
}  // namespace catchrule::grammar
