// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/quota.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

using Unit = QuotaQuery::Unit;

constexpr std::array<std::pair<std::string_view, Unit>, 7> unit_names{{
    {"second", Unit::second},
    {"minute", Unit::minute},
    {"hour", Unit::hour},
    {"day", Unit::day},
    {"week", Unit::week},
    {"month", Unit::month},
    {"year", Unit::year},
}};

StepResult refuse(StepContext& context, std::string_view code, FaultArguments arguments) {
    set_failed_flags(context.variables, Quota::prefix, context.policy, true);
    return policy_fault(code, context, arguments);
}

/// What of the policy counts for this call.
struct Limits {
    std::string class_name;
    std::int64_t allowed = 0;
    std::optional<std::int64_t> interval;
    std::optional<Unit> unit;
};

std::optional<std::int64_t> class_count(const Quota& policy, const std::string& name) {
    if (name.empty()) return std::nullopt;
    const auto row =
        std::ranges::find(policy.classes, name, &std::pair<std::string, std::int64_t>::first);
    return row == policy.classes.end() ? std::nullopt : std::optional(row->second);
}

Limits limits_of(const Quota& policy, const Variables& variables) {
    Limits out;
    const auto referenced = integer_of(variables, policy.allow_ref);
    out.allowed = referenced.value_or(policy.allow_count);
    out.interval = policy.interval;
    out.unit = policy.unit;
    if (!policy.of_product || referenced) {
        const auto interval = integer_of(variables, policy.interval_ref);
        if (interval && *interval > 0) out.interval = interval;
        if (const auto unit = parse_quota_unit(text_of(variables, policy.unit_ref)))
            out.unit = unit;
    }
    std::string name = text_of(variables, policy.class_ref);
    if (const auto count = class_count(policy, name)) {
        out.allowed = *count;
        out.class_name = std::move(name);
    }
    out.allowed = std::max<std::int64_t>(0, out.allowed);
    return out;
}

std::string counter_name(const Quota& policy, const StepContext& context) {
    if (policy.shared_name.empty()) return counter_of(context);
    std::string counter(context.proxy);
    return counter.append("//").append(policy.shared_name);  // no policy is called `/x`
}

/// Sets `ratelimit.{policy}.*`.
class Publisher {
public:
    explicit Publisher(StepContext& context) : variables_(context.variables), name_(Quota::prefix) {
        name_.append(".").append(context.policy).append(".");
        stem_ = name_.size();
    }

    void operator()(std::string_view suffix, const Value& value) {
        name_.resize(stem_);
        variables_.define(name_.append(suffix), value);
    }

    void counts(const std::string& group, const Limits& limits, const QuotaReply& answer) {
        const std::int64_t exceeded = answer.exceeded ? 1 : 0;
        const std::int64_t left = std::max<std::int64_t>(0, limits.allowed - answer.used);
        (*this)(group + "allowed.count", Value::long_integer(limits.allowed));
        (*this)(group + "used.count", Value::long_integer(answer.used));
        (*this)(group + "available.count", Value::long_integer(left));
        (*this)(group + "exceed.count", Value::long_integer(exceeded));
        (*this)(group + "total.exceed.count", Value::long_integer(exceeded));
    }

private:
    Variables& variables_;
    std::string name_;
    std::size_t stem_ = 0;
};

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
    Limits limits = limits_of(policy, context.variables);
    if (!limits.interval || *limits.interval < 1) {
        return refuse(context, "policies.ratelimit.FailedToResolveQuotaIntervalReference",
                      {{"ref", policy.interval_ref}, {"policy", context.policy}});
    }
    if (!limits.unit) {
        return refuse(context, "policies.ratelimit.FailedToResolveQuotaIntervalTimeUnitReference",
                      {{"ref", policy.unit_ref}, {"policy", context.policy}});
    }
    return StoreQuery{QuotaQuery{
        .counter = counter_name(policy, context),
        .identifier = identifier_of(context.variables, policy.identifier_ref),
        .class_name = std::move(limits.class_name),
        .allowed = limits.allowed,
        .weight = *weight,
        .mode = policy.mode,
        .interval = *limits.interval,
        .unit = *limits.unit,
        .kind = policy.kind,
        .start = policy.start,
    }};
}

StepResult resume(const Quota& policy, StepContext& context, const StoreReply& reply) {
    const auto* answer = std::get_if<QuotaReply>(&reply);
    if (answer == nullptr) return Completed{};
    const Limits limits = limits_of(policy, context.variables);
    const std::string identifier = identifier_of(context.variables, policy.identifier_ref);

    Publisher publish(context);
    publish.counts("", limits, *answer);
    publish("identifier", Value::text(identifier));
    if (policy.kind != QuotaQuery::Kind::rolling_window) {
        publish("expiry.time", Value::long_integer(answer->expiry));
    }
    if (!limits.class_name.empty()) {
        publish("class", Value::text(limits.class_name));
        publish.counts("class.", limits, *answer);
    }
    if (answer->exceeded && policy.mode != QuotaQuery::Mode::count_only) {
        return refuse(context, "policies.ratelimit.QuotaViolation", {{"identifier", identifier}});
    }
    set_failed_flags(context.variables, Quota::prefix, context.policy, false);
    return Completed{};
}

}  // namespace catchrule
