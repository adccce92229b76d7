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

bool is_false(const Value& value) {
    return (value.type() == grammar::Type::boolean && !value.as_boolean()) ||
           (value.is_text() && value.as_text() == "false");
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
                           const CallOptions& options, Millis now) {
    const auto text = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) variables.define(name, Value::text(value));
    };
    text("apiproxy.name", bundle.name);
    text("apiproxy.revision", bundle.revision);
    text("apiproxy.basepath", proxy.base_path);
    text("environment.name", options.environment);
    text("proxy.name", proxy.name);
    text("proxy.basepath", proxy.base_path);
    // Empty is a value here, not an absence (SEM-41).
    variables.define("proxy.pathsuffix",
                     Value::text(path_suffix(proxy.base_path, variables.request().path)));
    text("proxy.client.ip", options.client_ip);
    text("client.ip", options.client_ip);
    text("messageid", options.message_id);
    variables.define("is.error", Value::boolean(false));
    variables.define("system.timestamp", Value::long_integer(now));
    variables.define("client.received.start.timestamp", Value::long_integer(now));
}

std::string target_url(const Template& url, const Variables& variables) {
    const Value overridden = variables.get("target.url");
    std::string out =
        overridden.is_text() ? std::string(overridden.as_text()) : url.render(variables);
    std::string query;
    if (const auto mark = out.find('?'); mark != std::string::npos) {
        query = out.substr(mark + 1);
        out.resize(mark);
    }
    if (!is_false(variables.get("target.copy.pathsuffix"))) {
        const Value suffix = variables.get("proxy.pathsuffix");
        std::string_view rest = suffix.is_text() ? suffix.as_text() : std::string_view();
        if (!out.empty() && out.back() == '/' && rest.starts_with('/')) rest.remove_prefix(1);
        out += rest;
    }
    if (!is_false(variables.get("target.copy.queryparams"))) {
        const std::string received = variables.request().query_text();
        if (!query.empty() && !received.empty()) query += '&';
        query += received;
    }
    if (!query.empty()) out += '?' + query;
    return out;
}

}  // namespace catchrule
