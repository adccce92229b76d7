// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_endpoint.hpp"

#include <optional>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_faults.hpp"
#include "engine/xml/load_flows.hpp"

namespace catchrule::xml {
namespace {

void not_supported_yet(const File& file, const Element& element) {
    file.warning(code::not_supported_yet, element.span(),
                 std::string(element.name()) + " is not supported yet; it is ignored");
}

// PreFlow, Flows, PostFlow and fault handling: what both kinds have.
void load_common(Context& context, const File& file, const Element& root, Endpoint& endpoint) {
    endpoint.location = file.location(root);
    endpoint.name = load_name(file, root);
    endpoint.faults = load_faults(context, file, root.children());
    endpoint.pre_flow.name = "PreFlow";
    endpoint.post_flow.name = "PostFlow";
    bool pre = false;
    bool flows = false;
    bool post = false;
    for (const Element& child : root.children()) {
        if (child.name() == "PreFlow" && load_once(file, child, pre)) {
            endpoint.pre_flow = load_flow(context, file, child);
        } else if (child.name() == "Flows" && load_once(file, child, flows)) {
            endpoint.flows = load_flows(context, file, child);
        } else if (child.name() == "PostFlow" && load_once(file, child, post)) {
            endpoint.post_flow = load_flow(context, file, child);
        } else if (child.name() == "EventFlow") {
            not_supported_yet(file, child);
        }
    }
}

void load_properties(const File& file, const Element& connection, Endpoint& endpoint) {
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
            endpoint.properties[name->value.trimmed().value] = property.text().trimmed().value;
        }
    }
}

void load_base_path(const File& file, const Element& connection, ProxyEndpoint& endpoint) {
    bool seen = false;
    for (const Element& child : connection.children("BasePath")) {
        if (!load_once(file, child, seen)) continue;
        file.expect_text(child);
        const Text path = child.text().trimmed();
        if (path.value.empty()) continue;
        if (path.value.front() != '/') {
            file.error(code::bad_value, path.span(),
                       "expected a base path that begins with '/', found \"" + path.value + "\"");
            continue;
        }
        endpoint.base_path = path.value;
        while (endpoint.base_path.size() > 1 && endpoint.base_path.back() == '/')
            endpoint.base_path.pop_back();
    }
}

bool is_missing_target(const Context& context, const std::string& name) {
    return !context.bundle.is_fragment && context.bundle.target(name) == nullptr &&
           !context.broken_targets.contains(name);
}

RouteRule load_route(Context& context, const File& file, const Element& element) {
    file.expect(
        element,
        {{"name"}, {"Condition", "TargetEndpoint", "URL", "IntegrationEndpoint", "Description"}});
    RouteRule route;
    route.location = file.location(element);
    if (const auto name = element.attribute("name")) route.name = name->value.trimmed().value;
    route.condition = load_condition(context, file, element);
    bool targets = false;
    bool urls = false;
    for (const Element& child : element.children()) {
        if (child.name() == "TargetEndpoint" && load_once(file, child, targets)) {
            file.expect_text(child);
            const Text target = child.text().trimmed();
            route.target = target.value;
            if (!route.target.empty() && is_missing_target(context, route.target)) {
                file.error(code::missing_target, target.span(),
                           "the bundle has no target endpoint named \"" + route.target + "\"");
            }
        } else if (child.name() == "URL" && load_once(file, child, urls)) {
            file.expect_text(child);
            route.url = load_template(context, file, child.text().trimmed());
        } else if (child.name() == "IntegrationEndpoint") {
            not_supported_yet(file, child);
        }
    }
    return route;
}

