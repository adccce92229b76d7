// SPDX-License-Identifier: Apache-2.0
#include "grammar/replace.hpp"

#include <gtest/gtest.h>

namespace catchrule::grammar {
namespace {

struct Row {
    const char* pattern;
    const char* text;
    const char* replacement;
    const char* all;  // "!" = nothing
    const char* first;
};

// Answers of String.replaceAll and replaceFirst (Java 17); a throw is "!".
const std::vector<Row> rows{
    {"b", "abcb", "X", "aXcX", "aXcb"},
    {"x", "abc", "X", "abc", "abc"},
    {"", "ab", "-", "-a-b-", "-ab"},
    {"a*", "baac", "-", "-b--c-", "-baac"},
    {"(a)(b)?", "ab a", "[$2$1]", "[ba] [a]", "[ba] a"},
    {"(?<x>\\d+)", "a12b3", "<${x}>", "a<12>b<3>", "a<12>b3"},
    {"(a)", "a", "$12", "a2", "a2"},
    {"a", "a", "$0$0", "aa", "aa"},
    {"a", "a", "$1", "!", "!"},
    {"a", "a", "$", "!", "!"},
    {"a", "a", "${x}", "!", "!"},
    {"a", "a", "\\", "!", "!"},
    {"a", "b", "$1", "b", "b"},
    {"a", "a", "\\$1\\\\", "$1\\", "$1\\"},
    {"\\b", "ab cd", "|", "|ab| |cd|", "|ab cd"},
    {"\\b(a)", "ab", "$1$1", "aab", "aab"},
    {"\\ba", "ab", "$1", "!", "!"},
    {"(?<=a)b", "abab", "", "aa", "aab"},
    {"^.", "ab\ncd", "-", "-b\ncd", "-b\ncd"},
    {"(?m)^.", "ab\ncd", "-", "-b\n-d", "-b\ncd"},
    {"\\s+", " a \t b ", "", "ab", "a \t b "},
    {".", "\xC3\xA9\xF0\x9F\x98\x80", "-", "--", "-\xF0\x9F\x98\x80"},
    {"", "\xC3\xA9", "-", "-\xC3\xA9-", "-\xC3\xA9"},
};

TEST(Search, ReplacesAsJavaDoes) {
    for (const Row& row : rows) {
        SCOPED_TRACE(std::string(row.pattern) + " in " + row.text);
        for (const Search::Life life : {Search::Life::kept, Search::Life::once}) {
            const auto search = Search::compile(row.pattern, life);
            ASSERT_TRUE(search);
            EXPECT_EQ(search->replace(row.text, row.replacement, Search::Which::all).value_or("!"),
                      row.all);
            EXPECT_EQ(
                search->replace(row.text, row.replacement, Search::Which::first).value_or("!"),
                row.first);
        }
    }
}

TEST(Search, SaysWhereAPatternIsWrong) {
    const auto search = Search::compile("a(b", Search::Life::kept);
    EXPECT_FALSE(search);
    ASSERT_EQ(search.diagnostics.size(), 1U);
    EXPECT_EQ(search.diagnostics[0].code, "CR122");
    EXPECT_LE(search.diagnostics[0].span.end, 3U);
}

TEST(Search, KeepsItsLimits) {
    const auto any = Search::compile("(?s).", Search::Life::kept);
    const std::string ten(10, 'x');
    const std::string fits(Search::max_result_bytes / 10, 'a');
    EXPECT_EQ(any->replace(fits, ten, Search::Which::all).value_or("").size(),
              Search::max_result_bytes);
    EXPECT_FALSE(any->replace(fits, ten + "x", Search::Which::all));
    EXPECT_FALSE(any->replace(fits + 'a', "", Search::Which::first));  // PatternLimits
    const auto slow = Search::compile("(a+)+[bd]", Search::Life::kept);
    EXPECT_FALSE(slow->replace(std::string(64, 'a') + "c", "", Search::Which::all));
    EXPECT_FALSE(any->replace("\xFF", "", Search::Which::all));
    EXPECT_FALSE(any->replace("a\xC3", "", Search::Which::first));
}

TEST(ChangeCase, FollowsUnicode) {
    const auto upper = [](std::string_view text) { return change_case(text, LetterCase::upper); };
    const auto lower = [](std::string_view text) { return change_case(text, LetterCase::lower); };
    EXPECT_EQ(upper(""), "");
    EXPECT_EQ(upper("az{`@AZ"), "AZ{`@AZ");
    EXPECT_EQ(lower("AZ[`@az"), "az[`@az");
    EXPECT_EQ(upper("stra\xC3\x9F"
                    "e \xC3\xA9"),
              "STRASSE \xC3\x89");
    EXPECT_EQ(lower("\xC3\x89 \xD0\x96 \xCE\xA9"), "\xC3\xA9 \xD0\xB6 \xCF\x89");
    EXPECT_EQ(upper("\xF0\x90\x90\xA8"), "\xF0\x90\x90\x80");
    EXPECT_EQ(upper("$0 \xC3\xA9 \\U"), "$0 \xC3\x89 \\U");
    EXPECT_EQ(upper("a\xFF"
                    "b"),
              "A\xFF"
              "B");
}

}  // namespace
}  // namespace catchrule::grammar
