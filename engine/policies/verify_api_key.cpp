// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/verify_api_key.hpp"

#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

constexpr std::string_view own_prefix =
    "verifyapikey";  // its other variables; bundles test its flag too

void set_flags(const StepContext& context, bool failed) {
    set_failed_flags(context.variables, VerifyApiKey::prefix, context.policy, failed);
    set_failed_flags(context.variables, own_prefix, context.policy, failed);
}

}  // namespace

StepResult execute(const VerifyApiKey& policy, StepContext& context) {
    const Variables& variables = context.variables;
    std::string key =
        policy.key_ref.empty() ? policy.key_literal : text_of(variables, policy.key_ref);
    if (key.empty()) {
        set_flags(context, true);
        return policy_fault("steps.oauth.v2.FailedToResolveAPIKey", context,
                            {{"ref", policy.key_ref}});
    }
    return StoreQuery{KeyQuery{
        .key = std::move(key),
        .proxy = std::string(context.proxy),
        .environment = text_of(variables, "environment.name"),
        .path_suffix = text_of(variables, "proxy.pathsuffix"),
        .verb = variables.request().verb,
    }};
}

StepResult resume(const VerifyApiKey& policy, StepContext& context, const StoreReply& reply) {
    const auto* answer = std::get_if<KeyReply>(&reply);
    if (answer == nullptr) return Completed{};
    if (!answer->fault_code.empty()) {
        set_flags(context, true);
        return policy_fault(answer->fault_code, context, {});
    }
    std::string name(own_prefix);
    name.append(".").append(context.policy).append(".");
    const std::size_t stem = name.size();
    for (const auto& [suffix, value] : answer->variables) {
        name.resize(stem);
        context.variables.define(name.append(suffix), Value::text(value));
    }
    if (!policy.display_name.empty()) {
        name.resize(stem);
        context.variables.define(name.append("DisplayName"), Value::text(policy.display_name));
    }
    set_flags(context, false);
    return Completed{};
}

}  // namespace catchrule
