// SPDX-License-Identifier: Apache-2.0
// What tests/conformance/templates does not say: cost, chance, and what a Template is.
#include "engine/template.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/allocations.hpp"

namespace catchrule {
namespace {

class TemplateTest : public ::testing::Test {
protected:
    Template parse(std::string_view text) {
        auto parsed = Template::parse(text, symbols_);
        EXPECT_TRUE(parsed.diagnostics.empty()) << text;
        return std::move(*parsed);
    }
    Symbols symbols_;
};

TEST_F(TemplateTest, KnowsWhetherItIsLiteral) {
    EXPECT_TRUE(Template().is_literal());
    EXPECT_TRUE(Template().empty());
    EXPECT_TRUE(parse("{ a }").is_literal());
    EXPECT_FALSE(parse("{a}").is_literal());
    EXPECT_FALSE(parse("{a}").empty());
    EXPECT_FALSE(parse("{createUuid()}").is_literal());
    EXPECT_EQ(parse("a{createUuid()}").text(), "a{createUuid()}");
}

TEST_F(TemplateTest, InternsWhatItReads) {
    parse("{a:b} {replaceAll(c,'d',e.f)} {jsonPath($.g,h,true)} {md5Hex('i')} {substring(j,0,-1)}");
    for (const char* name : {"a", "c", "e.f", "h", "j"}) EXPECT_TRUE(symbols_.find(name)) << name;
    EXPECT_EQ(symbols_.size(), 5U);
}

TEST_F(TemplateTest, PlainPartsDoNotAllocate) {
    const Template text = parse("{\"who\":\"{name}\",\"n\":{n},\"x\":\"{nobody:-}\"}");
    const VariableLayout layout(symbols_);
    Variables variables(layout);
    variables.define("name", Value::text("somebody with a name of some length"));
    variables.define("n", Value::long_integer(123'456'789));
    std::string out;
    out.reserve(1024);
    const std::size_t before = testing::allocations();
    text.render(variables, out);
    EXPECT_EQ(testing::allocations(), before);
    EXPECT_EQ(out, R"({"who":"somebody with a name of some length","n":123456789,"x":"-"})");
}

TEST_F(TemplateTest, ReportsTheFirstOfSeveralUnset) {
    const Template text = parse("{firstnonnull(a)}{toUpperCase(b)}{c}{d:x}{hmacSha1(e,f)}");
    const VariableLayout layout(symbols_);
    const Variables variables(layout);
    std::string out;
    EXPECT_EQ(text.render(variables, out), "b");
    EXPECT_EQ(out, "nullx");
}

TEST_F(TemplateTest, ChanceFollowsTheSeed) {
    const Template text = parse("{createUuid()} {randomLong()} {xeger('[a-z]{20}')}");
    const VariableLayout layout(symbols_);
    Variables variables(layout);
    variables.random().seed(7);
    const std::string first = text.render(variables);
    const std::string second = text.render(variables);
    EXPECT_NE(first, second);
    variables.clear();
    EXPECT_NE(text.render(variables), first);
    variables.random().seed(7);
    EXPECT_EQ(text.render(variables), first);
    EXPECT_EQ(text.render(variables), second);
    std::set<std::string> different;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        variables.random().seed(seed);
        different.insert(text.render(variables));
    }
    EXPECT_EQ(different.size(), 1000U);
}

TEST_F(TemplateTest, IsSharedByThreads) {
    const Template text = parse(
        "{replaceAll(s,'(a+)','<$1>')} {jsonPath('$.a[?(@ =~ /x+/)]',json,true)} "
        "{xpath('//b',xml)} {sha256Hex(s)} {toUpperCase(accent)}");
    const VariableLayout layout(symbols_);
    const auto rendered = [&](std::string& out) {
        Variables variables(layout);
        variables.define("s", Value::text("aabcaaa"));
        variables.define("json", Value::text(R"({"a":["x","y","xx"]})"));
        variables.define("xml", Value::text("<a><b>1</b></a>"));
        variables.define("accent", Value::text("\xC3\xA9"));
        for (int i = 0; i < 50; ++i) out = text.render(variables);
    };
    std::string alone;
    rendered(alone);
    std::vector<std::string> results(4);
    std::vector<std::thread> threads;
    threads.reserve(results.size());
    for (std::string& result : results) threads.emplace_back([&] { rendered(result); });
    for (std::thread& thread : threads) thread.join();
    for (const std::string& result : results) EXPECT_EQ(result, alone);
}

TEST_F(TemplateTest, TakesCallsOfAnyLength) {
    std::string call = "{firstnonnull(a";
    for (int i = 1; i < 32; ++i) call += ",a";
    EXPECT_FALSE(parse(call + ")}").is_literal());
    const auto longer = Template::parse(call + ",a)}", symbols_);
    ASSERT_EQ(longer.diagnostics.size(), 1U);
    EXPECT_TRUE(longer->is_literal());
    const std::string long_text(8 * 1024 - std::string("md5Hex('')}").size(), 'x');
    EXPECT_FALSE(parse("{md5Hex('" + long_text + "')}").is_literal());
    EXPECT_TRUE(Template::parse("{md5Hex('x" + long_text + "')}", symbols_)->is_literal());
    const std::string many(200'000, '(');
    EXPECT_TRUE(Template::parse("{toUpperCase" + many, symbols_)->is_literal());
}

TEST(TemplateFunctions, AreListedByName) {
    const auto names = template_function_names();
    EXPECT_EQ(names.size(), 37U);
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

}  // namespace
}  // namespace catchrule
