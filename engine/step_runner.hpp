// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/decide.hpp"
#include "engine/flow_machine.hpp"

namespace catchrule {

/// What became of one step.
struct StepOutcome {
    enum class Kind : std::uint8_t { skipped, completed, faulted, waiting, calls };

    Kind kind = Kind::completed;
    Fault fault;                           ///< faulted
    std::optional<RaisedFault> raised;     ///< faulted by RaiseFault itself
    std::optional<StepRequest> request;    ///< waiting
    const FlowCallout* callout = nullptr;  ///< calls: a shared flow runs in the step's place
};

/// Runs single steps: condition, enabled, policy. Knows nothing of flows, shared ones included.
class StepRunner {
public:
    StepRunner(const Bundle& bundle, Variables& variables, const CallOptions& options)
        : bundle_(bundle), variables_(variables), options_(options) {}

    /// `raised_headers`: what RaiseFault put into the pending error (SEM-31). `record` may be null.
    StepOutcome start(const Step& step, Millis now, const Fields* raised_headers,
                      StepRecord* record);

    /// Goes on with a step that waited for an answer.
    StepOutcome resume(const Step& step, StepAnswer answer, Millis now, StepRecord* record);

    /// The step's policy; null when it is not in the file.
    const Policy* policy_of(const Step& step) const;

    /// What a policy of that name may see.
    StepContext context_for(std::string_view policy, Millis now);

    /// Names of the policies that ran so far, in order; empty unless recording.
    const std::vector<std::string>& policies_run() const { return policies_run_; }

private:
    bool condition_holds(const Step& step, StepRecord* record) const;
    StepOutcome run_unsupported(const UnsupportedPolicy& config, const Policy& policy,
                                StepRecord* record);
    StepOutcome execute_policy(const Policy& policy, Millis now, const Fields* raised_headers);
    static StepOutcome finish(StepResult result, std::string_view policy);

    const Bundle& bundle_;
    Variables& variables_;
    const CallOptions& options_;
    std::vector<std::string> policies_run_;
};

/// A record of a step that was not looked at, with its unevaluated condition.
StepRecord describe_step(const Bundle& bundle, const Step& step);

}  // namespace catchrule
