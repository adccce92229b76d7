// SPDX-License-Identifier: Apache-2.0
#include "engine/flow_machine.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/call_setup.hpp"
#include "engine/call_trace.hpp"
#include "engine/error_flow.hpp"
#include "engine/flow_phase.hpp"
#include "engine/overloaded.hpp"
#include "engine/step_sequence.hpp"
#include "engine/target_call.hpp"

namespace catchrule {

namespace {

CallOptions recording(CallOptions options) {
    if (options.trace != nullptr) options.record = true;
    return options;
}

// `api.timeout` of the proxy endpoint, in milliseconds; none = no limit.
std::optional<Millis> time_limit(const ProxyEndpoint& proxy) {
    const auto property = proxy.properties.find("api.timeout");
    if (property == proxy.properties.end()) return std::nullopt;
    const std::string& text = property->second;
    Millis limit = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (error != std::errc() || end != text.data() + text.size() || limit <= 0) return std::nullopt;
    return limit;
}

Action to_action(StepRequest request) {
    return std::visit(Overloaded{
                          [](StoreQuery& query) -> Action { return AskStore{std::move(query)}; },
                          [](Callout& call) -> Action { return CallOut{std::move(call)}; },
                          [](LogRecord& record) -> Action { return WriteLog{std::move(record)}; },
                      },
                      request);
}

}  // namespace

class FlowMachine::Impl {
public:
    Impl(const Bundle& bundle, const ProxyEndpoint& proxy, Variables& variables,
         CallOptions options)
        : bundle_(bundle),
          proxy_(proxy),
          variables_(variables),
          options_(recording(std::move(options))),
          trace_(options_.trace, variables),
          steps_(bundle, variables, options_),
          error_flow_(bundle, variables, options_, steps_) {
        variables_.random().seed(options_.random_seed);
    }

    void begin_with_fault(const Beginning& beginning) {
        const Fault& fault = beginning.fault;
        trace_.set_now(beginning.now);
        set_up(beginning.now);
        if (fault.endpoint == EndpointKind::target) {
            target_ = beginning.target;
            if (target_ == nullptr && !bundle_.targets.empty()) target_ = &bundle_.targets.front();
            // A reply that counts as a failure, or a policy: on the way back; else the call itself
            // failed.
            const bool called = fault.name == "ErrorResponseCode" || !fault.policy.empty();
            phase_ = called ? Phase::target_response_pre : Phase::call_target;
        }
        std::optional<RaisedFault> raised;
        if (beginning.raised != nullptr) raised = *beginning.raised;
        enter_error(fault, std::move(raised));
    }

    Action advance(Event event, Millis now) {
        now_ = now;
        trace_.set_now(now);
        variables_.set_now(now);
        std::optional<StepAnswer> answer;
        std::visit(Overloaded{
                       [&](Started&) {
                           if (!set_up_) set_up(now);
                       },
                       [&](TargetReplied& reply) { on_reply(std::move(reply)); },
                       [&](TargetFailed& failed) { on_failure(failed); },
                       [&](StoreAnswered& stored) { answer = std::move(stored.reply); },
                       [&](CalloutAnswered& called) { answer = std::move(called.reply); },
                       [&](LogWritten&) { answer = Logged{}; },
                       [&](Responded&) { begin_post_client(); },
                   },
                   event);
        return pump(std::move(answer));
    }

    const Fault* fault() const {
        return error_flow_.entered() ? &error_flow_.first_fault() : nullptr;
    }
    const Decision* decision() const { return error_flow_.decision(); }
    const std::vector<std::string>& steps_run() const { return steps_.policies_run(); }
    std::string_view target() const {
        return target_ != nullptr ? target_->name : std::string_view();
    }

private:
    void set_up(Millis now) {
        set_up_ = true;
        variables_.set_now(now);
        deadline_ = options_.deadline;
        if (const auto limit = time_limit(proxy_)) {
            deadline_ = std::min(deadline_.value_or(now + *limit), now + *limit);
        }
        variables_.mark(TimeMark::client_received_start, now);
        variables_.mark(TimeMark::client_received_end, now);
        define_call_variables(bundle_, proxy_, variables_, options_);
        trace_.begin(bundle_);
        enter_phase(Phase::proxy_request_pre);
    }

