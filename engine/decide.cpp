// SPDX-License-Identifier: Apache-2.0
#include "engine/decide.hpp"

#include <algorithm>
#include <numeric>

namespace catchrule {
namespace {

bool holds(const FaultRule& rule, const Variables& variables,
           const grammar::ComparisonRules& rules) {
    return !rule.condition || evaluate(rule.condition->program, variables, rules);
}

}  // namespace

EvaluationOrder evaluation_order(const FaultHandling& faults, EndpointKind kind,
                                 const Semantics& semantics) {
    return faults.order ? *faults.order : semantics.default_order(kind);
}

std::vector<std::size_t> rules_in_order(const FaultHandling& faults, EvaluationOrder order) {
    std::vector<std::size_t> out(faults.rules.size());
    std::iota(out.begin(), out.end(), std::size_t{0});
    if (order == EvaluationOrder::bottom_to_top) std::reverse(out.begin(), out.end());
    return out;
}

const FaultRule* choose_rule(const FaultHandling& faults, EvaluationOrder order,
                             const Variables& variables, const grammar::ComparisonRules& rules) {
    if (!faults.index.is_built()) return choose_rule_in_turn(faults, order, variables, rules);
    RuleIndex::Candidates candidates = faults.index.candidates(variables);
    while (const auto i = candidates.next(order)) {
        if (holds(faults.rules[*i], variables, rules)) return &faults.rules[*i];
    }
    return nullptr;
}

const FaultRule* choose_rule_in_turn(const FaultHandling& faults, EvaluationOrder order,
                                     const Variables& variables,
                                     const grammar::ComparisonRules& rules) {
    const std::size_t count = faults.rules.size();
    for (std::size_t i = 0; i < count; ++i) {
        const auto& rule =
            faults.rules[order == EvaluationOrder::bottom_to_top ? count - 1 - i : i];
        if (holds(rule, variables, rules)) return &rule;
    }
    return nullptr;
}

std::string_view Decision::handled_by() const {
    const bool defaulted =
        (default_rule && default_rule->ran) || (proxy_default_rule && proxy_default_rule->ran);
    if (fired) return defaulted ? "rule+default" : "rule";
    return defaulted ? "default" : "nothing";
}

}  // namespace catchrule
