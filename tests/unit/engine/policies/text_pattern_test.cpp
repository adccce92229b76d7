// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/text_pattern.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

// "id=42 name=x", "no match", or what is wrong with the pattern.
std::string result(std::string_view pattern, std::string_view value, bool path,
                   bool ignore_case = false) {
    std::string problem;
    const auto parsed = TextPattern::parse(pattern, path, ignore_case, problem);
    if (!parsed) return problem;
    const auto captures = parsed->match(value);
    if (!captures) return "no match";
    std::string out;
    for (const auto& [name, text] : *captures) {
        if (!out.empty()) out += ' ';
        out.append(name).append("=").append(text);
    }
    return out;
}

struct Case {
    std::string_view pattern, value, result;
};

TEST(TextPattern, MatchesPaths) {
    const Case cases[] = {
        {"/orders/{id}", "/orders/42", "id=42"},
        {"/orders/{id}", "/orders/42/", "no match"},
        {"/orders/{id}", "/orders/", "no match"},
        {"/orders/{id}", "/a/orders/42", "no match"},
        {"/a/{x}/c/{y}", "/a/b/c/d", "x=b y=d"},
        {"/a/{x}-{y}", "/a/1-2-3", "x=1 y=2-3"},
        {"/a/*/{id}", "/a/b/c", "id=c"},
        {"/a/*/{id}", "/a//c", "no match"},
        {"/a/*/{id}", "/a/b/c/d", "no match"},
        {"/a/**/{id}", "/a/b/c/d", "id=d"},
        {"/a/**/{id}", "/a/b", "no match"},
        {"/a/v*/{id}", "/a/v/c", "id=c"},
        {"/a/v*/{id}", "/a/v12/c", "id=c"},
        {"/{id}", "/%41", "id=%41"},
        {"/%{{id}", "/{x", "id=x"},
        {"{id}", "", "no match"},
        {"/{id}%", "/x%", "id=x"},
    };
    for (const Case& c : cases) EXPECT_EQ(result(c.pattern, c.value, true), c.result) << c.pattern;
}

TEST(TextPattern, MatchesTexts) {
    const Case cases[] = {
        {"{all}", "a/b c", "all=a/b c"},
        {"{all}", "", "no match"},
        {"hello {first} {last}", "hello Ada Lovelace", "first=Ada last=Lovelace"},
        {"hello {first} {last}", "hello A B C", "first=A last=B C"},
        {"*;charset={e}", "text/xml;charset=UTF-16", "e=UTF-16"},
        {"*;charset={e}", ";charset=x", "e=x"},
        {"Bearer {t}", "bearer x", "no match"},
        {"{a}{b}", "xyz", "a=x b=yz"},
        {"{a}*{b}", "xyz", "a=x b=yz"},
    };
    for (const Case& c : cases) EXPECT_EQ(result(c.pattern, c.value, false), c.result) << c.pattern;
    EXPECT_EQ(result("Bearer {t}", "bEARER Xy", false, true), "t=Xy");
}

TEST(TextPattern, SaysWhatIsWrong) {
    const Case cases[] = {
        {"", "", "expected a variable in braces"},
        {"/a/b", "", "expected a variable in braces"},
        {"/a/{b", "", "expected } after {"},
        {"/a/b}", "", "expected { before }"},
        {"/a/{}", "", "expected the name of a variable in braces, found \"\""},
        {"/a/{b c}", "", "expected the name of a variable in braces, found \"b c\""},
        {"/{a}/{a}", "", "expected each variable once, found \"a\" again"},
    };
    for (const Case& c : cases) EXPECT_EQ(result(c.pattern, c.value, true), c.result) << c.pattern;
    EXPECT_EQ(result(std::string(5000, 'x'), "", true), "expected at most 4096 bytes");
    std::string many = "{x}";
    for (int i = 0; i < 64; ++i) many += "*a";
    EXPECT_EQ(result(many, "", false), "expected at most 64 parts");
}

TEST(TextPattern, CountsPathElements) {
    std::string problem;
    EXPECT_EQ(TextPattern::parse("/a/{b}/c", true, false, problem)->elements(), 3U);
    EXPECT_EQ(TextPattern::parse("{b}", true, false, problem)->elements(), 0U);
}

// Patterns come from the bundle, values from anybody.
TEST(TextPattern, EndsSoonWhateverTheValue) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string value(TextPattern::max_value_bytes, 'a');
    EXPECT_EQ(result("*a*a*a*a*a*a*a*a{x}b", value, false), "no match");
    EXPECT_EQ(result("{x}", value + "a", false), "no match");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

}  // namespace
}  // namespace catchrule
