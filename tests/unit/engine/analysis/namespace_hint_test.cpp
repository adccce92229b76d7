// SPDX-License-Identifier: Apache-2.0
#include "engine/analysis/namespace_hint.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/analysis/simulate.hpp"
#include "tests/unit/engine/analysis/bundle_text.hpp"

namespace catchrule::analysis {
namespace {

struct Case {
    const char* condition;  // of the only step of the rule that fires
    const char* variable;   // of the only hint; empty = no hint
    const char* suggestion;
    const char* changed;
    bool verified;
};

// The bundle has SpikeArrest "spike", Quota "daily.quota" and VerifyAPIKey "key"; the fault is a
// SpikeArrestViolation.
const std::vector<Case> cases{
    {R"(spikearrest.spike.failed = "true")", "spikearrest.spike.failed", "ratelimit.spike.failed",
     R"(ratelimit.spike.failed = "true")", true},
    {R"(spikearrest.spike.failed = true)", "spikearrest.spike.failed", "ratelimit.spike.failed",
     R"(ratelimit.spike.failed = true)", true},
    {R"('spikearrest.spike.failed' = true)", "spikearrest.spike.failed", "ratelimit.spike.failed",
     R"('ratelimit.spike.failed' = true)", true},
    {R"("spikearrest.spike.failed" = spikearrest.spike.failed)", "spikearrest.spike.failed",
     "ratelimit.spike.failed", R"("spikearrest.spike.failed" = ratelimit.spike.failed)", false},
    {R"(spikearrest.spike.failed)", "spikearrest.spike.failed", "ratelimit.spike.failed",
     R"(ratelimit.spike.failed)", true},
    {R"(fault.name = "SpikeArrestViolation" and (spikearrest.spike.failed = "true"))",
     "spikearrest.spike.failed", "ratelimit.spike.failed",
     R"(fault.name = "SpikeArrestViolation" and (ratelimit.spike.failed = "true"))", true},
    // the suggestion is right, but the condition stays false
    {R"(spikearrest.spike.failed = "yes")", "spikearrest.spike.failed", "ratelimit.spike.failed",
     R"(ratelimit.spike.failed = "yes")", false},
    // a policy name with a dot; its counts are set as if it had raised the fault: it did not count
    {R"(quota.daily.quota.failed = true)", "quota.daily.quota.failed",
     "ratelimit.daily.quota.failed", R"(ratelimit.daily.quota.failed = true)", true},
    {R"(quota.daily.quota.exceed.count > 0)", "quota.daily.quota.exceed.count",
     "ratelimit.daily.quota.exceed.count", R"(ratelimit.daily.quota.exceed.count > 0)", false},
    // another policy's prefix
    {R"(oauthV2.spike.failed = true)", "oauthV2.spike.failed", "ratelimit.spike.failed",
     R"(ratelimit.spike.failed = true)", true},
    // a prefix people expect, a policy that is not there
    {R"(SpikeArrest.other.failed = true)", "SpikeArrest.other.failed", "ratelimit.other.failed",
     R"(ratelimit.other.failed = true)", true},
    // nobody's prefix and no such policy
    {R"(limits.other.failed = true)", "limits.other.failed", "", "", false},
    // nothing wrong
    {R"(ratelimit.spike.failed = "no")", "", "", "", false},
    {R"(ratelimit.other.failed = true)", "", "", "", false},
    {R"(verifyapikey.key.failed = true)", "", "", "", false},
    {R"(oauthV2.key.failed = true)", "", "", "", false},
    {R"(wf.fault_assigned = "true")", "", "", "", false},
    {R"(spikearrest.spike.colour = "red")", "", "", "", false},
    {R"(spikearrest.spike.failed != "true")", "", "", "", false},  // true: the step runs
    {R"(fault.name = "X" and spikearrest.spike.failed = "true")", "", "", "",
     false},  // not reached
};

std::string xml_with(const std::string& condition) {
    return "<ProxyEndpoint name=\"default\"><FaultRules><FaultRule "
           "name=\"r\"><Step><Name>key</Name>"
           "<Condition>" +
           condition + "</Condition></Step></FaultRule></FaultRules></ProxyEndpoint>";
}

std::vector<NamespaceHint> hints_of(const Bundle& bundle) {
    FaultQuestion question;
    question.fault = "SpikeArrestViolation";
    return simulate_fault(bundle, question).hints;
}

std::string escaped(std::string text) {
    for (std::size_t at = 0; (at = text.find_first_of("<>&", at)) != std::string::npos; at += 4) {
        text.replace(at, 1, text[at] == '<' ? "&lt;" : text[at] == '>' ? "&gt;" : "&amp;");
    }
    return text;
}

TEST(NamespaceHint, Table) {
    for (const Case& c : cases) {
        SCOPED_TRACE(c.condition);
        const auto bundle = test::bundle_of(
            xml_with(escaped(c.condition)),
            {{"spike", "SpikeArrest"}, {"daily.quota", "Quota"}, {"key", "VerifyAPIKey"}});
        const auto hints = hints_of(*bundle);
        if (*c.variable == '\0') {
            EXPECT_TRUE(hints.empty()) << hints.front().text();
            continue;
        }
        ASSERT_EQ(hints.size(), 1U);
        EXPECT_EQ(hints[0].variable, c.variable);
        EXPECT_EQ(hints[0].suggestion, c.suggestion);
        EXPECT_EQ(hints[0].condition, c.changed);
        EXPECT_EQ(hints[0].verified, c.verified);
        EXPECT_EQ(hints[0].rule, "r");
        EXPECT_EQ(hints[0].step, "key");
    }
}

TEST(NamespaceHint, SaysItInOneSentence) {
    const auto bundle =
        test::bundle_of(xml_with("spikearrest.spike.failed = true"), {{"spike", "SpikeArrest"}});
    const auto hints = hints_of(*bundle);
    ASSERT_EQ(hints.size(), 1U);
    EXPECT_EQ(hints[0].text(),
              "nothing sets spikearrest.*; SpikeArrest \"spike\" publishes ratelimit.spike.failed; "
              "after changing the condition to ratelimit.spike.failed = true step key runs");
}

TEST(NamespaceHint, IsSilentAboutWhatAPolicyAssigns) {
    const auto bundle =
        test::bundle_of(xml_with("spikearrest.spike.failed = true"), {{"spike", "SpikeArrest"}});
    AssignVariable assignment;
    assignment.name = "spikearrest.spike.failed";
    AssignMessage edit;
    edit.operations.emplace_back(assignment);
    Policy policy;
    policy.name = "assign";
    policy.config = edit;
    std::const_pointer_cast<Bundle>(bundle)->policies.push_back(std::move(policy));
    EXPECT_TRUE(hints_of(*bundle).empty());
}

TEST(NamespaceHint, IsSilentAboutUnknownNamespacesWhenAScriptMaySetThem) {
    const auto bundle =
        test::bundle_of(xml_with("limits.other.failed = true"), {{"js", "Javascript"}});
    EXPECT_TRUE(hints_of(*bundle).empty());
}

TEST(NamespaceHint, ChecksTheConditionsOfRulesToo) {
    const auto bundle = test::bundle_of(
        "<ProxyEndpoint name=\"default\"><FaultRules><FaultRule name=\"r\">"
        "<Condition>quota.q.failed = true and fault.name = \"QuotaViolation\"</Condition>"
        "</FaultRule></FaultRules></ProxyEndpoint>",
        {{"q", "Quota"}});
    FaultQuestion question;
    question.fault = "QuotaViolation";
    const auto hints = simulate_fault(*bundle, question).hints;
    ASSERT_EQ(hints.size(), 1U);
    EXPECT_EQ(hints[0].step, "");
    EXPECT_TRUE(hints[0].verified);
    EXPECT_EQ(hints[0].condition, "ratelimit.q.failed = true and fault.name = \"QuotaViolation\"");
}

}  // namespace
}  // namespace catchrule::analysis
