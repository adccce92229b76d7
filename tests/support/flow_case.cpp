// SPDX-License-Identifier: Apache-2.0
#include "tests/support/flow_case.hpp"

#include <filesystem>
#include <sstream>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

namespace catchrule::testing {

namespace {

// Every key is looked at once; an unknown one is an error, so that a misspelt expectation cannot
// pass.
void check_keys(const YAML::Node& node, const std::vector<std::string>& known,
                const std::string& where) {
    for (const auto& entry : node) {
        const auto key = entry.first.as<std::string>();
        bool found = false;
        for (const auto& name : known) found = found || name == key;
        if (!found) {
            throw std::runtime_error(where + ":" + std::to_string(entry.first.Mark().line + 1) +
                                     ": unknown key " + key);
        }
    }
}

template <class T>
std::optional<T> optional_of(const YAML::Node& node) {
    if (!node.IsDefined()) return std::nullopt;
    return node.as<T>();
}

std::map<std::string, std::string> text_map(const YAML::Node& node) {
    std::map<std::string, std::string> out;
    if (!node.IsDefined()) return out;
    for (const auto& entry : node) {
        out[entry.first.as<std::string>()] =
            entry.second.IsNull() ? "~" : entry.second.as<std::string>();
    }
    return out;
}

TargetFailure failure_of(const std::string& name) {
    static const std::map<std::string, TargetFailure> names{
        {"refused", TargetFailure::refused},
        {"reset", TargetFailure::reset},
        {"name-not-found", TargetFailure::name_not_found},
        {"connect-timeout", TargetFailure::connect_timeout},
        {"timeout", TargetFailure::read_timeout},
        {"eof", TargetFailure::unexpected_eof},
        {"bad-reply", TargetFailure::bad_reply},
        {"tls", TargetFailure::tls_handshake},
        {"no-server", TargetFailure::no_active_server},
    };
    return names.at(name);
}

Message message_of(const YAML::Node& node, Message message, const std::string& where) {
    check_keys(node, {"verb", "path", "headers", "body", "status", "reason", "fault"}, where);
    if (node["verb"]) message.verb = node["verb"].as<std::string>();
    if (node["path"]) message.set_uri(node["path"].as<std::string>());
    if (node["status"]) message.status = node["status"].as<int>();
    if (node["reason"]) message.reason = node["reason"].as<std::string>();
    if (node["body"]) message.content = node["body"].as<std::string>();
    for (const auto& [name, value] : text_map(node["headers"])) message.headers.add(name, value);
    return message;
}

FlowExpectation expectation_of(const YAML::Node& node, const std::string& where) {
    check_keys(node,
               {"rule", "evaluated", "ran", "skipped", "steps", "default", "proxy-default",
                "handled_by", "fault", "final-fault", "status", "body", "body-length",
                "body-contains", "header", "variables", "target-url"},
               where);
    using Names = std::vector<std::string>;
    FlowExpectation out;
    out.rule = optional_of<std::string>(node["rule"]);
    out.evaluated = optional_of<Names>(node["evaluated"]);
    out.ran = optional_of<Names>(node["ran"]);
    out.skipped = optional_of<Names>(node["skipped"]);
    out.steps = optional_of<Names>(node["steps"]);
    out.default_ran = optional_of<bool>(node["default"]);
    out.proxy_default_ran = optional_of<bool>(node["proxy-default"]);
    out.handled_by = optional_of<std::string>(node["handled_by"]);
    out.fault = optional_of<std::string>(node["fault"]);
    out.final_fault = optional_of<std::string>(node["final-fault"]);
    out.status = optional_of<int>(node["status"]);
    out.body = optional_of<std::string>(node["body"]);
    out.body_length = optional_of<std::size_t>(node["body-length"]);
    out.body_contains = optional_of<std::string>(node["body-contains"]);
    out.headers = text_map(node["header"]);
    out.variables = text_map(node["variables"]);
    out.target_url = optional_of<std::string>(node["target-url"]);
    return out;
}

// keys: {KEY: {proxies: [...], resources: [...], status: approved}}: one app, one product a key.
Environment environment_of(const YAML::Node& keys, const std::string& where) {
    Environment out;
    if (!keys.IsDefined()) return out;
    out.developers.push_back({.id = "dev-1",
                              .email = "dev@example.com",
                              .first_name = "D",
                              .last_name = "Veloper",
                              .user_name = "dev",
                              .status = "active",
                              .attributes = {}});
    for (const auto& entry : keys) {
        check_keys(entry.second, {"proxies", "resources", "status", "product"}, where);
        const auto key = entry.first.as<std::string>();
        Product product;
        product.name = "product-" + key;
        if (entry.second["proxies"])
            product.proxies = entry.second["proxies"].as<std::vector<std::string>>();
        if (entry.second["resources"]) {
            product.api_resources = entry.second["resources"].as<std::vector<std::string>>();
        }
        App app;
        app.id = "app-" + key;
        app.name = "app of " + key;
        app.developer_id = "dev-1";
        if (entry.second["status"]) app.status = entry.second["status"].as<std::string>();
        Credential credential;
        credential.key = key;
        credential.products.push_back({.name = product.name, .status = "approved"});
        app.credentials.push_back(credential);
        out.products.push_back(product);
        out.apps.push_back(app);
    }
    return out;
}

FlowCase case_of(const YAML::Node& node, const FlowCase& base, const std::string& where) {
    check_keys(node,
               {"name", "request", "fault", "fault-policy", "fault-status", "endpoint", "vars",
                "switch", "targets", "repeat", "now", "expect"},
               where);
    FlowCase out = base;
    out.name = node["name"].as<std::string>();
    if (node["request"]) out.request = message_of(node["request"], Message::request(), where);
    if (node["fault"]) out.fault = node["fault"].as<std::string>();
    if (node["fault-policy"]) out.fault_policy = node["fault-policy"].as<std::string>();
    if (node["fault-status"]) out.fault_status = node["fault-status"].as<int>();
    if (node["endpoint"]) {
        out.endpoint = node["endpoint"].as<std::string>() == "target" ? EndpointKind::target
                                                                      : EndpointKind::proxy;
    }
    if (node["repeat"]) out.repeat = node["repeat"].as<int>();
    if (node["now"]) out.now = node["now"].as<Millis>();
    out.variables = text_map(node["vars"]);
    out.switches = text_map(node["switch"]);
    if (node["targets"]) {
        for (const auto& entry : node["targets"]) {
            TargetScript script;
            script.reply = message_of(entry.second, Message::response(200), where);
            if (entry.second["fault"])
                script.failure = failure_of(entry.second["fault"].as<std::string>());
            out.targets[entry.first.as<std::string>()] = script;
        }
    }
    out.expect = expectation_of(node["expect"], where);
    return out;
}

}  // namespace

std::vector<FlowCase> read_flow_cases(const std::string& path) {
    const std::string where = std::filesystem::path(path).filename().string();
    const YAML::Node root = YAML::LoadFile(path);
    check_keys(root, {"files", "rules", "keys", "cases"}, where);
    FlowCase base;
    base.file = where;
    base.files = text_map(root["files"]);
    if (root["rules"]) base.rules = root["rules"].as<std::string>();
    base.environment = environment_of(root["keys"], where);
    std::vector<FlowCase> out;
    for (const auto& node : root["cases"]) out.push_back(case_of(node, base, where));
    return out;
}

namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
    return "[" + out + "]";
}

