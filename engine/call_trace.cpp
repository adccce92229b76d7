// SPDX-License-Identifier: Apache-2.0
// Property names and their order are those of recorded sessions (SEMANTICS 5.1); what no recording
// shows is SEM-90 to SEM-94.
#include "engine/call_trace.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace catchrule {

namespace {

using trace::Point;

std::string_view word(bool value) { return value ? "true" : "false"; }

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

// `jsonattack`, `extractvariables`, `javascript`: seen of these types.
std::string definition_type(std::string_view element) {
    if (element == "JSONThreatProtection") return "jsonattack";
    if (element == "XMLThreatProtection") return "xmlattack";
    return lower(element);
}

std::string execution_type(std::string_view element) {
    if (element == "Javascript") return "JavascriptStepExecution";
    return std::string(element) + "Execution";
}

std::string_view enforcement_of(Context context) {
    switch (context) {
        case Context::request:
            return "request";
        case Context::response:
            return "response";
        case Context::error:
            break;
    }
    return "error";
}

// A state in which the endpoint is chosen again.
bool chooses_endpoint(std::string_view state) {
    return state == "PROXY_REQ_FLOW" || state == "PROXY_RESP_FLOW" || state == "RESP_SENT" ||
           state == "PROXY_POST_RESP_SENT";
}

}  // namespace

CallTrace::Logging::Logging(const CallTrace& trace) : trace_(trace) {
    if (trace_.on()) trace_.variables_.log_to(&trace_.recorder_->log());
}

CallTrace::Logging::~Logging() {
    if (trace_.on()) trace_.variables_.log_to(nullptr);
}

Point CallTrace::point(std::string_view id) const {
    Point out;
    out.id = id;
    out.at = recorder_->now();
    return out;
}

trace::Snapshot CallTrace::snapshot() const {
    const Message& message = variables_.current();
    trace::Snapshot out;
    switch (variables_.context()) {
        case Context::request:
            out.kind = trace::Snapshot::Kind::request;
            break;
        case Context::response:
            out.kind = trace::Snapshot::Kind::response;
            break;
        case Context::error:
            out.kind = trace::Snapshot::Kind::error;
            break;
    }
    if (!message.content.empty()) {
        out.content = trace::cut_text(message.content, recorder_->limits().content_bytes);
    }
    out.headers = message.headers.items();
    std::stable_sort(out.headers.begin(), out.headers.end(),
                     [](const Field& a, const Field& b) { return a.name < b.name; });
    if (message.kind == Message::Kind::request) {
        out.uri = message.uri();
        out.verb = message.verb;
    } else {
        out.reason = message.reason.empty() ? reason_phrase(message.status) : message.reason;
        out.status = std::to_string(message.status);
    }
    return out;
}

// One group of variables, those of them that are set.
void CallTrace::write_flow_info(std::initializer_list<std::string_view> names) const {
    Point out = point("FlowInfo");
    for (const std::string_view name : names) {
        const Value value = variables_.get(name);
        if (!value.is_null()) out.properties.push_back({std::string(name), value.to_text()});
    }
    recorder_->add(std::move(out));
}

void CallTrace::write_begin(const Bundle& bundle) const {
    recorder_->masks() = trace::Masks::of(bundle);
    const auto text = [&](std::string_view name) { return variables_.get(name).to_text(); };
    trace::Session& session = recorder_->session();
    session.organization = text("organization.name");
    session.environment = text("environment.name");
    session.api = bundle.name;
    session.revision = bundle.revision;
    recorder_->set_state("REQ_START");
    write_state("REQ_HEADERS_PARSED", {});
    Point environment = point("FlowInfo");
    environment.properties = {
        {"environment.name", session.environment},
        {"environment.qualifiedname", session.organization + "__" + session.environment},
        {"environment.orgname", session.organization}};
    recorder_->add(std::move(environment));
    write_flow_info({"organization.name"});
    Point proxy = point("FlowInfo");
    proxy.properties = {{"apiproxy.qualifiedname", bundle.name + "__" + bundle.revision},
                        {"apiproxy.basepath", text("apiproxy.basepath")},
                        {"apiproxy.revision", bundle.revision},
                        {"apiproxy.name", bundle.name}};
    recorder_->add(std::move(proxy));
    write_flow_info(
        {"proxy.basepath", "proxy.pathsuffix", "proxy.url", "proxy.name", "proxy.client.ip"});
}

