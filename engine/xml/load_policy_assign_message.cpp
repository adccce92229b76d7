// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_message_edit.hpp"
#include "engine/xml/load_policy.hpp"

namespace catchrule::xml {
namespace {

void load_assign_to(const File& file, const Element& element, AssignMessage& policy) {
    file.expect_text(element, {"createNew", "type", "transport"});
    policy.assign_to = element.text().trimmed().value;
    if (const auto create = element.attribute("createNew")) {
        policy.create_new = load_boolean(file, create->value, "createNew", false);
    }
    if (const auto type = element.attribute("type")) {
        const Text text = type->value.trimmed();
        if (text.value == "response") {
            policy.type = Message::Kind::response;
        } else if (text.value != "request") {
            file.error(code::bad_value, text.span(),
                       "expected request or response for type, found \"" + text.value + "\"");
        }
    }
}

}  // namespace

AssignMessage load_assign_message(Context& context, const File& file, const Element& root) {
    file.expect(root, {{"name", "enabled", "continueOnError", "async"},
                       {"DisplayName", "Description", "Properties", "FaultRules", "AssignTo", "Set",
                        "Add", "Remove", "Copy", "AssignVariable", "IgnoreUnresolvedVariables"}});
    AssignMessage policy;
    bool assigned = false;
    bool ignoring = false;
    for (const Element& child : root.children()) {
        if (child.name() == "AssignTo" && load_once(file, child, assigned)) {
            load_assign_to(file, child, policy);
        } else if (child.name() == "IgnoreUnresolvedVariables" &&
                   load_once(file, child, ignoring)) {
            policy.ignore_unresolved = load_boolean(file, child.text(), child.name(), false);
        }
    }
    policy.operations = load_edits(context, file, root);
    return policy;
}

}  // namespace catchrule::xml
