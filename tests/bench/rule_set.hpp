// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
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

/// Values of variables; what is not in it is unset.
using Input = std::vector<std::pair<std::string, Operand>>;

struct RuleSet {
    std::vector<RuleSpec> rules;         ///< tried from the last to the first
    std::vector<Formula> default_steps;  ///< of a default rule that always runs
    std::vector<Input> inputs;           ///< 64; the first one meets the rule that is tried last
};

/// The four rules of the thread that the project began with, corrected. `seed` makes the inputs.
RuleSet seed_rules(std::uint64_t seed);

/// 60 % `fault.name = "FaultN"`, and 10 % each of it with an alias, a path, a number and a regex;
/// each rule has two steps, one of them conditional. With `ungated` every twentieth rule does
/// without `fault.name`.
RuleSet mixed_rules(std::size_t count, bool ungated, std::uint64_t seed);

/// `seed`, a number of mixed rules, or one with `u` behind it for ungated; throws on others.
RuleSet rule_set(std::string_view name, std::uint64_t seed = 1);

/// Rules for catchrule: FaultRules and a DefaultFaultRule.
std::string to_xml(const RuleSet& set);

/// How a script has its rules: as a closure for each condition; by fault name, with closures for
/// what else a rule asks; or as the conditions of json-rules-engine.
enum class Shape { closures, by_name, json };

/// Rules as a Lua chunk, and a JavaScript module, that return rules and inputs.
std::string to_lua(const RuleSet& set, Shape shape);
std::string to_javascript(const RuleSet& set, Shape shape);

}  // namespace catchrule::bench
