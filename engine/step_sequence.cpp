// SPDX-License-Identifier: Apache-2.0
#include "engine/step_sequence.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

std::string ended_by(const StepFault& fault) {
    return "not reached: " + fault.fault.policy + (fault.raised ? " stopped it" : " failed");
}

}  // namespace

void StepSequence::begin(const std::vector<Step>& steps, const Settings& settings) {
    stop();
    settings_ = settings;
    record_ = 0;
    called_ = 0;
    frames_.push_back({.steps = &steps});
}

SequenceResult StepSequence::run(Millis now) {
    for (;;) {
        if (auto fault = time_out(now)) return *std::move(fault);
        if (frames_.empty()) return Completed{};
        const Frame& frame = frames_.back();
        if (frame.next == frame.steps->size()) {
            leave({});
            continue;
        }
        if (auto result = settle(start((*frame.steps)[frame.next], now), now)) {
            return *std::move(result);
        }
    }
}

SequenceResult StepSequence::resume(StepAnswer answer, Millis now) {
    if (!std::exchange(waiting_, false)) return run(now);
    const Frame& frame = frames_.back();
    auto result = settle(resume((*frame.steps)[frame.next], std::move(answer), now), now);
    if (result) return *std::move(result);
    return run(now);
}

void StepSequence::stop(std::string_view why) {
    while (!frames_.empty()) leave(why);
    waiting_ = false;
    ran_ = false;
}

StepOutcome StepSequence::start(const Step& step, Millis now) {
    if (trace_.on()) traced_ = {};
    const CallTrace::Logging logging(trace_);
    StepOutcome outcome = runner_.start(step, now, settings_.raised_headers, record_of_step());
    if (trace_.on()) trace(step, outcome, false);
    return outcome;
}

StepOutcome StepSequence::resume(const Step& step, StepAnswer answer, Millis now) {
    const CallTrace::Logging logging(trace_);
    StepOutcome outcome = runner_.resume(step, std::move(answer), now, record_of_step());
    if (trace_.on()) trace(step, outcome, true);
    return outcome;
}

void StepSequence::trace(const Step& step, const StepOutcome& outcome, bool resumed) {
    using Kind = StepOutcome::Kind;
    if (outcome.kind == Kind::waiting) {
        if (resumed) trace_.resumed();
        trace_.paused();
        return;
    }
    const StepRecord& record = *record_of_step();
    const auto became = outcome.kind == Kind::skipped   ? CallTrace::Outcome::skipped
                        : outcome.kind == Kind::faulted ? CallTrace::Outcome::failed
                                                        : CallTrace::Outcome::ran;
    trace_.step(step, runner_.policy_of(step), record.condition ? &*record.condition : nullptr,
                became, record.note);
    if (resumed) trace_.resumed();
}

StepRecord* StepSequence::record_of_step() {
    if (settings_.records != nullptr) return &(*settings_.records)[record_];
    return trace_.on() ? &traced_ : nullptr;
}

// Makes the step behind the present one the next; what its owner must know comes back.
std::optional<SequenceResult> StepSequence::settle(StepOutcome outcome, Millis now) {
    switch (outcome.kind) {
        case StepOutcome::Kind::waiting:
            waiting_ = true;
            return *std::move(outcome.request);
        case StepOutcome::Kind::calls:
            if (auto fault = enter(*outcome.callout, now)) return on_fault({.fault = *fault});
            return std::nullopt;
        case StepOutcome::Kind::faulted:
            return on_fault(
                {.fault = std::move(outcome.fault), .raised = std::move(outcome.raised)});
        case StepOutcome::Kind::completed:
            ran_ = true;
            break;
        case StepOutcome::Kind::skipped:
            break;
    }
    ++frames_.back().next;
    ++record_;
    return std::nullopt;
}

