// SPDX-License-Identifier: Apache-2.0
#include "engine/flow_machine.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "engine/call_setup.hpp"
#include "engine/error_flow.hpp"
#include "engine/step_runner.hpp"

namespace catchrule {

namespace {

// The life of a call, in order (SEMANTICS 2.1, POLICIES 3.1).
enum class Phase : std::uint8_t {
    proxy_request_pre,
    proxy_request_flow,
    proxy_request_post,
    route,
    target_request_pre,
    target_request_flow,
    target_request_post,
    call_target,
    target_response_pre,
    target_response_flow,
    target_response_post,
    proxy_response_pre,
    proxy_response_flow,
    proxy_response_post,
    respond,
    error_flow,
    post_client,
    finished,
};

enum class Part : std::uint8_t { pre, conditional, post, none };

// What a phase is a part of; phases without steps have Part::none.
struct PhaseRow {
    Phase phase;
    EndpointKind endpoint;
    Part part;
    bool response;
    std::string_view state;  // error.state of a fault in it (SEM-28)
};

constexpr std::array<PhaseRow, 18> phases{{
    {Phase::proxy_request_pre, EndpointKind::proxy, Part::pre, false, "PROXY_REQ_FLOW"},
    {Phase::proxy_request_flow, EndpointKind::proxy, Part::conditional, false, "PROXY_REQ_FLOW"},
    {Phase::proxy_request_post, EndpointKind::proxy, Part::post, false, "PROXY_REQ_FLOW"},
    {Phase::route, EndpointKind::proxy, Part::none, false, "PROXY_REQ_FLOW"},
    {Phase::target_request_pre, EndpointKind::target, Part::pre, false, "TARGET_REQ_FLOW"},
    {Phase::target_request_flow, EndpointKind::target, Part::conditional, false, "TARGET_REQ_FLOW"},
    {Phase::target_request_post, EndpointKind::target, Part::post, false, "TARGET_REQ_FLOW"},
    {Phase::call_target, EndpointKind::target, Part::none, true, "REQ_SENT"},
    {Phase::target_response_pre, EndpointKind::target, Part::pre, true, "TARGET_RESP_FLOW"},
    {Phase::target_response_flow, EndpointKind::target, Part::conditional, true,
     "TARGET_RESP_FLOW"},
    {Phase::target_response_post, EndpointKind::target, Part::post, true, "TARGET_RESP_FLOW"},
    {Phase::proxy_response_pre, EndpointKind::proxy, Part::pre, true, "PROXY_RESP_FLOW"},
    {Phase::proxy_response_flow, EndpointKind::proxy, Part::conditional, true, "PROXY_RESP_FLOW"},
    {Phase::proxy_response_post, EndpointKind::proxy, Part::post, true, "PROXY_RESP_FLOW"},
    {Phase::respond, EndpointKind::proxy, Part::none, true, "RESP_SENT"},
    {Phase::error_flow, EndpointKind::proxy, Part::none, true, "ERROR"},
    {Phase::post_client, EndpointKind::proxy, Part::none, true, "PROXY_POST_RESP_SENT"},
    {Phase::finished, EndpointKind::proxy, Part::none, true, "END"},
}};

const PhaseRow& row_of(Phase phase) { return phases[static_cast<std::size_t>(phase)]; }

Phase after(Phase phase) { return static_cast<Phase>(static_cast<std::uint8_t>(phase) + 1); }

struct FailureRow {
    TargetFailure failure;
    std::string_view code;
    std::string_view reason;  // X profile only
};

constexpr std::array<FailureRow, 9> failures{{
    {TargetFailure::refused, "messaging.adaptors.http.flow.ServiceUnavailable", ""},
    {TargetFailure::reset, "messaging.adaptors.http.flow.ServiceUnavailable", ""},
    {TargetFailure::name_not_found, "messaging.adaptors.http.flow.ServiceUnavailable", ""},
    {TargetFailure::connect_timeout, "messaging.adaptors.http.flow.ServiceUnavailable",
     "TARGET_CONNECT_TIMEOUT"},
    {TargetFailure::read_timeout, "messaging.adaptors.http.flow.GatewayTimeout",
     "TARGET_READ_TIMEOUT"},
    {TargetFailure::unexpected_eof, "messaging.adaptors.http.flow.UnexpectedEOFAtTarget", ""},
    {TargetFailure::bad_reply, "messaging.adaptors.http.flow.BadGateway", ""},
    {TargetFailure::tls_handshake, "messaging.adaptors.http.flow.SslHandshakeFailed", ""},
    {TargetFailure::no_active_server, "messaging.adaptors.http.flow.NoActiveTargets", ""},
}};

}  // namespace

class FlowMachine::Impl {
public:
    Impl(const Bundle& bundle, const ProxyEndpoint& proxy, Variables& variables,
         CallOptions options)
        : bundle_(bundle),
          proxy_(proxy),
          variables_(variables),
          options_(std::move(options)),
          runner_(bundle, variables, options_),
          error_flow_(bundle, variables, options_, runner_) {}

