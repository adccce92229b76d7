// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/balancer.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace catchrule::proxy {
namespace {

using Algorithm = LoadBalancer::Algorithm;

TargetServer known(std::string name, bool enabled = true) {
    TargetServer server;
    server.name = std::move(name);
    server.host = server.name + ".example";
    server.enabled = enabled;
    return server;
}

LoadBalancer::Server member(std::string name, std::int64_t weight = 1, bool fallback = false) {
    return {.name = std::move(name), .weight = weight, .fallback = fallback};
}

class BalancerTest : public ::testing::Test {
protected:
    // The servers that so many calls go to, each of them ended at once.
    std::string run(int calls, bool failed = false) {
        std::string out;
        for (int i = 0; i < calls; ++i) {
            const auto pick = balancer_.begin(config_, {}, now_);
            if (!pick) return out + "-";
            out += pick->server->name;
            balancer_.ended(config_, pick->index, failed, now_);
        }
        return out;
    }

    Balancer balancer_{{known("a"), known("b"), known("c"), known("off", false)}};
    LoadBalancer config_;
    Balancer::Time now_{};
};

TEST_F(BalancerTest, round_robin) {
    config_.servers = {member("a"), member("b"), member("c")};
    EXPECT_EQ(run(7), "abcabca");
}

TEST_F(BalancerTest, weights_are_spread) {
    config_.algorithm = Algorithm::weighted;
    config_.servers = {member("a", 2), member("b", 1)};
    EXPECT_EQ(run(6), "abaaba");
    config_.servers = {member("a", 0), member("b", 1)};
    EXPECT_EQ(run(2), "bb");
}

TEST_F(BalancerTest, least_connections) {
    config_.algorithm = Algorithm::least_connections;
    config_.servers = {member("a"), member("b")};
    const auto first = balancer_.begin(config_, {}, now_);
    ASSERT_TRUE(first);
    EXPECT_EQ(run(3), first->server->name == "a" ? "bbb" : "aaa");
}

TEST_F(BalancerTest, servers_that_are_unknown_or_disabled_are_out) {
    config_.servers = {member("off"), member("gone"), member("b")};
    EXPECT_EQ(run(2), "bb");
    config_.servers = {member("off"), member("gone")};
    Balancer other({known("off", false)});
    EXPECT_FALSE(other.begin(config_, {}, now_));
}

TEST_F(BalancerTest, those_that_were_tried_are_left_out_and_the_fallback_is_last) {
    config_.servers = {member("c", 1, true), member("a"), member("b")};
    std::vector<std::size_t> tried;
    std::string order;
    while (const auto pick = balancer_.begin(config_, tried, now_)) {
        order += pick->server->name;
        EXPECT_EQ(pick->fallback, pick->server->name == "c");
        tried.push_back(pick->index);
        balancer_.ended(config_, pick->index, true, now_);
    }
    EXPECT_EQ(order, "abc");
}

TEST_F(BalancerTest, a_server_that_fails_too_often_is_out_for_a_while) {
    config_.servers = {member("a"), member("c", 1, true)};
    config_.max_failures = 2;
    EXPECT_EQ(run(2, true), "aa");
    EXPECT_EQ(run(2), "cc");
    now_ += server_out_time;
    EXPECT_EQ(run(1), "a");
}

TEST_F(BalancerTest, a_success_in_between_starts_the_count_anew) {
    config_.servers = {member("a")};
    config_.max_failures = 2;
    EXPECT_EQ(run(1, true) + run(1, false) + run(1, true) + run(1), "aaaa");
}

TEST_F(BalancerTest, without_max_failures_nothing_is_ever_out) {
    config_.servers = {member("a")};
    EXPECT_EQ(run(5, true), "aaaaa");
}

TEST_F(BalancerTest, may_be_used_by_several_threads) {
    config_.servers = {member("a"), member("b")};
    config_.algorithm = Algorithm::least_connections;
    {
        std::vector<std::jthread> threads;
        threads.reserve(4);
        for (int i = 0; i < 4; ++i) threads.emplace_back([this] { run(500); });
    }
    EXPECT_EQ(run(1).size(), 1U);
}

}  // namespace
}  // namespace catchrule::proxy
