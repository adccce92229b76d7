// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/bounded_table.hpp"

#include <gtest/gtest.h>

namespace catchrule {
namespace {

struct Entry {
    int count = 0;
    std::int64_t end = 1000;
    bool ended(std::int64_t now) const { return now >= end; }
};

TEST(BoundedTable, KeepsUpToItsLimit) {
    BoundedTable<Entry> table(3);
    for (const char* name : {"a", "b", "c", "a", "b", "c"}) ++table.use(name, 0).count;
    EXPECT_EQ(table.size(), 3U);
    for (const char* name : {"a", "b", "c"}) EXPECT_EQ(table.use(name, 0).count, 2) << name;
}

TEST(BoundedTable, BeyondItsLimitForgetsTheOneNotUsedForLongest) {
    BoundedTable<Entry> table(3);
    for (const char* name : {"a", "b", "c", "a", "d"}) ++table.use(name, 0).count;
    EXPECT_EQ(table.size(), 3U);
    EXPECT_EQ(table.use("a", 0).count, 2);
    EXPECT_EQ(table.use("d", 0).count, 1);
    EXPECT_EQ(table.use("c", 0).count, 1);
    EXPECT_EQ(table.use("b", 0).count, 0);
}

TEST(BoundedTable, DropsEndedEntriesLittleByLittle) {
    BoundedTable<Entry> table(100);
    for (int i = 0; i < 10; ++i) table.use(std::to_string(i), 0);
    table.use("late", 1000).end = 9000;
    EXPECT_EQ(table.size(), 9U);
    for (int i = 0; i < 4; ++i) table.use("late", 1000);
    EXPECT_EQ(table.size(), 1U);
}

}  // namespace
}  // namespace catchrule
