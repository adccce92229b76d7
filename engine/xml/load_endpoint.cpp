// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_endpoint.hpp"

#include <optional>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_connection.hpp"
#include "engine/xml/load_faults.hpp"
#include "engine/xml/load_flows.hpp"

namespace catchrule::xml {
namespace {

// What is known but cannot run here, and what that means for a call.
void no_effect(const File& file, const Element& element, const std::string& consequence) {
    file.warning(code::not_supported_yet, element.span(),
                 std::string(element.name()) + " is not supported yet; " + consequence);
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
            no_effect(file, child, "its steps do not run, a response is passed on as a whole");
        }
    }
}

void keep_properties(Endpoint& endpoint, const Properties& properties) {
    for (const auto& [name, text] : properties) endpoint.properties[name] = text.value;
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
            no_effect(file, child, "a call that takes this route reaches no target");
        }
    }
    return route;
}

void load_http_target(Context& context, const File& file, const Element& connection,
                      TargetEndpoint& endpoint) {
    const Properties properties = load_properties(file, connection);
    keep_properties(endpoint, properties);
    endpoint.http = load_http_connection(context, file, connection, properties);
}

bool is_foreign_target(std::string_view name) {
    return name == "ScriptTarget" || name == "HostedTarget" || name == "IntegrationEndpoint";
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
            keep_properties(endpoint, load_properties(file, child));
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
                        "ScriptTarget", "HostedTarget", "IntegrationEndpoint"}});
    TargetEndpoint endpoint;
    endpoint.kind = EndpointKind::target;
    load_common(context, file, root, endpoint);
    bool connected = false;
    for (const Element& child : root.children()) {
        const bool http = child.name() == "HTTPTargetConnection";
        if (!http && child.name() != "LocalTargetConnection") {
            if (!is_foreign_target(child.name())) continue;
            no_effect(file, child, "a call that gets here fails with ServiceUnavailable");
        } else if (connected) {
            file.warning(code::repeated, child.span(),
                         "expected one connection in TargetEndpoint, found another; it is ignored");
        } else if (http) {
            load_http_target(context, file, child, endpoint);
        } else {
            endpoint.local = load_local_connection(context, file, child);
        }
        connected = true;
    }
    if (!connected) {
        file.warning(code::missing_part, root.span(),
                     "expected HTTPTargetConnection or LocalTargetConnection in TargetEndpoint; a "
                     "call that gets here fails with ServiceUnavailable");
    }
    return endpoint;
}

}  // namespace catchrule::xml
