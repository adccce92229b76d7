// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/call_trace.hpp"
#include "engine/policies/flow_callout.hpp"
#include "engine/step_runner.hpp"

namespace catchrule {

/// FlowCallouts in one run of steps, those inside others counted; one more is the fault
/// flow.TooManyFlowCallouts. Flows that each call the next one twice would double the work with
/// each of them.
inline constexpr std::size_t max_flows_called = 10'000;

/// A fault that came out of a sequence of steps.
struct StepFault {
    Fault fault;
    /// Of a RaiseFault, also one inside a shared flow (SEM-43).
    std::optional<RaisedFault> raised = std::nullopt;
    /// The policy, or a FlowCallout round it, says continueOnError: going on is right.
    bool tolerated = false;
};

/// The steps are through, something is needed before they can go on, or one of them faulted.
using SequenceResult = std::variant<Completed, StepRequest, StepFault>;

/// Runs the steps of one list after the other, and in place of a FlowCallout those of its shared
/// flow. Does not know why: flows, phases and fault rules are its owners' business. One call, one
/// thread.
class StepSequence {
public:
    /// All references must outlive this.
    StepSequence(const Bundle& bundle, Variables& variables, const CallOptions& options)
        : bundle_(bundle),
          variables_(variables),
          options_(options),
          trace_(options.trace, variables),
          runner_(bundle, variables, options) {}

    struct Settings {
        /// Where to write what becomes of the steps, one record for each of them; those of a shared
        /// flow are put in behind its FlowCallout when that is entered. null = nowhere.
        std::vector<StepRecord>* records = nullptr;
        const Fields* raised_headers = nullptr;  ///< see StepRunner::start
        /// A policy that ends later makes flow.APITimedOut.
        std::optional<Millis> deadline = std::nullopt;
        /// false: a RaiseFault does not end the shared flow it is in (`raise-fault-in-rule`).
        bool raise_ends_shared_flow = true;
    };

    /// Begins anew. `steps` must outlive the run.
    void begin(const std::vector<Step>& steps, const Settings& settings);

    /// Runs until the steps are through. After a StepFault it goes on with the next step: behind
    /// the outermost FlowCallout when the fault has left the shared flow.
    SequenceResult run(Millis now);

    /// The same with the answer to a StepRequest.
    SequenceResult resume(StepAnswer answer, Millis now);

    /// Leaves out what has not run yet; `why` becomes its note.
    void stop(std::string_view why = {});

    /// Names of the policies that ran since the call began, in order; empty unless recording.
    const std::vector<std::string>& policies_run() const { return runner_.policies_run(); }

private:
    // A list of steps on its way; each but the first belongs to a FlowCallout.
    struct Frame {
        const std::vector<Step>* steps = nullptr;
        std::size_t next = 0;
        const Policy* callout = nullptr;
        std::size_t record = 0;  // of the FlowCallout
        FormerValues former = {};
    };

    StepRecord* record_of_step();
    StepOutcome start(const Step& step, Millis now);
    StepOutcome resume(const Step& step, StepAnswer answer, Millis now);
    void trace(const Step& step, const StepOutcome& outcome, bool resumed);
    std::optional<SequenceResult> settle(StepOutcome outcome, Millis now);
    std::optional<Fault> enter(const FlowCallout& callout, Millis now);
    void describe_steps_of(const SharedFlow& flow);
    void leave(std::string_view why);
    StepFault on_fault(StepFault fault);
    void mark_failed(std::size_t record, const Fault& fault) const;
    std::optional<StepFault> time_out(Millis now);

    const Bundle& bundle_;
    Variables& variables_;
    const CallOptions& options_;
    CallTrace trace_;
    StepRunner runner_;

    std::vector<Frame> frames_;
    Settings settings_;
    std::size_t called_ = 0;  // shared flows, since begin()
    std::size_t record_ = 0;  // of the next step; records stand in the order of the steps
    StepRecord traced_;       // for the trace, when nobody keeps records
    bool waiting_ = false;
    bool ran_ = false;  // a policy, since the time was last looked at
};

}  // namespace catchrule
