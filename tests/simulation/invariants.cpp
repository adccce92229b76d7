// SPDX-License-Identifier: Apache-2.0
// The laws, each by its own small function; none asks the engine what should have happened.
#include "tests/simulation/invariants.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace catchrule::testing {

namespace {

class Judge {
public:
    Judge(const RandomBundle& bundle, const CallResult& result)
        : bundle_(bundle), result_(result) {}

    std::vector<std::string> verdict() {
        ends_in_order();
        calls_at_most_one_target();
        reply_is_sane();
        steps_come_in_order();
        failures_are_faults();
        if (result_.fault) {
            variables_of_the_error_flow_are_set();
            only_the_right_rule_ran();
            default_rules_follow_the_law();
        } else {
            no_trace_of_an_error();
        }
        return std::move(broken_);
    }

private:
    void expect(bool holds, const std::string& law) {
        if (!holds) broken_.push_back(law);
    }

    bool is_set(std::string_view name) const { return result_.variables.contains(name); }

    std::string text(std::string_view name) const {
        const auto found = result_.variables.find(name);
        return found == result_.variables.end() ? std::string() : found->second;
    }

    // One reply, then the end, within as many actions as there are steps and three.
    void ends_in_order() {
        expect(result_.finished, "the machine does not finish");
        expect(result_.responds == 1, std::to_string(result_.responds) + " replies");
        expect(result_.actions.size() <= bundle_.steps + 3, "more actions than steps");
        expect(!result_.actions.empty() && result_.actions.back() == "finished", "no end");
    }

    void calls_at_most_one_target() {
        expect(result_.target_calls <= 1, "more than one target call");
        const std::string state = text("error.state");
        if (result_.fault && (state == "PROXY_REQ_FLOW" || state == "TARGET_REQ_FLOW")) {
            expect(result_.target_calls == 0, "a target was called in spite of " + state);
        }
    }

    void reply_is_sane() {
        const Message& reply = result_.response;
        expect(reply.status >= 100 && reply.status <= 999, "status out of range");
        for (const Field& field : reply.headers.items()) {
            expect(!field.name.empty(), "a header without a name");
        }
        expect(reply.headers.count("Content-Type") <= 1, "two content types");
        if (!result_.fault || !result_.decision) return;
        const bool untouched = ran("rde").empty() && result_.fault->name != "ErrorResponseCode" &&
                               result_.fault->name != "RaiseFault";
        if (!untouched) return;
        expect(reply.content == default_fault_body(*result_.fault), "not the default reply");
        expect(reply.status == result_.fault->status, "not the status of the fault");
        expect(reply.headers.first("Content-Type") == "application/json", "not JSON");
    }

    // Names of the policies of these kinds that ran, in order.
    std::vector<std::string> ran(std::string_view kinds) const {
        std::vector<std::string> out;
        for (const std::string& step : result_.steps) {
            if (kinds.find(step[0]) != std::string_view::npos) out.push_back(step);
        }
        return out;
    }

    // Flows; after a fault one rule, the default rules; PostClientFlow. Nothing comes back.
    void steps_come_in_order() {
        constexpr std::string_view order = "fredc";
        std::size_t last = 0;
        for (const std::string& step : result_.steps) {
            const std::size_t place = order.find(step[0]);
            expect(place >= last, step + " ran too late");
            last = place;
        }
        if (!result_.fault) {
            expect(ran("rde").empty(), "rules ran without a fault");
            return;
        }
        const auto in_flows = ran("f");
        if (result_.fault->policy.empty()) return;
        expect(!in_flows.empty() && in_flows.back() == result_.fault->policy,
               "steps went on after " + result_.fault->policy + " failed");
        expect(!bundle_.continues.at(result_.fault->policy), "a tolerated fault became one");
    }

    // A policy that says it failed ended the flow, unless something round it may tolerate that.
    void failures_are_faults() {
        constexpr std::string_view flag = ".failed";
        for (const auto& [name, value] : result_.last_variables) {
            const auto begin = name.find('.') + 1;
            if (value != "true" || !name.ends_with(flag) || begin + flag.size() > name.size()) {
                continue;
            }
            const std::string policy = name.substr(begin, name.size() - flag.size() - begin);
            if (!policy.starts_with('f')) continue;
            if (bundle_.continues.at(policy) || !bundle_.owner.at(policy).empty()) continue;
            expect(result_.fault && result_.fault->policy == policy,
                   policy + " failed and that was no fault");
        }
    }

    void variables_of_the_error_flow_are_set() {
        static const std::set<std::string> states = {
            "PROXY_REQ_FLOW", "TARGET_REQ_FLOW", "REQ_SENT", "TARGET_RESP_FLOW", "PROXY_RESP_FLOW",
        };
        expect(!text("fault.name").empty(), "fault.name is not set");
        for (const char* name :
             {"fault.type", "fault.category", "fault.subcategory", "fault.reason", "error.message",
              "error.content", "error.status.code", "message.content"}) {
            expect(is_set(name), std::string(name) + " is not set");
        }
        expect(text("is.error") == "true", "is.error is not true");
        expect(states.count(text("error.state")) == 1, "error.state is " + text("error.state"));
        expect(text("message.status.code") == text("error.status.code"), "message is not error");
        expect(text("error.status.code") == std::to_string(result_.response.status),
               "the reply is not the error message");
    }

    void no_trace_of_an_error() {
        expect(text("is.error") == "false", "is.error is not false");
        for (const char* name : {"error.content", "error.status.code", "error.message",
                                 "error.state", "fault.category"}) {
            expect(!is_set(name), std::string(name) + " is set");
        }
        expect(!result_.decision, "a decision without a fault");
    }

    bool is_target_fault() const { return result_.fault->endpoint == EndpointKind::target; }

