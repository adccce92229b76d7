// SPDX-License-Identifier: Apache-2.0
#include "engine/template.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

struct TemplateCase {
    const char* text;
    const char* rendered;
    const char* unresolved = "";
};

// name = "Ann", empty = "", n = 5, failed = true, header Content-Type = "text/xml"; all else unset
const std::vector<TemplateCase> template_cases{
    {"", ""},
    {"plain", "plain"},
    {"Hello {name}!", "Hello Ann!"},
    {"{name}{name}", "AnnAnn"},
    {"[{empty}]", "[]"},
    {"{n} {failed}", "5 true"},
    {"{request.header.Content-Type}", "text/xml"},
    {"{nobody}", "", "nobody"},
    {"a{first.one}b{second}", "ab", "first.one"},
    {"{nobody:someone}", "someone"},
    {"{nobody:}", ""},
    {"{name:someone}", "Ann"},
    {"{empty:someone}", ""},
    {"{protocol:https}://h", "https://h"},
    {"{url:http://h/p}", "http://h/p"},
    {"{ name }", "{ name }"},
    {"{name }", "{name }"},
    {"{}", "{}"},
    {"{", "{"},
    {"}", "}"},
    {"{name", "{name"},
    {"{{name}}", "{Ann}"},
    {R"({"who":"{name}","n":{n}})", R"({"who":"Ann","n":5})"},
    {R"({"a":{"b":1}})", R"({"a":{"b":1}})"},
    {"{a: {name}}", "{a: Ann}"},
    {"{1}{.a}{-a}", "{1}{.a}{-a}"},
    {"{_x:y}", "y"},
    {"function f(){return g(name)}", "function f(){return g(name)}"},
    {"{call(name)}", "{call(name)}"},
};

class TemplateTest : public testing::Test {
protected:
    void define(Variables& variables) {
        variables.define("name", Value::text("Ann"));
        variables.define("empty", Value::text(""));
        variables.define("n", Value::integer(5));
        variables.define("failed", Value::boolean(true));
        variables.define("request.header.Content-Type", Value::text("text/xml"));
    }
    Symbols symbols_;
};

TEST_F(TemplateTest, Renders) {
    for (const TemplateCase& c : template_cases) {
        SCOPED_TRACE(c.text);
        const auto parsed = Template::parse(c.text, symbols_);
        ASSERT_TRUE(parsed.value.has_value());
        EXPECT_TRUE(parsed.diagnostics.empty());
        EXPECT_EQ(parsed->text(), c.text);
        const VariableLayout layout(symbols_);
        Variables variables(layout);
        define(variables);
        std::string out = ">";
        EXPECT_EQ(parsed->render(variables, out), c.unresolved);
        EXPECT_EQ(out, std::string(">") + c.rendered);
        EXPECT_EQ(parsed->render(variables), c.rendered);
    }
}

TEST_F(TemplateTest, OtherDelimiters) {
    const VariableLayout layout(symbols_);
    Variables variables(layout);
    define(variables);
    const auto same = Template::parse("%name% is 100% {name} %n%", symbols_, {'%', '%'});
    EXPECT_EQ(same->render(variables), "Ann is 100% {name} 5");
    const auto pair = Template::parse("@name# @nobody:x# a@b", symbols_, {'@', '#'});
    EXPECT_EQ(pair->render(variables), "Ann x a@b");
}

struct CallCase {
    const char* text;
    const char* function;
    grammar::Span span;
};

const std::vector<CallCase> call_cases{
    {"id {createUuid()}.", "createUuid", {3, 17}},
    {"{replaceAll('{name}','a','b')}", "replaceAll", {0, 30}},
    {"{jsonPath($.a,error.content)}", "jsonPath", {0, 29}},
};

TEST_F(TemplateTest, KeepsFunctionCallsAndWarns) {
    const VariableLayout layout(symbols_);
    const Variables variables(layout);
    for (const CallCase& c : call_cases) {
        SCOPED_TRACE(c.text);
        const auto parsed = Template::parse(c.text, symbols_);
        ASSERT_TRUE(parsed.value.has_value());
        EXPECT_TRUE(parsed->is_literal());
        EXPECT_EQ(parsed->render(variables), c.text);
        ASSERT_EQ(parsed.diagnostics.size(), 1U);
        const grammar::Diagnostic& warning = parsed.diagnostics[0];
        EXPECT_EQ(warning.severity, grammar::Severity::warning);
        EXPECT_EQ(warning.code, "CR210");
        EXPECT_EQ(warning.span, c.span);
        EXPECT_EQ(warning.message, std::string("template function \"") + c.function +
                                       "\" is not supported yet, the text is kept");
    }
}

TEST_F(TemplateTest, KnowsWhetherItIsLiteral) {
    EXPECT_TRUE(Template().is_literal());
    EXPECT_TRUE(Template().empty());
    EXPECT_TRUE(Template::parse("{ a }", symbols_)->is_literal());
    EXPECT_FALSE(Template::parse("{a}", symbols_)->is_literal());
    EXPECT_FALSE(Template::parse("{a}", symbols_)->empty());
}

}  // namespace
}  // namespace catchrule
