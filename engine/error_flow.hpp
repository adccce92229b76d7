// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/decide.hpp"
#include "engine/flow_machine.hpp"
#include "engine/step_runner.hpp"

namespace catchrule {

/// The error state of one call: pending fault and error message, the rule, the default rules
/// (SEMANTICS 2.2 to 2.5; SEM-01 to SEM-06, SEM-31, SEM-38, SEM-40, SEM-42). Once entered it is
/// never left.
class ErrorFlow {
public:
    ErrorFlow(const Bundle& bundle, Variables& variables, const CallOptions& options,
              StepRunner& runner)
        : bundle_(bundle), variables_(variables), options_(options), runner_(runner) {}

    /// Enters the error state: sets `fault.*`, `error.*`, `is.error` and the error message. `state`
    /// is the flow state's name (SEM-28). `endpoint` is where it happened.
    void enter(Fault fault, std::optional<RaisedFault> raised, std::string_view state,
               const Endpoint& endpoint, const ProxyEndpoint& proxy);

    /// Runs rules until done (none) or until a store must be asked.
    std::optional<StoreQuery> run(Millis now);
    std::optional<StoreQuery> resume(const StoreReply& reply, Millis now);

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
    void begin_default(const FaultHandling& faults, std::optional<DefaultRuleRecord>& record,
                       std::string_view why_not);
    std::string_view why_no_default() const;
    std::string_view why_no_proxy_default() const;
    void next_stage();
    void settle(StepOutcome outcome);
    void on_fault(const Step& step, StepOutcome& outcome, StepRecord* record);
    void merge(RaisedFault raised, const std::string& policy);
    void replace(Fault fault);
    void stop_steps(const std::string& why);
    void finish();
    StepRecord* record_of_step();

    const Bundle& bundle_;
    Variables& variables_;
    const CallOptions& options_;
    StepRunner& runner_;

    const Endpoint* endpoint_ = nullptr;
    const ProxyEndpoint* proxy_ = nullptr;
    Fault first_;
    Fault pending_;
    Fields raised_headers_{FieldCase::insensitive};

    Stage stage_ = Stage::choose;
    const FaultRule* chosen_ = nullptr;
    bool raised_in_rule_ = false;
    const std::vector<Step>* steps_ = nullptr;
    std::vector<StepRecord>* records_ = nullptr;
    std::size_t next_ = 0;
    Decision decision_;
};

}  // namespace catchrule
