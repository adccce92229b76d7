// SPDX-License-Identifier: Apache-2.0
// Each row of the table explains a fault of data/rules.xml or data/target.xml; the screen as a
// terminal and as a pipe get it, and the JSON, are compared with files beside them.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/analysis/simulate.hpp"
#include "engine/xml/load_bundle.hpp"
#include "tools/explain_json.hpp"
#include "tools/explain_text.hpp"

namespace catchrule::tools {
namespace {

struct Case {
    const char* name;
    const char* file;
    const char* fault;
    const char* policy;
};

const std::vector<Case> cases{
    {"several_atoms", "rules.xml", "QuotaViolation", "q"},
    {"long_cells", "rules.xml", "SpikeArrestViolation", "spike.one"},
    {"none_fired", "rules.xml", "RouteFailed", ""},
    {"negation", "rules.xml", "InvalidApiKey", "key"},
    {"target", "target.xml", "GatewayTimeout", ""},
};

std::string data(const std::string& name) { return CATCHRULE_TOOLS_DATA "/" + name; }

void compare(const std::string& name, const std::string& actual) {
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(data(name)) << actual;
    std::ifstream in(data(name), std::ios::binary);
    const std::string expected((std::istreambuf_iterator<char>(in)),
                               std::istreambuf_iterator<char>());
    EXPECT_EQ(actual, expected) << name;
}

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

// A member a line, so that a difference can be found.
std::string spread(std::string json) {
    for (std::size_t at = 0; (at = json.find(",\"", at)) != std::string::npos; ++at) {
        json.insert(at + 1, 1, '\n');
    }
    return json;
}

class ExplainScreen : public testing::TestWithParam<Case> {};

TEST_P(ExplainScreen, LooksLikeTheFile) {
    const Case& c = GetParam();
    const Loaded loaded = load_bundle(data(c.file));
    ASSERT_NE(loaded.bundle, nullptr);
    analysis::FaultQuestion question;
    question.fault = c.fault;
    question.policy = c.policy;
    const auto answer = analysis::simulate_fault(*loaded.bundle, question);
    ASSERT_EQ(answer.error, "");
    const std::string narrow =
        explain_text(*loaded.bundle, answer.decision, answer.hints, {.cut = true});
    const std::string wide = explain_text(*loaded.bundle, answer.decision, answer.hints, {});
    compare(c.name + std::string(".narrow.txt"), narrow);
    compare(c.name + std::string(".wide.txt"), wide);
    compare(c.name + std::string(".json"),
            spread(json_line(explain_json(*loaded.bundle, answer.decision, answer.hints))));

    for (std::size_t at = 0; at < narrow.size();) {
        const std::size_t end = narrow.find('\n', at);
        EXPECT_LE(width_of(narrow.substr(at, end - at)), screen_columns)
            << narrow.substr(at, end - at);
        at = end + 1;
    }
}

INSTANTIATE_TEST_SUITE_P(Cases, ExplainScreen, testing::ValuesIn(cases),
                         [](const auto& row) { return std::string(row.param.name); });

// The first screen a reader meets is the one the program draws.
TEST(ExplainScreen, ReadmeShowsIt) {
    const std::string source = CATCHRULE_SOURCE;
    const Loaded loaded = load_bundle(source + "/examples/bundles/community-thread/as-published");
    ASSERT_NE(loaded.bundle, nullptr);
    analysis::FaultQuestion question;
    question.fault = "SpikeArrestViolation";
    const auto answer = analysis::simulate_fault(*loaded.bundle, question);
    const std::string screen =
        explain_text(*loaded.bundle, answer.decision, answer.hints, {.cut = true});
    std::ifstream in(source + "/README.md");
    const std::string readme((std::istreambuf_iterator<char>(in)),
                             std::istreambuf_iterator<char>());
    EXPECT_NE(readme.find("```\n" + screen + "```\n"), std::string::npos) << screen;
}

// Policies of two shared flows may have one name.
TEST(ExplainScreen, StepsOfSharedFlows) {
    Decision decision;
    decision.rules.emplace_back();
    decision.fired = 0;
    for (const auto& [flow, policy] : {std::pair{"", "call"}, {"common", "note"}, {"", "note"}}) {
        StepRecord step;
        step.policy = policy;
        step.shared_flow = flow;
        step.ran = true;
        decision.rules[0].steps.push_back(step);
    }
    const std::string screen = explain_text(Bundle(), decision, {}, {});
    EXPECT_NE(screen.find("  step call         RAN      no condition\n"
                          "  step common/note  RAN      no condition\n"
                          "  step note         RAN      no condition\n"),
              std::string::npos)
        << screen;
}

// The name of a default rule is cut like any other cell.
TEST(ExplainScreen, LongDefaultRule) {
    Decision decision;
    decision.default_rule.emplace();
    decision.default_rule->name = std::string(150, 'n');
    decision.default_rule->always_enforce = true;
    decision.default_rule->note = "its condition is false";
    const std::string screen = explain_text(Bundle(), decision, {}, {.cut = true});
    const auto begin = screen.find("DEFAULT");
    const std::string line = screen.substr(begin, screen.find('\n', begin) - begin);
    EXPECT_LE(line.size(), screen_columns) << line;
    EXPECT_TRUE(line.ends_with("... (AlwaysEnforce) did not run: its condition is false")) << line;
    const std::string wide = explain_text(Bundle(), decision, {}, {});
    EXPECT_NE(wide.find(std::string(150, 'n')), std::string::npos);
}

// Also the JSON that is not built from cleaned text.
TEST(ExplainScreen, JsonLineIsUtf8) {
    EXPECT_EQ(json_line({{"a", "\xFF\xC3\xA4"}}), "{\"a\":\"\xEF\xBF\xBD\xC3\xA4\"}\n");
}

// What comes from files cannot move the cursor or break the JSON.
TEST(ExplainScreen, HostileText) {
    Decision decision;
    decision.endpoint = "a\x1b[2Jb";
    decision.notes.emplace_back("bad \xFF byte");
    decision.response.content = "\xC0\xAF";
    const Bundle bundle;
    const std::string screen = explain_text(bundle, decision, {}, {});
    EXPECT_EQ(screen.find('\x1b'), std::string::npos);
    const std::string json = json_line(explain_json(bundle, decision, {}));
    EXPECT_NE(json.find("bad \xEF\xBF\xBD byte"), std::string::npos);
    EXPECT_EQ(json.find('\xC0'), std::string::npos);
}

}  // namespace
}  // namespace catchrule::tools
