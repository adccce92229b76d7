// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "grammar/ast.hpp"
#include "grammar/parse.hpp"

namespace catchrule::grammar {
namespace {

TEST(Print, WritesAnEmptyConditionAsTrue) {
    const auto parsed = parse("");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(print(*parsed), "true");
}

TEST(Print, NestsLongChainsToTheRight) {
    std::string text = "v0";
    std::string expected = "(v0";
    for (int i = 1; i < 500; ++i) {
        text += " and v" + std::to_string(i);
        expected += i < 499 ? " and (v" : " and v";
        expected += std::to_string(i);
    }
    const auto parsed = parse(text);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(print(*parsed), expected + std::string(499, ')'));
}

TEST(Print, WritesOperandsInCanonicalForm) {
    struct Row {
        std::string_view text;
        std::string_view printed;
    };
    for (const Row& row :
         {Row{"x = NULL", "null"}, Row{"x = TRUE", "true"}, Row{"x = 1.50F", "1.50F"},
          Row{"x = \"a\"", "\"a\""}, Row{"x = 'a'", "'a'"}, Row{"x = a.b", "a.b"}}) {
        const auto parsed = parse(row.text);
        ASSERT_TRUE(parsed);
        EXPECT_EQ(print((*parsed)[parsed->root].right), row.printed);
    }
}

}  // namespace
}  // namespace catchrule::grammar
