// SPDX-License-Identifier: Apache-2.0
#include "tools/explain_json.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

#include <boost/json.hpp>

#include "engine/utf8.hpp"

namespace catchrule::tools {

namespace {

namespace json = boost::json;

json::string text(std::string_view bytes) { return json::string(valid_utf8(bytes)); }

// The value as JSON has it; numbers that JSON does not have stay text.
json::value value_json(const OperandRecord& operand) {
    switch (operand.type) {
        case grammar::Type::null:
            return nullptr;
        case grammar::Type::boolean:
            return operand.text == "true";
        case grammar::Type::integer:
        case grammar::Type::long_integer: {
            std::int64_t number = 0;
            std::from_chars(operand.text.data(), operand.text.data() + operand.text.size(), number);
            return number;
        }
        case grammar::Type::single:
        case grammar::Type::real: {
            double number = 0;
            std::from_chars(operand.text.data(), operand.text.data() + operand.text.size(), number);
            if (operand.text == "NaN" || operand.text.ends_with("Infinity")) break;
            return number;
        }
        case grammar::Type::text:
            break;
    }
    return text(operand.text);
}

json::object operand_json(const OperandRecord& operand, bool reached) {
    json::object out;
    if (!operand.is_literal()) out["variable"] = text(operand.variable);
    if (!operand.is_literal() && !reached) {
        out["value"] = nullptr;
        out["state"] = nullptr;  // it was not read
        return out;
    }
    out["value"] = value_json(operand);
    out["type"] = grammar::to_string(operand.type);
    out["state"] = operand.is_literal() ? "literal" : operand.is_unset() ? "unset" : "set";
    return out;
}

std::string_view name(Verdict verdict) {
    if (verdict == Verdict::not_reached) return "not_reached";
    return verdict == Verdict::is_true ? "true" : "false";
}

std::string_view name(RuleVerdict verdict) {
    if (verdict == RuleVerdict::not_reached) return "not_reached";
    return verdict == RuleVerdict::fired ? "fired" : "false";
}

json::object atom_json(const AtomRecord& atom) {
    const bool reached = atom.verdict != Verdict::not_reached;
    json::object out;
    out["text"] = text(atom.text);
    out["result"] = name(atom.verdict);
    out["left"] = operand_json(atom.left, reached);
    out["right"] = atom.is_truth ? json::value(nullptr) : operand_json(atom.right, reached);
    out["note"] = text(atom.note);
    return out;
}

json::value condition_or_null(const std::optional<ConditionRecord>& condition) {
    if (!condition) return nullptr;
    return condition_json(*condition);
}

json::object fault_json(const Fault& fault) {
    json::object out;
    out["name"] = text(fault.name);
    out["code"] = text(fault.code);
    out["text"] = text(fault.text);
    out["status"] = fault.status;
    out["reason"] = text(fault.reason);
    out["category"] = text(fault.category);
    out["policy"] = fault.policy.empty() ? json::value(nullptr) : json::value(text(fault.policy));
    return out;
}

json::array steps_json(const std::vector<StepRecord>& steps) {
    json::array out;
    for (const StepRecord& step : steps) {
        json::object row;
        row["policy"] = text(step.policy);
        if (!step.shared_flow.empty()) row["shared_flow"] = text(step.shared_flow);
        row["ran"] = step.ran;
        row["failed"] = step.failed;
        if (step.failed) row["fault"] = text(step.fault);
        row["condition"] = condition_or_null(step.condition);
        row["note"] = text(step.note);
        out.emplace_back(std::move(row));
    }
    return out;
}

json::value default_rule_json(const std::optional<DefaultRuleRecord>& rule) {
    if (!rule) return nullptr;
    json::object out;
    out["name"] = text(rule->name);
    out["ran"] = rule->ran;
    out["always_enforce"] = rule->always_enforce;
    out["condition"] = condition_or_null(rule->condition);
    out["note"] = text(rule->note);
    out["steps"] = steps_json(rule->steps);
    return out;
}

json::object response_json(const Message& response) {
    json::object out;
    out["status"] = response.status;
    out["reason"] =
        text(response.reason.empty() ? reason_phrase(response.status) : response.reason);
    json::array headers;
    for (const Field& field : response.headers.items()) {
        headers.push_back(json::object{{"name", text(field.name)}, {"value", text(field.value)}});
    }
    out["headers"] = std::move(headers);
    out["body"] = text(response.content);
    out["body_set_by"] = response.content_set_by.empty()
                             ? json::value(nullptr)
                             : json::value(text(response.content_set_by));
    return out;
}

json::object hint_json(const analysis::NamespaceHint& hint) {
    const auto or_null = [](const std::string& field) {
        return field.empty() ? json::value(nullptr) : json::value(text(field));
    };
    json::object out;
    out["text"] = text(hint.text());
    out["verified"] = hint.verified;
    out["rule"] = text(hint.rule);
    out["step"] = or_null(hint.step);
    out["variable"] = text(hint.variable);
    out["suggestion"] = or_null(hint.suggestion);
    out["condition"] = or_null(hint.condition);
    return out;
}

json::array rules_json(const Bundle& bundle, const Decision& decision) {
    json::array out;
    for (const RuleRecord& rule : decision.rules) {
        json::object row;
        row["name"] = text(rule.name);
        row["file"] = text(bundle.file_name(rule.location));
        row["line"] = rule.location.line;
        row["verdict"] = name(rule.verdict);
        row["condition"] = condition_or_null(rule.condition);
        out.emplace_back(std::move(row));
    }
    return out;
}

}  // namespace

json::object condition_json(const ConditionRecord& condition) {
    json::object out;
    out["text"] = text(condition.text);
    out["rendered"] = text(condition.rendered);
    out["result"] = condition.reached ? json::value(condition.result) : json::value(nullptr);
    json::array atoms;
    for (const AtomRecord& atom : condition.atoms) atoms.emplace_back(atom_json(atom));
    out["atoms"] = std::move(atoms);
    return out;
}

json::object explain_json(const Bundle& bundle, const Decision& decision,
                          std::span<const analysis::NamespaceHint> hints) {
    json::object out;
    out["schema"] = "catchrule.explain/1";
    out["endpoint"] = json::object{{"kind", to_string(decision.endpoint_kind)},
                                   {"name", text(decision.endpoint)}};
    out["fault"] = fault_json(decision.fault);
    out["final_fault"] = fault_json(decision.final_fault);
    out["order"] = to_string(decision.order);
    out["rules"] = rules_json(bundle, decision);
    out["fired"] = nullptr;
    if (decision.fired) {
        const RuleRecord& rule = decision.rules[*decision.fired];
        out["fired"] = json::object{{"rule", text(rule.name)}, {"steps", steps_json(rule.steps)}};
    }
    out["default_rule"] = default_rule_json(decision.default_rule);
    if (decision.endpoint_kind == EndpointKind::target) {
        out["proxy_default_rule"] = default_rule_json(decision.proxy_default_rule);
    }
    out["handled_by"] = decision.handled_by();
    out["response"] = response_json(decision.response);
    json::array hint_rows;
    for (const auto& hint : hints) hint_rows.emplace_back(hint_json(hint));
    out["hints"] = std::move(hint_rows);
    json::array notes;
    for (const std::string& note : decision.notes) notes.emplace_back(text(note));
    out["notes"] = std::move(notes);
    return out;
}

// Outside strings JSON is ASCII, so the whole can be mended at once.
std::string json_line(const json::object& object) {
    const json::string line = text(json::serialize(object));
    return std::string(line.data(), line.size()) + '\n';
}

}  // namespace catchrule::tools
