// SPDX-License-Identifier: Apache-2.0
// One rule set in three languages: our XML, and what users of OpenResty and node write.
#include <algorithm>

#include "tests/bench/rule_set.hpp"

namespace catchrule::bench {
namespace {

// Texts hold nothing but letters, digits, spaces and regex or path characters, so quotes do.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string joined(const Formula& formula, std::string_view between,
                   std::string (*one)(const Comparison&)) {
    std::string out;
    for (const Comparison& comparison : formula.comparisons) {
        if (!out.empty()) out += between;
        out += one(comparison);
    }
    return out;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
        text.replace(at, what.size(), with);
    }
    return text;
}

const std::string& text_of(const Comparison& c) { return std::get<std::string>(c.value); }
std::string number_of(const Comparison& c) { return std::to_string(std::get<int>(c.value)); }

std::string xml_comparison(const Comparison& c) {
    switch (c.compare) {
        case Compare::equals:
            return c.variable + " = \"" + text_of(c) + '"';
        case Compare::not_equals:
            return c.variable + " != \"" + text_of(c) + '"';
        case Compare::greater:
            return c.variable + " &gt; " + number_of(c);
        case Compare::matches_path:
            return c.variable + " MatchesPath \"" + text_of(c) + '"';
        case Compare::regex:
            return c.variable + " JavaRegex \"" + text_of(c) + '"';
    }
    return {};
}

std::string xml_condition(const Formula& formula) {
    if (formula.comparisons.empty()) return {};
    return "<Condition>" + joined(formula, formula.any ? " or " : " and ", xml_comparison) +
           "</Condition>";
}

std::string xml_steps(const std::string& name, const std::vector<Formula>& steps) {
    std::string out;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        out += "<Step><Name>" + name + "_step_" + std::to_string(i) + "</Name>" +
               xml_condition(steps[i]) + "</Step>";
    }
    return out;
}

std::string lua_comparison(const Comparison& c) {
    const std::string value = "v[" + quoted(c.variable) + "]";
    switch (c.compare) {
        case Compare::equals:
            return value + " == " + quoted(text_of(c));
        case Compare::not_equals:
            return value + " ~= " + quoted(text_of(c));
        case Compare::greater:
            return "(" + value + " or 0) > " + number_of(c);
        case Compare::matches_path:
            return "find(" + value + " or \"\", " +
                   quoted("^" + replaced(text_of(c), "*", "[^/]+") + "$") + ")";
        case Compare::regex:
            return "find(" + value + " or \"\", " +
                   quoted("^" + replaced(text_of(c), "\\", "%") + "$") + ")";
    }
    return {};
}

std::string js_regex(const std::string& pattern) {
    return "/^" + replaced(pattern, "/", "\\/") + "$/s";
}

std::string js_comparison(const Comparison& c) {
    const std::string value = "v[" + quoted(c.variable) + "]";
    const auto regex = [&](const std::string& pattern) {
        return js_regex(pattern) + ".test(" + value + " ?? \"\")";
    };
    switch (c.compare) {
        case Compare::equals:
            return value + " === " + quoted(text_of(c));
        case Compare::not_equals:
            return value + " !== " + quoted(text_of(c));
        case Compare::greater:
            return value + " > " + number_of(c);
        case Compare::matches_path:
            return regex(replaced(text_of(c), "*", "[^/]+"));
        case Compare::regex:
            return regex(text_of(c));
    }
    return {};
}

std::string lua_function(const Formula& formula) {
    if (formula.comparisons.empty()) return "function(v) return true end";
    return "function(v) return " + joined(formula, formula.any ? " or " : " and ", lua_comparison) +
           " end";
}

std::string js_function(const Formula& formula) {
    if (formula.comparisons.empty()) return "(v) => true";
    return "(v) => " + joined(formula, formula.any ? " || " : " && ", js_comparison);
}

// A condition of json-rules-engine; `matches` is an operator that rules.js adds.
std::string json_comparison(const Comparison& c) {
    const auto condition = [&c](const std::string& op, const std::string& value) {
        return "{fact: " + quoted(c.variable) + ", operator: \"" + op + "\", value: " + value + "}";
    };
    switch (c.compare) {
        case Compare::equals:
            return condition("equal", quoted(text_of(c)));
        case Compare::not_equals:
            return condition("notEqual", quoted(text_of(c)));
        case Compare::greater:
            return condition("greaterThan", number_of(c));
        case Compare::matches_path:
            return condition("matches", js_regex(replaced(text_of(c), "*", "[^/]+")));
        case Compare::regex:
            return condition("matches", js_regex(text_of(c)));
    }
    return {};
}

