// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/semantics.hpp"
#include "tests/simulation/random_condition.hpp"
#include "tests/support/bundle_folder.hpp"

namespace catchrule::testing {

/// What the referee must know of the fault handling of an endpoint.
struct PlannedRules {
    struct Rule {
        std::string name;
        std::optional<Condition> condition;
    };

    std::vector<Rule> rules;               ///< in document order
    std::optional<EvaluationOrder> order;  ///< the attribute
    bool has_default = false;
    bool always_enforce = false;
    std::optional<Condition> default_condition;
};

/// A bundle as text, and what we know of it without having loaded it. The first letter of a
/// policy's name says where it is attached: `f` in the flows of the endpoints or a shared flow that
/// these call, `r` in a fault rule, `d` and `e` in the default rule of the proxy and of a target,
/// `c` in PostClientFlow. Conditions of rules read only what the policies r, d, e and c leave
/// alone.
struct RandomBundle {
    BundleText files;
    std::map<std::string, BundleText> shared_flows;

    PlannedRules proxy;
    std::map<std::string, PlannedRules> targets;  ///< by name
    /// Of each policy: whether its failure is no fault.
    std::map<std::string, bool> continues;
    /// Fault rule or shared flow of a policy `r...`.
    std::map<std::string, std::string> owner;
    /// Shared flow that a FlowCallout calls.
    std::map<std::string, std::string> calls;
    /// All steps of all lists, with those of shared flows each time they are called: no call can
    /// take more.
    std::size_t steps = 0;
};

RandomBundle random_bundle(std::uint64_t seed);

}  // namespace catchrule::testing
