// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/spike_arrest.hpp"

#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t max_rate = 1'000'000'000;  // no clock of ours tells such rates apart

StepResult refuse(StepContext& context, std::string_view code, FaultArguments arguments) {
    set_failed_flags(context.variables, SpikeArrest::prefix, context.policy, true);
    return policy_fault(code, context, arguments);
}

std::optional<SpikeRate> rate_of(const SpikeArrest& policy, const Variables& variables) {
    const auto from_ref = parse_spike_rate(text_of(variables, policy.rate_ref));
    return from_ref ? from_ref : policy.rate;
}

std::int64_t period_us(const SpikeRate& rate) {
    return rate.per_minute ? 60 * second_us : second_us;
}

}  // namespace

std::optional<SpikeRate> parse_spike_rate(std::string_view text) {
    text = trimmed(text);
    SpikeRate rate{.per_minute = text.ends_with("pm")};
    if (!rate.per_minute && !text.ends_with("ps")) return std::nullopt;
    text.remove_suffix(2);
    if (text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    const auto messages = parse_integer(text);
    if (!messages || *messages < 1 || *messages > max_rate) return std::nullopt;
    rate.messages = *messages;
    return rate;
}

StepResult execute(const SpikeArrest& policy, StepContext& context) {
    const auto rate = rate_of(policy, context.variables);
    const std::string given = text_of(context.variables, policy.rate_ref);
    if (!rate && !given.empty()) {
        return refuse(context, "policies.ratelimit.InvalidAllowedRate",
                      {{"rate", given}, {"policy", context.policy}});
    }
    if (!rate) {
        return refuse(context, "policies.ratelimit.FailedToResolveSpikeArrestRate",
                      {{"ref", policy.rate_ref}, {"policy", context.policy}});
    }
    const auto weight = weight_of(context.variables, policy.weight_ref);
    if (!weight) {
        return refuse(context, "policies.ratelimit.InvalidMessageWeight",
                      {{"weight", text_of(context.variables, policy.weight_ref)}});
    }
    return StoreQuery{SpikeQuery{
        .counter = counter_of(context),
        .identifier = identifier_of(context.variables, policy.identifier_ref),
        .messages = rate->messages,
        .period_us = period_us(*rate),
        .weight = *weight,
    }};
}

StepResult resume(const SpikeArrest& policy, StepContext& context, const StoreReply& reply) {
    const auto* answer = std::get_if<SpikeReply>(&reply);
    if (answer == nullptr) return Completed{};
    if (!answer->exceeded) {
        set_failed_flags(context.variables, SpikeArrest::prefix, context.policy, false);
        return Completed{};
    }
    const SpikeRate rate = rate_of(policy, context.variables).value_or(SpikeRate{1, false});
    const std::int64_t weight = weight_of(context.variables, policy.weight_ref).value_or(1);
    // Captures show the period of the text scaled by the weight (POLICIES 4.5).
    return refuse(context, "policies.ratelimit.SpikeArrestViolation",
                  {{"n", std::to_string(rate.messages)},
                   {"period", std::to_string(period_us(rate) * weight)}});
}

}  // namespace catchrule
