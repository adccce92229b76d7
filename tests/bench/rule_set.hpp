// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace catchrule::bench {

/// The same fault rules for every engine: rules as data, and inputs to decide.
enum class Compare { equals, not_equals, greater, matches_path, regex };

using Operand = std::variant<std::string, int>;

struct Comparison {
    std::string variable;
    Compare compare = Compare::equals;
    Operand value;
};

/// Comparisons joined by `and`, or by `or`; none = always true.
struct Formula {
    bool any = false;
    std::vector<Comparison> comparisons;
};

struct RuleSpec {
    std::string name;
    Formula when;
    std::vector<Formula> steps;
};

using Input = std::vector<std::pair<std::string, Operand>>;

struct RuleSet {
    std::vector<RuleSpec> rules;         ///< tried from the last to the first
    std::vector<Formula> default_steps;  ///< of a default rule that always runs
    std::vector<Input> inputs;           ///< 64, to be decided in rotation
};

/// The four rules of the thread that the project began with, corrected.
RuleSet seed_rules();

/// 60 % `fault.name = "FaultN"`, and 10 % each of it with an alias, a path, a number and a regex;
/// each rule has two steps, one of them conditional. With `ungated` every twentieth rule does
/// without `fault.name`.
RuleSet mixed_rules(std::size_t count, bool ungated);

/// `seed`, a number of mixed rules, or one with `u` behind it for ungated; throws on others.
RuleSet rule_set(std::string_view name);

/// Rules for catchrule: FaultRules and a DefaultFaultRule.
std::string to_xml(const RuleSet& set);
/// Rules as a Lua chunk, and a JavaScript module, that return closures and inputs.
std::string to_lua(const RuleSet& set);
std::string to_javascript(const RuleSet& set);

}  // namespace catchrule::bench
