// SPDX-License-Identifier: Apache-2.0
#include "engine/error_flow.hpp"

#include <utility>

namespace catchrule {

namespace {

// Headers of which a reply has exactly one: a second value never joins the first (SEM-31 is about
// others).
bool is_single(std::string_view name) {
    static const Fields single = [] {
        Fields fields(FieldCase::insensitive);
        fields.add("Content-Type", "");
        fields.add("Content-Length", "");
        fields.add("Location", "");
        return fields;
    }();
    return single.count(name) != 0;
}

Message default_message(const Fault& fault) {
    Message message = Message::response(fault.status);
    message.headers.set("Content-Type", "application/json");
    message.content = default_fault_body(fault);
    return message;
}

}  // namespace

void ErrorFlow::enter(Fault fault, std::optional<RaisedFault> raised, std::string_view state,
                      const Endpoint& endpoint, const ProxyEndpoint& proxy) {
    steps_.stop();
    endpoint_ = &endpoint;
    proxy_ = &proxy;
    fault.endpoint = endpoint.kind;
    first_ = fault;
    variables_.enter(Context::error);
    if (raised) {
        variables_.error() = std::move(raised->response);
        if (raised->set_content) variables_.error().content_set_by = fault.policy;
        for (const Field& field : variables_.error().headers.items()) {
            if (!is_single(field.name)) raised_headers_.add(field.name, field.value);
        }
    } else if (fault.name == "ErrorResponseCode" && variables_.has(Context::response)) {
        variables_.error() =
            variables_.response();  // the target's own reply goes out unless a rule edits it
    } else if (fault.name == "ErrorResponseCode") {
        variables_.error() = Message::response(fault.status);
    } else {
        variables_.error() = default_message(fault);
    }
    pending_ = std::move(fault);
    publish(pending_);
    variables_.define("error.state", Value::text(state));
    variables_.define("is.error", Value::boolean(true));
    decision_.endpoint_kind = endpoint.kind;
    decision_.endpoint = endpoint.name;
    decision_.fault = first_;
    decision_.order = evaluation_order(endpoint.faults, endpoint.kind, options_.semantics);
    trace_.fault(first_, state);
}

void ErrorFlow::publish(const Fault& fault) {
    variables_.define("fault.name", Value::text(fault.name));
    variables_.define("fault.type", Value::text(""));
    variables_.define("fault.category", Value::text(fault.category));
    variables_.define("fault.subcategory", Value::text(""));
    variables_.define("fault.reason", Value::text(fault.reason));
    variables_.define("error.message", Value::text(fault.text));
}

std::optional<StepRequest> ErrorFlow::run(Millis now) { return follow(steps_.run(now), now); }

std::optional<StepRequest> ErrorFlow::resume(StepAnswer answer, Millis now) {
    return follow(steps_.resume(std::move(answer), now), now);
}

std::optional<StepRequest> ErrorFlow::follow(SequenceResult result, Millis now) {
    for (;;) {
        if (auto* request = std::get_if<StepRequest>(&result)) return std::move(*request);
        if (auto* fault = std::get_if<StepFault>(&result)) {
            on_fault(std::move(*fault));
        } else {
            next_stage();
        }
        if (stage_ == Stage::done) return std::nullopt;
        result = steps_.run(now);
    }
}

void ErrorFlow::next_stage() {
    switch (stage_) {
        case Stage::choose:
            choose();
            stage_ = Stage::rule;
            break;
        case Stage::rule:
            trace_not_reached();
            stage_ = Stage::default_rule;
            begin_default(*endpoint_, decision_.default_rule, why_no_default());
            break;
        case Stage::default_rule:
            stage_ = Stage::proxy_default_rule;
            if (endpoint_->kind == EndpointKind::target) {
                begin_default(*proxy_, decision_.proxy_default_rule, why_no_proxy_default());
            }
            break;
        case Stage::proxy_default_rule:
            finish();
            stage_ = Stage::done;
            break;
        case Stage::done:
            break;
    }
}

void ErrorFlow::choose() {
    const EvaluationOrder order =
        evaluation_order(endpoint_->faults, endpoint_->kind, options_.semantics);
    // A record holds every rule, so none is passed over.
    const auto choose = options_.record ? choose_rule_in_turn : choose_rule;
    chosen_ = choose(endpoint_->faults, order, variables_, options_.semantics.comparisons);
    if (options_.record) record_rules(chosen_, order);
    if (chosen_ != nullptr) {
        begin_steps(chosen_->steps,
                    options_.record ? &decision_.rules[*decision_.fired].steps : nullptr);
    }
}

void ErrorFlow::record_rules(const FaultRule* chosen, EvaluationOrder order) {
    for (const std::size_t index : rules_in_order(endpoint_->faults, order)) {
        const FaultRule& rule = endpoint_->faults.rules[index];
        RuleRecord record;
        record.name = rule.name;
        record.location = rule.location;
        const bool reached = !decision_.fired;
        if (rule.condition) {
            record.condition = reached ? trace_.evaluate("FAULT_", rule.name, *rule.condition,
                                                         options_.semantics.comparisons)
                                       : describe(*rule.condition);
        }
        if (&rule == chosen) {
            record.verdict = RuleVerdict::fired;
            for (const Step& step : rule.steps)
                record.steps.push_back(describe_step(bundle_, step));
            decision_.fired = decision_.rules.size();
            trace_.rule("FaultRule", rule.name, *endpoint_, "fired",
                        rule.condition ? "" : "no condition, always true");
        } else if (reached) {
            record.verdict = RuleVerdict::is_false;
        }
        decision_.rules.push_back(std::move(record));
    }
}

void ErrorFlow::trace_not_reached() const {
    if (!trace_.on() || !decision_.fired) return;
    for (std::size_t i = *decision_.fired + 1; i < decision_.rules.size(); ++i) {
        trace_.rule("FaultRule", decision_.rules[i].name, *endpoint_, "not_reached", {});
    }
}

void ErrorFlow::begin_steps(const std::vector<Step>& steps, std::vector<StepRecord>* records) {
    steps_.begin(steps, {.records = records,
                         .raised_headers = &raised_headers_,
                         .raise_ends_shared_flow = options_.semantics.raise_fault_in_rule_stops});
}

std::string_view ErrorFlow::why_no_default() const {
    const auto& rule = endpoint_->faults.default_rule;
    if (!rule || chosen_ == nullptr) return {};
    if (raised_in_rule_) return "the fault rule ran RaiseFault";
    if (!rule->always_enforce) return "a fault rule fired and AlwaysEnforce is not true";
    return {};
}

std::string_view ErrorFlow::why_no_proxy_default() const {
    const auto& rule = proxy_->faults.default_rule;
    if (!rule) return {};
    if (!options_.semantics.target_fault_reaches_proxy_default) {
        return "target-fault-reaches-proxy-default is false";
    }
    if (chosen_ != nullptr && !rule->always_enforce) {
        return "a target fault rule fired and AlwaysEnforce is not true";
    }
    return {};
}

void ErrorFlow::begin_default(const Endpoint& endpoint, std::optional<DefaultRuleRecord>& record,
                              std::string_view why_not) {
    if (!endpoint.faults.default_rule) return;
    const DefaultFaultRule& rule = *endpoint.faults.default_rule;
    DefaultRuleRecord made;
    made.name = rule.name;
    made.location = rule.location;
    made.always_enforce = rule.always_enforce;
    made.ran = why_not.empty();
    made.note = why_not;
    if (made.ran && rule.condition) {
        if (options_.record) {
            made.condition = trace_.evaluate("FAULT_", rule.name, *rule.condition,
                                             options_.semantics.comparisons);
            made.ran = made.condition->result;
        } else {
            made.ran =
                evaluate(rule.condition->program, variables_, options_.semantics.comparisons);
        }
        if (!made.ran) made.note = "its condition is false";
    } else if (rule.condition && options_.record) {
        made.condition = describe(*rule.condition);
    }
    const bool ran = made.ran;
    trace_.rule("DefaultFaultRule", rule.name, endpoint, ran ? "ran" : "not_run", made.note);
    if (options_.record) {
        for (const Step& step : rule.steps) made.steps.push_back(describe_step(bundle_, step));
        record = std::move(made);
    }
    if (ran) begin_steps(rule.steps, options_.record ? &record->steps : nullptr);
}

void ErrorFlow::on_fault(StepFault fault) {
    if (fault.tolerated) return;  // SEM-38: its flags are set, the pending fault stays
    const std::string policy = fault.fault.policy;
    if (fault.raised) {
        if (stage_ == Stage::rule) raised_in_rule_ = true;
        merge(std::move(*fault.raised), policy);
        if (options_.semantics.raise_fault_in_rule_stops) {
            steps_.stop("not reached: " + policy + " stopped the rule");
        }
    } else {
        replace(std::move(fault.fault));
        steps_.stop("not reached: " + policy + " failed");
    }
}

// SEM-04: what RaiseFault does not set stays as it was.
void ErrorFlow::merge(RaisedFault raised, const std::string& policy) {
    Message& error = variables_.error();
    if (raised.set_status) error.set_status(raised.response.status);
    if (raised.set_reason) error.reason = raised.response.reason;
    if (raised.set_content) {
        error.content = std::move(raised.response.content);
        error.content_set_by = policy;
    }
    for (const std::string_view name : raised.response.headers.names()) {
        const bool single = is_single(name);
        // Without a payload of its own the response holds the default body; its type is not merged.
        if (!raised.set_content && raised.response.headers.same_name(name, "Content-Type"))
            continue;
        if (single || raised_headers_.count(name) == 0) error.headers.remove(name);
        for (const std::string_view value : raised.response.headers.all(name)) {
            error.headers.add(name, value);
            if (!single) raised_headers_.add(name, value);
        }
    }
    raised.fault.endpoint = pending_.endpoint;
    raised.fault.policy = policy;
    pending_ = std::move(raised.fault);
    publish(pending_);
}

// SEM-05, SEM-42: the new fault and its default reply take the place of the pending ones.
void ErrorFlow::replace(Fault fault) {
    fault.endpoint = pending_.endpoint;
    variables_.error() = default_message(fault);
    raised_headers_.clear();
    pending_ = std::move(fault);
    publish(pending_);
}

void ErrorFlow::finish() {
    if (!options_.record) return;
    decision_.final_fault = pending_;
    decision_.final_fault.status = variables_.error().status;
    decision_.response = variables_.error();
}

}  // namespace catchrule
