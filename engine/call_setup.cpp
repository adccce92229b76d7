// SPDX-License-Identifier: Apache-2.0
#include "engine/call_setup.hpp"

namespace catchrule {

namespace {

// The bytes of `path` that `base_path` covers; npos when it does not.
std::size_t covered(std::string_view base_path, std::string_view path) {
    if (base_path == "/" || base_path.empty()) return 0;
    std::size_t b = 0;
    std::size_t p = 0;
    while (b < base_path.size()) {
        if (base_path[b] == '*' && base_path[b - 1] == '/' &&
            (b + 1 == base_path.size() || base_path[b + 1] == '/')) {
            const std::size_t begin = p;
            while (p < path.size() && path[p] != '/') ++p;
            if (p == begin) return std::string_view::npos;
            ++b;
            continue;
        }
        if (p >= path.size() || base_path[b] != path[p]) return std::string_view::npos;
        ++b;
        ++p;
    }
    if (p < path.size() && path[p] != '/' && base_path.back() != '/') return std::string_view::npos;
    if (base_path.back() == '/') --p;  // the slash belongs to the suffix
    return p;
}

// Version 4 (RFC 9562).
std::string make_uuid(Random& random) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    for (char& c : out) {
        if (c == 'x') c = digits[random.below(16)];
        if (c == 'y') c = digits[8 + random.below(4)];
    }
    return out;
}

}  // namespace

bool covers(std::string_view base_path, std::string_view path) {
    return covered(base_path, path) != std::string_view::npos;
}

std::string_view path_suffix(std::string_view base_path, std::string_view path) {
    const std::size_t length = covered(base_path, path);
    return length == std::string_view::npos ? path : path.substr(length);
}

void define_call_variables(const Bundle& bundle, const ProxyEndpoint& proxy, Variables& variables,
                           const CallOptions& options) {
    const auto text = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) variables.define(name, Value::text(value));
    };
    const auto number = [&](std::string_view name, std::uint16_t value) {
        if (value != 0) variables.define(name, Value::integer(value));
    };
    const Message& request = variables.request();
    const auto host = request.headers.first("Host");
    for (const auto& [name, value] : bundle.resources.properties) {
        if (bundle.symbols.find(name)) variables.define(name, Value::text(value));
    }
    text("apiproxy.name", bundle.name);
    text("apiproxy.revision", bundle.revision);
    text("apiproxy.basepath", proxy.base_path);
    text("environment.name", options.environment);
    text("organization.name", options.organization);
    text("proxy.name", proxy.name);
    text("proxy.basepath", proxy.base_path);
    // Empty is a value here, not an absence (SEM-41).
    variables.define("proxy.pathsuffix", Value::text(path_suffix(proxy.base_path, request.path)));
    text("proxy.url",
         options.client_scheme + "://" + std::string(host.value_or(options.host)) + request.uri());
    text("proxy.client.ip", options.client_ip);
    text("client.ip", options.client_ip);
    number("client.port", options.client_port);
    text("client.scheme", options.client_scheme);
    text("client.host", options.host);
    text("client.ssl.enabled", options.client_scheme == "https" ? "true" : "false");
    text("virtualhost.name", options.client_scheme == "https" ? "secure" : "default");
    variables.define("virtualhost.ssl.enabled", Value::boolean(options.client_scheme == "https"));
    text("virtualhost.aliases", host.value_or(""));
    text("virtualhost.ip", options.host);
    number("virtualhost.port", options.port);
    text("messageid", options.message_id);
    if (variables.layout().symbols().find("system.uuid")) {  // drawn for those who ask only
        variables.define("system.uuid", Value::text(make_uuid(variables.random())));
    }
    variables.define("is.error", Value::boolean(false));
}

}  // namespace catchrule