    void begin_with_fault(const Beginning& beginning) {
        const Fault& fault = beginning.fault;
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
        if (std::holds_alternative<Started>(event)) {
            if (!set_up_) set_up(now);
        } else if (auto* reply = std::get_if<TargetReplied>(&event)) {
            on_reply(std::move(reply->response));
        } else if (auto* failed = std::get_if<TargetFailed>(&event)) {
            on_failure(failed->failure);
        } else if (auto* answer = std::get_if<StoreAnswered>(&event)) {
            if (auto action = on_answer(answer->reply)) return *action;
        } else {
            begin_post_client();
        }
        return pump();
    }

    const Fault* fault() const {
        return error_flow_.entered() ? &error_flow_.first_fault() : nullptr;
    }
    const Decision* decision() const { return error_flow_.decision(); }
    const std::vector<std::string>& steps_run() const { return runner_.policies_run(); }
    std::string_view target() const {
        return target_ != nullptr ? target_->name : std::string_view();
    }

private:
    void set_up(Millis now) {
        set_up_ = true;
        define_call_variables(bundle_, proxy_, variables_, options_, now);
        enter_phase(Phase::proxy_request_pre);
    }

    const Endpoint* endpoint_of(EndpointKind kind) const {
        if (kind == EndpointKind::proxy) return &proxy_;
        return target_;
    }

    void enter_phase(Phase phase) {
        phase_ = phase;
        steps_ = nullptr;
        next_ = 0;
        const PhaseRow& row = row_of(phase);
        const Endpoint* endpoint = endpoint_of(row.endpoint);
        if (row.part == Part::none || endpoint == nullptr) return;
        if (const Flow* flow = flow_of(*endpoint, row.part)) {
            steps_ = row.response ? &flow->response : &flow->request;
            variables_.define("current.flow.name", Value::text(flow->name));
        }
    }

    const Flow* flow_of(const Endpoint& endpoint, Part part) const {
        if (part == Part::pre) return &endpoint.pre_flow;
        if (part == Part::post) return &endpoint.post_flow;
        for (const Flow& flow : endpoint.flows) {
            if (holds(flow.condition)) return &flow;
        }
        return nullptr;
    }

    bool holds(const std::optional<grammar::Condition>& condition) const {
        return !condition ||
               evaluate(condition->program, variables_, options_.semantics.comparisons);
    }

    // Runs until the driver has something to do.
    Action pump() {
        for (;;) {
            if (phase_ == Phase::error_flow) {
                if (auto query = error_flow_.run(now_)) return AskStore{std::move(*query)};
                phase_ = Phase::respond;
            }
            if (steps_ != nullptr && next_ < steps_->size()) {
                StepOutcome outcome = runner_.start((*steps_)[next_], now_, nullptr, nullptr);
                if (outcome.kind == StepOutcome::Kind::waiting)
                    return AskStore{std::move(*outcome.query)};
                settle(std::move(outcome));
                continue;
            }
            if (auto action = end_of_phase()) return std::move(*action);
        }
    }

