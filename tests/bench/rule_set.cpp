// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/rule_set.hpp"

#include <charconv>
#include <stdexcept>

namespace catchrule::bench {
namespace {

constexpr std::size_t input_count = 64;

std::string numbered(std::string_view name, std::size_t number) {
    return std::string(name) + std::to_string(number);
}

Comparison fault_is(std::string name) { return {"fault.name", Compare::equals, std::move(name)}; }
Formula all(std::vector<Comparison> comparisons) { return {false, std::move(comparisons)}; }
Formula any(std::vector<Comparison> comparisons) { return {true, std::move(comparisons)}; }

Comparison path_of(std::size_t i) {
    return {"proxy.pathsuffix", Compare::matches_path, numbered("/v1/*/r", i)};
}

Formula mixed_condition(std::size_t i, bool ungated) {
    if (ungated && i % 20 == 19) return all({path_of(i)});
    const Comparison fault = fault_is(numbered("Fault", i));
    switch (i % 10) {
        case 6:
            return any({fault, fault_is(numbered("Alias", i))});
        case 7:
            return all({fault, path_of(i)});
        case 8:
            return all({fault, {"ratelimit.quota.exceed.count", Compare::greater, 0}});
        case 9:
            return all({fault,
                        {"request.header.user-agent", Compare::regex,
                         "agent/[0-9]+\\." + std::to_string(i % 7) + ".*"}});
        default:
            return all({fault});
    }
}

Input mixed_input(std::size_t rule, std::size_t n) {
    std::string fault = numbered(n % 16 == 6 ? "Alias" : "Fault", rule);
    if (n % 16 == 3) fault = "NoSuchFault";
    return {{"fault.name", std::move(fault)},
            {"proxy.pathsuffix", numbered(n % 5 == 0 ? "/v2/x/r" : "/v1/x/r", rule)},
            {"ratelimit.quota.exceed.count", static_cast<int>(n % 3)},
            {"request.header.user-agent", "agent/12." + std::to_string(rule % 7) + " (bench)"},
            {"flow.retries", static_cast<int>(n % 5)}};
}

std::vector<Formula> default_steps() {
    return {all({{"flow.handled", Compare::not_equals, "true"}}), {}};
}

}  // namespace

RuleSet seed_rules() {
    const auto counted = [](const char* policy) {
        return all({{"ratelimit." + std::string(policy) + ".exceed.count", Compare::greater, 0}});
    };
    const auto failed = [](const char* policy) {
        return all({{"ratelimit." + std::string(policy) + ".failed", Compare::equals, "true"}});
    };
    const Comparison invalid = fault_is("InvalidApiKey");
    const Comparison missing = fault_is("FailedToResolveAPIKey");
    RuleSet set;
    set.rules = {{"api_key_faults", any({invalid, missing}), {all({invalid}), all({missing})}},
                 {"no_routes_matched_rule",
                  any({fault_is("NoRoutesMatched"), fault_is("RouteFailed"), fault_is("NotFound")}),
                  {{}}},
                 {"quota_rule",
                  all({fault_is("QuotaViolation")}),
                  {counted("check_developer_quota"), counted("check_global_quota")}},
                 {"spike_arrest",
                  all({fault_is("SpikeArrestViolation")}),
                  {failed("spike_protection"), failed("revalidate_spike_protection")}}};
    set.default_steps = default_steps();
    constexpr const char* names[] = {"InvalidApiKey",  "FailedToResolveAPIKey", "RouteFailed",
                                     "QuotaViolation", "SpikeArrestViolation",  "ScriptExecution"};
    for (std::size_t n = 0; n < input_count; ++n) {
        set.inputs.push_back({{"fault.name", names[n % std::size(names)]},
                              {"ratelimit.check_developer_quota.exceed.count", int(n % 2)},
                              {"ratelimit.spike_protection.failed", n % 4 == 0 ? "true" : "false"},
                              {"flow.handled", n % 8 == 0 ? "true" : "false"}});
    }
    return set;
}

RuleSet mixed_rules(std::size_t count, bool ungated) {
    RuleSet set;
    for (std::size_t i = 0; i < count; ++i) {
        set.rules.push_back({numbered("rule_", i),
                             mixed_condition(i, ungated),
                             {{}, all({{"flow.retries", Compare::greater, 2}})}});
    }
    set.default_steps = default_steps();
    for (std::size_t n = 0; n < input_count; ++n) {
        set.inputs.push_back(mixed_input((n * count / input_count + n) % count, n));
    }
    return set;
}

RuleSet rule_set(std::string_view name) {
    if (name == "seed") return seed_rules();
    std::size_t count = 0;
    const char* end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data(), end, count);
    const bool ungated = rest != end && *rest == 'u';
    if (error != std::errc{} || count == 0 || rest + (ungated ? 1 : 0) != end) {
        throw std::invalid_argument("expected seed, a number such as 1000, or 1000u, found '" +
                                    std::string(name) + "'");
    }
    return mixed_rules(count, ungated);
}

}  // namespace catchrule::bench
