// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "engine/step.hpp"

namespace catchrule {

/// The spike arrest of one identifier: no counter, only when the last call passed and how long it
/// keeps the door shut. `30pm` is one call in 2 seconds, whatever came before; a call of weight w
/// shuts it w times as long; only calls that pass move the clock (POLICIES 4.5). Pure, not
/// thread-safe.
class SpikeClock {
public:
    SpikeReply pass(const SpikeQuery& query, Millis now);

    /// Whether the last call matters no more.
    bool ended(Millis now) const;

private:
    std::int64_t passed_us_ = 0;  ///< when the last call passed, in microseconds since 1970
    std::int64_t shut_us_ = 0;    ///< for how long since then; 0 = open
};

}  // namespace catchrule
