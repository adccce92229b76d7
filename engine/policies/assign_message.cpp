// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/assign_message.hpp"

#include <variant>

#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

using Target = std::variant<Message*, EditFailure>;

Fault fault_of(const EditFailure& failure, const StepContext& context) {
    std::string code("steps.assignmessage");
    code.append(".").append(to_string(failure.kind));
    return policy_fault(code, context,
                        {{"policy", context.policy}, {"variable", failure.variable}});
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
        return EditFailure{
            is_set ? EditFailure::Kind::not_a_message : EditFailure::Kind::unresolved_variable,
            policy.assign_to};
    }
    return &variables.make_message(policy.assign_to, policy.type);
}

}  // namespace

StepResult execute(const AssignMessage& policy, StepContext& context,
                   const Fields* raised_headers) {
    Target target = target_of(policy, context);
    std::optional<EditFailure> failed;
    if (auto* unusable = std::get_if<EditFailure>(&target)) {
        failed = std::move(*unusable);
    } else {
        Message& message = *std::get<Message*>(target);
        const bool is_pending_error = &message == &context.variables.error();
        failed = apply_edits(policy.operations, message, context,
                             {.ignore_unresolved = policy.ignore_unresolved,
                              .raised_headers = is_pending_error ? raised_headers : nullptr});
    }
    set_failed_flags(context.variables, AssignMessage::prefix, context.policy, failed.has_value());
    if (failed) return fault_of(*failed, context);
    return Completed{};
}

}  // namespace catchrule
