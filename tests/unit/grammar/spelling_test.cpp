// SPDX-License-Identifier: Apache-2.0
#include "grammar/spelling.hpp"

#include <gtest/gtest.h>

namespace catchrule::grammar {
namespace {

struct Case {
    const char* a;
    const char* b;
    std::size_t distance;
};

constexpr Case cases[]{
    {"", "", 0},
    {"", "abc", 3},
    {"Equals", "equals", 0},
    {"Equls", "Equals", 1},
    {"Eqauls", "Equals", 1},
    {"RiaseFault", "RaiseFault", 1},
    {"abc", "xyz", 3},
    {"StartWith", "StartsWith", 1},
    {"ab", "ba", 1},
};

TEST(EditDistance, CountsSlips) {
    for (const Case& c : cases) {
        EXPECT_EQ(edit_distance(c.a, c.b), c.distance) << c.a << ' ' << c.b;
        EXPECT_EQ(edit_distance(c.b, c.a), c.distance) << c.b << ' ' << c.a;
    }
}

}  // namespace
}  // namespace catchrule::grammar
