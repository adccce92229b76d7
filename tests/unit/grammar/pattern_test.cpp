// SPDX-License-Identifier: Apache-2.0
#include "grammar/pattern.hpp"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

namespace catchrule::grammar {
namespace {

bool matches(Operator op, std::string_view pattern, std::string_view subject) {
    const auto compiled = Pattern::compile(op, pattern);
    EXPECT_TRUE(compiled) << pattern << ": "
                          << (compiled ? "" : compiled.diagnostics.at(0).message);
    return compiled && compiled->matches(subject);
}

bool regex(std::string_view pattern, std::string_view subject) {
    return matches(Operator::java_regex, pattern, subject);
}

std::string error(std::string_view pattern) {
    const auto compiled = Pattern::compile(Operator::java_regex, pattern);
    return compiled ? "" : compiled.diagnostics.at(0).message;
}

TEST(Pattern, TakesBytesInGlobs) {
    EXPECT_TRUE(matches(Operator::matches, "a*b",
                        "a\xFF\x80"
                        "b"));
    EXPECT_TRUE(matches(Operator::matches_path, "/*/b", "/\xFF/b"));
    const std::string_view with_nul("a\0b", 3);
    EXPECT_TRUE(matches(Operator::matches, "a*b", with_nul));
    EXPECT_TRUE(matches(Operator::matches, with_nul, with_nul));
    EXPECT_TRUE(matches(Operator::matches, "*", std::string_view{}));
}

TEST(Pattern, CrossesMachineWords) {
    const std::string filler(200, 'x');
    for (std::size_t length = 55; length < 70; ++length) {
        const std::string prefix(length, 'p');
        EXPECT_TRUE(matches(Operator::matches, prefix + "*b", prefix + filler + "b"));
        EXPECT_FALSE(matches(Operator::matches, prefix + "*b", prefix + filler));
        EXPECT_TRUE(matches(Operator::matches_path, prefix + "/**/c", prefix + "/a/b/c"));
        EXPECT_FALSE(matches(Operator::matches_path, prefix + "/**/c", prefix + "//b/c"));
    }
}

TEST(Pattern, HandlesEveryByteAtOnce) {
    std::string all;
    for (int round = 0; round < 3; ++round) {
        for (int byte = 0; byte < 256; ++byte) {
            if (byte == '*' || byte == '%') all += '%';
            all += static_cast<char>(byte);
        }
    }
    std::string subject;
    for (std::size_t i = 0; i < all.size(); ++i) subject += all[all[i] == '%' ? ++i : i];
    EXPECT_TRUE(matches(Operator::matches, all, subject));
    EXPECT_TRUE(matches(Operator::matches, "*" + all + "*", "q" + subject + "q"));
    subject[300] = static_cast<char>(subject[300] + 1);
    EXPECT_FALSE(matches(Operator::matches, all, subject));
}

TEST(Pattern, HasALimitOfLength) {
    const std::string longest(8 * 1024, '*');
    for (const Operator op : {Operator::matches, Operator::matches_path, Operator::java_regex}) {
        const auto beyond = Pattern::compile(op, longest + "a");
        ASSERT_FALSE(beyond);
        EXPECT_EQ(beyond.diagnostics[0].code, "CR124");
    }
    EXPECT_TRUE(matches(Operator::matches, longest, "anything"));
    std::string elements;
    for (int i = 0; i < 4 * 1024; ++i) elements += "/*";
    EXPECT_FALSE(matches(Operator::matches_path, elements, "/a/b"));
    std::string subject;
    for (int i = 0; i < 4 * 1024; ++i) subject += "/b";
    EXPECT_TRUE(matches(Operator::matches_path, elements, subject));
}

// A backtracking matcher would need years.
TEST(Pattern, RunsInLinearTime) {
    std::string pattern;
    for (int i = 0; i < 30; ++i) pattern += "a*";
    const std::string subject(20'000, 'a');
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(matches(Operator::matches, pattern + "b", subject));
    EXPECT_FALSE(matches(Operator::matches_path, "**/" + pattern + "b", subject));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(JavaRegex, GivesUpWithoutStalling) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(regex("(a+)+b", std::string(5000, 'a')));
    EXPECT_FALSE(regex("(a|aa)+$b?c", std::string(200, 'a')));
    EXPECT_FALSE(regex("(.|\\n)*x", std::string(200'000, 'a')));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(JavaRegex, DoesNotMatchBrokenUtf8) {
    EXPECT_FALSE(regex(".*", "a\xFF"));
    EXPECT_FALSE(regex(".*", "\xC3"));
    EXPECT_TRUE(regex(".*", "\xC3\xA9"));
    EXPECT_FALSE(Pattern::compile(Operator::java_regex, "a\xFF"));
}

TEST(JavaRegex, MatchesAnEmptySubject) {
    EXPECT_TRUE(regex(".*", std::string_view{}));
    EXPECT_TRUE(regex("", ""));
    EXPECT_FALSE(regex("a", std::string_view{}));
}

TEST(JavaRegex, ReadsJavasSpellings) {
    struct Row {
        std::string_view pattern;
        std::string_view subject;
        bool expected;
    };
    const Row rows[] = {
        {"\\uD83D\\uDE00", "\xF0\x9F\x98\x80", true},
        {"\\x{1F600}", "\xF0\x9F\x98\x80", true},
        {"[\\u00e0-\\u00ff]", "\xC3\xA9", true},
        {"\\0101", "A", true},
        {"\\07", "\x07", true},
        {"\\0400", " 0", true},  // at most \0377
        {"a.b",
         "a\xC2\x85"
         "b",
         false},
        {"a.b",
         "a\xE2\x80\xA8"
         "b",
         false},
        {"a.b",
         "a\x0B"
         "b",
         true},
        {"(?s)a.b", "a\nb", true},
        {"(?s:.)a.", "\na\n", false},
        {"((?s).)a.", "\na\n", false},
        {"(?s)(?-s:a.)", "a\n", false},
        {"(?s)((?-s)a).", "a\n", true},
        {"(?i)a(?-i)B", "AB", true},
        {"(?i)a(?-i)B", "Ab", false},
        {"(?iu)A", "a", true},
        {"[]a]+", "]a", true},
        {"[^]a]", "b", true},
        {"[.]", ".", true},
        {"[\\Q^]\\E]+", "^]", true},
        {"\\Q.*", ".*", true},
        {"\\Qa\\Eb", "ab", true},
        {"\\Q\xC3\xA9\\E", "\xC3\xA9", true},
        {"(a)(b)\\2\\1", "abba", true},
        {"(a)\\11", "aa1", true},
        {"(?<n>a)\\k<n>", "aa", true},
        {"a{2}", "aa", true},
        {"a{2,}", "aaaa", true},
        {"a}", "a}", true},
        {"a++a", "aa", false},
        {"(?>a|ab)c", "abc", false},
        {"(?<!b)a", "a", true},
        {"\\p{ASCII}\\p{Punct}\\p{XDigit}\\p{Space}\\p{Blank}", "a.f\n\t", true},
        {"[^\\p{Alpha}]", "1", true},
        {"[\\P{Alpha}]", "a", false},
        {"\\pL\\PL", "a1", true},
        {"\\p{IsLu}\\p{gc=Ll}\\p{script=Greek}", "Aa\xCE\xB1", true},
        {"a\\-\\/\\_", "a-/_", true},
        {"a$", "a", true},
        {"a$\\n", "a\n", true},
        {"a", "a\n", false},
        {"(?m)^a$\\n^b$", "a\nb", true},
        {"\\s", "\x0B", true},
        {"[a-z&&[^aeiou]]+", "xyz", true},
        {"[a-z&&[^aeiou]]+", "xaz", false},
        {"[a-z&&[def]]", "e", true},
        {"[a-z&&[def]]", "a", false},
        {"[a-z&&def]", "d", true},
        {"[a-z&&b-y&&[^c]]", "c", false},
        {"[a-z&&b-y&&[^c]]", "d", true},
        {"[^a-c&&b-d]", "a", true},
        {"[^a-c&&b-d]", "b", false},
        {"[a[bc]]+", "abc", true},
        {"[^a[bc]]", "c", false},
        {"[a[^b]]", "b", false},
        {"[a&b]+", "a&b", true},
        {"[[:alpha:]]+", "al:", true},  // Java: a class of ':', 'a', 'l', 'p', 'h' in a class
        {"[&&a]", "a", true},
        {"[\\W&&[^ ]]", "-", true},
        {"(?i)[a-c&&[^B]]", "B", false},
        {"\\p{javaLowerCase}", "\xC3\xA9", true},
        {"\\p{javaWhitespace}", "\xC2\xA0", false},
        {"\\p{IsAlphabetic}\\P{IsAlphabetic}", "\xC3\xA9-", true},
        {"\\p{Alpha}", "\xC3\xA9", false},
        {"(?U)\\p{Alpha}\\w\\d", "\xC3\xA9\xC3\xA9\xD9\xA3", true},
        {"\\p{InGreek}", "\xCE\xB1", true},
        {"(?i)\xC3\xA9", "\xC3\x89", false},  // ASCII letters only
        {"(?iu)\xC3\xA9", "\xC3\x89", true},
        {"(?i)k", "K", true},
        {"(?i)k", "\xE2\x84\xAA", false},  // the Kelvin sign
        {"(?iu)i", "\xC4\xB1", true},
        {"(?d).", "\r", true},
        {"(?d).", "\n", false},
        {"a$\\x0B", "a\x0B", false},  // no line end to Java
        {"(?dm)^a$\\n^b", "a\nb", true},
        {"(?d)a$\\r", "a\r", false},
        {"\\R\\n", "\r\n", true},
        {"\\h\\X",
         "\xC2\xA0"
         "e\xCC\x81",
         true},
        {"\\ca", "!", true},
        {"\\cA", "\x01", true},
        {"\xC3\xA9\\b.*", "\xC3\xA9-", true},
        {"(?<name>a)(b)\\k<name>\\2", "abab", true},
        {"a*(?:b)?+[ab]", "a", true},  // PCRE2 10.42 alone says no
        {"\\w", "\xC3\xA9", false},
        {"\\d", "\xD9\xA3", false},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(regex(row.pattern, row.subject), row.expected) << row.pattern;
    }
}

TEST(JavaRegex, RefusesWhatItWouldReadDifferently) {
    for (const char* pattern : {"(?x)( ?:a)",
                                "(?J)a",
                                "(?)",
                                "(?|a)",
                                "(?R)",
                                "(?1)",
                                "(?#c)",
                                "(?P<n>a)",
                                "(?&n)",
                                "(?(1)a)",
                                "(*ACCEPT)",
                                "\\K",
                                "\\C",
                                "\\N",
                                "\\g{1}",
                                "\\o{7}",
                                "\\j",
                                "[\\b]",
                                "[\\1]",
                                "\\p{javaMirrored}",
                                "\\p{InNowhere}",
                                "(?i)\\p{Lower}",
                                "(?i)[\\p{Lu}]",
                                "(?i)(a)\\1",
                                "(?iu)(a)\\1",
                                "(a\\1)",
                                "(?x)[a& b]",
                                "(?x)a{2 }",
                                "(?x)[a- ]",
                                "(a(b))+c|ab\\2",
                                "(?:.+b){2}+",
                                "[a&&]",
                                "[a&&&&b]",
                                "[a&&&b]",
                                "[a&&[b]&c]",
                                "[a-\\d]",
                                "\\b{g}",
                                "\\k<n>(?<n>a)",
                                "(?i)*",
                                "[a[b]",
                                "(?<n_m>a)",
                                "\\p{Nope}",
                                "\\p{L",
                                "a{",
                                "a{,2}",
                                "a{x}",
                                "\\u12",
                                "\\uD800",
                                "\\xZ1",
                                "\\x{110000}",
                                "\\08",
                                "\\"}) {
        const auto compiled = Pattern::compile(Operator::java_regex, pattern);
        EXPECT_FALSE(compiled) << pattern;
        ASSERT_EQ(compiled.diagnostics.size(), 1U) << pattern;
        EXPECT_LE(compiled.diagnostics[0].span.end, std::string_view(pattern).size()) << pattern;
    }
}

TEST(JavaRegex, RefusesWhatDoesNotCompile) {
    for (const char* pattern : {"(a", "a)", "[a", "*a", "a**", "(?<n>a)(?<n>b)", "(a)\\2", "[b-a]",
                                "\\p{IsNowhere}", "(?<=a*)b"}) {
        EXPECT_FALSE(error(pattern).empty()) << pattern;
    }
}

TEST(JavaRegex, PointsAtTheSourceOfATranslatedPattern) {
    const auto compiled = Pattern::compile(Operator::java_regex, "..\\u0041[b-a]");
    ASSERT_FALSE(compiled);
    EXPECT_EQ(compiled.diagnostics[0].code, "CR122");
    EXPECT_EQ(compiled.diagnostics[0].span.begin, 9U);
    EXPECT_EQ(compiled.diagnostics[0].span.end, 12U);  // `b-a`

    const auto quoted = Pattern::compile(Operator::java_regex, "\\Q(.\\E(?<=a*)b");
    ASSERT_FALSE(quoted);
    EXPECT_EQ(quoted.diagnostics[0].span.begin, 6U);
}

TEST(Pattern, IsSharedByThreads) {
    const auto pattern = Pattern::compile(Operator::java_regex, "(a|b)+c");
    ASSERT_TRUE(pattern);
    std::vector<int> found(4, 0);
    std::vector<std::thread> threads;
    threads.reserve(found.size());
    for (std::size_t t = 0; t < found.size(); ++t) {
        threads.emplace_back([&pattern, &count = found[t]] {
            for (int i = 0; i < 1000; ++i) count += pattern->matches(i % 2 == 0 ? "ababc" : "abab");
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const int count : found) EXPECT_EQ(count, 500);
}

}  // namespace
}  // namespace catchrule::grammar
