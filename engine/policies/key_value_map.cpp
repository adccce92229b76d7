// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/key_value_map.hpp"

#include <utility>

#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

using Kind = MapOperation::Kind;

StepResult refuse(StepContext& context, std::string_view name, std::string_view variable) {
    set_failed_flags(context.variables, KeyValueMap::prefix, context.policy, true);
    std::string code("steps.keyvaluemapoperations");
    code.append(".").append(name);
    return policy_fault(code, context, {{"policy", context.policy}, {"variable", variable}});
}

std::string text_of(const KeyValueMap::Part& part, const Variables& variables) {
    const Value value = part.ref.empty() ? Value::null() : variables.get(part.ref);
    return value.is_null() ? part.text : value.to_text();
}

// Parts of a composite key are joined as the management API shows them (SEM-77).
std::string key_of(const std::vector<KeyValueMap::Part>& parts, const Variables& variables) {
    constexpr std::string_view separator = "__";
    std::string key;
    for (const KeyValueMap::Part& part : parts) {
        if (&part != parts.data()) key += separator;
        key += text_of(part, variables);
    }
    return key;
}

std::string owner_of(KeyValueMap::Scope scope, const StepContext& context) {
    std::string proxy("apiproxy/");
    proxy.append(context.proxy);
    switch (scope) {
        case KeyValueMap::Scope::organization:
            return "organization";
        case KeyValueMap::Scope::environment:
            return "environment";
        case KeyValueMap::Scope::apiproxy:
            return proxy;
        case KeyValueMap::Scope::policy:
            break;
    }
    return proxy.append("/").append(context.policy);
}

// One value is itself, several look like a list of Java (SEM-77).
std::string chosen(const std::vector<std::string>& values, std::int64_t index, bool& found) {
    if (index > 0) {
        const auto at = static_cast<std::uint64_t>(index - 1);
        found = at < values.size();
        return found ? values[static_cast<std::size_t>(at)] : std::string();
    }
    found = !values.empty();
    if (values.size() == 1) return values.front();
    std::string list = "[";
    for (const std::string& value : values) {
        if (&value != values.data()) list += ", ";
        list += value;
    }
    return list += "]";
}

}  // namespace

StepResult execute(const KeyValueMap& policy, StepContext& context) {
    const Variables& variables = context.variables;
    MapQuery query{.owner = owner_of(policy.scope, context),
                   .map = text_of(policy.map_name, variables),
                   .operations = {}};
    if (query.map.empty()) query.map = policy.map;
    if (query.map.empty()) return refuse(context, "UnsupportedOperationException", {});
    query.operations.reserve(policy.operations.size());
    for (const KeyValueMap::Operation& operation : policy.operations) {
        MapOperation& asked = query.operations.emplace_back();
        asked.kind = operation.kind;
        asked.key = key_of(operation.key, variables);
        for (const KeyValueMap::Part& value : operation.values) {
            asked.values.push_back(text_of(value, variables));
        }
    }
    return StoreQuery{std::move(query)};
}

StepResult resume(const KeyValueMap& policy, StepContext& context, const StoreReply& reply) {
    const auto* answer = std::get_if<MapReply>(&reply);
    if (answer == nullptr) return Completed{};
    std::size_t next = 0;
    for (const KeyValueMap::Operation& operation : policy.operations) {
        if (operation.kind != Kind::get) continue;
        if (next == answer->found.size()) break;
        const auto& entry = answer->found[next++];
        bool found = false;
        const std::string value = entry ? chosen(*entry, operation.index, found) : std::string();
        if (!found) {
            context.variables.remove(operation.assign_to);  // an entry that is not there is null
            continue;
        }
        if (answer->encrypted && !operation.assign_to.starts_with("private.")) {
            return refuse(context, "SetVariableFailed", operation.assign_to);
        }
        if (context.variables.assign(operation.assign_to, Value::text(value)) != Assigned::yes) {
            return refuse(context, "SetVariableFailed", operation.assign_to);
        }
    }
    if (answer->full) return refuse(context, "UnsupportedOperationException", {});
    set_failed_flags(context.variables, KeyValueMap::prefix, context.policy, false);
    return Completed{};
}

}  // namespace catchrule
