// SPDX-License-Identifier: Apache-2.0
// data/xpath.yaml, and the limits. A case says the text for some types of result, `found`, `status`
// or `error`: offset and first words.
#include "engine/payload/xpath.hpp"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

namespace catchrule::payload {
namespace {

std::string document_of(const YAML::Node& node) {
    if (node.Tag() != "tag:yaml.org,2002:binary") return node.as<std::string>();
    const auto bytes = node.as<YAML::Binary>();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

const std::vector<std::pair<std::string, XPathType>> types{{"nodeset", XPathType::nodeset},
                                                           {"node", XPathType::node},
                                                           {"string", XPathType::text},
                                                           {"boolean", XPathType::boolean},
                                                           {"number", XPathType::number}};

void expect_results(const YAML::Node& c, const XPath& xpath, const std::string& document) {
    const std::string status = c["status"] ? c["status"].as<std::string>() : "ok";
    for (const auto& [name, type] : types) {
        SCOPED_TRACE(name);
        const XPathMatch match = xpath.run(document, type);
        EXPECT_EQ(to_string(match.status), status);
        EXPECT_EQ(match.found, status == "ok" && (!c["found"] || c["found"].as<bool>()));
        if (c[name]) {
            EXPECT_EQ(match.text, c[name].as<std::string>());
        }
    }
}

TEST(XPath, AnswersAsTheDataSay) {
    const YAML::Node file = YAML::LoadFile(CATCHRULE_PAYLOAD_DATA "/xpath.yaml");
    const auto given = file["namespaces"].as<std::map<std::string, std::string>>();
    const Namespaces namespaces(given.begin(), given.end());
    for (const auto& c : file["cases"]) {
        const auto text = c["xpath"].as<std::string>();
        SCOPED_TRACE(text);
        const auto xpath = XPath::compile(text, namespaces);
        if (c["error"]) {
            ASSERT_EQ(xpath.diagnostics.size(), 1U);
            EXPECT_FALSE(xpath);
            const grammar::Diagnostic& problem = xpath.diagnostics.front();
            EXPECT_LE(problem.span.end, text.size());
            const std::string words = std::to_string(problem.span.begin) + " " + problem.message;
            EXPECT_TRUE(words.starts_with(c["error"].as<std::string>())) << words;
            continue;
        }
        ASSERT_TRUE(xpath) << xpath.diagnostics.front().message;
        expect_results(c, *xpath, document_of(c["document"] ? c["document"] : file["document"]));
    }
    EXPECT_GE(file["cases"].size(), 50U);
}

std::string nested(std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += "<a>";
    for (std::size_t i = 0; i < depth; ++i) text += "</a>";
    return text;
}

struct LimitCase {
    const char* document;
    Limits within;
    Limits beyond;
    Status status;
};

TEST(XPath, StopsAtItsLimits) {
    const std::vector<LimitCase> cases{
        {"<a/>", {.document_bytes = 4}, {.document_bytes = 3}, Status::document_too_long},
        {"<a><b/></a>", {.depth = 2}, {.depth = 1}, Status::too_deep},
        {"<a><b></b></a>", {.depth = 2}, {.depth = 1}, Status::too_deep},
        {"<a k='1'>x<b/></a>", {.nodes = 4}, {.nodes = 3}, Status::too_many_nodes},
        {"<a>xyz</a>", {.result_bytes = 10}, {.result_bytes = 9}, Status::result_too_long},
    };
    const auto xpath = XPath::compile("/a");
    for (const LimitCase& c : cases) {
        SCOPED_TRACE(c.document);
        EXPECT_EQ(xpath->run(c.document, XPathType::nodeset, c.within).status, Status::ok);
        const XPathMatch beyond = xpath->run(c.document, XPathType::nodeset, c.beyond);
        EXPECT_EQ(beyond.status, c.status);
        EXPECT_EQ(beyond.text, "");
    }
    EXPECT_EQ(xpath->run(nested(128), XPathType::text).status, Status::ok);
    EXPECT_EQ(xpath->run(nested(129), XPathType::text).status, Status::too_deep);
    EXPECT_EQ(xpath->run(nested(1'000'000), XPathType::text).status, Status::too_deep);
    // Every level holds all deeper ones.
    std::string wide = nested(100);
    wide.insert(300, std::string(1'000'000, 'x'));
    EXPECT_EQ(XPath::compile("//*")->run(wide, XPathType::nodeset).status, Status::result_too_long);
}

TEST(XPath, LimitsWhatItCompiles) {
    EXPECT_TRUE(XPath::compile(std::string(XPath::max_bytes, 'a')));
    EXPECT_FALSE(XPath::compile(std::string(XPath::max_bytes + 1, 'a')));
    const auto brackets = [](std::size_t count) {
        return std::string(count, '(') + "1" + std::string(count, ')');
    };
    EXPECT_TRUE(XPath::compile(brackets(XPath::max_nesting)));
    EXPECT_FALSE(XPath::compile(brackets(XPath::max_nesting + 1)));
}

}  // namespace
}  // namespace catchrule::payload
