// SPDX-License-Identifier: Apache-2.0
#include "tests/support/flow_case.hpp"

#include <filesystem>
#include <sstream>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

#include "engine/environment/load_environment.hpp"

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
            std::string problem = where;
            problem.append(":").append(std::to_string(entry.first.Mark().line + 1));
            throw std::runtime_error(problem.append(": unknown key ").append(key));
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

std::map<std::string, BundleText> bundles_of(const YAML::Node& node) {
    std::map<std::string, BundleText> out;
    if (!node.IsDefined()) return out;
    for (const auto& entry : node) out[entry.first.as<std::string>()] = text_map(entry.second);
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
    check_keys(node, {"verb", "path", "headers", "body", "status", "reason", "fault", "took"},
               where);
    if (node["verb"]) message.verb = node["verb"].as<std::string>();
    if (node["path"]) message.set_uri(node["path"].as<std::string>());
    if (node["status"]) message.status = node["status"].as<int>();
    if (node["reason"]) message.reason = node["reason"].as<std::string>();
    if (node["body"]) message.content = node["body"].as<std::string>();
    for (const auto& [name, value] : text_map(node["headers"])) message.headers.add(name, value);
    return message;
}

FlowExpectation expectation_of(const YAML::Node& node, const std::string& where) {
    check_keys(node, {"rule",          "evaluated",     "ran",        "skipped",  "steps",
                      "default",       "proxy-default", "handled_by", "fault",    "fault-code",
                      "fault-text",    "final-fault",   "status",     "body",     "body-length",
                      "body-contains", "header",        "variables",  "types",    "target-url",
                      "target-header", "callouts",      "log",        "statuses", "load"},
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
    out.target_headers = text_map(node["target-header"]);
    out.fault_code = optional_of<std::string>(node["fault-code"]);
    out.fault_text = optional_of<std::string>(node["fault-text"]);
    out.types = text_map(node["types"]);
    out.callouts = optional_of<Names>(node["callouts"]);
    out.log = optional_of<Names>(node["log"]);
    out.statuses = optional_of<std::vector<int>>(node["statuses"]);
    out.load = optional_of<std::string>(node["load"]);
    return out;
}

// keys: {KEY: {proxies: [...], resources: [...], status: approved}}: one app, one product a key.
Environment environment_of(const YAML::Node& keys, const std::string& where) {
    Environment out;
    if (!keys.IsDefined()) return out;
    Developer developer;
    developer.id = "dev-1";
    developer.email = "dev@example.com";
    developer.first_name = "D";
    developer.last_name = "Veloper";
    developer.user_name = "dev";
    out.developers.push_back(std::move(developer));
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

// environment: {kvms.json: "[...]"}: the files of an environment directory.
Environment environment_of_files(const YAML::Node& files, const std::string& where) {
    const BundleFolder folder;
    const std::string directory = folder.add_environment(text_map(files));
    LoadedEnvironment loaded = load_environment(directory);
    if (!loaded.errors.empty()) throw std::runtime_error(where + ": " + loaded.errors.front());
    return std::move(loaded.environment);
}

TargetScript script_of(const YAML::Node& node, const std::string& where) {
    TargetScript script;
    script.reply = message_of(node, Message::response(200), where);
    if (node["fault"]) script.failure = failure_of(node["fault"].as<std::string>());
    if (node["took"]) script.took = node["took"].as<Millis>();
    return script;
}

SeriesCall series_call_of(const YAML::Node& node, const std::string& where) {
    check_keys(node, {"at", "request"}, where);
    SeriesCall call;
    if (node["at"]) call.at = node["at"].as<Millis>();
    if (node["request"]) call.request = message_of(node["request"], Message::request(), where);
    return call;
}

FlowCase case_of(const YAML::Node& node, const FlowCase& base, const std::string& where) {
    check_keys(
        node,
        {"name", "request", "fault", "fault-policy", "fault-status", "endpoint", "vars", "switch",
         "targets", "callouts", "series", "repeat", "now", "tick", "files", "expect"},
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
    if (node["tick"]) out.tick = node["tick"].as<Millis>();
    out.variables = text_map(node["vars"]);
    out.switches = text_map(node["switch"]);
    if (node["targets"]) {
        for (const auto& entry : node["targets"]) {
            out.targets[entry.first.as<std::string>()] = script_of(entry.second, where);
        }
    }
    for (const auto& [path, text] : text_map(node["files"])) out.files[path] = text;
    for (const auto& script : node["callouts"]) out.callouts.push_back(script_of(script, where));
    for (const auto& call : node["series"]) out.series.push_back(series_call_of(call, where));
    out.expect = expectation_of(node["expect"], where);
    return out;
}

}  // namespace

std::vector<FlowCase> read_flow_cases(const std::string& path) {
    const std::string where = std::filesystem::path(path).filename().string();
    const YAML::Node root = YAML::LoadFile(path);
    check_keys(root, {"files", "rules", "shared-flows", "proxies", "keys", "environment", "cases"},
               where);
    FlowCase base;
    base.file = where;
    base.files = text_map(root["files"]);
    if (root["rules"]) base.rules = root["rules"].as<std::string>();
    base.shared_flows = bundles_of(root["shared-flows"]);
    base.proxies = bundles_of(root["proxies"]);
    base.environment = environment_of(root["keys"], where);
    if (root["environment"]) base.environment = environment_of_files(root["environment"], where);
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

namespace {

void compare_load(const std::string& expected, const FlowResult& result, Differences& out) {
    std::string all;
    for (const auto& problem : result.load_problems) all += problem;
    if (all.find(expected) == std::string::npos) {
        out.add("load: expected a problem with " + expected + ", got " +
                (all.empty() ? "none" : all));
    }
}

void compare_texts(const std::map<std::string, std::string>& expected,
                   const std::map<std::string, std::string>& actual, Differences& out) {
    for (const auto& [name, value] : expected) {
        const auto found = actual.find(name);
        out.expect(name, std::optional(value), found == actual.end() ? "~" : found->second);
    }
}

std::optional<std::vector<std::string>> as_texts(const std::optional<std::vector<int>>& numbers) {
    if (!numbers) return std::nullopt;
    std::vector<std::string> out;
    for (const int number : *numbers) out.push_back(std::to_string(number));
    return out;
}

void compare_headers(const std::map<std::string, std::string>& expected, const Fields& headers,
                     Differences& out) {
    for (const auto& [name, value] : expected) {
        std::string actual;
        for (const auto part : headers.all(name)) {
            actual += (actual.empty() ? "" : ", ") + std::string(part);
        }
        out.expect(name, std::optional(value == "~" ? "" : value), actual);
    }
}

}  // namespace

std::string compare(const FlowExpectation& expected, const FlowResult& result) {
    Differences out;
    if (expected.load) {
        compare_load(*expected.load, result, out);
        return out.text();
    }
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
    compare_headers(expected.headers, result.response.headers, out);
    compare_headers(expected.target_headers, result.target_request.headers, out);
    compare_texts(expected.variables, result.variables, out);
    compare_texts(expected.types, result.types, out);
    out.expect("fault code", expected.fault_code, result.fault ? result.fault->code : "none");
    out.expect("fault text", expected.fault_text, result.fault ? result.fault->text : "none");
    out.expect("callouts", expected.callouts, result.callouts);
    out.expect("log", expected.log, result.log);
    out.expect("statuses", as_texts(expected.statuses), as_texts(result.statuses).value());
    return out.text();
}

}  // namespace catchrule::testing
