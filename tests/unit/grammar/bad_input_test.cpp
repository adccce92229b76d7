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
    struct Row {
        std::string_view opening;
        std::string_view closing;
        std::string_view code;  // when every opening is closed
    };
    constexpr std::size_t deep = 5'000;
    for (const Row& row :
         {Row{"(", ")", "CR120"}, Row{"!", "", "CR120"}, Row{"not ", "", "CR120"},
          Row{"!(", ")", "CR120"}, Row{"a || ((", "))", "CR120"}, Row{"a && !(", ")", "CR120"},
          Row{"(a && (b || ", "))", "CR120"}, Row{"((a || ", ") && b)", "CR120"},
          Row{"(a && ", ")", ""}, Row{"a || (", ")", ""}, Row{"a || ", "", ""}}) {
        const std::string open = repeat(row.opening, deep) + 'a';
        EXPECT_EQ(first_code(open + repeat(row.closing, deep)), row.code) << row.opening;
        EXPECT_NE(first_code(open + repeat(row.closing, deep) + ')'), "") << row.opening;
        EXPECT_NE(first_code(open + " b"), "") << row.opening;
    }
}

// print(parse(x)) parses, and to the same, for every x that is accepted.
void expect_to_print_what_parses(const std::string& text) {
    const auto parsed = parse(text);
    ASSERT_TRUE(parsed) << text.substr(0, 40) << ": " << parsed.diagnostics.back().message;
    const std::string printed = print(*parsed);
    const auto again = parse(printed);
    ASSERT_TRUE(again) << text.substr(0, 40) << ": " << again.diagnostics.back().message;
    EXPECT_TRUE(print(*again) == printed) << text.substr(0, 40);
    EXPECT_EQ(again->nodes.size(), parsed->nodes.size()) << text.substr(0, 40);
    EXPECT_EQ(first_code(printed), "");
}

TEST(BadInput, PrintsWhatParsesAgainUpToTheNesting) {
    const std::size_t most = Limits{}.max_nesting;
    struct Row {
        std::string_view opening;
        std::string_view closing;
        std::size_t fits;  // so many times
    };
    for (const Row& row :
         {Row{"!", "", most / 2}, Row{"!(", ")", most / 2}, Row{"(a && ", " || b)", most / 2},
          Row{"a && (b || (", "))", most / 2}, Row{"((a && ", ") && b)", most - 1},
          Row{"(a || ", ") && !b", most / 2 - 1}, Row{"(", ")", most},
          Row{"a && ((", "))", most}}) {
        const auto nested = [&row](std::size_t times) {
            return repeat(row.opening, times) + 'c' + repeat(row.closing, times);
        };
        expect_to_print_what_parses(nested(row.fits));
        EXPECT_EQ(first_code(nested(row.fits + 1)), "CR120") << row.opening;
    }
}

