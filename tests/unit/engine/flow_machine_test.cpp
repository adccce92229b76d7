// SPDX-License-Identifier: Apache-2.0
// What the machine does around the steps; what rules do to a fault is in conformance/flows.
#include "engine/flow_machine.hpp"

#include <gtest/gtest.h>

namespace catchrule {
namespace {

constexpr Millis start = 1'700'000'000'000;

class FlowMachineTest : public ::testing::Test {
protected:
    FlowMachineTest() {
        bundle_.name = "weather";
        ProxyEndpoint proxy;
        proxy.name = "default";
        proxy.base_path = "/w";
        RouteRule route;
        route.name = "to-target";
        route.target = "backend";
        proxy.routes.push_back(std::move(route));
        bundle_.proxies.push_back(std::move(proxy));
        TargetEndpoint target;
        target.kind = EndpointKind::target;
        target.name = "backend";
        target.http.url = text("http://backend.example:81/v1");
        bundle_.targets.push_back(std::move(target));
    }

    Template text(std::string_view source) {
        return *Template::parse(source, bundle_.symbols).value;
    }

    ProxyEndpoint& proxy() { return bundle_.proxies.front(); }
    TargetEndpoint& target() { return bundle_.targets.front(); }

    Step step(const std::string& name, PolicyConfig config) {
        Policy policy;
        policy.name = name;
        policy.config = std::move(config);
        bundle_.policies.push_back(std::move(policy));
        Step made;
        made.policy = name;
        made.policy_index = static_cast<int>(bundle_.policies.size()) - 1;
        return made;
    }

    // Assigns what `source` reads to variable `name`.
    Step assign(const std::string& name, std::string_view source) {
        AssignVariable assignment;
        assignment.name = name;
        assignment.text = text(source);
        AssignMessage config;
        config.operations.emplace_back(assignment);
        config.ignore_unresolved = true;
        return step("set-" + name, std::move(config));
    }

    void begin(std::string_view uri = "/w/x?q=1") {
        bundle_.layout = std::make_unique<VariableLayout>(bundle_.symbols);
        variables_ = std::make_unique<Variables>(*bundle_.layout);
        variables_->request().set_uri(uri);
        variables_->request().headers.add("Host", "api.example");
        CallOptions options;
        options.client_ip = "10.0.0.9";
        options.client_port = 4711;
        options.client_scheme = "https";
        options.host = "10.0.0.1";
        options.port = 8443;
        machine_ = std::make_unique<FlowMachine>(bundle_, proxy(), *variables_, options);
        action_ = machine_->advance(Started{}, start);
    }

    void reply(int status, Millis now = start) {
        action_ = machine_->advance(
            TargetReplied{.response = Message::response(status), .ip = "192.0.2.7"}, now);
    }

    std::string show(std::string_view name) const {
        const Value value = variables_->get(name);
        return value.is_null() ? "(unset)" : value.to_text();
    }
    std::string fault() const {
        return machine_->fault() == nullptr ? "" : machine_->fault()->name;
    }
    int status() const {
        const auto* respond = std::get_if<Respond>(&action_);
        return respond == nullptr ? 0 : respond->response->status;
    }

