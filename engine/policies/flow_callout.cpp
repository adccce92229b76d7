// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/flow_callout.hpp"

#include <ranges>

#include "engine/policies/references.hpp"

namespace catchrule {

std::optional<Fault> set_parameters(const FlowCallout& callout, StepContext& context,
                                    FormerValues& former) {
    for (const FlowCallout::Parameter& parameter : callout.parameters) {
        Value value = parameter.ref.empty() ? Value::null() : context.variables.get(parameter.ref);
        std::string text;
        if (value.is_null()) {
            std::string_view unset = parameter.value.render(context.variables, text);
            if (parameter.value.empty()) unset = parameter.ref;
            if (!unset.empty() && !callout.ignore_unresolved) {
                return policy_fault("steps.flowcallout.UnresolvedVariable", context,
                                    {{"policy", context.policy}, {"variable", unset}});
            }
            value = Value::text(text);
        }
        former.keep(parameter.name, context.variables);
        if (context.variables.assign(parameter.name, value) != Assigned::yes) {
            return policy_fault("steps.flowcallout.SetVariableFailed", context,
                                {{"policy", context.policy}, {"variable", parameter.name}});
        }
    }
    return std::nullopt;
}

void FormerValues::keep(const std::string& name, const Variables& variables) {
    const Value value = variables.get(name);
    kept_.push_back({name, value, value.is_text() ? std::string(value.as_text()) : std::string()});
}

void FormerValues::restore(Variables& variables) {
    for (const Kept& kept : std::views::reverse(kept_)) {
        const Value value = kept.value.is_text() ? Value::text(kept.text) : kept.value;
        if (value.is_null()) {
            variables.remove(kept.name);
        } else {
            variables.assign(kept.name, value);
        }
    }
    kept_.clear();
}

}  // namespace catchrule
