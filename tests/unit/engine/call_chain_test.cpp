// SPDX-License-Identifier: Apache-2.0
#include "engine/call_chain.hpp"

#include <gtest/gtest.h>

#include "engine/target_call.hpp"

namespace catchrule {
namespace {

constexpr Millis start = 1'700'000'000'000;

Template text(Bundle& bundle, std::string_view source) {
    return *Template::parse(source, bundle.symbols).value;
}

// A proxy at `/name`. With `next` its target is the proxy of that path or name, else it has a null
// route and answers with what it was asked.
struct Plan {
    std::string name;
    std::string next_path;
    std::string next_name;
    bool fails = false;
};

int add_policy(Bundle& bundle, std::string name, PolicyConfig config) {
    Policy policy;
    policy.name = std::move(name);
    policy.config = std::move(config);
    bundle.policies.push_back(std::move(policy));
    return static_cast<int>(bundle.policies.size()) - 1;
}

std::shared_ptr<const Bundle> make(const Plan& plan) {
    auto bundle = std::make_shared<Bundle>();
    bundle->name = plan.name;
    ProxyEndpoint proxy;
    proxy.name = "default";
    proxy.base_path = "/" + plan.name;
    RouteRule route;
    Step step;
    if (plan.fails) {
        step.policy = "fail";
        step.policy_index = add_policy(*bundle, "fail", RaiseFault{});
        proxy.pre_flow.request.push_back(std::move(step));
    } else if (plan.next_path.empty() && plan.next_name.empty()) {
        AssignMessage answer;
        answer.operations.emplace_back(SetPayload{
            text(*bundle, "{apiproxy.name} {request.verb} {request.uri} {proxy.pathsuffix}"), {}});
        step.policy = "answer";
        step.policy_index = add_policy(*bundle, "answer", std::move(answer));
        proxy.post_flow.response.push_back(std::move(step));
    } else {
        route.target = "next";
        TargetEndpoint target;
        target.kind = EndpointKind::target;
        target.name = "next";
        target.local.emplace();
        if (!plan.next_path.empty()) target.local->path = text(*bundle, plan.next_path);
        if (!plan.next_name.empty()) target.local->api_proxy = text(*bundle, plan.next_name);
        bundle->targets.push_back(std::move(target));
    }
    proxy.routes.push_back(std::move(route));
    bundle->proxies.push_back(std::move(proxy));
    bundle->layout = std::make_unique<VariableLayout>(bundle->symbols);
    return bundle;
}

class CallChainTest : public ::testing::Test {
protected:
    void deploy(const std::vector<Plan>& plans) {
        for (const Plan& plan : plans) bundles_.push_back(make(plan));
    }

    LocalProxy find(const LocalCall& call) const {
        for (const auto& bundle : bundles_) {
            const bool named = !call.api_proxy.empty();
            const std::string path = call.path.substr(0, call.path.find('?'));
            if (named ? bundle->name == call.api_proxy : find_proxy(*bundle, path) != nullptr) {
                return {bundle, &bundle->proxies.front()};
            }
        }
        return {};
    }

    // The reply to a call of the first proxy.
    Message call(std::string_view uri, std::string verb = "GET") {
        CallChain chain({bundles_.front(), &bundles_.front()->proxies.front()}, {},
                        [this](const LocalCall& local) {
                            ++found_;
                            return find(local);
                        });
        chain.variables().request().verb = std::move(verb);
        chain.variables().request().set_uri(uri);
        Message reply = Message::response(0);
        Action action = chain.advance(Started{}, start);
        while (const auto* respond = std::get_if<Respond>(&action)) {
            reply = *respond->response;
            action = chain.advance(Responded{}, start);
        }
        EXPECT_TRUE(std::holds_alternative<Finished>(action));
        fault_ = chain.machine().fault() == nullptr ? "" : chain.machine().fault()->name;
        return reply;
    }