    const Endpoint* endpoint_of(EndpointKind kind) const {
        if (kind == EndpointKind::proxy) return &proxy_;
        return target_;
    }

    void enter_phase(Phase phase) {
        phase_ = phase;
        const PhaseRow& row = row_of(phase);
        const Endpoint* endpoint = endpoint_of(row.endpoint);
        if (row.part == FlowPart::none || endpoint == nullptr) return;
        trace_.enter(row.state, proxy_.name);
        if (const Flow* flow = flow_of(*endpoint, row.part)) {
            trace_.flow(row.endpoint, flow->name);
            StepSequence::Settings settings;
            if (row.part != FlowPart::post_client) settings.deadline = deadline_;
            steps_.begin(row.response ? flow->response : flow->request, settings);
            variables_.define(
                row.endpoint == EndpointKind::proxy ? "proxy.flow.name" : "target.flow.name",
                Value::text(flow->name));
            variables_.define("current.flow.name", Value::text(flow->name));
        }
    }

    const Flow* flow_of(const Endpoint& endpoint, FlowPart part) const {
        if (part == FlowPart::pre) return &endpoint.pre_flow;
        if (part == FlowPart::post) return &endpoint.post_flow;
        if (part == FlowPart::post_client) return &proxy_.post_client_flow;
        for (const Flow& flow : endpoint.flows) {
            if (holds(flow.condition, "FLOW_", flow.name)) return &flow;
        }
        return nullptr;
    }

    // `tree` and `name` are what a trace calls the condition.
    bool holds(const std::optional<grammar::Condition>& condition, std::string_view tree,
               std::string_view name) const {
        if (!condition) return true;
        const auto& comparisons = options_.semantics.comparisons;
        if (trace_.on()) return trace_.evaluate(tree, name, *condition, comparisons).result;
        return evaluate(condition->program, variables_, comparisons);
    }

    // Runs until the driver has something to do; `answer` is for the step that waits.
    Action pump(std::optional<StepAnswer> answer) {
        for (;;) {
            if (auto request = run_steps(std::exchange(answer, std::nullopt))) {
                return to_action(*std::move(request));
            }
            if (auto action = end_of_phase()) return *std::move(action);
        }
    }

    // Runs the steps of the phase, or the whole error flow, until they are through or need
    // something.
    std::optional<StepRequest> run_steps(std::optional<StepAnswer> given) {
        while (phase_ != Phase::error_flow) {
            auto answer = std::exchange(given, std::nullopt);
            SequenceResult result =
                answer ? steps_.resume(*std::move(answer), now_) : steps_.run(now_);
            if (auto* request = std::get_if<StepRequest>(&result)) return std::move(*request);
            if (std::holds_alternative<Completed>(result)) return std::nullopt;
            on_fault(std::get<StepFault>(std::move(result)));
        }
        auto request = given ? error_flow_.resume(*std::move(given), now_) : error_flow_.run(now_);
        if (!request) phase_ = Phase::respond;
        return request;
    }

    // What to do when the steps of the phase are through: go on, or hand an action to the driver.
    std::optional<Action> end_of_phase() {
        switch (phase_) {
            case Phase::route:
                choose_route();
                return std::nullopt;
            case Phase::call_target:
                return call_target();  // none: it could not be made
            case Phase::respond:
                trace_.enter("RESP_SENT", proxy_.name);
                variables_.mark(TimeMark::client_sent_start, now_);
                return Respond{error_flow_.entered() ? &variables_.error()
                                                     : &variables_.response()};
            case Phase::post_client:
                phase_ = Phase::finished;
                return Finished{};
            case Phase::finished:
                return Finished{};
            default:
                enter_phase(after(phase_));
                return std::nullopt;
        }
    }

