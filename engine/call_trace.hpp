// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/decide.hpp"
#include "engine/model.hpp"
#include "engine/trace.hpp"

namespace catchrule {

/// The machine's side of a trace: what happens, in the machine's words, becomes points. Off, every
/// function is one branch. One call, one thread.
class CallTrace {
public:
    /// `recorder` is null when nothing is traced; both must outlive this.
    CallTrace(trace::Recorder* recorder, Variables& variables)
        : recorder_(recorder), variables_(variables) {}

    bool on() const { return recorder_ != nullptr; }

    /// Variable accesses are logged while this lives.
    class Logging {
    public:
        explicit Logging(const CallTrace& trace);
        ~Logging();
        Logging(const Logging&) = delete;
        Logging& operator=(const Logging&) = delete;

    private:
        const CallTrace& trace_;
    };

    void set_now(Millis now) const {
        if (on()) recorder_->set_now(now);
    }

    /// The session, and what is known at the first byte of a request.
    void begin(const Bundle& bundle) const {
        if (on()) write_begin(bundle);
    }
    /// The call reached a flow state; nothing when it was in it.
    void enter(std::string_view state, std::string_view proxy_endpoint) const {
        if (on() && recorder_->state() != state) write_state(state, proxy_endpoint);
    }
    void flow(EndpointKind endpoint, std::string_view name) const {
        if (on()) write_flow(endpoint, name);
    }
    void paused() const {
        if (on()) recorder_->add({.id = "Paused"});
    }
    void resumed() const {
        if (on()) recorder_->add({.id = "Resumed"});
    }
    void fault(const Fault& fault, std::string_view state) const {
        if (on()) write_fault(fault, state);
    }

    /// Evaluates with every operand recorded; traced as a Condition point whose Tree is `tree` and
    /// `name` together.
    ConditionRecord evaluate(std::string_view tree, std::string_view name,
                             const grammar::Condition& condition,
                             const grammar::ComparisonRules& rules) const;

    /// What became of a rule: "fired", "not_reached", "ran", "not_run"; and why.
    void rule(std::string_view kind, std::string_view name, const Endpoint& endpoint,
              std::string_view verdict, std::string_view note) const {
        if (on()) write_rule(kind, name, endpoint, verdict, note);
    }

    enum class Outcome : std::uint8_t { skipped, ran, failed };

    /// The step's condition, if any, held: from here on the accesses are the step's own.
    void executing() const {
        if (on()) recorder_->log().clear();
    }
    /// `policy` is null when it is not in the file; `condition` when the step has none.
    void step(const Step& step, const Policy* policy, const ConditionRecord* condition,
              Outcome outcome, std::string_view note) const {
        if (on()) write_step(step, policy, condition, outcome, note);
    }
    /// A shared flow begins, or ends.
    void shared_flow(std::string_view id, std::string_view name) const {
        if (on()) write_shared_flow(id, name);
    }

private:
    trace::Point point(std::string_view id) const;
    trace::Snapshot snapshot() const;
    void write_begin(const Bundle& bundle) const;
    void write_flow_info(std::initializer_list<std::string_view> names) const;
    void write_state(std::string_view state, std::string_view proxy_endpoint) const;
    void write_flow(EndpointKind endpoint, std::string_view name) const;
    void write_fault(const Fault& fault, std::string_view state) const;
    void write_rule(std::string_view kind, std::string_view name, const Endpoint& endpoint,
                    std::string_view verdict, std::string_view note) const;
    void write_step(const Step& step, const Policy* policy, const ConditionRecord* condition,
                    Outcome outcome, std::string_view note) const;
    void write_shared_flow(std::string_view id, std::string_view name) const;

    trace::Recorder* recorder_;
    Variables& variables_;
};

}  // namespace catchrule
