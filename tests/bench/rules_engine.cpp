// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/rules_engine.hpp"

#include <stdexcept>

#include "engine/decide.hpp"

namespace catchrule::bench {
namespace {

constexpr grammar::ComparisonRules comparisons{};

std::uint64_t running(const std::vector<Step>& steps, const Variables& variables) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto& condition = steps[i].condition;
        if (!condition || evaluate(condition->program, variables, comparisons))
            bits |= std::uint64_t{1} << i;
    }
    return bits;
}

}  // namespace

RulesEngine::RulesEngine(const RuleSet& set, bool index) {
    LoadOptions options;
    options.rule_index = index;
    const Loaded loaded = load_text("rules.xml", to_xml(set), options);
    if (loaded.bundle == nullptr) {
        throw std::runtime_error(loaded.problems.empty() ? "the rules do not load"
                                                         : loaded.problems.front().render());
    }
    bundle_ = loaded.bundle;
    faults_ = &bundle_->proxies.at(0).faults;
    for (const Input& input : set.inputs) {
        auto variables = std::make_unique<Variables>(*bundle_->layout);
        for (const auto& [name, value] : input) {
            const auto* text = std::get_if<std::string>(&value);
            variables->define(
                name, text != nullptr ? Value::text(*text) : Value::integer(std::get<int>(value)));
        }
        inputs_.push_back(std::move(variables));
    }
}

Verdict RulesEngine::decide(std::size_t input) const {
    const Variables& variables = *inputs_[input];
    const std::uint64_t defaults = running(faults_->default_rule->steps, variables);
    const FaultRule* rule =
        choose_rule(*faults_, EvaluationOrder::bottom_to_top, variables, comparisons);
    if (rule == nullptr) return {-1, 0, defaults};
    return {rule - faults_->rules.data(), running(rule->steps, variables), defaults};
}

std::string RulesEngine::answers() const {
    std::string out;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        const Verdict verdict = decide(i);
        out += std::to_string(verdict.rule) + ' ' + std::to_string(verdict.steps) + ' ' +
               std::to_string(verdict.default_steps) + '\n';
    }
    return out;
}

}  // namespace catchrule::bench
