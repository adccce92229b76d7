// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/connection.hpp"
#include "engine/fault.hpp"
#include "engine/location.hpp"
#include "engine/policy.hpp"
#include "engine/rule_index.hpp"
#include "engine/semantics.hpp"
#include "engine/template.hpp"
#include "engine/variables.hpp"
#include "grammar/compile.hpp"

namespace catchrule {

/// Immutable once loaded: shared by all calls and threads.

/// `<Step>`: a policy and when to run it.
struct Step {
    std::string policy;
    /// Index into Bundle::policies; -1 = the policy is not in the file (bare fragments): it runs,
    /// changes nothing, and the explain screen says so.
    int policy_index = -1;
    std::optional<grammar::Condition> condition;
    Location location;
};

/// `<FaultRule>`: its Condition decides whether it is chosen, its steps never do (SEMANTICS 2.2).
struct FaultRule {
    std::string name;
    std::optional<grammar::Condition> condition;  ///< none = always true (SEM-02)
    std::vector<Step> steps;
    Location location;
};

/// `<DefaultFaultRule>`.
struct DefaultFaultRule {
    std::string name;
    bool always_enforce = false;
    std::optional<grammar::Condition> condition;
    std::vector<Step> steps;
    Location location;
};

/// The fault handling of one endpoint.
struct FaultHandling {
    std::vector<FaultRule> rules;  ///< in document order
    RuleIndex index;               ///< of `rules`; made when loading ends
    std::optional<EvaluationOrder>
        order;  ///< attribute `evaluationOrder`; none = by endpoint (SEM-01)
    std::optional<DefaultFaultRule> default_rule;
};

/// PreFlow, PostFlow or a conditional Flow.
struct Flow {
    std::string name;
    std::optional<grammar::Condition> condition;
    std::vector<Step> request;
    std::vector<Step> response;
    Location location;
};

/// What both endpoint kinds have.
struct Endpoint {
    EndpointKind kind = EndpointKind::proxy;
    std::string name;
    Flow pre_flow;
    std::vector<Flow> flows;  ///< the first whose condition holds runs
    Flow post_flow;
    FaultHandling faults;
    std::map<std::string, std::string, std::less<>> properties;
    Location location;
};

/// `<RouteRule>`; neither target nor URL = a null route.
struct RouteRule {
    std::string name;
    std::optional<grammar::Condition> condition;
    std::string target;
    Template url;  ///< empty = none
    Location location;
};

struct ProxyEndpoint : Endpoint {
    std::string base_path = "/";
    std::vector<RouteRule> routes;
    Flow post_client_flow;
};

struct TargetEndpoint : Endpoint {
    HttpConnection http;
    std::optional<LocalConnection> local;  ///< instead of `http`
};

/// A shared flow that a FlowCallout of the bundle calls. Its policies stand among the bundle's own,
/// marked with its name; steps refer to them by index.
struct SharedFlow {
    std::string name;
    std::vector<Step> steps;
    Location location;
};

/// A file that was read, with its text for carets.
using FilePtr = std::shared_ptr<const grammar::Source>;

/// A loaded proxy bundle, endpoint file or FaultRules fragment.
struct Bundle {
    std::string name;  ///< apiproxy.name: of the descriptor, else of the directory
    std::string revision = "1";
    std::vector<FilePtr> files;

    Symbols symbols;
    std::unique_ptr<const VariableLayout> layout;  ///< of `symbols`; made when loading ends

    std::vector<ProxyEndpoint> proxies;
    std::vector<TargetEndpoint> targets;
    std::vector<SharedFlow> shared_flows;
    std::vector<Policy> policies;
    Resources resources;  ///< with those of the shared flows

    /// Whether this is a fragment or endpoint file: policies may be missing.
    bool is_fragment = false;

    const ProxyEndpoint* proxy(std::string_view endpoint_name) const;
    const TargetEndpoint* target(std::string_view endpoint_name) const;
    /// A policy of the bundle itself, not of a shared flow.
    const Policy* policy(std::string_view policy_name) const;
    /// `default.xml`: the last path element of the file.
    std::string_view file_name(const Location& location) const;
};

}  // namespace catchrule
