// SPDX-License-Identifier: Apache-2.0
#include "engine/analysis/simulate.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/engine/analysis/bundle_text.hpp"

namespace catchrule::analysis {
namespace {

constexpr const char* proxy_xml = R"(
<ProxyEndpoint name="default">
    <FaultRules>
        <FaultRule name="named"><Condition>fault.name = "InvalidApiKey"</Condition></FaultRule>
        <FaultRule name="by_request"><Condition>request.header.x = "1"</Condition></FaultRule>
        <FaultRule name="by_path"><Condition>proxy.pathsuffix = "/a"</Condition></FaultRule>
    </FaultRules>
    <HTTPProxyConnection><BasePath>/base</BasePath></HTTPProxyConnection>
</ProxyEndpoint>)";

constexpr const char* target_xml = R"(
<TargetEndpoint name="t">
    <FaultRules>
        <FaultRule name="gone"><Condition>response.status.code = 410</Condition></FaultRule>
    </FaultRules>
</TargetEndpoint>)";

std::string fired(const FaultAnswer& answer) {
    if (!answer.error.empty()) return "error: " + answer.error;
    return answer.decision.fired ? answer.decision.rules[*answer.decision.fired].name : "none";
}

TEST(Simulate, VariablesOfTheUser) {
    const auto bundle = test::bundle_of(proxy_xml, {{"k", "VerifyAPIKey"}});
    struct Case {
        const char* fault;
        std::vector<GivenVariable> variables;
        const char* fired;
    };
    const std::vector<Case> cases{
        {"InvalidApiKey", {}, "named"},
        {"oauth.v2.InvalidApiKey", {}, "named"},
        {"RouteFailed", {}, "none"},
        {"RouteFailed", {{"request.header.x", Value::text("1")}}, "by_request"},
        {"RouteFailed", {{"request.path", Value::text("/base/a")}}, "by_path"},
        {"RouteFailed", {{"proxy.pathsuffix", Value::text("/a")}}, "by_path"},
        {"RouteFailed", {{"fault.name", Value::text("InvalidApiKey")}}, "named"},
        {"InvalidApiKey", {{"fault.name", Value::null()}}, "none"},
    };
    for (const Case& c : cases) {
        FaultQuestion question;
        question.fault = c.fault;
        question.variables = c.variables;
        EXPECT_EQ(fired(simulate_fault(*bundle, question)), c.fired) << c.fault;
    }
}

TEST(Simulate, TargetFileWithoutAProxy) {
    const auto bundle = test::bundle_of(target_xml, {});
    FaultQuestion question;
    question.fault = "ErrorResponseCode";
    FaultAnswer answer = simulate_fault(*bundle, question);
    EXPECT_EQ(fired(answer), "none");
    EXPECT_EQ(answer.decision.response.status, 500);
    ASSERT_EQ(answer.decision.notes.size(), 1U);

    const std::vector<GivenVariable> gone{{"response.status.code", Value::integer(410)}};
    question.variables = gone;
    answer = simulate_fault(*bundle, question);
    EXPECT_EQ(fired(answer), "gone");
    EXPECT_EQ(answer.decision.response.status, 410);
    EXPECT_TRUE(answer.decision.notes.empty());
}

TEST(Simulate, WrongQuestions) {
    const auto bundle = test::bundle_of(proxy_xml, {{"k", "VerifyAPIKey"}});
    FaultQuestion question;
    question.fault = "InvalidApiKey";
    question.policy = "nobody";
    EXPECT_EQ(fired(simulate_fault(*bundle, question)),
              "error: there is no policy \"nobody\" in rules");
    question.policy.clear();
    question.kind = EndpointKind::target;
    EXPECT_EQ(fired(simulate_fault(*bundle, question)),
              "error: there is no TargetEndpoint in rules");
    question.kind = EndpointKind::proxy;
    question.endpoint = "other";
    EXPECT_EQ(fired(simulate_fault(*bundle, question)),
              "error: there is no ProxyEndpoint \"other\" in rules");
}

TEST(Simulate, StoresAreNotAsked) {
    const auto bundle = test::bundle_of(
        "<ProxyEndpoint name=\"default\"><DefaultFaultRule name=\"d\"><Step><Name>q</Name></Step>"
        "</DefaultFaultRule></ProxyEndpoint>",
        {{"q", "Quota"}});
    auto* mutable_bundle = std::const_pointer_cast<Bundle>(bundle).get();
    mutable_bundle->proxies.front().faults.default_rule->steps.front().policy_index = 0;
    FaultQuestion question;
    question.fault = "RouteFailed";
    const FaultAnswer answer = simulate_fault(*bundle, question);
    ASSERT_TRUE(answer.decision.default_rule);
    const StepRecord& step = answer.decision.default_rule->steps.front();
    EXPECT_TRUE(step.ran);
    EXPECT_EQ(step.note, "stubbed: no store was asked");
}

}  // namespace
}  // namespace catchrule::analysis