void load_success_codes(const File& file, const Element& connection, TargetEndpoint& endpoint) {
    const auto property = endpoint.properties.find("success.codes");
    if (property == endpoint.properties.end()) return;
    if (const auto codes = SuccessCodes::parse(property->second)) {
        endpoint.success = *codes;
        return;
    }
    for (const Element& properties : connection.children("Properties")) {
        for (const Element& element : properties.children("Property")) {
            const auto name = element.attribute("name");
            if (!name || name->value.trimmed().value != "success.codes") continue;
            const Text text = element.text().trimmed();
            file.error(
                code::bad_success_codes, text.span(),
                "expected statuses such as 2xx,404 in success.codes, found \"" + text.value + "\"");
        }
    }
}

void load_http_target(Context& context, const File& file, const Element& connection,
                      TargetEndpoint& endpoint) {
    file.expect(connection, {{},
                             {"URL", "Path", "Properties", "SSLInfo", "Authentication",
                              "LoadBalancer", "HealthMonitor", "Description"}});
    bool urls = false;
    bool paths = false;
    for (const Element& child : connection.children()) {
        if (child.name() == "URL" && load_once(file, child, urls)) {
            file.expect_text(child);
            endpoint.url = load_template(context, file, child.text().trimmed());
        } else if (child.name() == "Path" && load_once(file, child, paths)) {
            file.expect_text(child);
            endpoint.path = load_template(context, file, child.text().trimmed());
        } else if (child.name() == "LoadBalancer") {
            not_supported_yet(file, child);
        }
    }
    load_properties(file, connection, endpoint);
    load_success_codes(file, connection, endpoint);
}

bool is_other_target(std::string_view name) {
    return name == "LocalTargetConnection" || name == "ScriptTarget" || name == "HostedTarget";
}

}  // namespace

ProxyEndpoint load_proxy_endpoint(Context& context, const File& file, const Element& root) {
    file.expect(root,
                {{"name"},
                 {"Description", "FaultRules", "DefaultFaultRule", "PreFlow", "Flows", "PostFlow",
                  "PostClientFlow", "EventFlow", "HTTPProxyConnection", "RouteRule"}});
    ProxyEndpoint endpoint;
    endpoint.kind = EndpointKind::proxy;
    load_common(context, file, root, endpoint);
    endpoint.post_client_flow.name = "PostClientFlow";
    bool connected = false;
    bool post_client = false;
    for (const Element& child : root.children()) {
        if (child.name() == "HTTPProxyConnection" && load_once(file, child, connected)) {
            file.expect(child, {{}, {"BasePath", "VirtualHost", "Properties", "Description"}});
            load_base_path(file, child, endpoint);
            load_properties(file, child, endpoint);
        } else if (child.name() == "PostClientFlow" && load_once(file, child, post_client)) {
            endpoint.post_client_flow = load_flow(context, file, child);
        } else if (child.name() == "RouteRule") {
            endpoint.routes.push_back(load_route(context, file, child));
        }
    }
    return endpoint;
}

TargetEndpoint load_target_endpoint(Context& context, const File& file, const Element& root) {
    file.expect(root, {{"name"},
                       {"Description", "FaultRules", "DefaultFaultRule", "PreFlow", "Flows",
                        "PostFlow", "EventFlow", "HTTPTargetConnection", "LocalTargetConnection",
                        "ScriptTarget", "HostedTarget"}});
    TargetEndpoint endpoint;
    endpoint.kind = EndpointKind::target;
    load_common(context, file, root, endpoint);
    bool connected = false;
    bool explained = false;
    for (const Element& child : root.children()) {
        if (child.name() == "HTTPTargetConnection" && load_once(file, child, connected)) {
            load_http_target(context, file, child, endpoint);
            explained = explained || !child.children("LoadBalancer").empty();
        } else if (is_other_target(child.name())) {
            not_supported_yet(file, child);
            explained = true;
        }
    }
    if (endpoint.url.empty() && !explained) {
        file.warning(code::missing_part, root.span(),
                     "expected HTTPTargetConnection with a URL in TargetEndpoint");
    }
    return endpoint;
}

}  // namespace catchrule::xml
