// SPDX-License-Identifier: Apache-2.0
#include "engine/step_runner.hpp"

#include <utility>

#include "engine/overloaded.hpp"

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

bool StepRunner::continues_on_error(const Step& step) const {
    const Policy* policy = policy_of(step);
    return policy != nullptr && policy->continue_on_error;
}

StepContext StepRunner::context_for(std::string_view policy, Millis now) {
    return {variables_, options_.semantics, policy, bundle_.name, now};
}

StepOutcome StepRunner::start(const Step& step, Millis now, const Fields* raised_headers,
                              StepRecord* record) {
    const auto& comparisons = options_.semantics.comparisons;
    if (step.condition) {
        bool holds = false;
        if (record != nullptr) {
            record->condition = evaluate_recorded(*step.condition, variables_, comparisons);
            holds = record->condition->result;
        } else {
            holds = evaluate(step.condition->program, variables_, comparisons);
        }
        if (!holds) return skipped();
    }
    const Policy* policy = policy_of(step);
    if (policy != nullptr && !policy->enabled) {
        if (record != nullptr) record->note = "policy is not enabled";
        return skipped();
    }
    if (record != nullptr) record->ran = true;
    if (options_.record) policies_run_.push_back(step.policy);
    if (policy == nullptr) {
        if (record != nullptr) record->note = "policy not in this file";
        return {};
    }
    if (const auto* unsupported = std::get_if<UnsupportedPolicy>(&policy->config)) {
        if (unsupported->faults) {
            StepOutcome out = faulted(unsupported_fault(*unsupported, policy->name));
            out.fault.policy = policy->name;
            return out;
        }
        if (record != nullptr)
            record->note = unsupported->element + " is not supported: did nothing";
        return {};
    }
    StepOutcome out = execute_policy(*policy, now, raised_headers);
    if (record != nullptr) record->set_body = variables_.current().content_set_by == policy->name;
    return out;
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
            [](const UnsupportedPolicy&) { return StepOutcome{}; },
            [&](const auto& config) { return finish(execute(config, context), policy.name); },
        },
        policy.config);
}

StepOutcome StepRunner::resume(const Step& step, const StoreReply& reply, Millis now,
                               StepRecord* record) {
    const Policy& policy = *policy_of(step);
    if (record != nullptr && std::holds_alternative<StoreUnavailable>(reply)) {
        record->note = "stubbed: its store was not asked";
    }
    StepContext context = context_for(policy.name, now);
    return std::visit(Overloaded{
                          [&](const VerifyApiKey& config) {
                              return finish(catchrule::resume(config, context, reply), policy.name);
                          },
                          [&](const Quota& config) {
                              return finish(catchrule::resume(config, context, reply), policy.name);
                          },
                          [&](const SpikeArrest& config) {
                              return finish(catchrule::resume(config, context, reply), policy.name);
                          },
                          [](const auto&) { return StepOutcome{}; },  // the others never wait
                      },
                      policy.config);
}

StepOutcome StepRunner::finish(StepResult result, std::string_view policy) {
    StepOutcome out;
    if (auto* fault = std::get_if<Fault>(&result)) {
        out = faulted(std::move(*fault));
        out.fault.policy = policy;
    } else if (auto* query = std::get_if<StoreQuery>(&result)) {
        out.kind = StepOutcome::Kind::waiting;
        out.query = std::move(*query);
    }
    return out;
}

}  // namespace catchrule