    const PlannedRules& rules() const {
        if (!is_target_fault()) return bundle_.proxy;
        // A fault to begin with belongs to the first target of the bundle.
        return bundle_.targets.at(result_.target.empty() ? "a" : result_.target);
    }

    // Everything that conditions of rules read stays as it was, but for the name of the fault.
    bool is_true(const std::optional<Condition>& condition, const std::string& fault_name) const {
        return !condition || holds(*condition, [&](std::string_view name) {
            if (name == "fault.name") return std::optional(fault_name);
            return is_set(name) ? std::optional(text(name)) : std::nullopt;
        });
    }

    const PlannedRules::Rule* expected_rule() const {
        const PlannedRules& plan = rules();
        const std::size_t count = plan.rules.size();
        const EvaluationOrder by_switch =
            is_target_fault() ? result_.semantics.target_order : result_.semantics.proxy_order;
        const bool down = plan.order.value_or(by_switch) == EvaluationOrder::top_to_bottom;
        for (std::size_t i = 0; i < count; ++i) {
            const auto& rule = plan.rules[down ? i : count - 1 - i];
            if (is_true(rule.condition, result_.fault->name)) return &rule;
        }
        return nullptr;
    }

    void only_the_right_rule_ran() {
        const PlannedRules::Rule* const expected = expected_rule();
        const std::string name = expected == nullptr ? "none" : expected->name;
        const Decision& decision = *result_.decision;
        const std::string fired =
            decision.fired ? decision.rules[*decision.fired].name : std::string("none");
        expect(fired == name, "rule " + fired + " was chosen, not " + name);
        for (const std::string& step : ran("r")) {
            const std::string& owner = bundle_.owner.at(step);
            if (owner == name || owner.starts_with("shared-r")) continue;
            broken_.push_back(std::string(step).append(" ran beside the steps of ").append(name));
        }
    }

    // The steps that failed and were not tolerated, neither by themselves nor by a FlowCallout
    // round them. The records of a shared flow's steps follow that of its callout.
    std::vector<StepRecord> failures(const std::vector<StepRecord>& records) const {
        struct Level {
            std::string flow;
            bool tolerates;
        };
        std::vector<Level> levels = {{"", false}};
        std::vector<StepRecord> out;
        for (const StepRecord& step : records) {
            while (levels.size() > 1 && levels.back().flow != step.shared_flow) levels.pop_back();
            const bool tolerated = levels.back().tolerates || bundle_.continues.at(step.policy);
            if (step.failed && !tolerated) out.push_back(step);
            if (step.element == "FlowCallout") {
                levels.push_back({bundle_.calls.at(step.policy), tolerated});
            }
        }
        return out;
    }

    static std::string name_after(const std::vector<StepRecord>& failed,
                                  const std::string& before) {
        return failed.empty() ? before : failed.back().fault;
    }

    // SEMANTICS 2.3 with SEM-03, SEM-04 and SEM-06.
    void default_rules_follow_the_law() {
        const Decision& decision = *result_.decision;
        const bool chosen = expected_rule() != nullptr;
        std::vector<StepRecord> failed;
        if (decision.fired) failed = failures(decision.rules[*decision.fired].steps);
        const bool raised = std::ranges::any_of(
            failed, [](const StepRecord& step) { return step.element == "RaiseFault"; });
        std::string name = name_after(failed, result_.fault->name);

        const PlannedRules& own = rules();
        const bool own_runs = own.has_default && is_true(own.default_condition, name) &&
                              (!chosen || (own.always_enforce && !raised));
        expect((decision.default_rule && decision.default_rule->ran) == own_runs,
               own_runs ? "the default rule did not run" : "the default rule ran");
        expect(own_runs || ran(is_target_fault() ? "e" : "d").empty(), "steps of the default rule");
        if (!is_target_fault()) {
            expect(ran("e").empty() && !decision.proxy_default_rule, "a target's default rule");
            return;
        }
        if (decision.default_rule) name = name_after(failures(decision.default_rule->steps), name);
        const PlannedRules& proxy = bundle_.proxy;
        const bool proxy_runs = proxy.has_default && is_true(proxy.default_condition, name) &&
                                result_.semantics.target_fault_reaches_proxy_default &&
                                (!chosen || proxy.always_enforce);
        expect(
            (decision.proxy_default_rule && decision.proxy_default_rule->ran) == proxy_runs,
            proxy_runs ? "the proxy's default rule did not run" : "the proxy's default rule ran");
        expect(proxy_runs || ran("d").empty(), "steps of the proxy's default rule");
    }

    const RandomBundle& bundle_;
    const CallResult& result_;
    std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_laws(const RandomBundle& bundle, const CallResult& result) {
    return Judge(bundle, result).verdict();
}

std::vector<std::string> differences(const CallResult& recorded, const CallResult& unrecorded) {
    std::vector<std::string> out;
    const auto expect = [&out](bool same, const char* what) {
        if (!same) out.push_back(std::string("unrecorded: other ") + what);
    };
    expect(recorded.actions == unrecorded.actions, "actions");
    expect(recorded.response.status == unrecorded.response.status, "status");
    expect(recorded.response.reason == unrecorded.response.reason, "reason phrase");
    expect(recorded.response.headers == unrecorded.response.headers, "headers");
    expect(recorded.response.content == unrecorded.response.content, "body");
    expect(recorded.fault.has_value() == unrecorded.fault.has_value() &&
               (!recorded.fault || recorded.fault->code == unrecorded.fault->code),
           "fault");
    expect(recorded.variables == unrecorded.variables &&
               recorded.last_variables == unrecorded.last_variables,
           "variables");
    expect(!unrecorded.decision && unrecorded.steps.empty(), "records");
    return out;
}

}  // namespace catchrule::testing
