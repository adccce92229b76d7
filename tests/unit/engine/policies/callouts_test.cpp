// SPDX-License-Identifier: Apache-2.0
// KeyValueMapOperations, ServiceCallout and MessageLogging by hand: what they ask for, and what
// they do when nobody answers. tests/conformance/policies has the rest.
#include "engine/policies/key_value_map.hpp"
#include "engine/policies/message_logging.hpp"
#include "engine/policies/service_callout.hpp"
#include "tests/support/step_fixture.hpp"

namespace catchrule {
namespace {

using Kind = MapOperation::Kind;

class KeyValueMapTest : public testing::StepTest {
protected:
    MapQuery query() {
        StepContext step = context();
        const StepResult result = execute(policy_, step);
        const auto* asked = store_query(result);
        return asked == nullptr ? MapQuery{} : std::get<MapQuery>(*asked);
    }

    KeyValueMap policy_{
        .map_name = {},
        .operations = {
            {.kind = Kind::get, .key = {{.ref = "k", .text = "key"}}, .assign_to = "v"}}};
};

TEST_F(KeyValueMapTest, ItsScopeNamesTheOwner) {
    using Scope = KeyValueMap::Scope;
    const std::pair<Scope, std::string> cases[] = {{Scope::organization, "organization"},
                                                   {Scope::environment, "environment"},
                                                   {Scope::apiproxy, "apiproxy/weather"},
                                                   {Scope::policy, "apiproxy/weather/p"}};
    for (const auto& [scope, owner] : cases) {
        policy_.scope = scope;
        EXPECT_EQ(query().owner, owner);
    }
    EXPECT_EQ(query().map, "kvmap");
}

TEST_F(KeyValueMapTest, TextStandsInForAReference) {
    EXPECT_EQ(query().operations.at(0).key, "key");
    set("k", "from variable");
    EXPECT_EQ(query().operations.at(0).key, "from variable");
}

TEST_F(KeyValueMapTest, WithoutAStoreNothingIsSet) {
    StepContext step = context();
    EXPECT_TRUE(std::holds_alternative<Completed>(resume(policy_, step, StoreUnavailable{})));
    EXPECT_TRUE(variables_.snapshot().empty());
}

TEST_F(KeyValueMapTest, AnEntryTooLargeIsAFault) {
    StepContext step = context();
    MapReply reply;
    reply.found = {std::vector<std::string>{"1"}};
    reply.full = true;
    EXPECT_EQ(fault_name(resume(policy_, step, reply)), "UnsupportedOperationException");
    EXPECT_EQ(show("v"), "1");
    EXPECT_EQ(show("keyvaluemapoperations.p.failed"), "true");
}

class ServiceCalloutTest : public testing::StepTest {
protected:
    ServiceCalloutTest() {
        policy_.response = "r";
        HttpConnection http;
        http.url = text("http://s.example.com/x");
        policy_.connection = std::move(http);
    }
    StepResult run() {
        StepContext step = context();
        return execute(policy_, step);
    }

    ServiceCallout policy_;
};

TEST_F(ServiceCalloutTest, AsksForOneCall) {
    policy_.timeout_ms = 1234;
    const StepResult result = run();
    const auto& call = std::get<Callout>(std::get<StepRequest>(result));
    EXPECT_EQ(call.connection, &std::get<HttpConnection>(policy_.connection));
    EXPECT_EQ(call.url, "http://s.example.com/x");
    EXPECT_EQ(call.timeout_ms, 1234);
    EXPECT_TRUE(call.wait);
    EXPECT_FALSE(call.local);
    EXPECT_EQ(call.request.verb, "GET");
}

TEST_F(ServiceCalloutTest, EveryTransportFailureIsExecutionFailed) {
    for (const TargetFailure failure :
         {TargetFailure::refused, TargetFailure::reset, TargetFailure::name_not_found,
          TargetFailure::connect_timeout, TargetFailure::read_timeout,
          TargetFailure::unexpected_eof, TargetFailure::bad_reply, TargetFailure::tls_handshake,
          TargetFailure::no_active_server}) {
        StepContext step = context();
        const StepResult result = resume(policy_, step, failure);
        EXPECT_EQ(fault_name(result), "ExecutionFailed");
        EXPECT_TRUE(
            fault_text(result).starts_with("Execution of ServiceCallout p failed. Reason: "));
        EXPECT_EQ(variables_.message("r"), nullptr);
    }
}

TEST_F(ServiceCalloutTest, ALocalCallHasNoUrlOfItsOwn) {
    LocalConnection local;
    local.api_proxy = text("{which}");
    local.path = text("/y");
    policy_.connection = std::move(local);
    set("which", "helper");
    const StepResult result = run();
    const auto& call = std::get<Callout>(std::get<StepRequest>(result));
    EXPECT_EQ(call.connection, nullptr);
    ASSERT_TRUE(call.local);
    EXPECT_EQ(call.local->api_proxy, "helper");
    EXPECT_EQ(call.local->path, "/y");
}

class MessageLoggingTest : public testing::StepTest {};

TEST_F(MessageLoggingTest, ChangesNothingButItsFlags) {
    MessageLogging policy;
    policy.message = text("{request.verb}");
    policy.name = text("calls");
    StepContext step = context();
    const StepResult result = execute(policy, step);
    const auto& record = std::get<LogRecord>(std::get<StepRequest>(result));
    EXPECT_EQ(record.message, "GET");
    EXPECT_EQ(record.policy, "p");
    EXPECT_TRUE(variables_.snapshot().empty());
    EXPECT_TRUE(std::holds_alternative<Completed>(resume(policy, step, Logged{})));
    EXPECT_EQ(show("messagelogging.p.failed"), "false");
    EXPECT_EQ(variables_.snapshot().size(), 2U);
}

}  // namespace
}  // namespace catchrule
