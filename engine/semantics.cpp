// SPDX-License-Identifier: Apache-2.0
#include "engine/semantics.hpp"

#include <array>
#include <charconv>

namespace catchrule {
namespace {

constexpr std::string_view boolean_values = "true|false";
constexpr std::string_view order_values = "bottom-to-top|top-to-bottom";

constexpr std::array<SwitchRow, 8> switches{{
    {"profile", "x|edge", "SEM-19", "product generation: Apigee X and hybrid, or Edge and SAP"},
    {"proxy-order", order_values, "SEM-01", "order in which a ProxyEndpoint tries its fault rules"},
    {"target-order", "top-to-bottom|bottom-to-top", "SEM-01",
     "order in which a TargetEndpoint tries its fault rules"},
    {"raise-fault-in-rule", "stop|continue", "SEM-04",
     "whether a RaiseFault inside a fault rule ends the rule"},
    {"target-fault-reaches-proxy-default", boolean_values, "SEM-06",
     "whether the proxy's default rule follows a fault of the target flow"},
    {"null-greater-than", "false|documented", "SEM-09",
     "x > y with x unset: never true, or as the vendor's table prints it"},
    {"relational-strings", "text|numeric", "SEM-10", "how > >= < <= compare a text with a number"},
    {"rate-limit-status", "400..599", "SEM-19",
     "status of quota and spike arrest faults: 429 (x) or 500 (edge)"},
}};

const SwitchRow* find_switch(std::string_view key) {
    for (const SwitchRow& row : switches) {
        if (row.key == key) return &row;
    }
    return nullptr;
}

// "a, b or c" of "a|b|c".
std::string listed(std::string_view values) {
    std::string out;
    while (true) {
        const auto bar = values.find('|');
        out += values.substr(0, bar);
        if (bar == std::string_view::npos) return out;
        values.remove_prefix(bar + 1);
        out += values.find('|') == std::string_view::npos ? " or " : ", ";
    }
}

std::string unknown_switch(std::string_view key) {
    std::string out = "unknown switch \"" + std::string(key) + "\", expected one of";
    for (const SwitchRow& row : switches) {
        out += &row == switches.data() ? " " : ", ";
        out += row.key;
    }
    return out;
}

std::optional<Profile> parse_profile(std::string_view text) {
    if (text == "x") return Profile::x;
    if (text == "edge") return Profile::edge;
    return std::nullopt;
}

std::optional<int> parse_rate_limit_status(std::string_view text) {
    int status = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), status);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (status < 400 || status > 599) return std::nullopt;
    return status;
}

// `on` and `off` are the two values of a switch.
bool set_flag(bool& flag, std::string_view value, std::string_view on, std::string_view off) {
    if (value != on && value != off) return false;
    flag = value == on;
    return true;
}

template <class T>
bool set_parsed(T& stored, const std::optional<T>& parsed) {
    if (parsed) stored = *parsed;
    return parsed.has_value();
}

}  // namespace

std::string_view to_string(Profile profile) { return profile == Profile::x ? "x" : "edge"; }

std::string_view to_string(EvaluationOrder order) {
    return order == EvaluationOrder::top_to_bottom ? "top-to-bottom" : "bottom-to-top";
}

std::optional<EvaluationOrder> parse_order(std::string_view text) {
    if (text == "top-to-bottom") return EvaluationOrder::top_to_bottom;
    if (text == "bottom-to-top") return EvaluationOrder::bottom_to_top;
    return std::nullopt;
}

int Semantics::status_of_rate_limits() const {
    return rate_limit_status.value_or(profile == Profile::x ? 429 : 500);
}

EvaluationOrder Semantics::default_order(EndpointKind kind) const {
    return kind == EndpointKind::proxy ? proxy_order : target_order;
}

std::string Semantics::set(std::string_view key, std::string_view value) {
    const SwitchRow* row = find_switch(key);
    if (row == nullptr) return unknown_switch(key);

    bool taken = false;
    if (key == "profile") {
        taken = set_parsed(profile, parse_profile(value));
    } else if (key == "proxy-order") {
        taken = set_parsed(proxy_order, parse_order(value));
    } else if (key == "target-order") {
        taken = set_parsed(target_order, parse_order(value));
    } else if (key == "raise-fault-in-rule") {
        taken = set_flag(raise_fault_in_rule_stops, value, "stop", "continue");
    } else if (key == "target-fault-reaches-proxy-default") {
        taken = set_flag(target_fault_reaches_proxy_default, value, "true", "false");
    } else if (key == "null-greater-than") {
        taken = set_flag(comparisons.null_greater_than_documented, value, "documented", "false");
    } else if (key == "relational-strings") {
        taken = set_flag(comparisons.relational_strings_numeric, value, "numeric", "text");
    } else if (key == "rate-limit-status") {
        const auto status = parse_rate_limit_status(value);
        if (status) rate_limit_status = status;
        taken = status.has_value();
    }
    if (taken) return {};
    return std::string(key) + " cannot be \"" + std::string(value) + "\", expected " +
           listed(row->values);
}

std::span<const SwitchRow> switch_table() { return switches; }

}  // namespace catchrule
