// SPDX-License-Identifier: Apache-2.0
#include "engine/given_fault.hpp"

#include <algorithm>
#include <utility>

#include "engine/overloaded.hpp"
#include "grammar/spelling.hpp"

namespace catchrule {

namespace {

std::optional<Fault> fault_in(StepResult result) {
    if (auto* fault = std::get_if<Fault>(&result)) return std::move(*fault);
    return std::nullopt;
}

// The store's answer that makes the policy raise `row`; the policy itself then sets its variables.
std::optional<Fault> refuse(const FaultRow& row, const Policy& policy, StepContext& context) {
    return std::visit(
        Overloaded{
            [&](const Quota& config) -> std::optional<Fault> {
                if (row.name() != "QuotaViolation") return std::nullopt;
                const QuotaReply reply{.used = config.allow_count, .exceeded = true};
                return fault_in(resume(config, context, reply));
            },
            [&](const SpikeArrest& config) -> std::optional<Fault> {
                if (row.name() != "SpikeArrestViolation") return std::nullopt;
                return fault_in(resume(config, context, SpikeReply{.exceeded = true}));
            },
            [&](const VerifyApiKey& config) -> std::optional<Fault> {
                if (row.name() == "FailedToResolveAPIKey") {
                    return fault_in(execute(config, context));
                }
                const KeyReply reply{.fault_code = std::string(row.code), .variables = {}};
                return fault_in(resume(config, context, reply));
            },
            [](const auto&) -> std::optional<Fault> { return std::nullopt; },
        },
        policy.config);
}

std::string_view key_reference(const Policy& policy) {
    const auto* verify = std::get_if<VerifyApiKey>(&policy.config);
    return verify == nullptr ? std::string_view{} : std::string_view{verify->key_ref};
}

std::string_view shared_flow_of(const Policy& policy) {
    const auto* callout = std::get_if<FlowCallout>(&policy.config);
    return callout == nullptr ? std::string_view{"..."} : std::string_view{callout->shared_flow};
}

// What only a real fault would know: `{reason}` in a text becomes `...`.
void say_unknown(std::string& text) {
    for (std::size_t open = text.find('{'); open != std::string::npos;
         open = text.find('{', open)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string::npos) return;
        const auto name = std::string_view(text).substr(open + 1, close - open - 1);
        const bool placeholder =
            !name.empty() &&
            name.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
        if (placeholder) text.replace(open, close - open + 1, "...");
        ++open;
    }
}

void mark(Fault& fault, const Policy* policy, Variables& variables) {
    if (policy == nullptr) return;
    fault.policy = policy->name;
    fault.category = "Step";
    if (!policy->prefix().empty()) {
        set_failed_flags(variables, policy->prefix(), policy->name, true);
    }
}

}  // namespace

std::vector<const Policy*> policies_raising(const Bundle& bundle, const Endpoint& endpoint,
                                            std::string_view fault_name) {
    std::vector<const Policy*> out;
    std::vector<bool> entered(bundle.shared_flows.size());
    const auto look = [&](const auto& self, const std::vector<Step>& steps) -> void {
        for (const Step& step : steps) {
            if (step.policy_index < 0) continue;
            const Policy& policy = bundle.policies[static_cast<std::size_t>(step.policy_index)];
            if (!policy.enabled) continue;
            if (find_fault(fault_name, policy.element()) != nullptr &&
                std::find(out.begin(), out.end(), &policy) == out.end()) {
                out.push_back(&policy);
            }
            // Each shared flow once, so the depth is bounded by their number.
            const auto* callout = std::get_if<FlowCallout>(&policy.config);
            if (callout == nullptr || callout->index < 0) continue;
            const auto index = static_cast<std::size_t>(callout->index);
            if (entered[index]) continue;
            entered[index] = true;
            self(self, bundle.shared_flows[index].steps);
        }
    };
    const auto look_at_flow = [&](const Flow& flow) {
        look(look, flow.request);
        look(look, flow.response);
    };
    look_at_flow(endpoint.pre_flow);
    for (const Flow& flow : endpoint.flows) look_at_flow(flow);
    look_at_flow(endpoint.post_flow);
    return out;
}

GivenFault raise_given(const FaultRow& row, const Policy* policy, std::string_view proxy,
                       const Semantics& semantics, Variables& variables) {
    GivenFault out;
    if (policy == nullptr) {
        out.fault = make_fault(row.code, semantics);
        say_unknown(out.fault.text);
        return out;
    }
    StepContext context{variables, semantics, policy->name, proxy, 0};
    if (const auto* config = std::get_if<RaiseFault>(&policy->config);
        config != nullptr && row.name() == "RaiseFault") {
        RaisedFault raised = raise(*config, context);
        out.fault = raised.fault;
        out.raised = std::move(raised);
    } else if (auto refused = refuse(row, *policy, context)) {
        out.fault = std::move(*refused);
    }
    if (out.fault.name != row.name()) {
        out.raised.reset();
        const std::string_view key = key_reference(*policy);
        out.fault = make_fault(row.code, semantics,
                               {{"policy", policy->name},
                                {"ref", key},
                                {"identifier", "_default"},
                                {"name", shared_flow_of(*policy)}});
        say_unknown(out.fault.text);
    }
    mark(out.fault, policy, variables);
    return out;
}

GivenFault raise_unknown(std::string_view name, const Policy* policy, Variables& variables) {
    GivenFault out;
    out.fault.name = fault_name_of(name);
    out.fault.code = name;
    out.fault.text = out.fault.name;
    mark(out.fault, policy, variables);
    return out;
}

Policy assumed_policy(std::string_view name, std::string_view element) {
    Policy out;
    out.name = name;
    if (element == Quota::element) {
        out.config = Quota{};
    } else if (element == SpikeArrest::element) {
        out.config = SpikeArrest{};
    } else if (element == VerifyApiKey::element) {
        out.config = VerifyApiKey{};
    } else if (element == RaiseFault::element) {
        out.config = RaiseFault{};
    } else {
        out.config = UnsupportedPolicy{.element = std::string(element)};
    }
    return out;
}

std::string_view nearest_fault_name(std::string_view name) {
    std::string_view best;
    std::size_t least = std::max<std::size_t>(2, name.size() / 3) + 1;
    for (const FaultRow& row : fault_catalog()) {
        const std::size_t distance = grammar::edit_distance(name, row.name());
        if (distance < least) {
            least = distance;
            best = row.name();
        }
    }
    return best;
}

}  // namespace catchrule
