// SPDX-License-Identifier: Apache-2.0
#include "engine/step_runner.hpp"

#include <utility>

#include "engine/overloaded.hpp"
#include "engine/trace.hpp"

namespace catchrule {

namespace {

Fault unsupported_fault(const UnsupportedPolicy& policy, std::string_view name) {
    Fault fault;
    fault.code = "steps.unsupported.UnsupportedPolicy";
    fault.name = "UnsupportedPolicy";
    fault.text = "Policy " + std::string(name) + " of type " + policy.element + " is not supported";
    fault.category = "Step";
    return fault;
}

StepOutcome skipped() {
    StepOutcome out;
    out.kind = StepOutcome::Kind::skipped;
    return out;
}

StepOutcome faulted(Fault fault) {
    StepOutcome out;
    out.kind = StepOutcome::Kind::faulted;
    out.fault = std::move(fault);
    return out;
}

// The answer of the kind that a policy waits for; a driver that brings another one brings none.
template <class Answer>
Answer take(StepAnswer& answer, Answer none) {
    auto* given = std::get_if<Answer>(&answer);
    return given == nullptr ? std::move(none) : std::move(*given);
}

// Which kind a policy waits for, its resume() tells; one without a resume() never waits.
template <class Config>
StepResult resume_policy(const Config& config, StepContext& context, StepAnswer& answer) {
    if constexpr (requires(StoreReply reply) { catchrule::resume(config, context, reply); }) {
        return catchrule::resume(config, context, take<StoreReply>(answer, StoreUnavailable{}));
    } else if constexpr (requires(CalloutReply reply) {
                             catchrule::resume(config, context, std::move(reply));
                         }) {
        return catchrule::resume(config, context,
                                 take<CalloutReply>(answer, TargetFailure::refused));
    } else if constexpr (requires { catchrule::resume(config, context, Logged{}); }) {
        return catchrule::resume(config, context, Logged{});
    } else {
        return Completed{};
    }
}

}  // namespace

StepRecord describe_step(const Bundle& bundle, const Step& step) {
    StepRecord record;
    record.policy = step.policy;
    record.location = step.location;
    if (step.policy_index >= 0) {
        record.element = bundle.policies[static_cast<std::size_t>(step.policy_index)].element();
    }
    if (step.condition) record.condition = describe(*step.condition);
    return record;
}

const Policy* StepRunner::policy_of(const Step& step) const {
    return step.policy_index < 0 ? nullptr
                                 : &bundle_.policies[static_cast<std::size_t>(step.policy_index)];
}

StepContext StepRunner::context_for(std::string_view policy, Millis now) {
    return {variables_, options_.semantics, policy, bundle_.name, now, &bundle_.resources};
}

bool StepRunner::condition_holds(const Step& step, StepRecord* record) const {
    if (!step.condition) return true;
    const auto& comparisons = options_.semantics.comparisons;
    if (record == nullptr) return evaluate(step.condition->program, variables_, comparisons);
    record->condition = evaluate_recorded(*step.condition, variables_, comparisons);
    return record->condition->result;
}

StepOutcome StepRunner::start(const Step& step, Millis now, const Fields* raised_headers,
                              StepRecord* record) {
    if (!condition_holds(step, record)) return skipped();
    const Policy* policy = policy_of(step);
    if (policy != nullptr && !policy->enabled) {
        if (record != nullptr) record->note = "policy is not enabled";
        return skipped();
    }
    if (record != nullptr) record->ran = true;
    if (options_.trace != nullptr) options_.trace->log().clear();  // what follows is the step's own
    if (options_.record) policies_run_.push_back(step.policy);
    if (policy == nullptr) {
        if (record != nullptr) record->note = "policy not in this file";
        return {};
    }
    if (const auto* unsupported = std::get_if<UnsupportedPolicy>(&policy->config)) {
        return run_unsupported(*unsupported, *policy, record);
    }
    StepOutcome out = execute_policy(*policy, now, raised_headers);
    if (record != nullptr) record->set_body = variables_.current().content_set_by == policy->name;
    return out;
}

StepOutcome StepRunner::run_unsupported(const UnsupportedPolicy& config, const Policy& policy,
                                        StepRecord* record) {
    if (config.faults) {
        if (!policy.prefix().empty()) {
            set_failed_flags(variables_, policy.prefix(), policy.name, true);
        }
        StepOutcome out = faulted(unsupported_fault(config, policy.name));
        out.fault.policy = policy.name;
        return out;
    }
    if (record != nullptr) record->note = config.element + " is not supported: did nothing";
    return {};
}

StepOutcome StepRunner::execute_policy(const Policy& policy, Millis now,
                                       const Fields* raised_headers) {
    StepContext context = context_for(policy.name, now);
    return std::visit(
        Overloaded{
            [&](const AssignMessage& config) {
                return finish(execute(config, context, raised_headers), policy.name);
            },
            [&](const RaiseFault& config) {
                RaisedFault raised = raise(config, context);
                StepOutcome out = faulted(raised.fault);
                out.fault.policy = policy.name;
                if (raised.fault.name == "RaiseFault") out.raised = std::move(raised);
                return out;
            },
            [](const FlowCallout& config) {
                StepOutcome out;
                out.kind = StepOutcome::Kind::calls;
                out.callout = &config;
                return out;
            },
            [](const UnsupportedPolicy&) { return StepOutcome{}; },
            [&](const auto& config) { return finish(execute(config, context), policy.name); },
        },
        policy.config);
}

StepOutcome StepRunner::resume(const Step& step, StepAnswer answer, Millis now,
                               StepRecord* record) {
    const Policy& policy = *policy_of(step);
    const auto* stored = std::get_if<StoreReply>(&answer);
    if (record != nullptr && stored != nullptr &&
        std::holds_alternative<StoreUnavailable>(*stored)) {
        record->note = "stubbed: its store was not asked";
    }
    StepContext context = context_for(policy.name, now);
    return finish(
        std::visit([&](const auto& config) { return resume_policy(config, context, answer); },
                   policy.config),
        policy.name);
}

StepOutcome StepRunner::finish(StepResult result, std::string_view policy) {
    StepOutcome out;
    if (auto* fault = std::get_if<Fault>(&result)) {
        out = faulted(std::move(*fault));
        out.fault.policy = policy;
    } else if (auto* query = std::get_if<StepRequest>(&result)) {
        out.kind = StepOutcome::Kind::waiting;
        out.request = std::move(*query);
    }
    return out;
}

}  // namespace catchrule
