// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/step.hpp"

namespace catchrule {

/// `5ps`, `30pm`.
struct SpikeRate {
    std::int64_t messages = 0;
    bool per_minute = false;
};

/// None when `text` is not a positive integer followed by `ps` or `pm`.
std::optional<SpikeRate> parse_spike_rate(std::string_view text);

/// SpikeArrest: smooths traffic; one call per interval. Vendor page "SpikeArrest policy";
/// POLICIES 4.5, SEM-19.
struct SpikeArrest {
    static constexpr std::string_view element = "SpikeArrest";
    static constexpr std::string_view prefix = "ratelimit";

    std::optional<SpikeRate> rate;
    std::string rate_ref;  ///< wins when it resolves
    std::string identifier_ref;
    std::string weight_ref;
};

StepResult execute(const SpikeArrest& policy, StepContext& context);
StepResult resume(const SpikeArrest& policy, StepContext& context, const StoreReply& reply);

}  // namespace catchrule
