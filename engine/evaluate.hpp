// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/variables.hpp"
#include "grammar/compile.hpp"

namespace catchrule {

/// Whether a test was reached, and what came out.
enum class Verdict : std::uint8_t { not_reached, is_false, is_true };

/// An operand as evaluation saw it; owns its text so that it outlives the call.
struct OperandRecord {
    std::string variable;  ///< empty for a literal
    grammar::Type type = grammar::Type::null;
    std::string text;  ///< text form of the value; empty when unset

    bool is_literal() const { return variable.empty(); }
    bool is_unset() const { return type == grammar::Type::null; }
};

/// One atom of an evaluated condition.
struct AtomRecord {
    std::string text;  ///< as written
    Verdict verdict = Verdict::not_reached;
    bool is_truth = false;  ///< a bare operand: `right` does not count
    OperandRecord left;
    OperandRecord right;
    bool gave_up = false;  ///< a pattern met its limit: neither it nor its negation holds
    std::string note;      ///< e.g. "UNSET, so != holds"; empty mostly
};

/// An evaluated condition, with every atom in source order, also those not reached.
struct ConditionRecord {
    std::string text;
    std::string rendered;
    bool reached = true;  ///< false: the condition was never evaluated, no atom has a verdict
    bool result = true;
    std::vector<AtomRecord> atoms;
};

/// Runs a condition. Pure: same variables, same answer; allocates nothing. Never fails.
bool evaluate(const grammar::Program& program, const Variables& variables,
              const grammar::ComparisonRules& rules);

/// A condition that was not evaluated: its atoms, none reached.
ConditionRecord describe(const grammar::Condition& condition);

/// Evaluates and records every operand.
ConditionRecord evaluate_recorded(const grammar::Condition& condition, const Variables& variables,
                                  const grammar::ComparisonRules& rules);

}  // namespace catchrule
