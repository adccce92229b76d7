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
    enum class Kind : std::uint8_t { skipped, completed, faulted, waiting };

    Kind kind = Kind::completed;
    Fault fault;                        ///< faulted
    std::optional<RaisedFault> raised;  ///< faulted by RaiseFault itself
    std::optional<StoreQuery> query;    ///< waiting
};

/// Runs single steps: condition, enabled, policy. Knows nothing of flows.
class StepRunner {
public:
    StepRunner(const Bundle& bundle, Variables& variables, const CallOptions& options)
        : bundle_(bundle), variables_(variables), options_(options) {}

    /// `raised_headers`: what RaiseFault put into the pending error (SEM-31). `record` may be null.
    StepOutcome start(const Step& step, Millis now, const Fields* raised_headers,
                      StepRecord* record);

    /// Goes on with a step that waited for a store.
    StepOutcome resume(const Step& step, const StoreReply& reply, Millis now, StepRecord* record);

    /// Whether the step's policy says continueOnError.
    bool continues_on_error(const Step& step) const;

    const std::vector<std::string>& policies_run() const { return policies_run_; }

private:
    const Policy* policy_of(const Step& step) const;
    StepContext context_for(std::string_view policy, Millis now);
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
