// SPDX-License-Identifier: Apache-2.0
// What an untrusted condition may try: length, depth, odd bytes, greedy patterns.
#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "grammar/compile.hpp"

namespace catchrule::grammar {
namespace {

std::string repeat(std::string_view part, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += part;
    return out;
}

std::string first_code(const std::string& text) {
    Symbols symbols;
    const auto condition = compile_condition(text, symbols);
    return condition ? "" : condition.diagnostics.back().code;
}

TEST(BadInput, RefusesAMebibyteAtOnce) {
    constexpr std::size_t mebibyte = 1024 * 1024;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(first_code(std::string(mebibyte, 'a')), "CR119");
    EXPECT_EQ(first_code(std::string(mebibyte, '(')), "CR119");
    EXPECT_EQ(first_code(repeat("a and ", mebibyte / 6)), "CR119");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

TEST(BadInput, BoundsDepthWhateverMakesIt) {
    constexpr std::size_t deep = 20'000;
    EXPECT_EQ(first_code(std::string(deep, '(')), "CR120");
    EXPECT_EQ(first_code(std::string(deep, '!') + 'a'), "CR120");
    EXPECT_EQ(first_code(repeat("not ", 10'000) + 'a'), "CR120");
    EXPECT_EQ(first_code(repeat("(a and ", 9'000) + 'a'), "CR120");
    EXPECT_EQ(first_code(repeat("a or ", 10'000) + 'a'), "CR120");
}

// print(parse(x)) parses, and to the same, for every x that is accepted.
TEST(BadInput, PrintsWhatParsesAgainUpToTheLimit) {
    const std::size_t most = Limits{}.max_nesting;
    for (const char* connective : {" and ", " or "}) {
        const std::string longest = repeat(std::string("a") + connective, most) + 'a';
        const auto parsed = parse(longest);
        ASSERT_TRUE(parsed);
        const std::string printed = print(*parsed);
        const auto again = parse(printed);
        ASSERT_TRUE(again) << again.diagnostics[0].message;
        EXPECT_EQ(print(*again), printed);

        const auto beyond = parse('a' + (connective + longest));
        ASSERT_FALSE(beyond);
        EXPECT_EQ(beyond.diagnostics[0].code, "CR120");
        EXPECT_EQ(beyond.diagnostics[0].message,
                  "expected a condition that nests at most 512 deep in canonical form");
    }
    const std::string nots = std::string(most / 2, '!') + 'a';
    const auto negated = parse(nots);
    ASSERT_TRUE(negated);
    EXPECT_TRUE(parse(print(*negated)));
    EXPECT_FALSE(parse('!' + nots));
    const auto tests = parse(repeat("a = 1 and ", most - 1) + "a = 1");
    ASSERT_TRUE(tests);
    EXPECT_TRUE(parse(print(*tests)));
}

TEST(BadInput, TakesAnyByteInsideTextAndNoneOutside) {
    using namespace std::string_literals;
    EXPECT_EQ(first_code("a = \"\0\""s), "");
    EXPECT_EQ(first_code("a = \"\xFF\xC0\""), "");
    EXPECT_EQ(first_code("a ~ \"\xFF*\0\""s), "");
    EXPECT_EQ(first_code("a\0= 1"s), "CR104");
    EXPECT_EQ(first_code("\0"s), "CR101");
    EXPECT_EQ(first_code("\xFF = 1"), "CR101");
    EXPECT_EQ(first_code("a = 1\xFE"), "CR106");
    EXPECT_EQ(first_code("a ~~ \"\xFF\""), "CR122");
    EXPECT_EQ(first_code("a ~~ \"[\xC3]\""), "CR122");
    EXPECT_EQ(first_code("a ~~ \"\xED\xA0\x80\""), "CR122");  // a surrogate in UTF-8
    EXPECT_EQ(first_code("a ~~ \"x\0y\""s), "");
}

TEST(BadInput, BoundsPatterns) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(first_code("a ~~ \"" + std::string(9'000, 'a') + '"'), "CR124");
    EXPECT_EQ(first_code("a ~~ \"a{1000000}\""), "CR122");
    EXPECT_EQ(first_code("a ~~ \"((((a{1000}){1000}){1000}){1000})\""), "CR122");
    EXPECT_EQ(first_code("a ~~ \"(a{60000}){60000}\""), "CR122");
    EXPECT_EQ(first_code("a ~~ \"" + std::string(4'000, '(') + '"'), "CR122");
    EXPECT_EQ(first_code("a ~~ \"" + std::string(4'000, '[') + '"'), "CR123");
    EXPECT_EQ(first_code("a ~~ \"[a" + repeat("&&a", 2'000) + "]\""), "CR123");
    EXPECT_EQ(first_code("a ~~ \"" + repeat("[a-z&&[^b]]", 700) + '"'), "");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(BadInput, GivesUpOnPathologicalPatterns) {
    struct Row {
        std::string_view pattern;
        std::string subject;
        Match result = Match::gave_up;
    };
    const std::string many = std::string(40, 'a') + '!';
    const Row rows[] = {
        {"^(a+)+$", many},           {"(a|aa)+", many},
        {"(a|a)*[b!]!", many},       {"([a-zA-Z]+)*", many},
        {"(\\w+\\s?)*", many},       {"(a?){40}a{40}", std::string(40, 'a') + 'b'},
        {"(?=(a+)+[b-d]).*", many},  {"^(([a-z])+.)+[A-Z]([a-z])+$", std::string(40, 'a')},
        {"(a*)*b", many, Match::no},  // a letter that must be there is not
    };
    for (const Row& row : rows) {
        const auto pattern = Pattern::compile(Operator::java_regex, row.pattern);
        ASSERT_TRUE(pattern) << row.pattern;
        const auto start = std::chrono::steady_clock::now();
        EXPECT_EQ(pattern->match(row.subject), row.result) << row.pattern;
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(50));
    }
}

TEST(BadInput, GivesUpOnLongSubjectsOfARegexOnly) {
    const std::string longest(PatternLimits::subject_bytes, 'a');
    const auto regex = Pattern::compile(Operator::java_regex, "a*+");
    ASSERT_TRUE(regex);
    EXPECT_EQ(regex->match(longest), Match::yes);
    EXPECT_EQ(regex->match(longest + 'a'), Match::gave_up);
    const auto glob = Pattern::compile(Operator::matches, "a*");
    ASSERT_TRUE(glob);
    EXPECT_EQ(glob->match(longest + 'a'), Match::yes);
}

}  // namespace
}  // namespace catchrule::grammar
