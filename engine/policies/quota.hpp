// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/step.hpp"

namespace catchrule {

/// Quota: how many calls an identifier may make in an interval. Vendor page "Quota policy";
/// POLICIES 4.4, SEM-19, SEM-83 to SEM-85.
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

    /// The three references are an API product's and count together: without a limit, the literals
    /// of DefaultConfig do.
    bool of_product = false;

    /// `<Class>`: counts of their own for some values of a variable.
    std::string class_ref;
    std::vector<std::pair<std::string, std::int64_t>> classes;

    std::string shared_name;  ///< policies of one name share their counters; empty = its own
    QuotaQuery::Mode mode = QuotaQuery::Mode::count_and_enforce;
};

/// "minute", "Hours" etc. to a unit; none when unknown.
std::optional<QuotaQuery::Unit> parse_quota_unit(std::string_view text);

StepResult execute(const Quota& policy, StepContext& context);
StepResult resume(const Quota& policy, StepContext& context, const StoreReply& reply);

}  // namespace catchrule
