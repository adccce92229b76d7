// SPDX-License-Identifier: Apache-2.0
// The bundle `callouts` of this folder: calls on the way, load balancers, a proxy that calls
// itself.
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "tests/integration/gateway.hpp"

namespace catchrule::test {
namespace {

struct CalloutGateway {
    CalloutGateway()
        : gateway(std::string(CATCHRULE_BUNDLES) + "/callouts",
                  {"--environment", std::string(CATCHRULE_BUNDLES) + "/callouts-environment",
                   "--target-override", "side.example=127.0.0.1:" + std::to_string(target.port()),
                   "--target-override", "down.example=127.0.0.1:" + std::to_string(down.port())}) {}

    std::optional<HttpReply> get(std::string_view path) const {
        return HttpClient(gateway.port()).get(path);
    }

    ScriptedTarget target;
    Socket down = Socket::bound(-1);
    RunningGateway gateway;
};

TEST(Callouts, BringTheirReply) {
    const CalloutGateway at;
    const auto reply = at.get("/callouts/ask/missing");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 500);
    EXPECT_NE(reply->body.find("steps.servicecallout.ExecutionFailed"), std::string::npos);
    const auto good = at.get("/callouts/ask/ok");
    ASSERT_TRUE(good);
    EXPECT_EQ(good->status, 200);
    EXPECT_EQ(good->body, "ok");
    EXPECT_NE(at.target.last_request().find("X-Asked-By: callouts"), std::string::npos);
}

TEST(Callouts, EndWithTheirTime) {
    const CalloutGateway at;
    const auto begin = std::chrono::steady_clock::now();
    const auto reply = at.get("/callouts/ask/never");
    const auto took = std::chrono::steady_clock::now() - begin;
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 500);
    EXPECT_GE(took, std::chrono::milliseconds(290));
    EXPECT_LT(took, std::chrono::seconds(20));
}

TEST(Callouts, NobodyWaitsForOneWithoutAResponse) {
    const CalloutGateway at;
    const auto reply = at.get("/callouts/notify");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    for (int i = 0; i < 500 && at.target.requests() == 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_NE(at.target.last_request().find("X-Notified: yes"), std::string::npos);
}

TEST(LoadBalancers, GoOnWithTheNextServer) {
    const CalloutGateway at;
    for (int i = 0; i < 4; ++i) {
        const auto reply = at.get("/callouts/balanced/ok");
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, 200);
        EXPECT_EQ(reply->header("X-Server"), "up");
    }
    EXPECT_TRUE(at.target.last_request().starts_with("GET /api/balanced/ok HTTP/1.1"));
}

TEST(LoadBalancers, WithoutAServerAreAFault) {
    const CalloutGateway at;
    const auto reply = at.get("/callouts/none/ok");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 503);
    EXPECT_NE(reply->body.find("messaging.adaptors.http.flow.NoActiveTargets"), std::string::npos);
}

TEST(ChainedProxies, AnswerAsATarget) {
    const CalloutGateway at;
    const auto reply = at.get("/callouts/chained/x");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->body, "ok");
}

}  // namespace
}  // namespace catchrule::test
