// SPDX-License-Identifier: Apache-2.0
#include "engine/random.hpp"

#include <array>
#include <limits>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

// The published first numbers of splitmix64 for the seed 1234567.
static_assert(Random(1234567).next() == 6457827717110365317U);

TEST(Random, FollowsItsSeed) {
    Random random(1234567);
    for (const std::uint64_t expected :
         {6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U}) {
        EXPECT_EQ(random.next(), expected);
    }
    random.seed(1234567);
    EXPECT_EQ(random.next(), 6457827717110365317U);
}

TEST(Random, StaysBelowABound) {
    Random random(1);
    EXPECT_EQ(random.below(0), 0U);
    EXPECT_EQ(random.below(1), 0U);
    std::array<int, 6> thrown{};
    for (int i = 0; i < 6000; ++i) ++thrown.at(random.below(6));
    for (const int count : thrown) EXPECT_NEAR(count, 1000, 120);
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    for (int i = 0; i < 100; ++i) EXPECT_LT(random.below(most / 3 * 2), most / 3 * 2);
}

}  // namespace
}  // namespace catchrule
