// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/message_logging.hpp"

#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

/// Renders the texts of one line and keeps the first reference that is unset.
class Renderer {
public:
    explicit Renderer(const Variables& variables) : variables_(variables) {}

    std::string operator()(const Template& text) {
        std::string out;
        const std::string_view unset = text.render(variables_, out);
        if (unset_.empty()) unset_ = unset;
        return out;
    }
    const std::string& unset() const { return unset_; }

private:
    const Variables& variables_;
    std::string unset_;
};

}  // namespace

StepResult execute(const MessageLogging& policy, StepContext& context) {
    Renderer render(context.variables);
    LogRecord record = policy.settings;
    record.policy = context.policy;
    record.message = render(policy.message);
    record.content_type = render(policy.content_type);
    record.name = render(policy.name);
    if (!policy.host.empty()) record.host = render(policy.host);
    record.resource_type = render(policy.resource_type);
    for (const auto& [key, value] : policy.labels) record.labels.emplace_back(key, render(value));
    if (!render.unset().empty() && !policy.ignore_unresolved) {
        set_failed_flags(context.variables, MessageLogging::prefix, context.policy, true);
        return policy_fault("steps.messagelogging.StepDefinitionExecutionFailed", context,
                            {{"policy", context.policy}, {"variable", render.unset()}});
    }
    return StepRequest{std::move(record)};
}

StepResult resume(const MessageLogging&, StepContext& context, Logged) {
    set_failed_flags(context.variables, MessageLogging::prefix, context.policy, false);
    return Completed{};
}

}  // namespace catchrule
