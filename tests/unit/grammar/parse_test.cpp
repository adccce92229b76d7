// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse.hpp"

#include <gtest/gtest.h>

namespace catchrule::grammar {
namespace {

std::string tree(std::string_view text) {
    const auto parsed = parse(text);
    return parsed ? dump(*parsed) : parsed.diagnostics.at(0).message;
}

TEST(Parse, KeepsChainsFlatAndGroupsApart) {
    EXPECT_EQ(tree("(a and b) and c"),
              "all_of [0, 15)\n"
              "  all_of [1, 8)\n"
              "    truth a [1, 2)\n"
              "    truth b [7, 8)\n"
              "  truth c [14, 15)\n");
    // What the canonical form cannot tell apart is one chain.
    for (const char* text :
         {"a and b and (c and d)", "a and (b and (c and d))", "a and ((b and (c) and d))"}) {
        EXPECT_EQ(print(*parse(text)), "(a and (b and (c and d)))");
        EXPECT_EQ((*parse(text))[parse(text)->root].children.size(), 4U) << text;
    }
    EXPECT_EQ(tree("a and b and (c and d)"),
              "all_of [0, 21)\n"
              "  truth a [0, 1)\n"
              "  truth b [6, 7)\n"
              "  truth c [13, 14)\n"
              "  truth d [19, 20)\n");
    EXPECT_EQ(tree("a or !(b or c) or (d and (e or f))"),
              "any_of [0, 34)\n"
              "  truth a [0, 1)\n"
              "  negation [5, 14)\n"
              "    any_of [7, 13)\n"
              "      truth b [7, 8)\n"
              "      truth c [12, 13)\n"
              "  all_of [19, 33)\n"
              "    truth d [19, 20)\n"
              "    any_of [26, 32)\n"
              "      truth e [26, 27)\n"
              "      truth f [31, 32)\n");
    EXPECT_EQ(tree(" not a = 1 or !(b) "),
              "any_of [1, 18)\n"
              "  negation [1, 10)\n"
              "    Equals a, 1 [5, 10)\n"
              "  negation [14, 18)\n"
              "    truth b [16, 17)\n");
}

TEST(Parse, GivesInfixNegationTheSpanOfItsComparison) {
    EXPECT_EQ(tree("x ! ~ \"p\""),
              "negation [0, 9)\n"
              "  Matches x, \"p\" [0, 9)\n");
    EXPECT_EQ(tree("x not null"), "NotEquals x, null [0, 10)\n");
}

TEST(Parse, KnowsAnEmptyCondition) {
    const auto parsed = parse("  ");
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(parsed->empty);
    EXPECT_TRUE(parsed->nodes.empty());
    EXPECT_EQ(dump(*parsed), "empty\n");
}

TEST(Parse, TypesItsLiterals) {
    struct Row {
        std::string_view text;
        OperandKind kind;
        Type type;
    };
    const Row rows[] = {
        {"y", OperandKind::variable, Type::null},
        {"'y z'", OperandKind::quoted_variable, Type::null},
        {"\"y\"", OperandKind::text, Type::null},
        {"True", OperandKind::boolean, Type::boolean},
        {"NULL", OperandKind::null, Type::null},
        {"5", OperandKind::number, Type::integer},
        {"2147483647", OperandKind::number, Type::integer},
        {"2147483648", OperandKind::number, Type::long_integer},
        {"-2147483648", OperandKind::number, Type::integer},
        {"-2147483649", OperandKind::number, Type::long_integer},
        {"5l", OperandKind::number, Type::long_integer},
        {"5.0", OperandKind::number, Type::real},
        {".5", OperandKind::number, Type::real},
        {"-.5", OperandKind::number, Type::real},
        {"5d", OperandKind::number, Type::real},
        {"3.142f", OperandKind::number, Type::single},
    };
    for (const Row& row : rows) {
        const std::string text = "x = " + std::string(row.text);
        const auto parsed = parse(text);
        ASSERT_TRUE(parsed) << text;
        const Operand& right = (*parsed)[parsed->root].right;
        EXPECT_EQ(right.kind, row.kind) << text;
        EXPECT_EQ(right.value.type(), row.type) << text;
        EXPECT_EQ(right.span, (Span{4, static_cast<std::uint32_t>(text.size())})) << text;
    }
}

TEST(Parse, ReadsNumbersAsWritten) {
    const auto number = [](const char* literal) {
        const std::string text = std::string("x = ") + literal;
        const auto parsed = parse(text);
        return parsed ? (*parsed)[parsed->root].right.value : Value::text("error");
    };
    EXPECT_EQ(number("3.142f"), Value::single(3.142F));
    EXPECT_EQ(number("100.123D"), Value::real(100.123));
    EXPECT_EQ(number("12321421312L"), Value::long_integer(12321421312));
    EXPECT_EQ(number("-20.1392"), Value::real(-20.1392));
    EXPECT_EQ(number("9223372036854775807"), Value::long_integer(9223372036854775807));
    EXPECT_EQ(number("-0"), Value::integer(0));
    EXPECT_EQ(number("0.0000000000000000000000000000000000000000000000000000001f"),
              Value::single(0));
}

// Each symbol as the longest that fits, without spaces.
TEST(Parse, TakesTheLongestSymbol) {
    struct Row {
        std::string_view text;
        std::string_view printed;
    };
    const Row rows[] = {
        {"x=5", "(x equals 5)"},
        {"x==5", "(x equals 5)"},
        {"x!=5", "(x notequals 5)"},
        {"x:=5", "(x equalscaseinsensitive 5)"},
        {"x>5", "(x greaterthan 5)"},
        {"x>=5", "(x greaterthanorequals 5)"},
        {"x<5", "(x lesserthan 5)"},
        {"x<=5", "(x lesserthanorequals 5)"},
        {"x~\"5\"", "(x matches \"5\")"},
        {"x~/\"5\"", "(x matchespath \"5\")"},
        {"x~~\"5\"", "(x javaregex \"5\")"},
        {"x=|\"5\"", "(x startswith \"5\")"},
        {"x!~\"5\"", "(not (x matches \"5\"))"},
        {"x!~/\"5\"", "(not (x matchespath \"5\"))"},
        {"x!~~\"5\"", "(not (x javaregex \"5\"))"},
        {"x!=|\"5\"", "(not (x startswith \"5\"))"},
        {"x>-5", "(x greaterthan -5)"},
        {"x=-.5", "(x equals -.5)"},
        {"a-b=c-d", "(a-b equals c-d)"},
        {"!x", "(not x)"},
        {"a&&!b||c", "((a and (not b)) or c)"},
    };
    for (const Row& row : rows) {
        const auto parsed = parse(row.text);
        ASSERT_TRUE(parsed) << row.text << ": " << parsed.diagnostics[0].message;
        EXPECT_EQ(print(*parsed), row.printed) << row.text;
    }
}

TEST(Parse, CarriesAnyBytesInText) {
    const std::string text = std::string("x = \"a\0\xFF\n'b'\"", 13);
    const auto parsed = parse(text);
    ASSERT_TRUE(parsed);
    EXPECT_EQ((*parsed)[parsed->root].right.text, std::string("a\0\xFF\n'b'", 7));
    EXPECT_FALSE(parse(std::string("x\0y", 3)));
}

}  // namespace
}  // namespace catchrule::grammar
