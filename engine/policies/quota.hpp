// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/step.hpp"

namespace catchrule {

/// Quota: how many calls an identifier may make in an interval. Vendor page "Quota policy";
/// POLICIES 4.4, SEM-19.
struct Quota {
    static constexpr std::string_view element = "Quota";
    static constexpr std::string_view prefix = "ratelimit";

    QuotaQuery::Kind kind = QuotaQuery::Kind::standard;
    std::int64_t allow_count = 2000;
    std::string allow_ref;  ///< wins when it resolves to an integer
    std::optional<std::int64_t> interval;
    std::string interval_ref;
    std::optional<QuotaQuery::Unit> unit;
    std::string unit_ref;
    std::string identifier_ref;  ///< empty = one counter, "_default"
    std::string weight_ref;
    Millis start = 0;  ///< StartTime of calendar
};

/// "minute", "Hours" etc. to a unit; none when unknown.
std::optional<QuotaQuery::Unit> parse_quota_unit(std::string_view text);

StepResult execute(const Quota& policy, StepContext& context);
StepResult resume(const Quota& policy, StepContext& context, const StoreReply& reply);

}  // namespace catchrule