    Bundle bundle_;
    std::unique_ptr<Variables> variables_;
    std::unique_ptr<FlowMachine> machine_;
    Action action_;
};

TEST_F(FlowMachineTest, tells_where_a_call_comes_from_and_goes_to) {
    target().pre_flow.name = "before-target";
    begin();
    ASSERT_TRUE(std::holds_alternative<CallTarget>(action_));
    EXPECT_EQ(std::get<CallTarget>(action_).url, "http://backend.example:81/v1/x?q=1");
    EXPECT_EQ(show("proxy.url"), "https://api.example/w/x?q=1");
    EXPECT_EQ(show("client.scheme"), "https");
    EXPECT_EQ(show("client.port"), "4711");
    EXPECT_EQ(show("client.host"), "10.0.0.1");
    EXPECT_EQ(show("virtualhost.port"), "8443");
    EXPECT_EQ(show("organization.name"), "local");
    EXPECT_EQ(show("route.name"), "to-target");
    EXPECT_EQ(show("target.url"), "http://backend.example:81/v1");
    EXPECT_EQ(show("target.port"), "81");
    EXPECT_EQ(show("target.ip"), "(unset)");
    reply(200, start + 5);
    EXPECT_EQ(show("target.ip"), "192.0.2.7");
    EXPECT_EQ(show("target.sent.start.timestamp"), std::to_string(start));
    EXPECT_EQ(show("target.received.end.timestamp"), std::to_string(start + 5));
    EXPECT_EQ(status(), 200);
}

TEST_F(FlowMachineTest, names_the_flows_it_is_in) {
    proxy().pre_flow.name = "pre";
    proxy().pre_flow.request.push_back(assign("a", "{proxy.flow.name} {current.flow.name}"));
    target().post_flow.name = "post";
    target().post_flow.request.push_back(assign("b", "{target.flow.name} {current.flow.name}"));
    begin();
    EXPECT_EQ(show("a"), "pre pre");
    EXPECT_EQ(show("b"), "post post");
}

struct TimeoutCase {
    const char* limit;
    Millis answered;  // after the start
    const char* fault;
};

const TimeoutCase timeout_cases[] = {
    {"100", 99, ""},  {"100", 100, "APITimedOut"}, {"", 1'000'000, ""}, {"0", 1000, ""},
    {"-5", 1000, ""}, {"soon", 1000, ""},
};

// A policy of the response flow runs after the target has answered.
TEST_F(FlowMachineTest, the_time_of_a_call_is_looked_at_after_a_policy) {
    target().pre_flow.response.push_back(assign("a", "x"));
    for (const TimeoutCase& test : timeout_cases) {
        SCOPED_TRACE(std::string(test.limit) + " " + std::to_string(test.answered));
        proxy().properties["api.timeout"] = test.limit;
        begin();
        reply(200, start + test.answered);
        EXPECT_EQ(fault(), test.fault);
        EXPECT_EQ(status(), *test.fault == '\0' ? 200 : 504);
    }
}

TEST_F(FlowMachineTest, the_time_of_a_call_is_looked_at_before_the_target_is_called) {
    Quota quota;
    quota.interval = 1;
    quota.unit = QuotaQuery::Unit::minute;
    proxy().pre_flow.request.push_back(step("quota", quota));
    proxy().properties["api.timeout"] = "100";
    begin();
    ASSERT_TRUE(std::holds_alternative<AskStore>(action_));
    action_ = machine_->advance(StoreAnswered{QuotaReply{.used = 1}}, start + 100);
    EXPECT_EQ(fault(), "APITimedOut");
}

TEST_F(FlowMachineTest, a_target_url_of_a_policy_needs_a_path) {
    target().pre_flow.request.push_back(assign("target.url", "http://other.example"));
    begin("/w");
    EXPECT_EQ(fault(), "EmptyPath");
    EXPECT_EQ(status(), 500);
    begin("/w/x");
    EXPECT_EQ(std::get<CallTarget>(action_).url, "http://other.example/x");
}

TEST_F(FlowMachineTest, a_route_to_a_target_that_is_not_there) {
    proxy().routes.front().target = "gone";
    begin();
    EXPECT_EQ(fault(), "TargetMissing");
    EXPECT_EQ(machine_->fault()->text, "The target endpoint gone is missing");
}

TEST_F(FlowMachineTest, runs_both_parts_of_the_post_client_flow) {
    proxy().post_client_flow.name = "PostClientFlow";
    proxy().post_client_flow.request.push_back(assign("a", "{message.status.code}"));
    proxy().post_client_flow.response.push_back(step("stop", RaiseFault{}));
    proxy().post_client_flow.response.push_back(
        assign("b", "{current.flow.name} {response.status.code:none} {a}"));
    begin();
    reply(201);
    ASSERT_EQ(status(), 201);
    action_ = machine_->advance(Responded{}, start + 7);
    EXPECT_TRUE(std::holds_alternative<Finished>(action_));
    EXPECT_EQ(show("a"), "201");
    EXPECT_EQ(show("b"), "PostClientFlow 201 201");
    EXPECT_EQ(show("client.sent.end.timestamp"), std::to_string(start + 7));
    EXPECT_EQ(fault(), "");

    begin();
    reply(404);
    ASSERT_EQ(status(), 404);
    action_ = machine_->advance(Responded{}, start);
    EXPECT_EQ(show("b"), "PostClientFlow none 404");
}

TEST_F(FlowMachineTest, a_time_limit_of_the_post_client_flow_there_is_not) {
    proxy().properties["api.timeout"] = "100";
    proxy().post_client_flow.response.push_back(assign("a", "1"));
    proxy().post_client_flow.response.push_back(assign("b", "2"));
    begin();
    reply(200);
    action_ = machine_->advance(Responded{}, start + 1000);
    EXPECT_EQ(show("b"), "2");
}

TEST_F(FlowMachineTest, a_raise_fault_that_continues_drops_its_response) {
    RaiseFault raise;
    raise.response.emplace_back(SetStatusCode{text("418")});
    Step raising = step("raise", std::move(raise));
    bundle_.policies.back().continue_on_error = true;
    proxy().post_flow.response.push_back(std::move(raising));
    begin();
    reply(200);
    EXPECT_EQ(status(), 200);
    EXPECT_EQ(fault(), "");
    EXPECT_EQ(show("raisefault.raise.failed"), "true");
    EXPECT_EQ(show("fault.name"), "RaiseFault");
}

}  // namespace
}  // namespace catchrule
