// SPDX-License-Identifier: Apache-2.0
#include "engine/analysis/simulate.hpp"

#include <algorithm>
#include <utility>

#include "engine/given_fault.hpp"

namespace catchrule::analysis {

namespace {

// The fault's place and origin, found before anything runs.
struct Setting {
    const Endpoint* endpoint = nullptr;
    const ProxyEndpoint* proxy = nullptr;
    const TargetEndpoint* target = nullptr;  // null for a proxy fault
    const Policy* policy = nullptr;          // null = nobody in particular
    const FaultRow* row = nullptr;           // null = not in the catalog
};

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

// What a simulation leaves out of a step that ran; empty = nothing.
std::string_view stub_note(std::string_view element) {
    if (element == Quota::element || element == SpikeArrest::element ||
        element == VerifyApiKey::element || element == KeyValueMap::element) {
        return "stubbed: no store was asked";
    }
    if (element == ServiceCallout::element) return "stubbed: taken to have got an empty 200";
    if (element == MessageLogging::element) return "stubbed: nothing was logged";
    return {};
}

class Simulation {
public:
    Simulation(const Bundle& bundle, const FaultQuestion& question)
        : bundle_(bundle), question_(question) {}

    FaultAnswer run() {
        FaultAnswer answer;
        setting_.row = find_fault(question_.fault);
        answer.error = choose_policy();
        if (answer.error.empty()) answer.error = choose_endpoint();
        if (!answer.error.empty()) return answer;
        choose_row();
        say_what_status_is_assumed();

        Variables variables(*bundle_.layout);
        FlowMachine machine = begin(variables, setting_.policy, question_.trace);
        drive(machine);
        answer.decision = *machine.decision();
        say_what_was_stubbed(answer.decision);
        answer.hints = hints(answer.decision);
        auto& notes = answer.decision.notes;
        notes.insert(notes.begin(), notes_.begin(), notes_.end());
        return answer;
    }

    std::vector<NamespaceHint> hints(const Decision& decision) const {
        return namespace_hints(
            bundle_, decision, question_.semantics.comparisons,
            [this](std::string_view policy, std::string_view element, Variables& raised) {
                assign_as_raised_by(policy, element, raised);
            });
    }

    // The same place and fault as a decision's, without running anything.
    bool set_like(const Decision& decision) {
        setting_.row = find_fault(decision.fault.code);
        setting_.policy = bundle_.policy(decision.fault.policy);
        return choose_endpoint().empty();
    }

private:
    void note(std::string text) { notes_.push_back(std::move(text)); }

    std::string name() const { return std::string(fault_name_of(question_.fault)); }

    // Endpoints the question allows, in file order.
    std::vector<const Endpoint*> candidates() const {
        std::vector<const Endpoint*> out;
        const auto allowed = [&](const Endpoint& endpoint) {
            return (!question_.kind || *question_.kind == endpoint.kind) &&
                   (question_.endpoint.empty() || question_.endpoint == endpoint.name);
        };
        for (const auto& endpoint : bundle_.proxies) {
            if (allowed(endpoint)) out.push_back(&endpoint);
        }
        for (const auto& endpoint : bundle_.targets) {
            if (allowed(endpoint)) out.push_back(&endpoint);
        }
        return out;
    }

    // The policy given, or the only one that can raise the fault; with it comes the endpoint that
    // attaches it.
    std::string choose_policy() {
        std::vector<const Policy*> able;
        for (const Endpoint* endpoint : candidates()) {
            for (const Policy* policy : policies_raising(bundle_, *endpoint, name())) {
                if (std::find(able.begin(), able.end(), policy) != able.end()) continue;
                able.push_back(policy);
                if (able.size() == 1 || policy->name == question_.policy) {
                    setting_.endpoint = endpoint;
                }
            }
        }
        if (!question_.policy.empty()) return take_given_policy(able);
        if (able.size() == 1) setting_.policy = able.front();
        if (able.size() > 1) {
            std::string names;
            for (const Policy* policy : able) names += (names.empty() ? "" : ", ") + policy->name;
            note("several policies can raise " + name() + " (" + names +
                 "): none of their flags is set; choose one by --policy");
        }
        if (able.empty() && !policy_type().empty()) {
            note("no policy that can raise " + name() +
                 " is attached here: no flag is set; "
                 "name the policy by --policy");
        }
        return {};
    }

