// SPDX-License-Identifier: Apache-2.0
#include "engine/target_call.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

#include "engine/fault_catalog.hpp"

namespace catchrule {
namespace {

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

bool is_false(const Value& value) {
    return (value.type() == grammar::Type::boolean && !value.as_boolean()) ||
           (value.is_text() && value.as_text() == "false");
}

// `url`, then the path suffix and the query of `sent`.
std::string with_suffix_and_query(std::string url, const Variables& variables,
                                  const Message& sent) {
    const Value suffix = variables.get("proxy.pathsuffix");
    const bool copy_suffix = suffix.is_text() && !is_false(variables.get("target.copy.pathsuffix"));
    const bool copy_query = !is_false(variables.get("target.copy.queryparams"));
    return extend_url(std::move(url), copy_suffix ? suffix.as_text() : std::string_view(),
                      copy_query ? sent.query_text() : std::string());
}

// Behind `scheme://`; the whole when there is no scheme.
std::string_view without_scheme(std::string_view url) {
    const auto colon = url.find("://");
    return colon == std::string_view::npos ? url : url.substr(colon + 3);
}

// One of the lists of properties that let fields through.
class Retained {
public:
    Retained(const Endpoint& endpoint, std::string_view name) {
        if (const std::string* list = property(endpoint, std::string(name))) {
            limited_ = true;
            add(*list);
        } else {
            const std::string* enabled = property(endpoint, std::string(name) + ".enabled");
            limited_ = enabled != nullptr && *enabled == "false";
        }
    }

    bool limited() const { return limited_; }

    // Takes out what is not let through and stands in `before` in the same way.
    void filter(Fields& fields, const Fields& before) const {
        if (!limited_) return;
        std::vector<std::string> names;
        for (const std::string_view name : fields.names()) {
            const bool listed = std::ranges::any_of(
                names_, [&](const std::string& each) { return fields.same_name(each, name); });
            if (!listed && fields.all(name) == before.all(name)) names.emplace_back(name);
        }
        for (const std::string& name : names) fields.remove(name);
    }

private:
    static const std::string* property(const Endpoint& endpoint, const std::string& name) {
        const auto found = endpoint.properties.find(name);
        return found == endpoint.properties.end() ? nullptr : &found->second;
    }

    void add(std::string_view list) {
        while (!list.empty()) {
            const auto comma = std::min(list.find(','), list.size());
            std::string_view name = list.substr(0, comma);
            while (name.starts_with(' ')) name.remove_prefix(1);
            while (name.ends_with(' ')) name.remove_suffix(1);
            if (!name.empty()) names_.emplace_back(name);
            list.remove_prefix(std::min(comma + 1, list.size()));
        }
    }

    bool limited_ = false;
    std::vector<std::string> names_;
};

constexpr std::string_view retained_headers = "request.retain.headers";
constexpr std::string_view retained_queries = "retain.queryparams";
constexpr std::string_view retained_response_headers = "response.retain.headers";

}  // namespace

TargetUrl target_url(const Template& configured, const Variables& variables, const Message& sent) {
    TargetUrl out;
    const Value set = variables.get("target.url");
    out.overridden = set.is_text();
    out.base = out.overridden ? std::string(set.as_text()) : configured.render(variables);
    out.url = with_suffix_and_query(out.base, variables, sent);
    return out;
}

LocalCall local_call(const LocalConnection& connection, const Variables& variables,
                     const Message& sent) {
    LocalCall call;
    call.api_proxy = connection.api_proxy.render(variables);
    call.proxy_endpoint = connection.proxy_endpoint.render(variables);
    call.path = with_suffix_and_query(connection.path.render(variables), variables, sent);
    return call;
}

bool has_empty_path(std::string_view url) {
    const std::string_view rest = without_scheme(url);
    const auto end = rest.find_first_of("/?#");
    return end == std::string_view::npos || rest[end] != '/';
}

void define_target_variables(const TargetUrl& target, Variables& variables) {
    variables.define("target.url", Value::text(target.base));
    variables.define("request.url", Value::text(target.url));
    const std::string_view url = target.base;
    const std::string_view rest = without_scheme(url);
    if (rest.size() == url.size()) return;
    const std::string_view scheme = url.substr(0, url.size() - rest.size() - 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    std::string_view path = rest.substr(authority.size());
    path = path.substr(0, path.find_first_of("?#"));
    const auto bracket = authority.find(']');
    const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    std::int32_t port = scheme == "https" ? 443 : 80;
    if (colon != std::string_view::npos) {
        const std::string_view digits = authority.substr(colon + 1);
        std::from_chars(digits.data(), digits.data() + digits.size(), port);
    }
    variables.define("target.scheme", Value::text(scheme));
    variables.define("target.host", Value::text(authority.substr(0, colon)));
    variables.define("target.port", Value::integer(port));
    variables.define("target.basepath", Value::text(path));
}

void RetainedFields::begin(const Endpoint& target, const Message& request) {
    target_ = &target;
    before_.reset();
    if (target.properties.empty()) return;
    if (Retained(target, retained_headers).limited() ||
        Retained(target, retained_queries).limited()) {
        before_ = Message::request();
        before_->headers = request.headers;
        before_->query = request.query;
    }
}

const Message* RetainedFields::outbound(const Message* request) {
    if (!before_) return request;
    sent_ = *request;
    Retained(*target_, retained_headers).filter(sent_.headers, before_->headers);
    Retained(*target_, retained_queries).filter(sent_.query, before_->query);
    return &sent_;
}

void RetainedFields::filter_response(const Endpoint& target, Message& response) {
    if (target.properties.empty()) return;
    const Retained retained(target, retained_response_headers);
    if (!retained.limited()) return;
    const Fields all = response.headers;
    retained.filter(response.headers, all);
}

Fault failure_fault(TargetFailure failure, const Semantics& semantics) {
    const FailureRow& row = failures[static_cast<std::size_t>(failure)];
    assert(row.failure == failure);
    Fault fault = make_fault(row.code, semantics);
    fault.reason = semantics.profile == Profile::x ? row.reason : std::string_view();
    return fault;
}

}  // namespace catchrule
