// SPDX-License-Identifier: Apache-2.0
#include "tests/support/cond_file.hpp"

#include <gtest/gtest.h>

namespace catchrule::testing {
namespace {

TEST(CondFile, ReadsCasesWithTheirVariables) {
    const CondFile file = read_cond_text("some-file.cond",
                                         "# source: here\n"
                                         "# 7: a label\n"
                                         "set a = \"x\\\"\\u00e9\"\n"
                                         "set b = 5000000000\n"
                                         "\n"
                                         "true | a = \"x\" || b > 5\n"
                                         "set c = 1.5\n"
                                         "\n"
                                         "[null-greater-than=documented] false | a\\n= c\n");
    EXPECT_TRUE(file.problems.empty());
    ASSERT_EQ(file.cases.size(), 2U);
    EXPECT_EQ(file.cases[0].name, "some_file_7_line6");
    EXPECT_EQ(file.cases[0].expression, "a = \"x\" || b > 5");
    EXPECT_EQ(file.cases[0].variables,
              (Assignment{{"a", std::string("x\"\xC3\xA9")}, {"b", std::int64_t{5000000000}}}));
    EXPECT_TRUE(file.cases[0].expected);
    EXPECT_EQ(file.cases[1].variables, (Assignment{{"c", 1.5}}));
    EXPECT_EQ(file.cases[1].expression, "a\n= c");
    EXPECT_TRUE(file.cases[1].rules.null_greater_than_documented);
}

TEST(CondFile, ReadsErrorsAndRenderings) {
    const CondFile file = read_cond_text("f.cond",
                                         "error 2:15 expected a number | x = 007\n"
                                         "render (a or b) | a || b\n");
    ASSERT_EQ(file.cases.size(), 2U);
    EXPECT_EQ(file.cases[0].kind, CondCase::Kind::fails);
    EXPECT_EQ(file.cases[0].position, (grammar::Position{2, 15}));
    EXPECT_EQ(file.cases[0].text, "expected a number");
    EXPECT_EQ(file.cases[1].kind, CondCase::Kind::renders);
    EXPECT_EQ(file.cases[1].text, "(a or b)");
}

TEST(CondFile, NamesLinesItCannotRead) {
    for (const char* line :
         {"maybe | a", "true", "set a", "set a = [1]", "set a = \"x", "error x:y no position | a",
          "[unknown=1] true | a", "set a = 1\ntrue | a"}) {
        const CondFile file = read_cond_text("f.cond", line);
        ASSERT_EQ(file.problems.size(), 1U) << line;
        EXPECT_TRUE(file.problems[0].starts_with("f.cond:")) << file.problems[0];
    }
}

}  // namespace
}  // namespace catchrule::testing
