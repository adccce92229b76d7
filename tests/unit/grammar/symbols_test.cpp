// SPDX-License-Identifier: Apache-2.0
#include "grammar/symbols.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace catchrule::grammar {
namespace {

TEST(Symbols, GivesDenseSlots) {
    Symbols symbols;
    EXPECT_EQ(symbols.intern("a.b"), 0U);
    EXPECT_EQ(symbols.intern("A.b"), 1U);  // names are case-sensitive
    EXPECT_EQ(symbols.intern("a.b"), 0U);
    EXPECT_EQ(symbols.size(), 2U);
    EXPECT_EQ(symbols.name(1), "A.b");
    EXPECT_EQ(symbols.find("a.b"), 0U);
    EXPECT_EQ(symbols.find("a"), std::nullopt);
}

TEST(Symbols, KeepsNamesWhenItGrowsAndMoves) {
    Symbols symbols;
    for (int i = 0; i < 1000; ++i) symbols.intern("v" + std::to_string(i));
    const Symbols moved = std::move(symbols);
    for (Slot i = 0; i < 1000; ++i) {
        const std::string name = "v" + std::to_string(i);
        EXPECT_EQ(moved.find(name), i);
        EXPECT_EQ(moved.name(i), name);
    }
}

}  // namespace
}  // namespace catchrule::grammar
