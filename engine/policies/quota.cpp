// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/quota.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

using Unit = QuotaQuery::Unit;

constexpr std::array<std::pair<std::string_view, Unit>, 6> unit_names{{
    {"second", Unit::second},
    {"minute", Unit::minute},
    {"hour", Unit::hour},
    {"day", Unit::day},
    {"week", Unit::week},
    {"month", Unit::month},
}};

StepResult refuse(StepContext& context, std::string_view code, FaultArguments arguments) {
    set_failed_flags(context.variables, Quota::prefix, context.policy, true);
    return policy_fault(code, context, arguments);
}

std::int64_t allowed_count(const Quota& policy, const Variables& variables) {
    return integer_of(variables, policy.allow_ref).value_or(policy.allow_count);
}

std::optional<std::int64_t> interval_of(const Quota& policy, const Variables& variables) {
    const auto from_ref = integer_of(variables, policy.interval_ref);
    return from_ref && *from_ref > 0 ? from_ref : policy.interval;
}

std::optional<Unit> unit_of(const Quota& policy, const Variables& variables) {
    const auto from_ref = parse_quota_unit(text_of(variables, policy.unit_ref));
    return from_ref ? from_ref : policy.unit;
}

}  // namespace

std::optional<Unit> parse_quota_unit(std::string_view text) {
    std::string word(trimmed(text));
    for (char& c : word) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (word.ends_with('s')) word.pop_back();
    const auto* row =
        std::ranges::find(unit_names, word, &std::pair<std::string_view, Unit>::first);
    if (row == unit_names.end()) return std::nullopt;
    return row->second;
}

StepResult execute(const Quota& policy, StepContext& context) {
    const auto weight = weight_of(context.variables, policy.weight_ref);
    if (!weight) {
        return refuse(context, "policies.ratelimit.InvalidMessageWeight",
                      {{"weight", text_of(context.variables, policy.weight_ref)}});
    }
    const auto interval = interval_of(policy, context.variables);
    if (!interval || *interval < 1) {
        return refuse(context, "policies.ratelimit.FailedToResolveQuotaIntervalReference",
                      {{"ref", policy.interval_ref}, {"policy", context.policy}});
    }
    const auto unit = unit_of(policy, context.variables);
    if (!unit) {
        return refuse(context, "policies.ratelimit.FailedToResolveQuotaIntervalTimeUnitReference",
                      {{"ref", policy.unit_ref}, {"policy", context.policy}});
    }
    return StoreQuery{QuotaQuery{
        .counter = counter_of(context),
        .identifier = identifier_of(context.variables, policy.identifier_ref),
        .allowed = std::max<std::int64_t>(0, allowed_count(policy, context.variables)),
        .weight = *weight,
        .interval = *interval,
        .unit = *unit,
        .kind = policy.kind,
        .start = policy.start,
    }};
}

StepResult resume(const Quota& policy, StepContext& context, const StoreReply& reply) {
    const auto* answer = std::get_if<QuotaReply>(&reply);
    if (answer == nullptr) return Completed{};
    Variables& variables = context.variables;
    const std::int64_t allowed = std::max<std::int64_t>(0, allowed_count(policy, variables));
    const std::string identifier = identifier_of(variables, policy.identifier_ref);

    std::string name(Quota::prefix);
    name.append(".").append(context.policy).append(".");
    const std::size_t stem = name.size();
    const auto publish = [&](std::string_view suffix, const Value& value) {
        name.resize(stem);
        variables.define(name.append(suffix), value);
    };
    const std::int64_t exceeded = answer->exceeded ? 1 : 0;
    publish("allowed.count", Value::long_integer(allowed));
    publish("used.count", Value::long_integer(answer->used));
    publish("available.count",
            Value::long_integer(std::max<std::int64_t>(0, allowed - answer->used)));
    publish("exceed.count", Value::long_integer(exceeded));
    publish("total.exceed.count", Value::long_integer(exceeded));
    publish("identifier", Value::text(identifier));
    if (policy.kind != QuotaQuery::Kind::rolling_window) {
        publish("expiry.time", Value::long_integer(answer->expiry));
    }
    if (answer->exceeded) {
        return refuse(context, "policies.ratelimit.QuotaViolation", {{"identifier", identifier}});
    }
    set_failed_flags(variables, Quota::prefix, context.policy, false);
    return Completed{};
}

}  // namespace catchrule
