// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/raise_fault.hpp"

#include <string>
#include <utility>

#include "engine/policies/references.hpp"

namespace catchrule {

RaisedFault raise(const RaiseFault& policy, StepContext& context) {
    set_failed_flags(context.variables, RaiseFault::prefix, context.policy, true);
    constexpr int not_set = 0;
    Message response = Message::response(not_set);
    if (const auto failed = apply_edits(policy.response, response, context,
                                        {.ignore_unresolved = policy.ignore_unresolved})) {
        std::string code("steps.raisefault");
        code.append(".").append(to_string(failed->kind));
        return {.fault = policy_fault(
                    code, context, {{"policy", context.policy}, {"variable", failed->variable}})};
    }
    RaisedFault raised;
    raised.fault =
        policy_fault("steps.raisefault.RaiseFault", context, {{"policy", context.policy}});
    if (policy.short_fault_reason) raised.fault.text = context.policy;
    raised.set_status = response.status != not_set;
    raised.set_reason = !response.reason.empty();
    raised.set_content = !response.content_set_by.empty();
    if (!raised.set_status) response.status = 500;
    raised.fault.status = response.status;
    if (!raised.set_content) {
        response.content = default_fault_body(raised.fault);
        response.headers.set("Content-Type", "application/json");
    }
    raised.response = std::move(response);
    return raised;
}

}  // namespace catchrule
