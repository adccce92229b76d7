// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/xml/load_bundle.hpp"
#include "tests/bench/rule_set.hpp"

namespace catchrule::bench {

/// What was decided: the rule's place in the file (-1: none), and which steps of it and of the
/// default rule run, a bit each.
struct Verdict {
    std::int64_t rule = -1;
    std::uint64_t steps = 0;
    std::uint64_t default_steps = 0;
};

/// A rule set, loaded, with its inputs as variables.
class RulesEngine {
public:
    /// Throws when the rules do not load. Without `index` every rule is tried in turn.
    explicit RulesEngine(const RuleSet& set, bool index = true);

    std::size_t inputs() const { return inputs_.size(); }
    Verdict decide(std::size_t input) const;

    /// `17 3 1`, a line for each input: what all engines must print alike.
    std::string answers() const;

private:
    std::shared_ptr<const Bundle> bundle_;
    const FaultHandling* faults_ = nullptr;
    std::vector<std::unique_ptr<Variables>> inputs_;
};

}  // namespace catchrule::bench
