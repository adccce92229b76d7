// SPDX-License-Identifier: Apache-2.0
// What tests/conformance/policies/ExtractVariables cannot say: sizes.
#include "engine/policies/extract_variables.hpp"

#include "tests/support/step_fixture.hpp"

namespace catchrule {
namespace {

class ExtractVariablesTest : public testing::StepTest {
protected:
    std::string run() {
        StepContext step = context();
        return fault_name(execute(policy_, step));
    }
    void json(std::string_view path) {
        policy_.json.push_back({.name = "v",
                                .type = ExtractVariables::Type::text,
                                .path = text(path),
                                .fixed = payload::JsonPath::compile(path).value});
    }
    void body(std::string_view type, std::string content) {
        variables_.request().headers.set("Content-Type", type);
        variables_.request().content = std::move(content);
    }

    ExtractVariables policy_;
};

TEST_F(ExtractVariablesTest, ABodyBeyondTheLimitIsNotRead) {
    json("$.a");
    body("application/json", R"({"a":")" + std::string(1000, 'x') + R"("})");
    EXPECT_EQ(run(), "");
    EXPECT_EQ(show("v").size(), 1000U);
    body("application/json",
         R"({"a":")" + std::string(payload::Limits{}.document_bytes, 'x') + R"("})");
    EXPECT_EQ(run(), "ExecutionFailed");
    EXPECT_EQ(show("extractvariables.p.failed"), "true");
}

TEST_F(ExtractVariablesTest, XmlBeyondTheLimitIsNotRead) {
    policy_.xml.push_back({.name = "v",
                           .type = ExtractVariables::Type::text,
                           .path = *payload::XPath::compile("/a").value});
    body("text/xml", "<a>" + std::string(1000, 'x') + "</a>");
    EXPECT_EQ(run(), "");
    std::string deep;
    for (int i = 0; i < 1000; ++i) deep += "<a>";
    for (int i = 0; i < 1000; ++i) deep += "</a>";
    body("text/xml", deep);
    EXPECT_EQ(run(), "ExecutionFailed");
    body("text/xml", "<a>" + std::string(payload::Limits{}.document_bytes, 'x') + "</a>");
    EXPECT_EQ(run(), "ExecutionFailed");
}

TEST_F(ExtractVariablesTest, ATextTooLongMatchesNoPattern) {
    std::string problem;
    policy_.texts.push_back({.from = ExtractVariables::Text::From::variable,
                             .name = "long",
                             .patterns = {*TextPattern::parse("{v}", false, false, problem)}});
    set("long", std::string(TextPattern::max_value_bytes, 'x'));
    EXPECT_EQ(run(), "");
    EXPECT_EQ(show("v").size(), TextPattern::max_value_bytes);
    set("long", std::string(TextPattern::max_value_bytes + 1, 'y'));
    EXPECT_EQ(run(), "");
    EXPECT_EQ(show("v").front(), 'x');
}

TEST(ParseExtractType, KnowsTheSeven) {
    for (const std::string_view name :
         {"string", "boolean", "integer", "long", "float", "double", "nodeset", "Nodeset"}) {
        EXPECT_TRUE(parse_extract_type(name)) << name;
    }
    for (const std::string_view name : {"", "int", "decimal"})
        EXPECT_FALSE(parse_extract_type(name)) << name;
}

}  // namespace
}  // namespace catchrule
