// SPDX-License-Identifier: Apache-2.0
#include "engine/evaluate.hpp"

#include <cstring>

#include "grammar/operators.hpp"

namespace catchrule {

namespace {

using grammar::Atom;
using grammar::ComparisonRules;
using grammar::Match;
using grammar::OperandRef;
using grammar::Operator;
using grammar::Program;
using grammar::Test;

Value load(const OperandRef& operand, const Program& program, const Variables& variables) {
    return operand.is_constant() ? program.constants()[operand.index()]
                                 : variables.get(operand.index());
}

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size()) == 0;
}

Match match_of(bool result) { return result ? Match::yes : Match::no; }

Match run(const Test& test, const Program& program, const Value& left, const Value& right,
          const ComparisonRules& rules) {
    if (test.is_truth) return match_of(grammar::truth(left));
    // What most tests are.
    const bool equals = test.op == Operator::equals;
    if ((equals || test.op == Operator::not_equals) && left.is_text() && right.is_text()) {
        return match_of(same(left.as_text(), right.as_text()) == equals);
    }
    if (test.pattern == Test::no_pattern || left.is_null()) {
        return match_of(grammar::compare(test.op, left, right, rules));
    }
    const auto& pattern = program.patterns()[test.pattern];
    if (left.is_text()) return pattern.match(left.as_text());
    Value::TextBuffer buffer;
    return pattern.match(left.to_text(buffer));
}

// A name in single quotes is written with them; the variable has none.
std::string_view unquoted(std::string_view name) {
    return name.size() > 2 && name.front() == '\'' ? name.substr(1, name.size() - 2) : name;
}

OperandRecord record(const OperandRef& operand, std::string_view written, const Value& value) {
    OperandRecord out;
    if (!operand.is_constant()) out.variable = unquoted(written);
    out.type = value.type();
    out.text = value.to_text();
    return out;
}

// What a reader needs to be told about an atom whose result surprises.
std::string note_of(const Test& test, const AtomRecord& atom) {
    if (atom.gave_up) {
        using grammar::PatternLimits;
        const bool too_long = atom.left.text.size() > PatternLimits::subject_bytes;
        return "the pattern gave up " +
               (too_long ? "at a value of over " + std::to_string(PatternLimits::subject_bytes) +
                               " bytes"
                         : "after " + std::to_string(PatternLimits::steps) + " steps") +
               (test.negated ? ": counts as true, so that its negation does not hold"
                             : ": counts as false");
    }
    const bool unset = (atom.left.is_unset() && !atom.left.is_literal()) ||
                       (!test.is_truth && atom.right.is_unset() && !atom.right.is_literal());
    if (unset && atom.verdict == Verdict::is_true) {
        switch (test.op) {
            case Operator::not_equals:
                return "UNSET, so != holds";
            case Operator::equals:
            case Operator::equals_case_insensitive:
                if (atom.right.is_literal()) return {};  // `x = null` asks for just that
                return "both UNSET, so = holds";
            case Operator::greater_than:
                return "UNSET: > holds with null-greater-than=documented";
            default:
                return "UNSET counts as lowest, so it holds";
        }
    }
    if (!test.is_truth && atom.left.is_literal() && atom.right.is_literal()) {
        return "compares two literals, no variable is read";
    }
    return {};
}

// Operands of an atom that was not reached: literals have their value, variables none.
AtomRecord unreached(const Program& program, std::size_t index) {
    const Test& test = program.tests()[index];
    const Atom& atom = program.atoms()[index];
    AtomRecord out;
    out.text = atom.text;
    out.is_truth = test.is_truth;
    const auto side = [&](const OperandRef& operand, const std::string& written) {
        return record(operand, written,
                      operand.is_constant() ? program.constants()[operand.index()] : Value());
    };
    out.left = side(test.left, atom.left);
    if (!test.is_truth) out.right = side(test.right, atom.right);
    return out;
}

}  // namespace

bool evaluate(const Program& program, const Variables& variables, const ComparisonRules& rules) {
    const auto& tests = program.tests();
    std::uint16_t at = program.start();
    while (at < Test::reject) {
        const Test& test = tests[at];
        const Value left = load(test.left, program, variables);
        const Value right = test.is_truth ? Value() : load(test.right, program, variables);
        const bool result = test.holds(run(test, program, left, right, rules));
        at = result ? test.on_true : test.on_false;
    }
    return at == Test::accept;
}

ConditionRecord describe(const grammar::Condition& condition) {
    ConditionRecord out;
    out.text = condition.text;
    out.rendered = condition.rendered;
    out.result = false;
    out.reached = false;
    for (std::size_t i = 0; i < condition.program.tests().size(); ++i) {
        out.atoms.push_back(unreached(condition.program, i));
    }
    return out;
}

ConditionRecord evaluate_recorded(const grammar::Condition& condition, const Variables& variables,
                                  const ComparisonRules& rules) {
    const Program& program = condition.program;
    ConditionRecord out = describe(condition);
    out.reached = true;
    if (program.tests().empty()) {
        out.result = true;
        return out;
    }
    std::uint16_t at = 0;
    while (at < Test::reject) {
        const Test& test = program.tests()[at];
        const Atom& written = program.atoms()[at];
        const Value left = load(test.left, program, variables);
        const Value right = test.is_truth ? Value() : load(test.right, program, variables);
        const Match match = run(test, program, left, right, rules);
        const bool result = test.holds(match);
        AtomRecord& atom = out.atoms[at];
        atom.gave_up = match == Match::gave_up;
        atom.verdict = result ? Verdict::is_true : Verdict::is_false;
        atom.left = record(test.left, written.left, left);
        if (!test.is_truth) atom.right = record(test.right, written.right, right);
        atom.note = note_of(test, atom);
        at = result ? written.on_true : written.on_false;
    }
    out.result = at == Test::accept;
    return out;
}

}  // namespace catchrule
