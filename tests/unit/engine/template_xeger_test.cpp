// SPDX-License-Identifier: Apache-2.0
#include "engine/template_xeger.hpp"

#include <gtest/gtest.h>

#include "grammar/pattern.hpp"

namespace catchrule {
namespace {

TEST(Xeger, MakesWhatThePatternMatches) {
    const std::vector<const char*> patterns{
        "abc",
        "a|b|",
        "[a-z]+@[a-z]{2,8}\\.(com|org)",
        "(a(b(c|d)*)?){3}",
        "[^0-9]{5}",
        "\\d+\\D\\w\\W\\s\\S",
        "[\\d\\-x]{4}",
        "[]a]{3}",
        "[a^-]{5}",
        ".{0,3}",
        "x{3}y{2,}z{0}",
        "\\(\\)\\[\\]\\{\\}",
        "(?:ab){1000}",
        "^a$",
        "\\t\\n\\r\\f",
        "[\\u00e0-\\u00ff]{4}",
    };
    Random random(11);
    for (const char* text : patterns) {
        SCOPED_TRACE(text);
        const auto xeger = Xeger::compile(text);
        const auto pattern = grammar::Pattern::compile(grammar::Operator::java_regex, text);
        ASSERT_TRUE(xeger && pattern);
        for (int i = 0; i < 100; ++i) {
            std::string made;
            ASSERT_TRUE(xeger->append(random, made));
            EXPECT_TRUE(pattern->matches(made)) << made;
        }
    }
}

TEST(Xeger, SaysWhereAPatternCannotBeRead) {
    struct Row {
        std::string pattern;
        std::uint32_t at;
    };
    const std::vector<Row> rows{
        {"a)", 1},     {"(a", 0},      {"[a", 0},     {"*a", 0},     {"a**", 1},  {"a{2", 1},
        {"a{2,1}", 1}, {"a{1001}", 1}, {"a++", 1},    {"a^b", 1},    {"a$b", 1},  {"(?=a)", 0},
        {"(?i)a", 0},  {"(a)\\1", 3},  {"\\b", 0},    {"\\", 0},     {"\\x4", 0}, {"\\uD800", 0},
        {"[b-a]", 2},  {"[a[b]]", 2},  {"[a&&b]", 2}, {"[^ -~]", 0}, {"\xFF", 0},
    };
    for (const Row& row : rows) {
        const auto xeger = Xeger::compile(row.pattern);
        ASSERT_EQ(xeger.diagnostics.size(), 1U) << row.pattern;
        EXPECT_EQ(xeger.diagnostics[0].span.begin, row.at) << row.pattern;
        EXPECT_TRUE(xeger.diagnostics[0].message.starts_with("expected ")) << row.pattern;
    }
}

TEST(Xeger, KeepsItsLimits) {
    EXPECT_TRUE(Xeger::compile(std::string(Xeger::max_pattern_bytes, 'a')));
    EXPECT_FALSE(Xeger::compile(std::string(Xeger::max_pattern_bytes + 1, 'a')));
    const auto groups = [](std::size_t count) {
        return std::string(count, '(') + "a" + std::string(count, ')');
    };
    EXPECT_TRUE(Xeger::compile(groups(Xeger::max_nesting - 1)));
    EXPECT_FALSE(Xeger::compile(groups(Xeger::max_nesting)));

    Random random(1);
    std::string out = "kept";
    EXPECT_TRUE(Xeger::compile("((a{16}){64}){64}")->append(random, out));
    EXPECT_EQ(out.size(), 4 + Xeger::max_text_bytes);
    out = "kept";
    EXPECT_FALSE(Xeger::compile("((a{16}){64}){64}a")->append(random, out));
    EXPECT_FALSE(Xeger::compile("(((){1000}){1000}){1000}")->append(random, out));
    EXPECT_EQ(out, "kept");
}

}  // namespace
}  // namespace catchrule
