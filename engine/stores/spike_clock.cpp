// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/spike_clock.hpp"

#include <algorithm>

namespace catchrule {

namespace {

constexpr std::int64_t us_per_ms = 1000;
constexpr std::int64_t max_shut_us = 1'000'000'000'000'000;  // 31 years

std::int64_t interval_us(const SpikeQuery& query) {
    const std::int64_t messages = std::max<std::int64_t>(1, query.messages);
    const std::int64_t period = std::max<std::int64_t>(1, query.period_us);
    const std::int64_t weight = std::clamp<std::int64_t>(query.weight, 0, max_shut_us / period);
    return period * weight / messages;
}

}  // namespace

// A wall clock that was set back by more than the interval does not shut the door for good.
bool SpikeClock::ended(Millis now) const {
    const std::int64_t elapsed_us = now * us_per_ms - passed_us_;
    return elapsed_us >= shut_us_ || elapsed_us <= -shut_us_;
}

SpikeReply SpikeClock::pass(const SpikeQuery& query, Millis now) {
    if (!ended(now)) return {.exceeded = true};
    const std::int64_t interval = interval_us(query);
    if (interval > 0) {
        passed_us_ = now * us_per_ms;
        shut_us_ = interval;
    }
    return {};
}

}  // namespace catchrule
