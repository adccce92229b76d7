// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_message_edit.hpp"
#include "engine/xml/load_policy.hpp"

namespace catchrule::xml {

RaiseFault load_raise_fault(Context& context, const File& file, const Element& root) {
    file.expect(root, {{"name", "enabled", "continueOnError", "async"},
                       {"DisplayName", "Description", "Properties", "FaultRules", "FaultResponse",
                        "IgnoreUnresolvedVariables", "ShortFaultReason"}});
    RaiseFault policy;
    bool responded = false;
    bool ignoring = false;
    bool shortened = false;
    for (const Element& child : root.children()) {
        if (child.name() == "FaultResponse" && load_once(file, child, responded)) {
            file.expect(child, {{}, {"Set", "Add", "Remove", "Copy", "AssignVariable"}});
            policy.response = load_edits(context, file, child);
        } else if (child.name() == "IgnoreUnresolvedVariables" &&
                   load_once(file, child, ignoring)) {
            policy.ignore_unresolved = load_boolean(file, child.text(), child.name(), true);
        } else if (child.name() == "ShortFaultReason" && load_once(file, child, shortened)) {
            policy.short_fault_reason = load_boolean(file, child.text(), child.name(), false);
        }
    }
    return policy;
}

}  // namespace catchrule::xml
