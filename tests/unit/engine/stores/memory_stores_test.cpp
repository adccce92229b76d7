// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/memory_stores.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

Environment one_key(const std::string& key) {
    Environment out;
    out.products = {{.name = "free"}};
    out.apps = {{.name = "app", .credentials = {{.key = key, .products = {{.name = "free"}}}}}};
    return out;
}

KeyQuery key_query(const std::string& key) { return {key, "weather", "test", "/"}; }

QuotaQuery quota(std::string counter, std::string identifier, std::int64_t allowed = 1) {
    QuotaQuery query;
    query.counter = std::move(counter);
    query.identifier = std::move(identifier);
    query.allowed = allowed;
    query.kind = QuotaQuery::Kind::flexi;
    return query;
}

bool passes(MemoryStores& stores, const StoreQuery& query, Millis now) {
    const StoreReply reply = stores.ask(query, now);
    if (const auto* quota = std::get_if<QuotaReply>(&reply)) return !quota->exceeded;
    if (const auto* spike = std::get_if<SpikeReply>(&reply)) return !spike->exceeded;
    return std::get<KeyReply>(reply).fault_code.empty();
}

TEST(MemoryStores, AnswersEveryQuestion) {
    MemoryStores stores(one_key("k1"));
    EXPECT_TRUE(passes(stores, key_query("k1"), 0));
    EXPECT_FALSE(passes(stores, key_query("k2"), 0));
    EXPECT_TRUE(passes(stores, quota("a", "x"), 0));
    EXPECT_FALSE(passes(stores, quota("a", "x"), 0));
    EXPECT_TRUE(passes(stores, SpikeQuery{.counter = "a", .identifier = "x"}, 0));
    EXPECT_FALSE(passes(stores, SpikeQuery{.counter = "a", .identifier = "x"}, 999));
    EXPECT_TRUE(passes(stores, SpikeQuery{.counter = "a", .identifier = "x"}, 1000));
}

TEST(MemoryStores, KeepsPoliciesAndIdentifiersApart) {
    MemoryStores stores;
    EXPECT_TRUE(passes(stores, quota("a", "x"), 0));
    EXPECT_TRUE(passes(stores, quota("a", "y"), 0));
    EXPECT_TRUE(passes(stores, quota("b", "x"), 0));
    QuotaQuery hourly = quota("a", "x");
    hourly.unit = QuotaQuery::Unit::hour;
    EXPECT_TRUE(passes(stores, hourly, 0));
    EXPECT_FALSE(passes(stores, quota("a", "x"), 0));
}

TEST(MemoryStores, ReplacingKeysKeepsCounters) {
    MemoryStores stores(one_key("k1"));
    EXPECT_TRUE(passes(stores, quota("a", "x"), 0));
    stores.replace(one_key("k2"));
    EXPECT_FALSE(passes(stores, key_query("k1"), 0));
    EXPECT_TRUE(passes(stores, key_query("k2"), 0));
    EXPECT_FALSE(passes(stores, quota("a", "x"), 0));
}

TEST(MemoryStores, ForgetsTheOldestIdentifierBeyondItsLimit) {
    MemoryStores stores;
    const auto used_after = [&](std::size_t others) {
        passes(stores, quota(std::to_string(others), "first", 9), 0);
        for (std::size_t i = 0; i < others; ++i) {
            passes(stores, quota(std::to_string(others), std::to_string(i)), 0);
        }
        return std::get<QuotaReply>(stores.ask(quota(std::to_string(others), "first", 9), 0)).used;
    };
    EXPECT_EQ(used_after(MemoryStores::max_identifiers - 1), 2);
    EXPECT_EQ(used_after(MemoryStores::max_identifiers), 1);
}

TEST(MemoryStores, CountsExactlyUnderEightThreads) {
    constexpr int threads = 8;
    constexpr int calls = 2000;
    constexpr int allowed = 5000;
    MemoryStores stores(one_key("k1"));
    std::atomic<int> quota_passed = 0;
    std::atomic<int> spike_passed = 0;
    std::atomic<int> keys_found = 0;
    std::vector<std::thread> running;
    running.reserve(threads);
    for (int thread = 0; thread < threads; ++thread) {
        running.emplace_back([&, thread] {
            for (int call = 0; call < calls; ++call) {
                if (passes(stores, quota("a", "x", allowed), 0)) ++quota_passed;
                if (passes(stores, SpikeQuery{.counter = "a", .identifier = "x"}, 0))
                    ++spike_passed;
                if (passes(stores, key_query("k1"), 0)) ++keys_found;
                if (thread == 0 && call % 100 == 0) stores.replace(one_key("k1"));
            }
        });
    }
    for (std::thread& thread : running) thread.join();
    EXPECT_EQ(quota_passed, allowed);
    EXPECT_EQ(spike_passed, 1);
    EXPECT_EQ(keys_found, threads * calls);
}

}  // namespace
}  // namespace catchrule
