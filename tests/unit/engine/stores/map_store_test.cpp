// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/map_store.hpp"

#include <gtest/gtest.h>

namespace catchrule {
namespace {

using Kind = MapOperation::Kind;
using Values = std::vector<std::string>;

const std::vector<KeyValueMapData> given{
    {"config", "environment", false, {{"a", "1"}, {"b", "2"}}},
    {"secrets", "environment", true, {{"p", "hush"}}},
    {"config", "organization", false, {{"a", "other"}}},
};

class MapStoreTest : public ::testing::Test {
protected:
    MapStoreTest() { store_.replace(given); }

    std::optional<Values> get(const std::string& key, const std::string& map = "config",
                              const std::string& owner = "environment") {
        return store_.ask({owner, map, {{Kind::get, key, {}}}}).found.at(0);
    }
    MapReply write(Kind kind, const std::string& key, const Values& values) {
        return store_.ask({"environment", "config", {{kind, key, values}}});
    }

    MapStore store_;
};

TEST_F(MapStoreTest, KeepsOwnersAndMapsApart) {
    EXPECT_EQ(get("a"), Values{"1"});
    EXPECT_EQ(get("a", "config", "organization"), Values{"other"});
    EXPECT_EQ(get("a", "secrets"), std::nullopt);
    EXPECT_EQ(get("a", "nowhere"), std::nullopt);
}

TEST_F(MapStoreTest, SaysWhichMapIsEncrypted) {
    EXPECT_TRUE(store_.ask({"environment", "secrets", {{Kind::get, "p", {}}}}).encrypted);
    EXPECT_FALSE(store_.ask({"environment", "config", {{Kind::get, "a", {}}}}).encrypted);
}

TEST_F(MapStoreTest, WritesAsAsked) {
    write(Kind::put, "a", {"x", "y"});
    EXPECT_EQ(get("a"), (Values{"x", "y"}));
    write(Kind::put_absent, "a", {"z"});
    EXPECT_EQ(get("a"), (Values{"x", "y"}));
    write(Kind::remove, "a", {});
    EXPECT_EQ(get("a"), std::nullopt);
    write(Kind::seed, "a", {"seeded"});
    EXPECT_EQ(get("a"), std::nullopt);  // removed is removed
    write(Kind::put_absent, "a", {"z"});
    EXPECT_EQ(get("a"), Values{"z"});
    write(Kind::seed, "b", {"seeded"});
    EXPECT_EQ(get("b"), Values{"2"});
    write(Kind::seed, "c", {"seeded"});
    EXPECT_EQ(get("c"), Values{"seeded"});
}

TEST_F(MapStoreTest, DoesTheOperationsInOrder) {
    const MapReply reply = store_.ask({"environment",
                                       "config",
                                       {{Kind::get, "n", {}},
                                        {Kind::put, "n", {"1"}},
                                        {Kind::get, "n", {}},
                                        {Kind::remove, "n", {}},
                                        {Kind::get, "n", {}}}});
    ASSERT_EQ(reply.found.size(), 3U);
    EXPECT_EQ(reply.found[0], std::nullopt);
    EXPECT_EQ(reply.found[1], Values{"1"});
    EXPECT_EQ(reply.found[2], std::nullopt);
}

TEST_F(MapStoreTest, ANewEnvironmentLeavesWhatWasWritten) {
    write(Kind::put, "a", {"written"});
    write(Kind::remove, "b", {});
    store_.replace({{"config", "environment", false, {{"a", "new"}, {"b", "new"}, {"c", "new"}}}});
    EXPECT_EQ(get("a"), Values{"written"});
    EXPECT_EQ(get("b"), std::nullopt);
    EXPECT_EQ(get("c"), Values{"new"});
}

TEST_F(MapStoreTest, NamesThatRunIntoEachOtherAreDifferent) {
    store_.ask({"environment", "ab", {{Kind::put, "c", {"1"}}}});
    EXPECT_EQ(get("bc", "a"), std::nullopt);
    EXPECT_EQ(get("c", "b", "environmenta"), std::nullopt);
}

TEST_F(MapStoreTest, RefusesWhatIsTooLarge) {
    EXPECT_FALSE(write(Kind::put, std::string(MapStore::max_key_bytes, 'k'), {"v"}).full);
    EXPECT_TRUE(write(Kind::put, std::string(MapStore::max_key_bytes + 1, 'k'), {"v"}).full);
    EXPECT_FALSE(write(Kind::put, "k", {std::string(MapStore::max_value_bytes, 'v')}).full);
    EXPECT_TRUE(write(Kind::put, "l", {std::string(MapStore::max_value_bytes, 'v'), "w"}).full);
    EXPECT_EQ(get("l"), std::nullopt);
}

TEST(MapStore, ForgetsTheEntryNotUsedForLongest) {
    MapStore store(100'000);
    const auto put = [&](int i) {
        store.ask({"o", "m", {{Kind::put, std::to_string(i), {std::string(1000, 'x')}}}});
    };
    const auto has = [&](int i) {
        return store.ask({"o", "m", {{Kind::get, std::to_string(i), {}}}}).found[0].has_value();
    };
    for (int i = 0; i < 50; ++i) put(i);
    EXPECT_TRUE(has(0));
    for (int i = 50; i < 1000; ++i) {
        put(i);
        ASSERT_TRUE(has(0)) << i;  // used each time
        ASSERT_LE(store.bytes(), 100'000U);
    }
    EXPECT_FALSE(has(1));
    EXPECT_TRUE(has(999));
}

}  // namespace
}  // namespace catchrule