    // The type of policy that raises the fault; empty for transport, routing and unknown faults.
    std::string_view policy_type() const {
        if (setting_.row == nullptr) return {};
        const std::string_view by = setting_.row->raised_by;
        return by == "target" || by == "routing" || by == "http" ? std::string_view() : by;
    }

    std::string take_given_policy(const std::vector<const Policy*>& able) {
        setting_.policy = bundle_.policy(question_.policy);
        if (setting_.policy == nullptr && bundle_.is_fragment && !policy_type().empty()) {
            assumed_ = assumed_policy(question_.policy, policy_type());
            setting_.policy = &*assumed_;
            note("policy " + quoted(question_.policy) + " is not in this file: taken as a " +
                 std::string(policy_type()));
            return {};
        }
        if (setting_.policy == nullptr) {
            return "there is no policy " + quoted(question_.policy) + " in " + bundle_.name;
        }
        if (std::find(able.begin(), able.end(), setting_.policy) == able.end()) {
            setting_.endpoint = nullptr;
            note("policy " + quoted(question_.policy) + " (" +
                 std::string(setting_.policy->element()) +
                 ") is not attached to the endpoint, or is " + "not known to raise " + name());
        }
        return {};
    }

    std::string choose_endpoint() {
        const auto allowed = candidates();
        if (allowed.empty()) {
            const std::string kind =
                question_.kind ? std::string(element_name(*question_.kind)) : "endpoint";
            const std::string which =
                question_.endpoint.empty() ? "" : ' ' + quoted(question_.endpoint);
            return "there is no " + kind + which + " in " + bundle_.name;
        }
        if (setting_.endpoint == nullptr) setting_.endpoint = allowed.front();
        if (setting_.policy == nullptr && setting_.row != nullptr &&
            setting_.row->raised_by == "target") {
            const auto target = std::find_if(allowed.begin(), allowed.end(), [](const Endpoint* e) {
                return e->kind == EndpointKind::target;
            });
            if (target != allowed.end()) setting_.endpoint = *target;
        }
        if (setting_.endpoint->kind == EndpointKind::target) {
            setting_.target = bundle_.target(setting_.endpoint->name);
            setting_.proxy = bundle_.proxies.empty() ? &no_proxy_ : &bundle_.proxies.front();
        } else {
            setting_.proxy = bundle_.proxy(setting_.endpoint->name);
        }
        say_which_of(allowed);
        return {};
    }

    void say_which_of(const std::vector<const Endpoint*>& allowed) {
        const EndpointKind kind = setting_.endpoint->kind;
        const auto of_kind = std::count_if(allowed.begin(), allowed.end(),
                                           [&](const Endpoint* e) { return e->kind == kind; });
        if (of_kind < 2 || setting_.policy != nullptr) return;
        note("taken to happen in " + std::string(element_name(kind)) + ' ' +
             quoted(setting_.endpoint->name) + ", one of " + std::to_string(of_kind) +
             "; choose another by --endpoint " + std::string(to_string(kind)) + ":NAME");
    }

    // The row for the policy's own type, as names like ExecutionFailed belong to several.
    void choose_row() {
        if (setting_.policy != nullptr) {
            if (const auto* own = find_fault(question_.fault, setting_.policy->element())) {
                setting_.row = own;
            }
        }
        if (setting_.row != nullptr) return;
        const std::string_view near = nearest_fault_name(name());
        note("fault " + quoted(name()) +
             " is not in the catalog; it is taken as a name of your own" +
             (near.empty() ? std::string() : ". Did you mean " + std::string(near) + "?"));
    }

    void say_what_status_is_assumed() {
        if (name() != "ErrorResponseCode") return;
        for (const GivenVariable& given : question_.variables) {
            if (given.name == "response.status.code") return;
        }
        note(
            "the target is taken to have answered 500; --var response.status.code=N says "
            "otherwise");
    }

    void define_given(Variables& variables) const {
        for (const GivenVariable& given : question_.variables) {
            if (given.value.is_null()) {
                variables.remove(given.name);
            } else {
                variables.define(given.name, given.value);
            }
        }
    }