std::optional<Fault> StepSequence::enter(const FlowCallout& callout, Millis now) {
    const Frame& frame = frames_.back();
    const Policy& policy = *runner_.policy_of((*frame.steps)[frame.next]);
    StepContext context = runner_.context_for(policy.name, now);
    if (callout.index < 0) {
        return policy_fault("flow.SharedFlowNotFound", context, {{"name", callout.shared_flow}});
    }
    const bool too_deep = frames_.size() > max_flow_callouts;
    if (too_deep || called_ == max_flows_called) {
        const std::size_t limit = too_deep ? max_flow_callouts : max_flows_called;
        return policy_fault("flow.TooManyFlowCallouts", context,
                            {{"name", callout.shared_flow}, {"limit", std::to_string(limit)}});
    }
    FormerValues former;
    if (auto fault = set_parameters(callout, context, former)) {
        former.restore(variables_);
        return fault;
    }
    const SharedFlow& flow = bundle_.shared_flows[static_cast<std::size_t>(callout.index)];
    ++called_;
    describe_steps_of(flow);
    frames_.push_back({&flow.steps, 0, &policy, record_, std::move(former)});
    trace_.shared_flow("FlowCallout", flow.name);
    ++record_;
    return std::nullopt;
}

void StepSequence::describe_steps_of(const SharedFlow& flow) {
    if (settings_.records == nullptr) return;
    std::vector<StepRecord> records;
    for (const Step& step : flow.steps) {
        records.push_back(describe_step(bundle_, step));
        records.back().shared_flow = flow.name;
    }
    settings_.records->insert(settings_.records->begin() + static_cast<std::ptrdiff_t>(record_ + 1),
                              std::move_iterator(records.begin()),
                              std::move_iterator(records.end()));
}

// Ends the innermost list; `why` becomes the note of what it leaves out.
void StepSequence::leave(std::string_view why) {
    Frame& frame = frames_.back();
    const std::size_t left = frame.steps->size() - frame.next;
    for (std::size_t i = 0; settings_.records != nullptr && !why.empty() && i < left; ++i) {
        StepRecord& record = (*settings_.records)[record_ + i];
        if (!record.ran) record.note = why;  // one that waited has run
    }
    record_ += left;
    frame.former.restore(variables_);
    if (frame.callout != nullptr) {
        ran_ = true;
        trace_.shared_flow("FlowReturn", std::get<FlowCallout>(frame.callout->config).shared_flow);
    }
    frames_.pop_back();
    if (!frames_.empty()) ++frames_.back().next;  // the FlowCallout is through
}

// A fault leaves one shared flow after the other until a FlowCallout says continueOnError.
StepFault StepSequence::on_fault(StepFault fault) {
    ran_ = true;
    Frame& frame = frames_.back();
    const Policy* policy = runner_.policy_of((*frame.steps)[frame.next]);
    const std::size_t record = record_;
    mark_failed(record, fault.fault);
    ++frame.next;
    ++record_;
    fault.tolerated = policy->continue_on_error;
    const bool caught = std::ranges::any_of(frames_, [](const Frame& each) {
        return each.callout != nullptr && each.callout->continue_on_error;
    });
    const bool stays = fault.raised && !settings_.raise_ends_shared_flow && !caught;
    const std::string why = ended_by(fault);
    while (!stays && !fault.tolerated && frames_.size() > 1) {
        fault.tolerated = frames_.back().callout->continue_on_error;
        mark_failed(frames_.back().record, fault.fault);
        leave(why);
    }
    if (settings_.records != nullptr && fault.raised && !fault.tolerated) {
        (*settings_.records)[record].set_body = fault.raised->set_content;
    }
    return fault;
}

void StepSequence::mark_failed(std::size_t record, const Fault& fault) const {
    if (settings_.records == nullptr) return;
    (*settings_.records)[record].failed = true;
    (*settings_.records)[record].fault = fault.name;
}

// The time of the whole call is looked at when a policy has run, not in the middle of one.
std::optional<StepFault> StepSequence::time_out(Millis now) {
    if (!std::exchange(ran_, false) || !settings_.deadline || now < *settings_.deadline) {
        return std::nullopt;
    }
    StepFault fault{.fault = make_fault("flow.APITimedOut", options_.semantics)};
    stop("not reached: " + fault.fault.name);
    return fault;
}

}  // namespace catchrule
