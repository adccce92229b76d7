// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_connection.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "engine/xml/codes.hpp"

namespace catchrule::xml {
namespace {

void no_effect(const File& file, const Element& element, const std::string& consequence) {
    file.warning(code::not_supported_yet, element.span(),
                 std::string(element.name()) + " is not supported yet; " + consequence);
}

// An integer of at least `least`; none when it is something else, which is reported.
std::optional<std::int64_t> load_integer(const File& file, const Text& text, std::string_view what,
                                         std::int64_t least) {
    const Text trimmed = text.trimmed();
    const std::optional<std::int64_t> value = parse_integer(trimmed.value, least);
    if (!value) {
        file.error(code::bad_value, trimmed.span(),
                   "expected an integer of at least " + std::to_string(least) + " for " +
                       std::string(what) + ", found \"" + trimmed.value + "\"");
    }
    return value;
}

std::int64_t load_timeout(const File& file, const Properties& properties, std::string_view name) {
    const auto property = properties.find(name);
    if (property == properties.end()) return 0;
    return load_integer(file, property->second, name, 0).value_or(0);
}

SuccessCodes load_success_codes(const File& file, const Properties& properties) {
    const auto property = properties.find("success.codes");
    if (property == properties.end()) return {};
    const Text& text = property->second;
    if (const auto codes = SuccessCodes::parse(text.value)) return *codes;
    file.error(code::bad_success_codes, text.span(),
               "expected statuses such as 2xx,404 in success.codes, found \"" + text.value + "\"");
    return {};
}

// A flag of SSLInfo, which may also be a template; what it says then is not known at load.
bool load_tls_flag(const File& file, const Element& element) {
    file.expect_text(element);
    const Text text = element.text().trimmed();
    if (text.value.find('{') == std::string::npos)
        return load_boolean(file, text, element.name(), false);
    no_effect(file, element, "as a template it counts as false");
    return false;
}

TlsSettings load_tls(const File& file, const Element& element) {
    file.expect(element, {{},
                          {"Enabled", "IgnoreValidationErrors", "Enforce", "TrustStore", "KeyStore",
                           "KeyAlias", "ClientAuthEnabled", "CommonName", "Ciphers", "Protocols"}});
    TlsSettings tls;
    bool enabled = false;
    bool ignoring = false;
    for (const Element& child : element.children()) {
        if (child.name() == "Enabled") {
            if (load_once(file, child, enabled)) tls.enabled = load_tls_flag(file, child);
        } else if (child.name() == "IgnoreValidationErrors") {
            if (load_once(file, child, ignoring))
                tls.ignore_validation_errors = load_tls_flag(file, child);
        } else if (child.name() == "Enforce" || child.name() == "ClientAuthEnabled") {
            const bool on = load_tls_flag(file, child);
            if (on && child.name() == "ClientAuthEnabled")
                no_effect(file, child, "no client certificate is sent");
        } else if (child.name() == "TrustStore") {
            no_effect(file, child, "the system's certificates and --target-ca are trusted");
        } else if (child.name() == "CommonName") {
            no_effect(file, child, "the certificate is checked for the URL's host");
        }
    }
    return tls;
}

using Algorithm = LoadBalancer::Algorithm;
constexpr std::array<std::pair<std::string_view, Algorithm>, 3> algorithms{{
    {"RoundRobin", Algorithm::round_robin},
    {"Weighted", Algorithm::weighted},
    {"LeastConnections", Algorithm::least_connections},
}};

Algorithm load_algorithm(const File& file, const Element& element) {
    file.expect_text(element);
    const Text text = element.text().trimmed();
    const auto* const row =
        std::find_if(algorithms.begin(), algorithms.end(),
                     [&](const auto& each) { return each.first == text.value; });
    if (row != algorithms.end()) return row->second;
    file.error(code::bad_value, text.span(),
               "expected RoundRobin, Weighted or LeastConnections for Algorithm, found \"" +
                   text.value + "\"");
    return Algorithm::round_robin;
}

std::optional<LoadBalancer::Server> load_server(const File& file, const Element& element) {
    file.expect(element, {{"name"}, {"IsEnabled", "IsFallback", "Weight"}});
    LoadBalancer::Server server;
    if (const auto name = element.attribute("name")) server.name = name->value.trimmed().value;
    if (server.name.empty()) {
        file.error(code::missing_part, element.span(), "expected attribute name of Server",
                   "write the name of a target server of the environment");
    }
    bool on = true;
    bool enabled = false;
    bool fallback = false;
    bool weighted = false;
    for (const Element& child : element.children()) {
        file.expect_text(child);
        if (child.name() == "IsEnabled" && load_once(file, child, enabled)) {
            on = load_boolean(file, child.text(), child.name(), true);
        } else if (child.name() == "IsFallback" && load_once(file, child, fallback)) {
            server.fallback = load_boolean(file, child.text(), child.name(), false);
        } else if (child.name() == "Weight" && load_once(file, child, weighted)) {
            server.weight = load_integer(file, child.text(), child.name(), 1).value_or(1);
        }
    }
    return on ? std::optional(std::move(server)) : std::nullopt;
}

LoadBalancer load_balancer(const File& file, const Element& element) {
    file.expect(element, {{},
                          {"Algorithm", "Server", "MaxFailures", "RetryEnabled",
                           "TargetDisableSecs", "ServerUnhealthyResponse"}});
    LoadBalancer balancer;
    bool algorithm = false;
    bool failures = false;
    bool retry = false;
    bool servers = false;
    for (const Element& child : element.children()) {
        if (child.name() == "Server") {
            servers = true;
            if (auto server = load_server(file, child)) balancer.servers.push_back(*server);
        } else if (child.name() == "Algorithm" && load_once(file, child, algorithm)) {
            balancer.algorithm = load_algorithm(file, child);
        } else if (child.name() == "MaxFailures" && load_once(file, child, failures)) {
            file.expect_text(child);
            balancer.max_failures = load_integer(file, child.text(), child.name(), 0).value_or(0);
        } else if (child.name() == "RetryEnabled" && load_once(file, child, retry)) {
            file.expect_text(child);
            balancer.retry = load_boolean(file, child.text(), child.name(), true);
        } else if (child.name() == "TargetDisableSecs") {
            no_effect(file, child, "a server that is out is not tried again by the clock");
        } else if (child.name() == "ServerUnhealthyResponse") {
            no_effect(file, child, "only a failed connection counts as a failure");
        }
    }
    if (!servers) {
        file.error(code::missing_part, element.span(), "expected Server in LoadBalancer",
                   "write <Server name=\"...\"/> with a target server of the environment");
    }
    return balancer;
}

Template load_text_template(Context& context, const File& file, const Element& element) {
    file.expect_text(element);
    return load_template(context, file, element.text().trimmed());
}

}  // namespace

Properties load_properties(const File& file, const Element& connection) {
    Properties result;
    for (const Element& properties : connection.children("Properties")) {
        file.expect(properties, {{}, {"Property"}});
        for (const Element& property : properties.children("Property")) {
            file.expect_text(property, {"name"});
            const auto name = property.attribute("name");
            if (!name) {
                file.warning(code::missing_part, property.span(),
                             "expected attribute name of Property");
                continue;
            }
            result.insert_or_assign(name->value.trimmed().value, property.text().trimmed());
        }
    }
    return result;
}

HttpConnection load_http_connection(Context& context, const File& file, const Element& connection,
                                    const Properties& properties) {
    file.expect(connection, {{},
                             {"URL", "Path", "Properties", "SSLInfo", "Authentication",
                              "LoadBalancer", "HealthMonitor", "Description"}});
    HttpConnection http;
    bool urls = false;
    bool paths = false;
    bool balancers = false;
    bool tls = false;
    for (const Element& child : connection.children()) {
        if (child.name() == "URL" && load_once(file, child, urls)) {
            http.url = load_text_template(context, file, child);
        } else if (child.name() == "Path" && load_once(file, child, paths)) {
            http.path = load_text_template(context, file, child);
        } else if (child.name() == "LoadBalancer" && load_once(file, child, balancers)) {
            http.balancer = load_balancer(file, child);
        } else if (child.name() == "SSLInfo" && load_once(file, child, tls)) {
            http.tls = load_tls(file, child);
        } else if (child.name() == "HealthMonitor") {
            no_effect(file, child, "servers are not probed");
        } else if (child.name() == "Authentication") {
            no_effect(file, child, "no token is added to the request");
        }
    }
    http.success = load_success_codes(file, properties);
    http.connect_timeout_ms = load_timeout(file, properties, "connect.timeout.millis");
    http.io_timeout_ms = load_timeout(file, properties, "io.timeout.millis");
    if (http.url.empty() && !balancers) {
        file.warning(code::missing_part, connection.span(),
                     "expected URL or LoadBalancer in HTTPTargetConnection");
    }
    return http;
}

LocalConnection load_local_connection(Context& context, const File& file,
                                      const Element& connection) {
    file.expect(connection, {{}, {"APIProxy", "ProxyEndpoint", "Path", "Description"}});
    LocalConnection local;
    bool proxies = false;
    bool endpoints = false;
    bool paths = false;
    for (const Element& child : connection.children()) {
        if (child.name() == "APIProxy" && load_once(file, child, proxies)) {
            local.api_proxy = load_text_template(context, file, child);
        } else if (child.name() == "ProxyEndpoint" && load_once(file, child, endpoints)) {
            local.proxy_endpoint = load_text_template(context, file, child);
        } else if (child.name() == "Path" && load_once(file, child, paths)) {
            local.path = load_text_template(context, file, child);
        }
    }
    if (local.api_proxy.empty() && local.path.empty()) {
        file.error(code::missing_part, connection.span(),
                   "expected APIProxy or Path in LocalTargetConnection",
                   "write <APIProxy>name</APIProxy> or <Path>/base/path</Path>");
    }
    return local;
}

}  // namespace catchrule::xml
