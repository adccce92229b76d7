// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_policy.hpp"

#include <string>

namespace catchrule::xml {
namespace {

PolicyConfig load_config(Context& context, const File& file, const Element& root) {
    const std::string_view element = root.name();
    if (element == AssignMessage::element) return load_assign_message(context, file, root);
    if (element == RaiseFault::element) return load_raise_fault(context, file, root);
    if (element == VerifyApiKey::element) return load_verify_api_key(context, file, root);
    if (element == Quota::element) return load_quota(context, file, root);
    if (element == SpikeArrest::element) return load_spike_arrest(context, file, root);
    if (element == ExtractVariables::element) return load_extract_variables(context, file, root);
    if (element == FlowCallout::element) return load_flow_callout(context, file, root);
    if (element == KeyValueMap::element) return load_key_value_map(context, file, root);
    if (element == ServiceCallout::element) return load_service_callout(context, file, root);
    if (element == MessageLogging::element) return load_message_logging(context, file, root);
    return UnsupportedPolicy{std::string(element),
                             context.options.unsupported == Unsupported::fault};
}

bool load_flag(const File& file, const Element& root, std::string_view name, bool otherwise) {
    const auto attribute = root.attribute(name);
    return attribute ? load_boolean(file, attribute->value, name, otherwise) : otherwise;
}

}  // namespace

Policy load_policy(Context& context, const File& file, const Element& root) {
    Policy policy;
    policy.location = file.location(root);
    policy.name = load_name(file, root);
    policy.enabled = load_flag(file, root, "enabled", true);
    policy.continue_on_error = load_flag(file, root, "continueOnError", false);
    ignore_fault_rules(file, root);
    policy.config = load_config(context, file, root);
    return policy;
}

}  // namespace catchrule::xml