std::string json_conditions(const Formula& formula) {
    return std::string(formula.any ? "{any: [" : "{all: [") +
           joined(formula, ", ", json_comparison) + "]}";
}

struct Script {
    std::string (*function)(const Formula&);
    std::string_view open, close;  // of a list
    std::string_view is;           // between a field's name and its value
    Shape shape;
};

std::string list(const Script& script, const std::vector<Formula>& formulas) {
    std::string out(script.open);
    for (const Formula& formula : formulas) out += script.function(formula) + ", ";
    return out + std::string(script.close);
}

// A condition taken apart for a table by fault name: names of which fault.name must be one, and
// what else must hold. No names = the rule is for all faults.
struct ByName {
    std::vector<std::string> names;
    Formula rest;
};

ByName by_name(const Formula& when) {
    const auto names_fault = [](const Comparison& c) { return c.variable == "fault.name"; };
    ByName out{{}, when};
    std::vector<Comparison>& rest = out.rest.comparisons;
    if (when.any && !std::all_of(rest.begin(), rest.end(), names_fault)) return out;
    for (const Comparison& c : rest) {
        if (names_fault(c)) out.names.push_back(text_of(c));
    }
    std::erase_if(rest, names_fault);
    return out;
}

std::string condition(const Script& script, const Formula& when) {
    const std::string is(script.is);
    if (script.shape == Shape::closures) return "when" + is + script.function(when);
    if (script.shape == Shape::json) return "conditions" + is + json_conditions(when);
    const ByName taken = by_name(when);
    std::string out = "names" + is + std::string(script.open);
    for (const std::string& name : taken.names) out += quoted(name) + ", ";
    out += script.close;
    if (taken.rest.comparisons.empty()) return out;
    return out + ", rest" + is + script.function(taken.rest);
}

std::string rule(const Script& script, const RuleSpec& spec) {
    const std::string is(script.is);
    return "{name" + is + quoted(spec.name) + ", " + condition(script, spec.when) + ", steps" + is +
           list(script, spec.steps) + "}";
}

std::string input(const Input& values, std::string_view before, std::string_view after) {
    std::string out = "{";
    for (const auto& [name, value] : values) {
        const auto* text = std::get_if<std::string>(&value);
        out += std::string(before) + quoted(name) + std::string(after) +
               (text != nullptr ? quoted(*text) : std::to_string(std::get<int>(value))) + ", ";
    }
    return out + "}";
}

}  // namespace

std::string to_xml(const RuleSet& set) {
    std::string out = "<FaultRules>\n";
    for (const RuleSpec& spec : set.rules) {
        out += "<FaultRule name=\"" + spec.name + "\">" + xml_steps(spec.name, spec.steps) +
               xml_condition(spec.when) + "</FaultRule>\n";
    }
    return out + "</FaultRules>\n<DefaultFaultRule name=\"default\">" +
           xml_steps("default", set.default_steps) +
           "<AlwaysEnforce>true</AlwaysEnforce></DefaultFaultRule>\n";
}

std::string to_lua(const RuleSet& set, Shape shape) {
    const Script script{lua_function, "{", "}", " = ", shape};
    // A Lua function holds so many constants only: the rules come in parts.
    constexpr std::size_t part = 200;
    std::string out = "local find = string.find\nlocal rules, inputs = {}, {}\n";
    for (std::size_t i = 0; i < set.rules.size(); i += part) {
        out += "(function()\n";
        for (std::size_t k = i; k < std::min(i + part, set.rules.size()); ++k) {
            out += "rules[#rules + 1] = " + rule(script, set.rules[k]) + "\n";
        }
        out += "end)();\n";
    }
    for (const Input& values : set.inputs) {
        out += "inputs[#inputs + 1] = " + input(values, "[", "] = ") + "\n";
    }
    return out +
           "return {rules = rules, inputs = inputs, default = " + list(script, set.default_steps) +
           "}\n";
}

std::string to_javascript(const RuleSet& set, Shape shape) {
    const Script script{js_function, "[", "]", ": ", shape};
    std::string out = "\"use strict\";\nexports.rules = [\n";
    for (const RuleSpec& spec : set.rules) out += rule(script, spec) + ",\n";
    out += "];\nexports.inputs = [\n";
    for (const Input& values : set.inputs) out += input(values, "", ": ") + ",\n";
    return out + "];\nexports.default = " + list(script, set.default_steps) + ";\n";
}

}  // namespace catchrule::bench
