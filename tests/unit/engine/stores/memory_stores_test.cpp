// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/memory_stores.hpp"

#include <array>
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

TEST(MemoryStores, LongIdentifiersAreStillKeptApart) {
    MemoryStores stores;
    const std::string stem(100'000, 'x');
    EXPECT_TRUE(passes(stores, quota("a", stem + "1"), 0));
    EXPECT_TRUE(passes(stores, quota("a", stem + "2"), 0));
    EXPECT_FALSE(passes(stores, quota("a", stem + "1"), 0));
    EXPECT_TRUE(passes(stores, SpikeQuery{.counter = "a", .identifier = stem + "1"}, 0));
    EXPECT_TRUE(passes(stores, SpikeQuery{.counter = "a", .identifier = stem + "2"}, 0));
    EXPECT_FALSE(passes(stores, SpikeQuery{.counter = "a", .identifier = stem + "1"}, 0));
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

// Windows of each kind, calls of several weights, one counter that is only counted, and maps: exact
// whatever the threads do. The clock stands still.
TEST(MemoryStores, EveryKindCountsExactlyUnderEightThreads) {
    using Kind = QuotaQuery::Kind;
    constexpr int threads = 8;
    constexpr int calls = 300;
    constexpr Millis now = 1'700'000'000'000;
    constexpr std::array kinds{Kind::standard, Kind::calendar, Kind::flexi, Kind::rolling_window};
    MemoryStores stores;
    std::array<std::atomic<int>, kinds.size()> weight_passed{};
    std::atomic<int> spikes_passed = 0;
    const auto use = [&](int thread) {
        for (int call = 0; call < calls; ++call) {
            for (std::size_t i = 0; i < kinds.size(); ++i) {
                QuotaQuery query = quota("kinds", "x", 1001);
                query.kind = kinds[i];
                query.weight = 1 + (call + thread) % 3;
                if (passes(stores, query, now)) weight_passed[i] += static_cast<int>(query.weight);
            }
            QuotaQuery counted = quota("counted", "x", 1);
            counted.mode = QuotaQuery::Mode::count_only;
            stores.ask(counted, now);
            const std::string own = std::to_string(thread);
            stores.ask(MapQuery{"o", "m", {{MapOperation::Kind::put, own, {own}}}}, now);
            if (passes(stores, SpikeQuery{.counter = "s", .identifier = own}, now)) ++spikes_passed;
        }
    };
    std::vector<std::thread> running;
    running.reserve(threads);
    for (int thread = 0; thread < threads; ++thread) running.emplace_back(use, thread);
    for (std::thread& thread : running) thread.join();

    for (const auto& passed : weight_passed) EXPECT_EQ(passed, 1001);
    QuotaQuery look = quota("counted", "x", 1);
    look.weight = 0;
    EXPECT_EQ(std::get<QuotaReply>(stores.ask(look, now)).used, threads * calls);
    EXPECT_EQ(spikes_passed, threads);  // one for each identifier
    for (int thread = 0; thread < threads; ++thread) {
        const std::string own = std::to_string(thread);
        const StoreReply reply =
            stores.ask(MapQuery{"o", "m", {{MapOperation::Kind::get, own, {}}}}, now);
        EXPECT_EQ(std::get<MapReply>(reply).found.at(0), std::vector<std::string>{own});
    }
}

}  // namespace
}  // namespace catchrule
