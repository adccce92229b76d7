// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_policy.hpp"

namespace catchrule::xml {
namespace {

FlowCallout::Parameter load_parameter(Context& context, const File& file, const Element& element) {
    file.expect_text(element, {"name", "ref", "value"});
    FlowCallout::Parameter parameter;
    parameter.name = load_reference(context, element, "name");
    if (parameter.name.empty()) {
        file.error(code::missing_part, element.span(), "expected attribute name of Parameter");
    }
    parameter.ref = load_reference(context, element, "ref");
    const Text text = element.text().trimmed();
    const auto value = element.attribute("value");
    parameter.value =
        load_template(context, file, text.value.empty() && value ? value->value : text);
    return parameter;
}

void load_parameters(Context& context, const File& file, const Element& element,
                     FlowCallout& policy) {
    file.expect(element, {{"ignoreUnresolvedVariables"}, {"Parameter"}});
    if (const auto ignore = element.attribute("ignoreUnresolvedVariables")) {
        policy.ignore_unresolved = load_boolean(file, ignore->value, ignore->name, false);
    }
    for (const Element& child : element.children("Parameter")) {
        policy.parameters.push_back(load_parameter(context, file, child));
    }
}

}  // namespace

FlowCallout load_flow_callout(Context& context, const File& file, const Element& root) {
    file.expect(root, {{"name", "enabled", "continueOnError", "async"},
                       {"DisplayName", "Description", "Properties", "FaultRules",
                        "SharedFlowBundle", "Parameters"}});
    FlowCallout policy;
    bool named = false;
    bool given = false;
    for (const Element& child : root.children()) {
        if (child.name() == "SharedFlowBundle" && load_once(file, child, named)) {
            file.expect_text(child);
            const Text name = child.text().trimmed();
            policy.shared_flow = name.value;
            if (name.value.empty()) continue;
            // The policy is the next of the bundle; the flow is looked for when all is read.
            context.calls.push_back({static_cast<int>(context.bundle.policies.size()),
                                     context.scope.shared_flow, name.value, &file, name.span()});
        } else if (child.name() == "Parameters" && load_once(file, child, given)) {
            load_parameters(context, file, child, policy);
        }
    }
    if (policy.shared_flow.empty()) {
        file.error(code::missing_part, root.span(),
                   "expected SharedFlowBundle with the name of a shared flow in FlowCallout");
    }
    return policy;
}

}  // namespace catchrule::xml
