// SPDX-License-Identifier: Apache-2.0
// What the machine records of real calls: the bookkeeping of SEMANTICS 5.1, and that all of it
// survives the three formats.
#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/flow_machine.hpp"
#include "engine/trace.hpp"
#include "engine/traces/read_trace.hpp"
#include "engine/traces/write_trace.hpp"
#include "engine/xml/load_bundle.hpp"
#include "tests/unit/engine/traces/random_trace.hpp"

namespace catchrule::trace {
namespace {

constexpr Millis now = 1'700'000'000'000;

const char* const rules = R"(<FaultRules>
  <FaultRule name="any"><Step><Name>say</Name><Condition>a.b = "1"</Condition></Step></FaultRule>
  <FaultRule name="quota">
    <Condition>fault.name = "QuotaViolation" and ratelimit.q.failed = true</Condition>
    <Step><Name>say</Name></Step>
  </FaultRule>
</FaultRules>
<DefaultFaultRule name="rest">
  <Condition>wf.done != "true"</Condition>
  <AlwaysEnforce>true</AlwaysEnforce>
  <Step><Name>last</Name></Step>
</DefaultFaultRule>)";

Call trace_of(const char* text, const char* code) {
    const Loaded loaded = load_text("rules.xml", text);
    if (loaded.bundle == nullptr) return {};
    Variables variables(*loaded.bundle->layout);
    variables.request().set_uri("/weather?apikey=topsecret1");
    variables.request().headers.add("Cookie", "sid=0123456789");
    Recorder recorder;
    CallOptions options;
    options.trace = &recorder;
    FlowMachine machine(*loaded.bundle, loaded.bundle->proxies.front(), variables, options);
    machine.begin_with_fault({.fault = make_fault(code, options.semantics), .now = now});
    Action action = machine.advance(Started{}, now);
    while (!std::holds_alternative<Finished>(action)) action = machine.advance(Responded{}, now);
    return recorder.finish("1");
}

std::vector<const Point*> points_of(const Call& call, std::string_view id) {
    std::vector<const Point*> out;
    for (const Point& point : call.points) {
        if (point.id == id) out.push_back(&point);
    }
    return out;
}

TEST(MachineTrace, ConditionsStepsAndRules) {
    const Call call = trace_of(rules, "policies.ratelimit.QuotaViolation");
    std::vector<std::string> trees;
    for (const Point* point : points_of(call, "Condition")) {
        trees.emplace_back(point->property("Tree").value_or(""));
    }
    EXPECT_EQ(trees, (std::vector<std::string>{"PROXY_default", "FAULT_quota", "FAULT_rest",
                                               "PROXY_default", "PROXY_default"}));
    const Point& quota = *points_of(call, "Condition")[1];
    EXPECT_EQ(quota.property("ExpressionResult"), "false");
    const std::vector<Access> expected{{.name = "fault.name", .value = "QuotaViolation"},
                                       {.name = "ratelimit.q.failed"}};
    EXPECT_EQ(quota.accesses, expected);
    ASSERT_TRUE(quota.condition);
    EXPECT_TRUE(quota.condition->atoms.at(1).left.is_unset());

    const auto all = points_of(call, "Rule");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0]->property("name"), "any");
    EXPECT_EQ(all[0]->property("verdict"), "fired");
    EXPECT_EQ(all[0]->property("note"), "no condition, always true");
    EXPECT_EQ(all[1]->property("kind"), "DefaultFaultRule");
    EXPECT_EQ(all[1]->property("verdict"), "ran");

    const auto steps = points_of(call, "Execution");
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[0]->property("expressionResult"), "false");
    EXPECT_FALSE(steps[0]->property("action"));
    EXPECT_EQ(steps[1]->property("action"), "CONTINUE");
    EXPECT_EQ(steps[1]->property("enforcement"), "error");
}

TEST(MachineTrace, ErrorPointAndStates) {
    const Call call = trace_of(rules, "policies.ratelimit.QuotaViolation");
    const auto errors = points_of(call, "Error");
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0]->property("fault.name"), "QuotaViolation");
    EXPECT_EQ(errors[0]->message->kind, Snapshot::Kind::error);
    std::vector<std::string> states;
    for (const Point* point : points_of(call, "StateChange")) {
        states.emplace_back(point->property("To").value_or(""));
    }
    EXPECT_EQ(states, (std::vector<std::string>{"REQ_HEADERS_PARSED", "PROXY_REQ_FLOW", "RESP_SENT",
                                                "END", "PROXY_POST_RESP_SENT"}));
}