    std::vector<std::shared_ptr<const Bundle>> bundles_;
    std::string fault_;
    std::size_t found_ = 0;  // local calls that were begun
};

TEST_F(CallChainTest, by_path_the_other_proxy_is_found_as_for_a_client) {
    deploy({{.name = "outer", .next_path = "/inner/v1"}, {.name = "inner"}});
    EXPECT_EQ(call("/outer/x?q=1", "POST").content, "inner POST /inner/v1/x?q=1 /v1/x");
    EXPECT_EQ(fault_, "");
}

TEST_F(CallChainTest, by_name_suffix_and_query_follow_its_base_path) {
    deploy({{.name = "outer", .next_name = "inner"}, {.name = "inner"}});
    EXPECT_EQ(call("/outer/x?q=1").content, "inner GET /inner/x?q=1 /x");
    EXPECT_EQ(call("/outer").content, "inner GET /inner ");
}

TEST_F(CallChainTest, an_error_reply_is_the_reply_of_the_target) {
    deploy({{.name = "outer", .next_name = "inner"}, {.name = "inner", .fails = true}});
    const Message reply = call("/outer");
    EXPECT_EQ(fault_, "ErrorResponseCode");
    EXPECT_EQ(reply.status, 500);
    EXPECT_NE(reply.content.find("steps.raisefault.RaiseFault"), std::string::npos);
}

TEST_F(CallChainTest, a_proxy_that_is_not_there) {
    deploy({{.name = "outer", .next_name = "gone"}});
    EXPECT_EQ(call("/outer").status, 500);
    EXPECT_EQ(fault_, "TargetMissing");
}

// n proxies, each calling the next.
std::vector<Plan> row_of(std::size_t n) {
    std::vector<Plan> plans;
    for (std::size_t i = 0; i < n; ++i) {
        Plan plan{.name = "p" + std::to_string(i)};
        if (i + 1 < n) plan.next_name = "p" + std::to_string(i + 1);
        plans.push_back(std::move(plan));
    }
    return plans;
}

TEST_F(CallChainTest, chains_up_to_the_limit) {
    deploy(row_of(max_chained_proxies));
    EXPECT_EQ(call("/p0").status, 200);
}

TEST_F(CallChainTest, beyond_the_limit_is_a_fault_of_the_last_one) {
    deploy(row_of(max_chained_proxies + 1));
    const Message reply = call("/p0");
    EXPECT_EQ(reply.status, 500);
    EXPECT_NE(reply.content.find("TooManyChainedProxies"), std::string::npos);
}

// Ten callouts to itself in each call: 10^7 calls, unless something ends them.
TEST_F(CallChainTest, local_calls_do_not_multiply_without_end) {
    auto bundle = std::make_shared<Bundle>();
    bundle->name = "fan";
    ProxyEndpoint proxy;
    proxy.name = "default";
    proxy.base_path = "/fan";
    ServiceCallout callout;
    callout.response = "answer";
    callout.connection = LocalConnection{};
    std::get<LocalConnection>(callout.connection).path = text(*bundle, "/fan");
    const int index = add_policy(*bundle, "again", std::move(callout));
    bundle->policies.back().continue_on_error = true;
    for (int i = 0; i < 10; ++i) {
        Step& step = proxy.pre_flow.request.emplace_back();
        step.policy = "again";
        step.policy_index = index;
    }
    proxy.routes.emplace_back();
    bundle->proxies.push_back(std::move(proxy));
    bundle->layout = std::make_unique<VariableLayout>(bundle->symbols);
    bundles_.push_back(std::move(bundle));
    EXPECT_EQ(call("/fan").status, 200);
    EXPECT_EQ(found_, max_local_calls);
}

TEST_F(CallChainTest, a_proxy_that_calls_itself_ends) {
    deploy({{.name = "self", .next_name = "self"}});
    EXPECT_EQ(call("/self").status, 500);
}

}  // namespace
}  // namespace catchrule
