// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "grammar/compile.hpp"
#include "grammar/parse.hpp"

namespace catchrule::grammar {
namespace {

struct Row {
    std::string_view text;
    std::string_view code;
    std::string_view marked;  // the bytes of the span
    std::uint32_t begin;
    std::string_view fix;
};

void expect_first(const Row& row, const std::vector<Diagnostic>& diagnostics) {
    ASSERT_FALSE(diagnostics.empty()) << row.text;
    const Diagnostic& d = diagnostics[0];
    EXPECT_EQ(d.code, row.code) << row.text << ": " << d.message;
    EXPECT_EQ(d.span.begin, row.begin) << row.text << ": " << d.message;
    EXPECT_EQ(row.text.substr(d.span.begin, d.span.end - d.span.begin), row.marked) << row.text;
    EXPECT_EQ(d.fix, row.fix) << row.text << ": " << d.message;
}

TEST(ParseErrors, HaveCodeSpanAndFix) {
    const Row rows[] = {
        // what is missing
        {"a = \"b\" and", "CR101", "and", 8, ""},
        {"a = \"b\" and  ", "CR101", "and", 8, ""},
        {"a or or b", "CR101", "or", 5, ""},
        {"()", "CR101", ")", 1, ""},
        {"a =", "CR102", "=", 2, ""},
        {"a Equals ", "CR102", "Equals", 2, ""},
        {"a = )", "CR102", ")", 4, ""},
        {"a ~ b", "CR103", "b", 4, "\"b\""},
        {"a ~~ 'b c'", "CR103", "'b c'", 5, "\"b c\""},
        {"a ~/ 'b", "CR103", "'", 5, ""},
        {"a Like", "CR103", "Like", 2, ""},
        {"a \"b\"", "CR104", "\"", 2, ""},
        {"(a = \"b\"", "CR112", "(", 0, ""},
        {"a and (b or (c)", "CR112", "(", 6, ""},
        {"a and (", "CR112", "(", 6, ""},
        {"a = \"b", "CR110", "\"b", 4, ""},
        {"a = 'b", "CR111", "'b", 4, ""},
        {"a = ''", "CR111", "''", 4, ""},
        // what is too much
        {"a)", "CR113", ")", 1, ""},
        {")", "CR113", ")", 0, ""},
        {"{a}", "CR114", "{", 0, "( or the name without braces"},
        {"a = {5}", "CR114", "{", 4, "( or the name without braces"},
        {"a = \"b\" c", "CR106", "c", 8, ""},
        {"a = \"b\" adn c", "CR106", "adn", 8, "and"},
        {"a = \"b\" & c", "CR106", "&", 8, "&&"},
        {"a = \"b\"\"", "CR106", "\"", 7, ""},
        {"(a) = 5", "CR106", "=", 4, ""},
        // operators
        {"x SeemsLike \"a\"", "CR105", "SeemsLike", 2, ""},
        {"x Equls \"a\"", "CR105", "Equls", 2, "Equals"},
        {"x lessthan 5", "CR105", "lessthan", 2, "LesserThan"},
        {"x startswiht \"a\"", "CR105", "startswiht", 2, "StartsWith"},
        {"x /~ \"a\"", "CR105", "/~", 2, "~/"},
        {"x =~ \"a\"", "CR105", "=~", 2, "~~"},
        {"x <> 5", "CR105", "<>", 2, "!="},
        {"x contains \"a\"", "CR105", "contains", 2, "Like \"*text*\""},
        {"x EndsWith \"a\"", "CR105", "EndsWith", 2, "Like \"*text\""},
        {"x exists", "CR105", "exists", 2, "!= null"},
        {"x match \"a*\"", "CR105", "match", 2, "Matches"},
        {"x gte 5", "CR105", "gte", 2, "GreaterThanOrEquals"},
        {"x ge 5", "CR105", "ge", 2, "GreaterThanOrEquals"},
        {"x lte 5", "CR105", "lte", 2, "LesserThanOrEquals"},
        {"x le 5", "CR105", "le", 2, "LesserThanOrEquals"},
        {"x =! \"a\"", "CR105", "=!", 2, "!="},
        {"x =: \"a\"", "CR105", "=:", 2, ":="},
        {"x |= \"a\"", "CR105", "|=", 2, "=|"},
        {"x & y", "CR105", "&", 2, "&&"},
        {"equals = 5", "CR107", "equals", 0,
         "single quotes round a variable of that name: 'equals'"},
        {"x = like", "CR107", "like", 4, ""},
        {"a.help!me = 1", "CR105", "me", 7, "'a.help!me'"},
        {"a.help !me = 1", "CR105", "me", 8, ""},
        {"x not not like \"a\"", "CR105", "not", 6, ""},
        {"x Not Equals \"a\"", "CR108", "Not Equals", 2, "!="},
        {"x not!= 5", "CR108", "not!=", 2, "="},
        {"x ! >= 5", "CR108", "! >=", 2, "<"},
        {"x not := \"a\"", "CR108", "not :=", 2, "not in front of the whole comparison"},
        {"x not \"a\"", "CR108", "not", 2, "!="},
        {"x is not null", "CR109", "is not null", 2, "!= null"},
        {"x IS NOT \"a\"", "CR109", "IS NOT", 2, "!="},
        // numbers
        {"x = 007", "CR115", "007", 4, ""},
        {"x = 20.20.20", "CR115", "20.20.20", 4, ""},
        {"x = 1e5", "CR115", "1e5", 4, "write all digits, as in 100000"},
        {"x = 1.5L", "CR115", "1.5L", 4, "1.5d"},
        {"x > -20..1392", "CR115", "-20..1392", 4, ""},
        {"x = 9223372036854775808", "CR116", "9223372036854775808", 4, ""},
        // text from elsewhere
        {"x &lt; 5", "CR117", "&lt;", 2, "<"},
        {"x = 5 &amp;&amp; y", "CR117", "&amp;&amp;", 6, "&&"},
        {"x = \xE2\x80\x9Cq\xE2\x80\x9D", "CR118", "\xE2\x80\x9C", 4, "\""},
        {"x\xC2\xA0= 5", "CR118", "\xC2\xA0", 1, "a plain space"},
        {"x = \xC3\xA9", "CR102", "\xC3\xA9", 4, ""},
    };
    for (const Row& row : rows) {
        const auto parsed = parse(row.text);
        EXPECT_FALSE(parsed) << row.text;
        expect_first(row, parsed.diagnostics);
    }
}

TEST(ParseWarnings, ComeWithAValue) {
    const Row rows[] = {
        {"", "CR125", "", 0, ""},
        {" \n\t", "CR125", "", 0, ""},
        {"(\"fault.name\" = \"X\")", "CR126", "\"fault.name\"", 1, "fault.name"},
        {"\"a b\" = x", "CR126", "\"a b\"", 0, ""},
        {"1=1", "CR127", "1=1", 0, ""},
        {"a or true = false", "CR127", "true = false", 5, ""},
        {"false AND a", "CR127", "false", 0, ""},
        {"\"true\"", "CR127", "\"true\"", 0, ""},
        {"a or b and c", "CR128", "b and c", 5, "(b and c)"},
        {"a and b = 1 or c", "CR128", "a and b = 1", 0, "(a and b = 1)"},
        {"x and (a or b && c)", "CR128", "b && c", 12, "(b && c)"},
        {"x = 'GET'", "CR129", "'GET'", 4, "\"GET\""},
        {"x = 'text/xml'", "CR129", "'text/xml'", 4, "\"text/xml\""},
        {"x = 'request.verb'", "CR129", "'request.verb'", 4, "\"request.verb\""},
        {"x = 'a\"b'", "CR129", "'a\"b'", 4, ""},
    };
    for (const Row& row : rows) {
        const auto parsed = parse(row.text);
        EXPECT_TRUE(parsed) << row.text;
        EXPECT_EQ(parsed.diagnostics.size(), 1U) << row.text;
        expect_first(row, parsed.diagnostics);
        EXPECT_EQ(parsed.diagnostics[0].severity, Severity::warning);
    }
}

TEST(ParseWarnings, StayAwayFromCleanConditions) {
    for (const char* text :
         {"a", "a = \"b\"", "5 < x", "null = x", "a and b and c", "a or b or c", "(a and b) or c",
          "a or (b and c)", "not a and b", "x = 'request.header.help!me'", "'a b' = \"c\"",
          "x Not MatchesPath \"/p\"", "x not null", "x = y"}) {
        const auto parsed = parse(text);
        EXPECT_TRUE(parsed) << text;
        EXPECT_TRUE(parsed.diagnostics.empty()) << text << ": " << parsed.diagnostics[0].message;
    }
}

TEST(ParseWarnings, StandInTheOrderOfTheText) {
    const auto parsed = parse("a and \"x\" = y or 1=1");
    ASSERT_EQ(parsed.diagnostics.size(), 3U);
    EXPECT_EQ(parsed.diagnostics[0].code, "CR128");
    EXPECT_EQ(parsed.diagnostics[1].code, "CR126");
    EXPECT_EQ(parsed.diagnostics[2].code, "CR127");
}

std::string repeat(std::string_view part, std::size_t count) {
    std::string out;
    for (; count > 0; --count) out += part;
    return out;
}

TEST(Limits, BoundTheNesting) {
    const std::size_t most = Limits{}.max_nesting;
    for (const char* opening : {"(", "!", "not ", "!("}) {
        // A negation is printed with parentheses round it.
        const std::size_t each = std::string_view(opening) == "(" ? 1 : 2;
        const std::string closing = std::string_view(opening).ends_with('(') ? ")" : "";
        const std::size_t fits = most / each;
        EXPECT_TRUE(parse(repeat(opening, fits) + "a" + repeat(closing, fits))) << opening;
        const auto beyond = parse(repeat(opening, fits + 1) + "a" + repeat(closing, fits + 1));
        ASSERT_FALSE(beyond) << opening;
        EXPECT_EQ(beyond.diagnostics[0].code, "CR120");
    }
    const auto beyond = parse(repeat("(", 60'000));
    ASSERT_FALSE(beyond);
    EXPECT_EQ(beyond.diagnostics[0].message, "expected at most 512 open parentheses and negations");
    EXPECT_EQ(beyond.diagnostics[0].span, (Span{512, 513}));
}

TEST(Limits, CountOnlyWhatIsOpen) {
    EXPECT_TRUE(parse(repeat("(a) and not b or ", 500) + "c"));
    EXPECT_TRUE(parse("a", Limits{.max_nesting = 0}));
    EXPECT_FALSE(parse("(a)", Limits{.max_nesting = 0}));
}

TEST(Limits, BoundTheLength) {
    const Limits limits{.max_condition_bytes = 14};
    EXPECT_TRUE(parse("a = \"b\"", limits));  // as long as (a equals "b")
    const auto printed = parse("a = \"bc\"", limits);
    ASSERT_FALSE(printed);
    EXPECT_EQ(printed.diagnostics[0].code, "CR119");
    EXPECT_EQ(printed.diagnostics[0].span, (Span{8, 8}));
    const auto beyond = parse("a            = 1", limits);
    ASSERT_FALSE(beyond);
    EXPECT_EQ(beyond.diagnostics[0].code, "CR119");
    EXPECT_EQ(beyond.diagnostics[0].span, (Span{14, 16}));
    const std::size_t most = Limits{}.max_condition_bytes;
    EXPECT_TRUE(parse('a' + repeat(" ", most - 2) + 'b').diagnostics[0].code == "CR105");
    EXPECT_TRUE(parse(repeat("a", most)));
    EXPECT_FALSE(parse(repeat("a", most + 1)));
}

TEST(Limits, BoundTheTests) {
    const std::size_t most = Limits{}.max_atoms;
    const Limits deep{.max_nesting = 100'000};
    const auto at = parse(repeat("a||", most - 1) + "a", deep);
    ASSERT_TRUE(at);
    EXPECT_EQ((*at)[at->root].children.size(), most);  // one node, however long the chain
    const auto beyond = parse(repeat("a||", most) + "b", deep);
    ASSERT_FALSE(beyond);
    EXPECT_EQ(beyond.diagnostics[0].code, "CR121");
    EXPECT_EQ(beyond.diagnostics[0].span.begin, 3 * most);
}

TEST(Limits, BoundThePatterns) {
    Symbols symbols;
    const Limits limits{.max_pattern_bytes = 3};
    EXPECT_TRUE(compile_condition("x ~ \"abc\"", symbols, limits));
    const auto beyond = compile_condition("x ~ \"abcd\"", symbols, limits);
    ASSERT_FALSE(beyond);
    EXPECT_EQ(beyond.diagnostics[0].code, "CR124");
    EXPECT_EQ(beyond.diagnostics[0].span, (Span{4, 10}));
}

TEST(Limits, AreMetByProgramsEvenWhenRaised) {
    Symbols symbols;
    const Limits limits{
        .max_condition_bytes = 1U << 20, .max_nesting = 1U << 20, .max_atoms = 1U << 20};
    const auto beyond = compile_condition(repeat("a||", 70'000) + "a", symbols, limits);
    ASSERT_FALSE(beyond);
    EXPECT_EQ(beyond.diagnostics[0].code, "CR121");
}

}  // namespace
}  // namespace catchrule::grammar
