// SPDX-License-Identifier: Apache-2.0
// data/json_path.yaml, and the limits. A case says `json`, the result as JSON text, or `status`, or
// `error`: offset and first words.
#include "engine/payload/json_path.hpp"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

namespace catchrule::payload {
namespace {

std::string document_of(const YAML::Node& node) {
    if (node.Tag() != "tag:yaml.org,2002:binary") return node.as<std::string>();
    const auto bytes = node.as<YAML::Binary>();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(JsonPath, AnswersAsTheDataSay) {
    const YAML::Node file = YAML::LoadFile(CATCHRULE_PAYLOAD_DATA "/json_path.yaml");
    for (const auto& c : file["cases"]) {
        const auto text = c["path"].as<std::string>();
        SCOPED_TRACE(text);
        const auto path = JsonPath::compile(text);
        if (c["error"]) {
            ASSERT_EQ(path.diagnostics.size(), 1U);
            EXPECT_FALSE(path);
            const grammar::Diagnostic& problem = path.diagnostics.front();
            EXPECT_LE(problem.span.end, text.size());
            EXPECT_EQ(std::to_string(problem.span.begin) + " " + problem.message,
                      c["error"].as<std::string>());
            continue;
        }
        ASSERT_TRUE(path) << path.diagnostics.front().message;
        const std::string document = document_of(c["document"] ? c["document"] : file["document"]);
        const JsonMatches matches = path->run(document);
        EXPECT_EQ(to_string(matches.status), c["status"] ? c["status"].as<std::string>() : "ok");
        if (c["json"]) {
            EXPECT_EQ(matches.json(), c["json"].as<std::string>());
        }
        EXPECT_EQ(path->run(document).json(), matches.json());
    }
    EXPECT_GE(file["cases"].size(), 100U);
}

TEST(JsonPath, TellsTheKindsOfWhatItFinds) {
    const auto path = JsonPath::compile("$.*");
    const JsonMatches matches = path->run(R"([null,true,-1,0.5,"a\"b",[1],{"k":null}])");
    ASSERT_EQ(matches.items.size(), 7U);
    const std::vector<std::pair<JsonKind, std::string>> expected{
        {JsonKind::null, "null"},          {JsonKind::boolean, "true"}, {JsonKind::number, "-1"},
        {JsonKind::number, "0.5"},         {JsonKind::text, "a\"b"},    {JsonKind::array, "[1]"},
        {JsonKind::object, "{\"k\":null}"}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(matches.items[i].kind, expected[i].first);
        EXPECT_EQ(matches.items[i].text, expected[i].second);
    }
    EXPECT_FALSE(path->definite());
    EXPECT_TRUE(JsonPath::compile("$.a['b'][0]")->definite());
}

TEST(JsonPath, TellsNothingFromAnEmptyList) {
    EXPECT_FALSE(JsonPath::compile("$.a")->run("{}").found());
    EXPECT_TRUE(JsonPath::compile("$.a")->run(R"({"a":[]})").found());
    EXPECT_TRUE(JsonPath::compile("$..a")->run("{}").found());
}

struct LimitCase {
    const char* path;
    std::string document;
    Limits within;
    Limits beyond;
    Status status;
};

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(JsonPath, StopsAtItsLimits) {
    const std::vector<LimitCase> cases{
        {"$", "[1]", {.document_bytes = 3}, {.document_bytes = 2}, Status::document_too_long},
        {"$", nested(5), {.depth = 5}, {.depth = 4}, Status::too_deep},
        {"$", nested(128), {}, {.depth = 127}, Status::too_deep},
        {"$[*]", "[1,2,3]", {.nodes = 4}, {.nodes = 3}, Status::too_many_nodes},
        {"$[?(@.a)]", R"([{"a":1}])", {.nodes = 5}, {.nodes = 4}, Status::too_many_nodes},
        {"$[*]",
         R"(["abc","de"])",
         {.result_bytes = 5},
         {.result_bytes = 4},
         Status::result_too_long},
        {"$",
         R"({"a":[1,2]})",
         {.result_bytes = 11},
         {.result_bytes = 10},
         Status::result_too_long},
    };
    for (const LimitCase& c : cases) {
        SCOPED_TRACE(c.path + (" " + c.document));
        const auto path = JsonPath::compile(c.path);
        EXPECT_EQ(path->run(c.document, c.within).status, Status::ok);
        const JsonMatches beyond = path->run(c.document, c.beyond);
        EXPECT_EQ(beyond.status, c.status);
        EXPECT_TRUE(beyond.items.empty());
    }
    EXPECT_EQ(JsonPath::compile("$")->run(nested(1'000'000)).status, Status::too_deep);
    // Every level holds all deeper ones: the text of `..*` grows with the square of the depth.
    const std::string wide =
        std::string(100, '[') + '"' + std::string(900'000, 'x') + '"' + std::string(100, ']');
    EXPECT_EQ(JsonPath::compile("$..*")->run(wide).status, Status::result_too_long);
    std::string list = "[0";
    for (int i = 0; i < 60'000; ++i) list += ",1";
    EXPECT_EQ(JsonPath::compile("$[?($[?($..[?(@ == 2)])])]")->run(list + "]").status,
              Status::too_many_nodes);
}

TEST(JsonPath, LimitsWhatItCompiles) {
    EXPECT_TRUE(JsonPath::compile("$." + std::string(JsonPath::max_bytes - 2, 'a')));
    EXPECT_FALSE(JsonPath::compile("$." + std::string(JsonPath::max_bytes - 1, 'a')));
    const auto steps = [](std::size_t count) {
        std::string text = "$";
        for (std::size_t i = 0; i < count; ++i) text += ".a";
        return text;
    };
    EXPECT_TRUE(JsonPath::compile(steps(JsonPath::max_parts)));
    EXPECT_FALSE(JsonPath::compile(steps(JsonPath::max_parts + 1)));
    const auto parentheses = [](std::size_t count) {
        return "$[?(" + std::string(count, '(') + "@.a" + std::string(count, ')') + ")]";
    };
    EXPECT_TRUE(JsonPath::compile(parentheses(JsonPath::max_nesting - 1)));
    EXPECT_FALSE(JsonPath::compile(parentheses(JsonPath::max_nesting)));
}

}  // namespace
}  // namespace catchrule::payload