void steps_of(const std::vector<StepRecord>& steps, std::vector<std::string>& ran,
              std::vector<std::string>& skipped) {
    for (const StepRecord& step : steps) (step.ran ? ran : skipped).push_back(step.policy);
}

// Collects differences, one a line.
class Differences {
public:
    template <class T, class U>
    void expect(std::string_view what, const std::optional<T>& expected, const U& actual) {
        if (expected && *expected != actual) {
            out_ << what << ": expected " << *expected << ", got " << actual << '\n';
        }
    }
    void expect(std::string_view what, const std::optional<std::vector<std::string>>& expected,
                const std::vector<std::string>& actual) {
        if (expected && *expected != actual) {
            out_ << what << ": expected " << joined(*expected) << ", got " << joined(actual)
                 << '\n';
        }
    }
    void add(const std::string& line) { out_ << line << '\n'; }
    std::string text() const { return out_.str(); }

private:
    std::ostringstream out_;
};

void compare_decision(const FlowExpectation& expected, const FlowResult& result, Differences& out) {
    if (!result.decision) {
        const bool wanted = expected.rule || expected.evaluated || expected.ran ||
                            expected.skipped || expected.default_ran ||
                            expected.proxy_default_ran || expected.handled_by ||
                            expected.final_fault;
        if (wanted) out.add("no fault, so no decision");
        return;
    }
    const Decision& decision = *result.decision;
    std::vector<std::string> evaluated;
    std::vector<std::string> ran;
    std::vector<std::string> skipped;
    for (const RuleRecord& rule : decision.rules) {
        if (rule.verdict != RuleVerdict::not_reached) evaluated.push_back(rule.name);
        steps_of(rule.steps, ran, skipped);
    }
    for (const auto* record : {&decision.default_rule, &decision.proxy_default_rule}) {
        if (*record && (*record)->ran) steps_of((*record)->steps, ran, skipped);
    }
    out.expect("rule", expected.rule,
               decision.fired ? decision.rules[*decision.fired].name : std::string("none"));
    out.expect("evaluated", expected.evaluated, evaluated);
    out.expect("ran", expected.ran, ran);
    out.expect("skipped", expected.skipped, skipped);
    out.expect("default", expected.default_ran,
               decision.default_rule && decision.default_rule->ran);
    out.expect("proxy-default", expected.proxy_default_ran,
               decision.proxy_default_rule && decision.proxy_default_rule->ran);
    out.expect("handled_by", expected.handled_by, std::string(decision.handled_by()));
    out.expect("final-fault", expected.final_fault, decision.final_fault.name);
}

}  // namespace

std::string compare(const FlowExpectation& expected, const FlowResult& result) {
    Differences out;
    for (const auto& problem : result.load_problems) out.add("load: " + problem);
    if (!result.load_problems.empty()) return out.text();
    compare_decision(expected, result, out);
    out.expect("fault", expected.fault, result.fault ? result.fault->name : std::string("none"));
    out.expect("steps", expected.steps, result.steps);
    out.expect("status", expected.status, result.response.status);
    out.expect("body", expected.body, result.response.content);
    out.expect("body-length", expected.body_length, result.response.content.size());
    out.expect("target-url", expected.target_url, result.target_url);
    if (expected.body_contains &&
        result.response.content.find(*expected.body_contains) == std::string::npos) {
        out.add("body: expected to contain " + *expected.body_contains + ", got " +
                result.response.content);
    }
    for (const auto& [name, value] : expected.headers) {
        std::string actual;
        for (const auto part : result.response.headers.all(name)) {
            actual += (actual.empty() ? "" : ", ") + std::string(part);
        }
        out.expect(name, std::optional(value == "~" ? "" : value), actual);
    }
    for (const auto& [name, value] : expected.variables) {
        const auto found = result.variables.find(name);
        out.expect(name, std::optional(value),
                   found == result.variables.end() ? "~" : found->second);
    }
    return out.text();
}

}  // namespace catchrule::testing