    // The target's status is the user's to give: `--var response.status.code=404`.
    void take_target_reply(Variables& variables, Fault& fault) const {
        if (fault.name != "ErrorResponseCode") return;
        variables.enter(Context::response);
        variables.response().status = 500;
        define_given(variables);
        const int status = variables.response().status;
        fault.text =
            make_fault(fault.code, question_.semantics, {{"status", std::to_string(status)}}).text;
        fault.status = status;
    }

    // How much a Quota allows is not known when its file is not there.
    void forget_assumed_counts(const Policy* policy, Variables& variables) const {
        if (policy == nullptr || bundle_.policy(policy->name) == policy) return;
        for (const char* count : {".allowed.count", ".used.count", ".available.count"}) {
            variables.remove(std::string(policy->prefix()) + '.' + policy->name + count);
        }
    }

    FlowMachine begin(Variables& variables, const Policy* policy,
                      trace::Recorder* trace = nullptr) const {
        variables.request().set_uri(setting_.proxy->base_path);
        define_given(variables);
        GivenFault given =
            setting_.row != nullptr
                ? raise_given(*setting_.row, policy, bundle_.name, question_.semantics, variables)
                : raise_unknown(question_.fault, policy, variables);
        given.fault.endpoint = setting_.endpoint->kind;
        take_target_reply(variables, given.fault);

        CallOptions options;
        options.semantics = question_.semantics;
        options.record = true;
        options.trace = trace;
        FlowMachine machine(bundle_, *setting_.proxy, variables, std::move(options));
        forget_assumed_counts(policy, variables);
        machine.begin_with_fault({.fault = given.fault,
                                  .target = setting_.target,
                                  .raised = given.raised ? &*given.raised : nullptr,
                                  .now = question_.now});
        define_given(variables);
        return machine;
    }

    void drive(FlowMachine& machine) const {
        Action action = machine.advance(Started{}, question_.now);
        while (!std::holds_alternative<Finished>(action)) {
            if (std::holds_alternative<AskStore>(action)) {
                action = machine.advance(StoreAnswered{StoreUnavailable{}}, question_.now);
            } else if (std::holds_alternative<CallOut>(action)) {
                action = machine.advance(CalloutAnswered{Message::response(200)}, question_.now);
            } else if (std::holds_alternative<WriteLog>(action)) {
                action = machine.advance(LogWritten{}, question_.now);
            } else if (std::holds_alternative<Respond>(action)) {
                action = machine.advance(Responded{}, question_.now);
            } else {
                return;  // a call to the target: the error flow has none
            }
        }
    }

    void say_what_was_stubbed(Decision& decision) const {
        const auto look = [](std::vector<StepRecord>& steps) {
            for (StepRecord& step : steps) {
                if (step.ran && step.note.empty()) step.note = stub_note(step.element);
            }
        };
        if (decision.fired) look(decision.rules[*decision.fired].steps);
        if (decision.default_rule) look(decision.default_rule->steps);
        if (decision.proxy_default_rule) look(decision.proxy_default_rule->steps);
    }

    void assign_as_raised_by(std::string_view policy, std::string_view element,
                             Variables& variables) const {
        const Policy* known = bundle_.policy(policy);
        const Policy assumed = known == nullptr ? assumed_policy(policy, element) : Policy{};
        begin(variables, known != nullptr ? known : &assumed);
    }

    const Bundle& bundle_;
    const FaultQuestion& question_;
    ProxyEndpoint no_proxy_;  // for a file that holds a target endpoint only
    std::optional<Policy> assumed_;
    Setting setting_;
    std::vector<std::string> notes_;
};

}  // namespace

FaultAnswer simulate_fault(const Bundle& bundle, const FaultQuestion& question) {
    return Simulation(bundle, question).run();
}

std::vector<NamespaceHint> hints_for(const Bundle& bundle, const Decision& decision,
                                     const Semantics& semantics) {
    FaultQuestion question;
    question.fault = decision.fault.code;
    question.kind = decision.endpoint_kind;
    question.endpoint = decision.endpoint;
    question.semantics = semantics;
    Simulation simulation(bundle, question);
    if (!simulation.set_like(decision)) return {};
    return simulation.hints(decision);
}

}  // namespace catchrule::analysis