// The canonical form nests a chain as deep as it is long.
TEST(BadInput, PrintsWhatParsesAgainHoweverLongTheChain) {
    const std::size_t most = Limits{}.max_atoms;
    const std::string begin = repeat("a or ", most - 2);
    expect_to_print_what_parses(begin + "a or a");
    expect_to_print_what_parses(begin + "(a or a)");
    EXPECT_EQ(first_code(begin + "a or a or a"), "CR121");
    expect_to_print_what_parses(repeat("a and ", 2'000) + "a");
    expect_to_print_what_parses(repeat("a = 1 or ", 514) + "a = 2");
    expect_to_print_what_parses(repeat("a = 1 and b or ", 1'000) + "!c");
    expect_to_print_what_parses(repeat("not (a and b) or ", 1'000) + "c");
}

TEST(BadInput, PrintsWhatParsesAgainUpToTheLength) {
    const std::size_t most = Limits{}.max_condition_bytes;
    const std::string atom = "a:=b||";
    const std::string printed = "((a equalscaseinsensitive b) or )";
    const std::size_t fits = (most + 6) / printed.size();  // the last has no `( or )`
    ASSERT_LT(fits, Limits{}.max_atoms);
    expect_to_print_what_parses(repeat(atom, fits - 1) + "a:=b");
    const auto beyond = parse(repeat(atom, fits) + "a:=b");
    ASSERT_FALSE(beyond);
    EXPECT_EQ(beyond.diagnostics[0].code, "CR119");
    EXPECT_EQ(beyond.diagnostics[0].message, "expected at most 524288 bytes in canonical form");
    // What is not longer than a sixth is never too long in canonical form.
    expect_to_print_what_parses(repeat("!", 250) + repeat("a||" + repeat("!", 250), 300) + "a");
}

// Messages go to terminals and into JSON.
TEST(BadInput, RepeatsNothingThatIsNoText) {
    for (const char* text :
         {"a \x1B[31m", "a = \xFF", "\xC3 = 1", "a ~ '\x1B]0;x\a'", "a = 1 \xED\xA0\x80",
          "a = 1 \xE0\x80\x80", "a = 1 \xF0\x80\x80\x80", "a = 1 \xF4\x90\x80\x80",
          "a = 1 \xC2\x9B", "\x7F", "x = '\n\xE2\x80'", "a or b\r\nand c = \"\x1B\""}) {
        for (const Diagnostic& diagnostic : parse(text).diagnostics) {
            for (const std::string& said : {diagnostic.message, diagnostic.fix}) {
                EXPECT_EQ(said, shown(said)) << diagnostic.code;
                for (const char c : said) EXPECT_TRUE(c >= ' ' && c <= '~') << diagnostic.code;
            }
        }
    }
}

TEST(BadInput, SaysOnlySoMuch) {
    const std::string name(100'000, 'n');
    for (const std::string& text :
         {name + " = 007", std::string(name).append(" ").append(name), "a = \"b\" " + name,
          "a ~ " + name, "a ~ '" + name, "a not " + name, name + "\xC3\xA9", "'" + name,
          "\"" + name, "a = 1" + name, std::string("a = '").append(name).append("'"),
          std::string("a and a:=").append(name).append(" or b"),
          std::string("\"").append(name).append("\" = a"), std::string(100'000, '~'),
          "a " + std::string(100'000, '=')}) {
        for (const Diagnostic& diagnostic : parse(text).diagnostics) {
            EXPECT_LT(diagnostic.message.size(), 400U) << diagnostic.code;
            EXPECT_LT(diagnostic.fix.size(), 400U) << diagnostic.code;
        }
    }
    const auto start = std::chrono::steady_clock::now();
    const std::string text = repeat("1=1||", 15'000) + "1=1";
    const auto parsed = parse(text);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed.diagnostics.size(), 100U);
    const Source source("condition", text);
    for (const Diagnostic& diagnostic : parsed.diagnostics) {
        EXPECT_LT(render(source, diagnostic).size(), 400U);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
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
    for (const char* group : {"(", "(?:", "(?=", "(?>", "(?i:"}) {
        const auto nested = [group](std::size_t times) {
            return "a ~~ \"" + repeat(group, times) + 'b' + repeat(")", times) + '"';
        };
        EXPECT_EQ(first_code(nested(250)), "") << group;
        EXPECT_EQ(first_code(nested(251)), "CR122") << group;
    }
    EXPECT_EQ(first_code("a ~~ \"" + std::string(4'000, '[') + '"'), "CR123");
    EXPECT_EQ(first_code("a ~~ \"[a" + repeat("&&a", 2'000) + "]\""), "CR123");
    EXPECT_EQ(first_code("a ~~ \"" + repeat("[a-z&&[^b]]", 700) + '"'), "");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(BadInput, BoundsWhatAllPatternsTake) {
    const auto start = std::chrono::steady_clock::now();
    struct Row {
        std::string pattern;
        std::size_t times;
        std::string_view code;
    };
    for (const Row& row : {Row{"~~\"\\b\"", 10, ""}, Row{"~~\"\\b\"", 1'000, "CR124"},
                           Row{"~~\"((a|b){30}c){30}\"", 2'000, "CR124"}, Row{"~~\"a+\"", 500, ""},
                           Row{"~\"" + repeat("*a", 4'000) + '"', 60, ""}}) {
        EXPECT_EQ(first_code(repeat('x' + row.pattern + "||", row.times) + 'x'), row.code)
            << row.pattern.substr(0, 40);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
    const std::string two = "x ~ \"a*b\" or x ~ \"c\"";
    Symbols symbols;
    std::uint32_t needed = 0;
    const auto compiled = compile_condition(two, symbols);
    ASSERT_TRUE(compiled);
    for (const Pattern& pattern : (*compiled).program.patterns()) {
        needed += static_cast<std::uint32_t>(pattern.bytes());
    }
    EXPECT_TRUE(compile_condition(two, symbols, {.max_compiled_bytes = needed}));
    const auto beyond = compile_condition(two, symbols, {.max_compiled_bytes = needed - 1});
    ASSERT_EQ(beyond.diagnostics.size(), 1U);
    EXPECT_EQ(beyond.diagnostics[0].code, "CR124");
    EXPECT_EQ(beyond.diagnostics[0].span, (Span{17, 20}));
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
