// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/spike_clock.hpp"

#include <limits>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t minute_us = 60 * second_us;

struct Call {
    Millis now;
    bool passes;
    std::int64_t weight = 1;
};

TEST(SpikeClock, LetsOneCallThroughAnInterval) {
    struct Case {
        std::string_view name;
        std::int64_t messages, period_us;
        std::vector<Call> calls;
    };
    const Case cases[] = {
        {"5ps is 200 ms", 5, second_us, {{1000, true}, {1199, false}, {1200, true}, {1400, true}}},
        {"30pm is 2 s", 30, minute_us, {{1000, true}, {2999, false}, {3000, true}}},
        {"3ps is 333.3 ms", 3, second_us, {{1000, true}, {1333, false}, {1334, true}}},
        {"refused calls do not move the clock",
         1,
         second_us,
         {{0, true}, {900, false}, {999, false}, {1000, true}}},
        {"10pm of weight 5 is 2pm",
         10,
         minute_us,
         {{0, true, 5}, {29'999, false, 5}, {30'000, true, 5}}},
        {"weight 0 looks only",
         1,
         second_us,
         {{0, true, 0}, {0, true}, {500, false, 0}, {1000, true}}},
        {"faster than the clock", 1'000'000'000, second_us, {{5, true}, {5, true}}},
        {"1000ps is one a millisecond", 1000, second_us, {{5, true}, {5, false}, {6, true}}},
        {"a clock set back a little", 1, second_us, {{5000, true}, {4500, false}, {6000, true}}},
        {"a clock set back a lot", 1, second_us, {{5000, true}, {3000, true}, {3999, false}}},
    };
    for (const Case& c : cases) {
        SpikeClock clock;
        for (const Call& call : c.calls) {
            const SpikeQuery query{.counter = "c",
                                   .identifier = "i",
                                   .messages = c.messages,
                                   .period_us = c.period_us,
                                   .weight = call.weight};
            EXPECT_EQ(!clock.pass(query, call.now).exceeded, call.passes)
                << c.name << " at " << call.now;
        }
    }
}

TEST(SpikeClock, HugeWeightsDoNotOverflow) {
    SpikeClock clock;
    const SpikeQuery query{.counter = {},
                           .identifier = {},
                           .messages = 1,
                           .period_us = minute_us,
                           .weight = std::numeric_limits<std::int64_t>::max()};
    EXPECT_FALSE(clock.pass(query, 0).exceeded);
    EXPECT_TRUE(clock.pass(query, 1'000'000'000).exceeded);
}

}  // namespace
}  // namespace catchrule