void CallTrace::write_state(std::string_view state, std::string_view proxy_endpoint) const {
    Point out = point("StateChange");
    out.properties = {{"To", std::string(state)}, {"From", std::string(recorder_->state())}};
    out.message = snapshot();
    recorder_->add(std::move(out));
    recorder_->set_state(state);
    if (!chooses_endpoint(state)) return;
    const std::string name(proxy_endpoint);
    Point chosen = point("Condition");
    chosen.properties = {{"ExpressionResult", "true"},
                         {"Expression", "(\"" + name + "\" equals proxy.name)"},
                         {"Tree", "PROXY_" + name}};
    chosen.accesses = {{.name = "proxy.name", .value = name}};
    recorder_->add(std::move(chosen));
    recorder_->log().clear();
}

void CallTrace::write_flow(EndpointKind endpoint, std::string_view name) const {
    const char* own = endpoint == EndpointKind::proxy ? "proxy.flow.name" : "target.flow.name";
    for (const char* property : {own, "current.flow.name"}) {
        Point out = point("FlowInfo");
        out.properties = {{property, std::string(name)}};
        recorder_->add(std::move(out));
    }
    recorder_->log().clear();
}

void CallTrace::write_fault(const Fault& fault, std::string_view state) const {
    Point out = point("Error");
    out.properties = {{"state", std::string(state)},
                      {"error", fault.text},
                      {"fault.name", fault.name},
                      {"fault.code", fault.code},
                      {"endpoint", std::string(to_string(fault.endpoint))}};
    if (!fault.policy.empty()) out.properties.push_back({"policy", fault.policy});
    out.message = snapshot();
    recorder_->add(std::move(out));
}

ConditionRecord CallTrace::evaluate(std::string_view tree, std::string_view name,
                                    const grammar::Condition& condition,
                                    const grammar::ComparisonRules& rules) const {
    if (!on()) return evaluate_recorded(condition, variables_, rules);
    recorder_->log().clear();
    const auto evaluated = [&] {
        const Logging logging(*this);
        return evaluate_recorded(condition, variables_, rules);
    };
    ConditionRecord record = evaluated();
    Point out = point("Condition");
    out.properties = {{"ExpressionResult", std::string(word(record.result))},
                      {"Expression", record.rendered},
                      {"Tree", std::string(tree) + std::string(name)}};
    out.accesses = recorder_->log().rows();
    out.condition = record;
    recorder_->log().clear();
    recorder_->add(std::move(out));
    return record;
}

void CallTrace::write_rule(std::string_view kind, std::string_view name, const Endpoint& endpoint,
                           std::string_view verdict, std::string_view note) const {
    Point out = point("Rule");
    out.properties = {{"kind", std::string(kind)},
                      {"name", std::string(name)},
                      {"endpoint", std::string(element_name(endpoint.kind)) + ' ' + endpoint.name},
                      {"verdict", std::string(verdict)}};
    if (!note.empty()) out.properties.push_back({"note", std::string(note)});
    recorder_->add(std::move(out));
}

void CallTrace::write_step(const Step& step, const Policy* policy, const ConditionRecord* condition,
                           Outcome outcome, std::string_view note) const {
    Point out = point("Execution");
    const auto put = [&](const char* name, std::string_view value) {
        out.properties.push_back({name, std::string(value)});
    };
    const std::string_view element = policy == nullptr ? std::string_view() : policy->element();
    // A step that fails: SEM-90.
    if (outcome != Outcome::skipped) {
        put("action", outcome == Outcome::failed ? "ABORT" : "CONTINUE");
    }
    put("stepDefinition-async", "false");
    put("internal", "false");
    if (!element.empty()) put("stepDefinition-type", definition_type(element));
    if (condition != nullptr) put("expression", condition->rendered);
    if (!element.empty()) put("type", execution_type(element));
    put("enforcement", enforcement_of(variables_.context()));
    put("stepDefinition-continueOnError", word(policy != nullptr && policy->continue_on_error));
    if (condition != nullptr) put("expressionResult", word(condition->result));
    put("stepDefinition-displayName", step.policy);
    put("stepDefinition-name", step.policy);
    put("stepDefinition-enabled", word(policy == nullptr || policy->enabled));
    if (outcome != Outcome::skipped) put("result", word(outcome == Outcome::ran));
    if (!note.empty()) put("note", note);
    out.message = snapshot();
    out.accesses = recorder_->log().rows();
    if (condition != nullptr) out.condition = *condition;
    recorder_->add(std::move(out));
}

void CallTrace::write_shared_flow(std::string_view id, std::string_view name) const {
    Point out = point(id);
    out.properties = {{"shared.flow.name", std::string(name)}};
    recorder_->add(std::move(out));
}

}  // namespace catchrule