TEST(MachineTrace, SecretsAreMasked) {
    const Call call = trace_of(rules, "policies.ratelimit.QuotaViolation");
    for (const std::string& text : {trace_line({}, call), edge_xml({}, {&call, 1})}) {
        EXPECT_EQ(text.find("topsecret1"), std::string::npos);
        EXPECT_EQ(text.find("0123456789"), std::string::npos);
        EXPECT_NE(text.find("*****"), std::string::npos);
    }
}

TEST(MachineTrace, SurvivesEveryFormat) {
    const Call call = trace_of(rules, "policies.ratelimit.QuotaViolation");
    const auto first = [](const std::string& text) {
        std::istringstream in(text);
        Reader reader(in);
        return reader.next();
    };
    EXPECT_EQ(first(trace_line({}, call)), call);
    EXPECT_EQ(first(edge_xml({}, {&call, 1})), test::without_own(call));
    EXPECT_EQ(first(x_json({}, {&call, 1})), test::without_own(call));
}

std::vector<std::string> names_of(const Point& point) {
    std::vector<std::string> out;
    for (const Access& access : point.accesses.value_or(std::vector<Access>())) {
        out.push_back((access.kind == Access::Kind::get ? "get " : "set ") + access.name);
    }
    return out;
}

// A step that runs lists its own accesses, not those of its condition; one that is skipped repeats
// what the step before it did, then what its condition read.
TEST(MachineTrace, WhatAStepLists) {
    const Loaded loaded = load_bundle(CATCHRULE_EXAMPLES "/bundles/community-thread/as-published");
    ASSERT_NE(loaded.bundle, nullptr);
    Variables variables(*loaded.bundle->layout);
    Recorder recorder;
    CallOptions options;
    options.trace = &recorder;
    FlowMachine machine(*loaded.bundle, loaded.bundle->proxies.front(), variables, options);
    machine.begin_with_fault(
        {.fault = make_fault("oauth.v2.InvalidApiKey", options.semantics), .now = now});
    machine.advance(Started{}, now);
    const Call call = recorder.finish("1");
    const auto steps = points_of(call, "Execution");
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[0]->property("stepDefinition-name"), "fault_invalid_key");
    EXPECT_EQ(steps[0]->property("result"), "true");
    const std::vector<std::string> own = names_of(*steps[0]);
    ASSERT_FALSE(own.empty());
    EXPECT_EQ(std::count(own.begin(), own.end(), "get fault.name"), 0);
    EXPECT_EQ(std::count(own.begin(), own.end(), "set wf.fault_assigned"), 1);

    EXPECT_EQ(steps[1]->property("expressionResult"), "false");
    std::vector<std::string> repeated = own;
    repeated.emplace_back("get fault.name");
    EXPECT_EQ(names_of(*steps[1]), repeated);
}

TEST(VariablesLog, TakesAccessesByNameWhileItIsSet) {
    const Loaded loaded = load_text("rules.xml", rules);
    ASSERT_NE(loaded.bundle, nullptr);
    Variables variables(*loaded.bundle->layout);
    AccessLog log(Limits{});
    variables.define("before", Value::text("x"));
    variables.log_to(&log);
    variables.get("a.b");
    variables.get(*loaded.bundle->symbols.find("a.b"));
    variables.define("a.b", Value::integer(5));
    variables.assign("fault.name", Value::text("no"));
    variables.remove("a.b");
    variables.log_to(nullptr);
    variables.get("a.b");
    using Kind = Access::Kind;
    const std::vector<Access> expected{
        {.name = "a.b"},
        {.name = "a.b"},
        {.kind = Kind::set, .name = "a.b", .value = "5"},
        {.kind = Kind::set, .name = "fault.name", .value = "no", .success = false},
        {.kind = Kind::remove, .name = "a.b"},
    };
    EXPECT_EQ(log.rows(), expected);
}

}  // namespace
}  // namespace catchrule::trace
