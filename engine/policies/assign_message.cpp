// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/assign_message.hpp"

#include <variant>

#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

using Target = std::variant<Message*, Fault>;

Fault failure(std::string_view code, const AssignMessage& policy, const StepContext& context) {
    return policy_fault(code, context,
                        {{"policy", context.policy}, {"variable", policy.assign_to}});
}

/// The message that the policy works on; a new one where createNew says so.
Target target_of(const AssignMessage& policy, StepContext& context) {
    Variables& variables = context.variables;
    const bool create = policy.create_new.value_or(false);
    if (policy.assign_to.empty()) {
        if (!create) return &variables.current();  // `type` does not count then
        const bool request = policy.type == Message::Kind::request;
        if (!request && variables.context() == Context::error) {
            // SEM-53: the new response is the pending error's, whose status stays until one is set.
            const int status = variables.error().status;
            Message& error = variables.make_message("error", policy.type);
            error.status = status;
            return &error;
        }
        return &variables.make_message(request ? "request" : "response", policy.type);
    }
    Message* named = variables.message(policy.assign_to);
    if (named != nullptr && !create) return named;
    if (named == nullptr && policy.create_new == false) {
        const bool is_set = !variables.get(policy.assign_to).is_null();
        return failure(is_set ? "steps.assignmessage.VariableOfNonMsgType"
                              : "steps.assignmessage.UnresolvedVariable",
                       policy, context);
    }
    return &variables.make_message(policy.assign_to, policy.type);
}

}  // namespace

StepResult execute(const AssignMessage& policy, StepContext& context,
                   const Fields* raised_headers) {
    Target target = target_of(policy, context);
    std::optional<Fault> fault;
    if (auto* failed = std::get_if<Fault>(&target)) {
        fault = std::move(*failed);
    } else {
        Message& message = *std::get<Message*>(target);
        const bool is_pending_error = &message == &context.variables.error();
        fault = apply_edits(policy.operations, message, context,
                            {.ignore_unresolved = policy.ignore_unresolved,
                             .raised_headers = is_pending_error ? raised_headers : nullptr});
    }
    set_failed_flags(context.variables, AssignMessage::prefix, context.policy, fault.has_value());
    if (fault) return *std::move(fault);
    return Completed{};
}

}  // namespace catchrule