    void choose_route() {
        for (const RouteRule& route : proxy_.routes) {
            if (!holds(route.condition, "ROUTE_", route.name)) continue;
            variables_.define("route.name", Value::text(route.name));
            variables_.remove("target.url");  // only the target's request flow overrides it
            route_ = &route;
            if (!route.target.empty()) {
                enter_target(route.target);
            } else if (!route.url.empty()) {
                enter_phase(Phase::call_target);
            } else {  // a null route: the proxy's response flow builds the reply
                // What the request flow made, from a cache say, is the reply.
                if (!variables_.has(Context::response))
                    variables_.response() = Message::response(200);
                variables_.enter(Context::response);
                enter_phase(Phase::proxy_response_pre);
            }
            return;
        }
        enter_error(make_fault("messaging.runtime.RouteFailed", options_.semantics), std::nullopt);
    }

    void enter_target(std::string_view name) {
        target_ = bundle_.target(name);
        if (target_ == nullptr) {
            enter_error(
                make_fault("messaging.runtime.TargetMissing", options_.semantics, {{"name", name}}),
                std::nullopt);
            return;
        }
        variables_.define("route.target", Value::text(name));
        variables_.define("target.name", Value::text(name));
        retained_.begin(*target_, variables_.request());
        enter_phase(Phase::target_request_pre);
    }

    std::optional<Action> call_target() {
        if (deadline_ && now_ >= *deadline_) {
            enter_error(make_fault("flow.APITimedOut", options_.semantics), std::nullopt);
            return std::nullopt;
        }
        trace_.enter("REQ_SENT", proxy_.name);
        trace_.paused();
        CallTarget call;
        call.endpoint = target_;
        call.request =
            target_ != nullptr ? retained_.outbound(&variables_.request()) : &variables_.request();
        if (target_ != nullptr && target_->local) {
            call.local = local_call(*target_->local, variables_, *call.request);
        } else {
            if (target_ != nullptr) call.connection = &target_->http;
            TargetUrl target = target_url(configured_url(), variables_, *call.request);
            if (target.overridden && has_empty_path(target.url)) {
                trace_.resumed();
                enter_error(make_fault("protocol.http.EmptyPath", options_.semantics), {});
                return std::nullopt;
            }
            define_target_variables(target, variables_);
            call.url = std::move(target.url);
        }
        variables_.mark(TimeMark::target_sent_start, now_);
        variables_.mark(TimeMark::target_sent_end, now_);
        return call;
    }

    // The URL of the endpoint or of the route; with a load balancer what follows the server's
    // address.
    const Template& configured_url() const {
        if (target_ == nullptr) return route_->url;
        return target_->http.balancer ? target_->http.path : target_->http.url;
    }

    void on_reply(TargetReplied reply) {
        const int status = reply.response.status;
        if (target_ != nullptr) RetainedFields::filter_response(*target_, reply.response);
        variables_.response() = std::move(reply.response);
        variables_.enter(Context::response);
        if (!reply.ip.empty()) variables_.define("target.ip", Value::text(reply.ip));
        if (!reply.server.empty()) {
            variables_.define("loadbalancing.targetserver", Value::text(reply.server));
            variables_.define("loadbalancing.isfallback", Value::boolean(reply.fallback));
        }
        variables_.mark(TimeMark::target_received_start, now_);
        variables_.mark(TimeMark::target_received_end, now_);
        trace_.resumed();
        trace_.enter("RESP_START", proxy_.name);
        static const SuccessCodes by_default;
        const SuccessCodes& success = target_ != nullptr ? target_->http.success : by_default;
        if (success.contains(status)) {
            enter_phase(target_ != nullptr ? Phase::target_response_pre
                                           : Phase::proxy_response_pre);
            return;
        }
        phase_ = Phase::target_response_pre;
        Fault fault = make_fault("messaging.adaptors.http.flow.ErrorResponseCode",
                                 options_.semantics, {{"status", std::to_string(status)}});
        fault.status = status;
        enter_error(std::move(fault), std::nullopt);
    }