    // What to do when the steps of the phase are through: go on, or hand an action to the driver.
    std::optional<Action> end_of_phase() {
        switch (phase_) {
            case Phase::route:
                choose_route();
                return std::nullopt;
            case Phase::call_target:
                return call_target();
            case Phase::respond:
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
            if (!holds(route.condition)) continue;
            variables_.define("route.name", Value::text(route.name));
            variables_.remove("target.url");  // only the target's request flow overrides it
            route_ = &route;
            if (!route.target.empty()) {
                target_ = bundle_.target(route.target);
                variables_.define("route.target", Value::text(route.target));
                variables_.define("target.name", Value::text(route.target));
                enter_phase(Phase::target_request_pre);
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

    Action call_target() {
        const Template& url = target_ != nullptr ? target_->url : route_->url;
        return CallTarget{target_, target_url(url, variables_), &variables_.request()};
    }

    void on_reply(Message response) {
        const int status = response.status;
        variables_.response() = std::move(response);
        variables_.enter(Context::response);
        static const SuccessCodes by_default;
        const SuccessCodes& success = target_ != nullptr ? target_->success : by_default;
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

    void on_failure(TargetFailure failure) {
        const FailureRow& row = failures[static_cast<std::size_t>(failure)];
        assert(row.failure == failure);
        Fault fault = make_fault(row.code, options_.semantics);
        fault.reason = options_.semantics.profile == Profile::x ? row.reason : std::string_view();
        enter_error(std::move(fault), std::nullopt);
    }

    std::optional<Action> on_answer(const StoreReply& reply) {
        if (phase_ == Phase::error_flow) {
            if (auto query = error_flow_.resume(reply, now_)) return AskStore{std::move(*query)};
            return std::nullopt;
        }
        settle(runner_.resume((*steps_)[next_], reply, now_, nullptr));
        return std::nullopt;
    }

    void settle(StepOutcome outcome) {
        const Step& step = (*steps_)[next_];
        ++next_;
        if (outcome.kind != StepOutcome::Kind::faulted) return;
        if (phase_ == Phase::post_client) return;  // the reply is out: nothing to change any more
        if (runner_.continues_on_error(step)) {    // flags are set; fault rules are not asked
            variables_.define("fault.name", Value::text(outcome.fault.name));
            return;
        }
        enter_error(std::move(outcome.fault), std::move(outcome.raised));
    }

    // The endpoint whose rules apply follows from the phase; a fault on the way to a URL route has
    // none of its own and goes to the proxy's rules.
    void enter_error(Fault fault, std::optional<RaisedFault> raised) {
        const PhaseRow& row = row_of(phase_);
        const Endpoint* endpoint = endpoint_of(row.endpoint);
        if (endpoint == nullptr) endpoint = &proxy_;
        error_flow_.enter(std::move(fault), std::move(raised), row.state, *endpoint, proxy_);
        steps_ = nullptr;
        phase_ = Phase::error_flow;
    }

    void begin_post_client() {
        enter_phase(Phase::post_client);
        steps_ = &proxy_.post_client_flow.response;
    }

    const Bundle& bundle_;
    const ProxyEndpoint& proxy_;
    Variables& variables_;
    CallOptions options_;
    StepRunner runner_;
    ErrorFlow error_flow_;

    Phase phase_ = Phase::proxy_request_pre;
    bool set_up_ = false;
    const TargetEndpoint* target_ = nullptr;
    const RouteRule* route_ = nullptr;
    const std::vector<Step>* steps_ = nullptr;
    std::size_t next_ = 0;
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
