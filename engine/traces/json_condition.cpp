// SPDX-License-Identifier: Apache-2.0
#include <boost/json.hpp>

#include "engine/traces/json_points.hpp"
#include "engine/utf8.hpp"

namespace catchrule::trace {

namespace {

namespace json = boost::json;

json::object operand_to_json(const OperandRecord& operand) {
    json::object out;
    if (!operand.is_literal()) out["variable"] = valid_utf8(operand.variable);
    out["type"] = grammar::to_string(operand.type);
    if (!operand.is_unset()) out["text"] = valid_utf8(operand.text);
    return out;
}

OperandRecord operand_from_json(const json::object* from) {
    OperandRecord out;
    if (from == nullptr) return out;
    out.variable = text_member(*from, "variable").value_or("");
    out.type = type_named(text_member(*from, "type").value_or(""));
    if (!out.is_unset()) out.text = text_member(*from, "text").value_or("");
    return out;
}

std::string_view name_of(Verdict verdict) {
    if (verdict == Verdict::not_reached) return "not_reached";
    return verdict == Verdict::is_true ? "true" : "false";
}

Verdict verdict_named(std::string_view name) {
    if (name == "true") return Verdict::is_true;
    return name == "false" ? Verdict::is_false : Verdict::not_reached;
}

json::object atom_to_json(const AtomRecord& atom) {
    json::object out;
    out["text"] = valid_utf8(atom.text);
    out["result"] = name_of(atom.verdict);
    out["left"] = operand_to_json(atom.left);
    // A bare operand has no right side.
    if (!atom.is_truth) out["right"] = operand_to_json(atom.right);
    if (atom.gave_up) out["gave_up"] = true;
    if (!atom.note.empty()) out["note"] = valid_utf8(atom.note);
    return out;
}

AtomRecord atom_from_json(const json::object& from) {
    AtomRecord out;
    out.text = text_member(from, "text").value_or("");
    out.verdict = verdict_named(text_member(from, "result").value_or(""));
    out.left = operand_from_json(object_member(from, "left"));
    const json::object* right = object_member(from, "right");
    out.is_truth = right == nullptr;
    out.right = operand_from_json(right);
    out.gave_up = text_member(from, "gave_up") == "true";
    out.note = text_member(from, "note").value_or("");
    return out;
}

}  // namespace

grammar::Type type_named(std::string_view name) {
    using grammar::Type;
    for (const Type type :
         {Type::boolean, Type::integer, Type::long_integer, Type::single, Type::real, Type::text}) {
        if (grammar::to_string(type) == name) return type;
    }
    return Type::null;
}

json::object condition_to_json(const ConditionRecord& condition) {
    json::object out;
    out["text"] = valid_utf8(condition.text);
    out["rendered"] = valid_utf8(condition.rendered);
    out["result"] = condition.reached ? json::value(condition.result) : json::value(nullptr);
    json::array& atoms = out["atoms"].emplace_array();
    for (const AtomRecord& atom : condition.atoms) atoms.emplace_back(atom_to_json(atom));
    return out;
}

ConditionRecord condition_from_json(const json::object& from) {
    ConditionRecord out;
    out.text = text_member(from, "text").value_or("");
    out.rendered = text_member(from, "rendered").value_or("");
    const auto result = text_member(from, "result");
    out.reached = result.has_value();
    out.result = result == "true";
    if (const json::array* atoms = array_member(from, "atoms")) {
        for (const json::value& atom : *atoms) {
            if (atom.is_object()) out.atoms.push_back(atom_from_json(atom.get_object()));
        }
    }
    return out;
}

}  // namespace catchrule::trace
