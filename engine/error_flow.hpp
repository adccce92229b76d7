// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/call_trace.hpp"
#include "engine/decide.hpp"
#include "engine/flow_machine.hpp"
#include "engine/step_sequence.hpp"

namespace catchrule {

/// The error state of one call: pending fault and error message, the rule, the default rules
/// (SEMANTICS 2.2 to 2.5; SEM-01 to SEM-06, SEM-31, SEM-38, SEM-40, SEM-42). Once entered it is
/// never left.
class ErrorFlow {
public:
    ErrorFlow(const Bundle& bundle, Variables& variables, const CallOptions& options,
              StepSequence& steps)
        : bundle_(bundle),
          variables_(variables),
          options_(options),
          trace_(options.trace, variables),
          steps_(steps) {}

    /// Enters the error state: sets `fault.*`, `error.*`, `is.error` and the error message. `state`
    /// is the flow state's name (SEM-28). `endpoint` is where it happened.
    void enter(Fault fault, std::optional<RaisedFault> raised, std::string_view state,
               const Endpoint& endpoint, const ProxyEndpoint& proxy);

    /// Runs rules until done (none) or until a step needs something.
    std::optional<StepRequest> run(Millis now);
    std::optional<StepRequest> resume(StepAnswer answer, Millis now);

    bool entered() const { return endpoint_ != nullptr; }
    const Fault& first_fault() const { return first_; }
    /// null unless recording.
    const Decision* decision() const { return options_.record && entered() ? &decision_ : nullptr; }

private:
    enum class Stage : std::uint8_t { choose, rule, default_rule, proxy_default_rule, done };

    void publish(const Fault& fault);
    void choose();
    void record_rules(const FaultRule* chosen, EvaluationOrder order);
    void begin_steps(const std::vector<Step>& steps, std::vector<StepRecord>* records);
    void trace_not_reached() const;
    void begin_default(const Endpoint& endpoint, std::optional<DefaultRuleRecord>& record,
                       std::string_view why_not);
    std::string_view why_no_default() const;
    std::string_view why_no_proxy_default() const;
    void next_stage();
    std::optional<StepRequest> follow(SequenceResult result, Millis now);
    void on_fault(StepFault fault);
    void merge(RaisedFault raised, const std::string& policy);
    void replace(Fault fault);
    void finish();

    const Bundle& bundle_;
    Variables& variables_;
    const CallOptions& options_;
    CallTrace trace_;
    StepSequence& steps_;

    const Endpoint* endpoint_ = nullptr;
    const ProxyEndpoint* proxy_ = nullptr;
    Fault first_;
    Fault pending_;
    Fields raised_headers_{FieldCase::insensitive};

    Stage stage_ = Stage::choose;
    const FaultRule* chosen_ = nullptr;
    bool raised_in_rule_ = false;
    Decision decision_;
};

}  // namespace catchrule
