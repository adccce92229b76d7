// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.hpp"
#include "grammar/pattern.hpp"
#include "grammar/symbols.hpp"

namespace catchrule::grammar {

/// One operand of a compiled test: a variable slot, or a constant of the Program.
class OperandRef {
public:
    static OperandRef variable(Slot slot) { return OperandRef(slot); }
    static OperandRef constant(std::uint32_t index) { return OperandRef(index | constant_bit); }

    bool is_constant() const { return (bits_ & constant_bit) != 0; }
    /// The slot, or the index into Program::constants().
    std::uint32_t index() const { return bits_ & ~constant_bit; }

private:
    static constexpr std::uint32_t constant_bit = 0x8000'0000U;
    explicit OperandRef(std::uint32_t bits) : bits_(bits) {}
    std::uint32_t bits_;
};

/// One atom of a condition and where to go next: short-circuit code after Aho/Sethi/Ullman, so
/// `and`, `or` and `not` cost nothing at run time. Targets are indices of tests, `accept` or
/// `reject`.
struct Test {
    static constexpr std::uint16_t accept = 0xFFFF;
    static constexpr std::uint16_t reject = 0xFFFE;
    static constexpr std::uint16_t no_pattern = 0xFFFF;

    OperandRef left;
    OperandRef right;  ///< unused by a truth test
    std::uint16_t on_true = accept;
    std::uint16_t on_false = reject;
    std::uint16_t pattern = no_pattern;  ///< index into Program::patterns()
    Operator op = Operator::equals;
    bool is_truth = false;  ///< a bare operand: only `left` counts (SEM-12)
    bool negated = false;   ///< under an odd number of negations

    /// What a match counts as. Nobody knows what a pattern that gave up would have said, so neither
    /// it nor its negation holds (SEM-13).
    bool holds(Match match) const {
        return match == Match::yes || (match == Match::gave_up && negated);
    }
};

/// What explain shows of a test; kept apart so that evaluation touches tests only.
struct Atom {
    Span span;  ///< in the text that was compiled, untrimmed
    /// As written, white space folded; without an infix `not`, which is in the jumps.
    std::string text;
    std::string left;   ///< operand as written: a variable's name, or the literal in canonical form
    std::string right;  ///< empty for a bare operand
    /// The jumps as written. Those of Test pass over tests whose result never changes.
    std::uint16_t on_true = Test::accept;
    std::uint16_t on_false = Test::reject;
    /// The result of a test of literals, when it is the same under every ComparisonRules.
    std::optional<bool> always;
};

/// A compiled condition: flat, immutable, self-contained except for the slot numbers of its
/// Symbols. Tests stand in source order; evaluation starts at start() and passes over constant
/// tests, which keep their place for who records every atom from test 0 on.
class Program {
public:
    Program() = default;
    Program(Program&&) noexcept = default;
    Program& operator=(Program&&) noexcept = default;
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// The first test to run, or the result: Test::accept (also when there are no tests), reject.
    std::uint16_t start() const { return start_; }
    const std::vector<Test>& tests() const { return tests_; }
    const std::vector<Value>& constants() const { return constants_; }
    const std::vector<Pattern>& patterns() const { return patterns_; }
    const std::vector<Atom>& atoms() const { return atoms_; }

private:
    friend class Compiler;
    std::uint16_t start_ = Test::accept;
    std::vector<Test> tests_;
    std::vector<Value> constants_;
    std::vector<Pattern> patterns_;
    std::vector<Atom> atoms_;
    std::vector<char> text_;  // what text constants point into; a moved vector keeps its buffer
};

/// One line a test, for people and tests: `0: fault.name equals "X" ? 1 : reject`.
std::string disassemble(const Program& program, const Symbols& symbols);

}  // namespace catchrule::grammar
