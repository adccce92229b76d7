// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/rule_set.hpp"

#include <charconv>
#include <random>
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

// Chance that is the same everywhere: the standard fixes this engine, but no distribution.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}
    std::size_t below(std::size_t limit) { return engine_() % limit; }
    bool one_in(std::size_t count) { return below(count) == 0; }

private:
    std::mt19937_64 engine_;
};

Input mixed_input(std::size_t rule, Chance& chance) {
    std::string fault = numbered(chance.one_in(16) ? "Alias" : "Fault", rule);
    if (chance.one_in(16)) fault = "NoSuchFault";
    const char* path = chance.one_in(5) ? "/v2/x/r" : "/v1/x/r";
    const auto minor = std::to_string(chance.one_in(4) ? chance.below(7) : rule % 7);
    Input input{{"proxy.pathsuffix", numbered(path, rule)},
                {"ratelimit.quota.exceed.count", static_cast<int>(chance.below(3))},
                {"request.header.user-agent", "agent/12." + minor + " (bench)"},
                {"flow.retries", static_cast<int>(chance.below(5))}};
    if (!chance.one_in(32)) input.emplace_back("fault.name", std::move(fault));
    if (chance.one_in(4)) input.emplace_back("flow.handled", chance.one_in(2) ? "true" : "false");
    return input;
}

Input mixed_input_of_the_first() {
    return {{"fault.name", "Fault0"},
            {"proxy.pathsuffix", "/v1/x/none"},
            {"ratelimit.quota.exceed.count", 0},
            {"request.header.user-agent", "agent/12.0 (bench)"},
            {"flow.retries", 0}};
}

std::vector<Formula> default_steps() {
    return {all({{"flow.handled", Compare::not_equals, "true"}}), {}};
}

}  // namespace

RuleSet seed_rules(std::uint64_t seed) {
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
    Chance chance(seed);
    for (std::size_t n = 0; n < input_count; ++n) {
        const std::size_t fault = n == 0 ? 0 : chance.below(std::size(names));
        set.inputs.push_back(
            {{"fault.name", names[fault]},
             {"ratelimit.check_developer_quota.exceed.count", static_cast<int>(chance.below(2))},
             {"ratelimit.spike_protection.failed", chance.one_in(4) ? "true" : "false"},
             {"flow.handled", chance.one_in(8) ? "true" : "false"}});
    }
    return set;
}

RuleSet mixed_rules(std::size_t count, bool ungated, std::uint64_t seed) {
    RuleSet set;
    for (std::size_t i = 0; i < count; ++i) {
        set.rules.push_back({numbered("rule_", i),
                             mixed_condition(i, ungated),
                             {{}, all({{"flow.retries", Compare::greater, 2}})}});
    }
    set.default_steps = default_steps();
    Chance chance(seed);
    set.inputs.push_back(mixed_input_of_the_first());
    while (set.inputs.size() < input_count) {
        set.inputs.push_back(mixed_input(chance.below(count), chance));
    }
    return set;
}

RuleSet rule_set(std::string_view name, std::uint64_t seed) {
    if (name == "seed") return seed_rules(seed);
    std::size_t count = 0;
    const char* end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data(), end, count);
    const bool ungated = rest != end && *rest == 'u';
    if (error != std::errc{} || count == 0 || rest + (ungated ? 1 : 0) != end) {
        throw std::invalid_argument("expected seed, a number such as 1000, or 1000u, found '" +
                                    std::string(name) + "'");
    }
    return mixed_rules(count, ungated, seed);
}

}  // namespace catchrule::bench
