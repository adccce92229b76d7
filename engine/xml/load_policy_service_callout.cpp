// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_connection.hpp"
#include "engine/xml/load_message_edit.hpp"
#include "engine/xml/load_policy.hpp"

namespace catchrule::xml {
namespace {

void load_request(Context& context, const File& file, const Element& element,
                  ServiceCallout& policy) {
    file.expect(element, {{"variable", "clearPayload"},
                          {"Set", "Add", "Copy", "Remove", "IgnoreUnresolvedVariables"}});
    if (auto name = load_reference(context, element, "variable"); !name.empty())
        policy.request = std::move(name);
    if (const auto clear = element.attribute("clearPayload"))
        policy.clear_payload = load_boolean(file, clear->value, "clearPayload", true);
    bool ignoring = false;
    for (const Element& child : element.children("IgnoreUnresolvedVariables")) {
        if (load_once(file, child, ignoring))
            policy.ignore_unresolved = load_boolean(file, child.text(), child.name(), false);
    }
    policy.edits = load_edits(context, file, element);
}

void load_timeout(const File& file, const Element& element, ServiceCallout& policy) {
    file.expect_text(element);
    const Text text = element.text().trimmed();
    if (const auto timeout = parse_integer(text.value, 1)) {
        policy.timeout_ms = *timeout;
    } else {
        file.error(
            code::bad_policy_value, text.span(),
            "InvalidTimeoutValue: expected an integer of 1 or more, found \"" + text.value + "\"");
    }
}

// The connection of a target endpoint may be warned of and still load; this one is an error.
void load_http(Context& context, const File& file, const Element& element, ServiceCallout& policy) {
    const bool has_place =
        !element.children("URL").empty() || !element.children("LoadBalancer").empty();
    if (!has_place) {
        file.error(code::bad_policy_value, element.span(),
                   "URLMissing: expected URL or LoadBalancer in HTTPTargetConnection");
        return;
    }
    HttpConnection http =
        load_http_connection(context, file, element, load_properties(file, element));
    if (http.url.empty() && !http.balancer) {
        file.error(code::bad_policy_value, element.span(),
                   "URLMissing: expected a URL in HTTPTargetConnection");
    }
    policy.connection = std::move(http);
}

}  // namespace

ServiceCallout load_service_callout(Context& context, const File& file, const Element& root) {
    file.expect(root, {{"name", "enabled", "continueOnError", "async"},
                       {"DisplayName", "Description", "Properties", "FaultRules", "Request",
                        "Response", "Timeout", "HTTPTargetConnection", "LocalTargetConnection"}});
    ServiceCallout policy;
    bool requested = false;
    bool answered = false;
    bool timed = false;
    bool connected = false;
    for (const Element& child : root.children()) {
        const std::string_view name = child.name();
        if (name == "Request" && load_once(file, child, requested)) {
            load_request(context, file, child, policy);
        } else if (name == "Response" && load_once(file, child, answered)) {
            file.expect_text(child);
            policy.response = load_reference(context, child.text());
        } else if (name == "Timeout" && load_once(file, child, timed)) {
            load_timeout(file, child, policy);
        } else if (name == "HTTPTargetConnection" && load_once(file, child, connected)) {
            load_http(context, file, child, policy);
        } else if (name == "LocalTargetConnection" && load_once(file, child, connected)) {
            policy.connection = load_local_connection(context, file, child);
        }
    }
    if (!connected) {
        file.error(code::bad_policy_value, root.span(),
                   "ConnectionInfoMissing: expected HTTPTargetConnection or "
                   "LocalTargetConnection in ServiceCallout");
    }
    return policy;
}

}  // namespace catchrule::xml
