// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/service_callout.hpp"

#include <utility>

#include "engine/overloaded.hpp"
#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

StepResult refuse(StepContext& context, std::string_view name, FaultArguments arguments) {
    set_failed_flags(context.variables, ServiceCallout::prefix, context.policy, true);
    std::string code("steps.servicecallout");
    code.append(".").append(name);
    return policy_fault(code, context, arguments);
}

StepResult failed(StepContext& context, std::string_view reason) {
    return refuse(context, "ExecutionFailed", {{"policy", context.policy}, {"reason", reason}});
}

std::string_view reason_of(TargetFailure failure) {
    switch (failure) {
        case TargetFailure::refused:
        case TargetFailure::name_not_found:
        case TargetFailure::no_active_server:
            return "Host not reachable";
        case TargetFailure::connect_timeout:
        case TargetFailure::read_timeout:
            return "timeout occurred in ServiceCallout";
        case TargetFailure::reset:
        case TargetFailure::unexpected_eof:
            return "Unexpected EOF at target";
        case TargetFailure::bad_reply:
            return "Bad Gateway";
        case TargetFailure::tls_handshake:
            break;
    }
    return "SSL Handshake failed";
}

std::string_view reason_of(EditFailure::Kind kind) {
    switch (kind) {
        case EditFailure::Kind::unresolved_variable:
            return "unable to resolve variable ";
        case EditFailure::Kind::not_a_message:
            return "not of type Message: variable ";
        case EditFailure::Kind::cannot_set:
            break;
    }
    return "cannot set variable ";
}

bool is_ambient(std::string_view name) { return name == "request" || name == "message"; }

/// The request variable, a new one when nothing has that name; null when it is something else.
Message* request_of(const ServiceCallout& policy, StepContext& context) {
    Message* named = context.variables.message(policy.request);
    if (named != nullptr) return named->kind == Message::Kind::request ? named : nullptr;
    if (!context.variables.get(policy.request).is_null()) return nullptr;
    return &context.variables.make_message(policy.request, Message::Kind::request);
}

StepResult wrong_request(const ServiceCallout& policy, StepContext& context) {
    const bool is_message = context.variables.message(policy.request) != nullptr;
    return refuse(
        context,
        is_message ? "RequestVariableNotRequestMessageType" : "RequestVariableNotMessageType",
        {{"policy", context.policy}, {"variable", policy.request}});
}

/// `http://host`, `https://host:1/path?query`.
bool is_absolute(std::string_view url) {
    const std::size_t end = url.find("://");
    const std::string_view scheme = url.substr(0, end);
    if (end == std::string_view::npos || (scheme != "http" && scheme != "https")) return false;
    const std::string_view rest = url.substr(end + 3);
    return !rest.empty() && rest.find_first_of("/?#") != 0 && rest.front() != ':';
}

/// Names the place the call goes to; false when its URL is none.
bool address(const ServiceCallout& policy, StepContext& context, std::string_view path,
             Callout& call) {
    const std::string query = call.request.query_text();
    const auto joined = [&](const Template& where) {
        return extend_url(where.render(context.variables), path, query);
    };
    return std::visit(Overloaded{
                          [&](const HttpConnection& http) {
                              const Template& where = http.balancer ? http.path : http.url;
                              call.connection = &http;
                              call.url = joined(where);
                              return http.balancer.has_value() || is_absolute(call.url);
                          },
                          [&](const LocalConnection& local) {
                              call.local = LocalCall{
                                  .api_proxy = local.api_proxy.render(context.variables),
                                  .proxy_endpoint = local.proxy_endpoint.render(context.variables),
                                  .path = joined(local.path)};
                              call.url = call.local->path;
                              return true;
                          },
                      },
                      policy.connection);
}

/// Puts the reply into the variable. A request, which the vendor allows, takes headers and body.
void keep(const std::string& name, Message reply, Variables& variables) {
    Message* present = variables.message(name);
    if (present != nullptr && present->kind == Message::Kind::request) {
        present->headers = std::move(reply.headers);
        present->content = std::move(reply.content);
        return;
    }
    variables.make_message(name, Message::Kind::response) = std::move(reply);
}

void publish(StepContext& context, const Callout& call) {
    Variables& variables = context.variables;
    variables.define("servicecallout.requesturi", Value::text(call.request.uri()));
    std::string name(ServiceCallout::prefix);
    name.append(".").append(context.policy).append(".target.url");
    variables.define(name, Value::text(call.url));
}

}  // namespace

StepResult execute(const ServiceCallout& policy, StepContext& context) {
    Message* request = request_of(policy, context);
    if (request == nullptr) return wrong_request(policy, context);
    // The path of the client's request is not the service's, unless this policy sets it.
    const std::string received = is_ambient(policy.request) ? request->path : "/";
    if (const auto problem = apply_edits(policy.edits, *request, context,
                                         {.ignore_unresolved = policy.ignore_unresolved})) {
        std::string reason(reason_of(problem->kind));
        return failed(context, reason.append(problem->variable));
    }
    Callout call;
    call.request = *request;
    call.timeout_ms = policy.timeout_ms;
    call.wait = !policy.response.empty();
    // Behind the URL: the path that the policies set, and both queries (SEM-80).
    const std::string path = request->path == received ? std::string() : request->path;
    const bool complete = address(policy, context, path, call);
    publish(context, call);
    if (!complete) return failed(context, "Host not reachable");
    if (policy.clear_payload) request->content.clear();
    return StepRequest{std::move(call)};
}

StepResult resume(const ServiceCallout& policy, StepContext& context, CalloutReply reply) {
    if (policy.response.empty()) {  // nobody waited
        set_failed_flags(context.variables, ServiceCallout::prefix, context.policy, false);
        return Completed{};
    }
    if (const auto* failure = std::get_if<TargetFailure>(&reply))
        return failed(context, reason_of(*failure));
    const int status = std::get<Message>(reply).status;
    keep(policy.response, std::get<Message>(std::move(reply)), context.variables);
    const auto* http = std::get_if<HttpConnection>(&policy.connection);
    const SuccessCodes by_default;
    if (!(http != nullptr ? http->success : by_default).contains(status)) {
        return failed(context, "ResponseCode " + std::to_string(status) + " is treated as error");
    }
    set_failed_flags(context.variables, ServiceCallout::prefix, context.policy, false);
    return Completed{};
}

}  // namespace catchrule
