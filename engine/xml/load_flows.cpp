// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_flows.hpp"

#include <utility>
#include <variant>

#include "engine/xml/codes.hpp"

namespace catchrule::xml {
namespace {

// What `--unsupported` says about a step whose policy cannot run here.
void check_supported(Context& context, const File& file, const Text& name, const Policy& policy) {
    const auto* unsupported = std::get_if<UnsupportedPolicy>(&policy.config);
    if (unsupported == nullptr) return;
    const std::string what = "policy \"" + policy.name + "\" is a " + unsupported->element +
                             ", which this version cannot run";
    switch (context.options.unsupported) {
        case Unsupported::error:
            file.error(code::unsupported_policy, name.span(), what,
                       "load it with --unsupported=skip or fault");
            break;
        case Unsupported::skip:
            file.warning(code::unsupported_policy, name.span(), what + "; the step does nothing");
            break;
        case Unsupported::fault:
            file.warning(code::unsupported_policy, name.span(), what + "; the step faults");
            break;
    }
}

// The policy a step runs; -1 when it is not there, which is wrong in a bundle only.
int find_policy(Context& context, const File& file, const Text& name) {
    const auto found = context.scope.policies.find(name.value);
    if (found != context.scope.policies.end()) {
        context.attached.insert(found->second);
        check_supported(context, file, name,
                        context.bundle.policies[static_cast<std::size_t>(found->second)]);
        return found->second;
    }
    if (!context.bundle.is_fragment && !context.scope.broken_policies.contains(name.value)) {
        const bool shared = !context.scope.shared_flow.empty();
        file.error(code::missing_policy, name.span(),
                   std::string(shared ? "the shared flow" : "the bundle") +
                       " has no policy named \"" + name.value + "\"");
    }
    return -1;
}

Step load_step(Context& context, const File& file, const Element& element) {
    file.expect(element, {{"name"}, {"Name", "Condition", "FaultRules", "Description"}});
    ignore_fault_rules(file, element);
    Step step;
    step.location = file.location(element);
    bool named = false;
    for (const Element& child : element.children("Name")) {
        if (!load_once(file, child, named)) continue;
        file.expect_text(child);
        const Text name = child.text().trimmed();
        step.policy = name.value;
        if (!step.policy.empty()) step.policy_index = find_policy(context, file, name);
    }
    if (step.policy.empty()) {
        file.warning(code::step_without_name, element.span(),
                     "expected Name with the name of a policy in " + std::string(element.name()) +
                         "; the step is left out");
    }
    step.condition = load_condition(context, file, element);
    return step;
}

}  // namespace

std::vector<Step> load_steps(Context& context, const File& file, const Element& parent) {
    std::vector<Step> steps;
    for (const Element& child : parent.children()) {
        if (child.name() != "Step" && child.name() != "Policy") continue;
        Step step = load_step(context, file, child);
        if (!step.policy.empty()) steps.push_back(std::move(step));
    }
    return steps;
}

Flow load_flow(Context& context, const File& file, const Element& element) {
    const bool conditional = element.name() == "Flow";
    Flow flow;
    flow.location = file.location(element);
    flow.name = element.name();
    if (const auto name = element.attribute("name")) flow.name = name->value.trimmed().value;
    if (conditional) {
        file.expect(element, {{"name"}, {"Description", "Condition", "Request", "Response"}});
        flow.condition = load_condition(context, file, element);
    } else {
        file.expect(element, {{"name"}, {"Description", "Request", "Response"}});
    }
    for (const Element& child : element.children()) {
        if (child.name() != "Request" && child.name() != "Response") continue;
        file.expect(child, {{}, {"Step", "Policy"}});
        std::vector<Step>& steps = child.name() == "Request" ? flow.request : flow.response;
        for (Step& step : load_steps(context, file, child)) steps.push_back(std::move(step));
    }
    return flow;
}

std::vector<Flow> load_flows(Context& context, const File& file, const Element& flows) {
    file.expect(flows, {{"name"}, {"Flow"}});
    std::vector<Flow> result;
    for (const Element& child : flows.children("Flow"))
        result.push_back(load_flow(context, file, child));
    return result;
}

}  // namespace catchrule::xml