    void on_failure(const TargetFailed& failed) {
        trace_.resumed();
        enter_error(failed.code.empty()
                        ? failure_fault(failed.failure, options_.semantics)
                        : make_fault(failed.code, options_.semantics, {{"name", target()}}),
                    std::nullopt);
    }

    void on_fault(StepFault fault) {
        if (row_of(phase_).part == FlowPart::post_client) return;  // the reply is out already
        if (fault.tolerated) {  // flags are set; fault rules are not asked
            variables_.define("fault.name", Value::text(fault.fault.name));
            return;
        }
        enter_error(std::move(fault.fault), std::move(fault.raised));
    }

    // The endpoint whose rules apply follows from the phase; a fault on the way to a URL route has
    // none of its own and goes to the proxy's rules.
    void enter_error(Fault fault, std::optional<RaisedFault> raised) {
        const PhaseRow& row = row_of(phase_);
        const Endpoint* endpoint = endpoint_of(row.endpoint);
        if (endpoint == nullptr) endpoint = &proxy_;
        trace_.enter(row.state, proxy_.name);
        error_flow_.enter(std::move(fault), std::move(raised), row.state, *endpoint, proxy_);
        phase_ = Phase::error_flow;
    }

    void begin_post_client() {
        trace_.enter("END", proxy_.name);
        variables_.mark(TimeMark::client_sent_end, now_);
        if (error_flow_.entered()) variables_.forget_response();
        enter_phase(Phase::post_client_request);
    }

    const Bundle& bundle_;
    const ProxyEndpoint& proxy_;
    Variables& variables_;
    CallOptions options_;
    CallTrace trace_;
    StepSequence steps_;
    ErrorFlow error_flow_;

    Phase phase_ = Phase::proxy_request_pre;
    bool set_up_ = false;
    const TargetEndpoint* target_ = nullptr;
    const RouteRule* route_ = nullptr;
    RetainedFields retained_;
    std::optional<Millis> deadline_;
    Millis now_ = 0;
};

FlowMachine::FlowMachine(const Bundle& bundle, const ProxyEndpoint& proxy, Variables& variables,
                         CallOptions options)
    : impl_(std::make_unique<Impl>(bundle, proxy, variables, std::move(options))) {}

FlowMachine::FlowMachine(FlowMachine&&) noexcept = default;
FlowMachine& FlowMachine::operator=(FlowMachine&&) noexcept = default;
FlowMachine::~FlowMachine() = default;

void FlowMachine::begin_with_fault(const Beginning& beginning) {
    impl_->begin_with_fault(beginning);
}
Action FlowMachine::advance(Event event, Millis now) {
    return impl_->advance(std::move(event), now);
}
const Fault* FlowMachine::fault() const { return impl_->fault(); }
const Decision* FlowMachine::decision() const { return impl_->decision(); }
const std::vector<std::string>& FlowMachine::steps_run() const { return impl_->steps_run(); }
std::string_view FlowMachine::target() const { return impl_->target(); }

bool more_specific(std::string_view base_path, std::string_view other) {
    if (base_path.size() != other.size()) return base_path.size() > other.size();
    return std::count(base_path.begin(), base_path.end(), '*') <
           std::count(other.begin(), other.end(), '*');
}

const ProxyEndpoint* find_proxy(const Bundle& bundle, std::string_view path) {
    const ProxyEndpoint* found = nullptr;
    for (const ProxyEndpoint& proxy : bundle.proxies) {
        if (!covers(proxy.base_path, path)) continue;
        if (found == nullptr || more_specific(proxy.base_path, found->base_path)) found = &proxy;
    }
    return found;
}

}  // namespace catchrule
