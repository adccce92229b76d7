// SPDX-License-Identifier: Apache-2.0
#include "grammar/compile.hpp"

#include <algorithm>
#include <utility>

#include "grammar/messages.hpp"

namespace catchrule::grammar {
namespace {

constexpr std::string_view white_space = " \t\r\n\v\f";

// Runs of white space outside quotes become one space.
std::string fold_space(std::string_view text) {
    std::string out;
    char quote = '\0';
    bool gap = false;
    for (const char c : text) {
        if (quote == '\0' && white_space.find(c) != std::string_view::npos) {
            gap = true;
            continue;
        }
        if (gap && !out.empty()) out += ' ';
        gap = false;
        if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if (c == '"' || c == '\'') {
            quote = c;
        }
        out += c;
    }
    return out;
}

std::string_view trim(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(white_space);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(white_space) - begin + 1);
}

std::string_view slice(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    return text.substr(begin, end - begin);
}

}  // namespace

namespace {

/// Where a part of a condition goes when it is decided.
struct Exits {
    std::uint16_t on_true = Test::accept;
    std::uint16_t on_false = Test::reject;
    bool negated = false;  ///< under an odd number of negations

    Exits swapped() const { return {on_false, on_true, !negated}; }
};

}  // namespace

/// Walks an Ast once. A chain hands each operand the targets "decided" and "ask the next one"; a
/// negation swaps its targets; so every atom becomes one test with two jumps. The walk is as deep
/// as the parser's nesting limit.
class Compiler {
public:
    Compiler(const Ast& ast, std::string_view text, Symbols& symbols, const Limits& limits)
        : ast_(ast), text_(text), symbols_(symbols), limits_(limits), sizes_(ast.nodes.size(), 0) {}

    Parsed<Program> run() {
        if (!ast_.empty) {
            const std::uint32_t tests = count(ast_.root);
            if (tests >= Test::reject) {
                report(Problem::too_many_tests, {0, static_cast<std::uint32_t>(text_.size())},
                       "expected at most " + std::to_string(Test::reject - 1) + " comparisons");
                return {std::nullopt, std::move(diagnostics_)};
            }
            reserve(tests);
            emit(ast_.root, {}, false);
            if (!has_errors(diagnostics_)) fold();
        }
        Parsed<Program> result;
        if (!has_errors(diagnostics_)) result.value = std::move(program_);
        result.diagnostics = std::move(diagnostics_);
        return result;
    }

private:
    // Tests below a node, so that a chain knows where its next operand starts.
    std::uint32_t count(NodeId id) {
        const Node& node = ast_[id];
        std::uint32_t tests = node.children.empty() ? 1 : 0;
        for (const NodeId child : node.children) tests += count(child);
        return sizes_[id] = tests;
    }

    void reserve(std::uint32_t tests) {
        program_.tests_.reserve(tests);
        program_.atoms_.reserve(tests);
        // Constants point into text_, which must not move while it grows.
        std::size_t bytes = 0;
        for (const Node& node : ast_.nodes) bytes += node.left.text.size() + node.right.text.size();
        program_.text_.reserve(bytes);
    }

    void emit(NodeId id, Exits exits, bool infix_not) {
        const Node& node = ast_[id];
        if (node.kind == NodeKind::negation) {
            const Node& child = ast_[node.children[0]];
            const bool infix = child.kind == NodeKind::comparison && child.span == node.span;
            emit(node.children[0], exits.swapped(), infix);
            return;
        }
        if (node.children.empty()) {
            emit_test(node, exits, infix_not);
            return;
        }
        auto next = static_cast<std::uint32_t>(program_.tests_.size());
        for (const NodeId child : node.children) {
            next += sizes_[child];
            Exits inner = exits;
            if (child != node.children.back()) {
                std::uint16_t& ask = node.kind == NodeKind::all_of ? inner.on_true : inner.on_false;
                ask = static_cast<std::uint16_t>(next);
            }
            emit(child, inner, false);
        }
    }

    void emit_test(const Node& node, Exits exits, bool infix_not) {
        const OperandRef left = reference(node.left);
        Test test{.left = left,
                  .right = left,
                  .on_true = exits.on_true,
                  .on_false = exits.on_false,
                  .op = node.op,
                  .is_truth = node.kind == NodeKind::truth,
                  .negated = exits.negated};
        Atom atom{.span = node.span,
                  .text = {},
                  .left = print(node.left),
                  .right = {},
                  .on_true = exits.on_true,
                  .on_false = exits.on_false,
                  .always = {}};
        if (!test.is_truth) {
            test.right = reference(node.right);
            atom.right = print(node.right);
            if (row(node.op).right == RightOperand::text_literal) add_pattern(node, test);
        }
        atom.text = infix_not ? positive_text(node)
                              : fold_space(slice(text_, node.span.begin, node.span.end));
        program_.tests_.push_back(test);
        program_.atoms_.push_back(std::move(atom));
    }

    // Jumps lead forward only, so from the last test back each one knows where its jumps end.
    void fold() {
        std::vector<std::uint16_t> ends(program_.tests_.size());
        const auto end_of = [&](std::uint16_t target) {
            return target < Test::reject ? ends[target] : target;
        };
        for (std::size_t i = program_.tests_.size(); i-- > 0;) {
            Test& test = program_.tests_[i];
            Atom& atom = program_.atoms_[i];
            test.on_true = end_of(test.on_true);
            test.on_false = end_of(test.on_false);
            atom.always = constant_result(test);
            ends[i] = static_cast<std::uint16_t>(i);
            if (atom.always) ends[i] = *atom.always ? test.on_true : test.on_false;
        }
        program_.start_ = ends[0];
    }

    std::optional<bool> constant_result(const Test& test) const {
        if (!test.left.is_constant() || !test.right.is_constant()) return std::nullopt;
        const Value left = program_.constants_[test.left.index()];
        if (test.is_truth) return truth(left);
        if (test.pattern != Test::no_pattern && !left.is_null()) {
            const Match match = program_.patterns_[test.pattern].match(left.to_text());
            if (match == Match::gave_up) return std::nullopt;  // evaluation says so
            return match == Match::yes;
        }
        const Value right = program_.constants_[test.right.index()];
        const bool result = compare(test.op, left, right);
        for (const bool documented : {false, true}) {
            for (const bool numeric : {false, true}) {
                if (compare(test.op, left, right, {documented, numeric}) != result) return {};
            }
        }
        return result;
    }

    // `x not Like "p"` is the test `x Like "p"` with its targets swapped; the atom says what is
    // tested.
    std::string positive_text(const Node& node) const {
        std::string_view op = trim(slice(text_, node.left.span.end, node.right.span.begin));
        op.remove_prefix(op.starts_with('!') ? 1 : 3);
        return std::string(slice(text_, node.left.span.begin, node.left.span.end)) + ' ' +
               std::string(trim(op)) + ' ' +
               std::string(slice(text_, node.right.span.begin, node.right.span.end));
    }

    OperandRef reference(const Operand& operand) {
        if (operand.is_variable()) return OperandRef::variable(symbols_.intern(operand.text));
        Value value = operand.value;
        if (operand.kind == OperandKind::text) value = Value::text(keep(operand.text));
        program_.constants_.push_back(value);
        return OperandRef::constant(static_cast<std::uint32_t>(program_.constants_.size() - 1));
    }

    std::string_view keep(std::string_view text) {
        std::vector<char>& kept = program_.text_;
        const std::size_t begin = kept.size();
        kept.insert(kept.end(), text.begin(), text.end());
        return {kept.data() + begin, text.size()};
    }

    void add_pattern(const Node& node, Test& test) {
        if (compiled_bytes_ > limits_.max_compiled_bytes) return;  // was said
        const std::string& text = node.right.text;
        if (text.size() > limits_.max_pattern_bytes) {
            report(Problem::pattern_too_long, node.right.span,
                   "expected a pattern of at most " + std::to_string(limits_.max_pattern_bytes) +
                       " bytes");
            return;
        }
        Parsed<Pattern> pattern = Pattern::compile(node.op, text);
        const std::uint32_t base = node.right.span.begin + 1;  // behind the quote
        for (Diagnostic& diagnostic : pattern.diagnostics) {
            diagnostic.span.begin += base;
            diagnostic.span.end += base;
            diagnostics_.push_back(std::move(diagnostic));
        }
        if (!pattern) return;
        compiled_bytes_ += pattern->bytes();
        if (compiled_bytes_ > limits_.max_compiled_bytes) {
            report(Problem::pattern_too_long, node.right.span,
                   "expected patterns that take at most " +
                       std::to_string(limits_.max_compiled_bytes) + " bytes in all");
            return;
        }
        test.pattern = static_cast<std::uint16_t>(program_.patterns_.size());
        program_.patterns_.push_back(*std::move(pattern.value));
    }

    void report(Problem problem, Span span, std::string_view message) {
        diagnostics_.push_back(make_diagnostic(problem, span, message));
    }

    const Ast& ast_;
    std::string_view text_;
    Symbols& symbols_;
    const Limits& limits_;
    std::vector<std::uint32_t> sizes_;
    std::size_t compiled_bytes_ = 0;
    Program program_;
    std::vector<Diagnostic> diagnostics_;
};

Parsed<Program> compile(const Ast& ast, std::string_view text, Symbols& symbols,
                        const Limits& limits) {
    return Compiler(ast, text, symbols, limits).run();
}

Parsed<Condition> compile_condition(std::string_view text, Symbols& symbols, const Limits& limits) {
    Parsed<Condition> result;
    Parsed<Ast> ast = parse(text, limits);
    result.diagnostics = std::move(ast.diagnostics);
    if (!ast) return result;
    Parsed<Program> program = compile(*ast, text, symbols, limits);
    std::move(program.diagnostics.begin(), program.diagnostics.end(),
              std::back_inserter(result.diagnostics));
    if (program) {
        result.value = Condition{std::string(trim(text)), print(*ast), *std::move(program.value)};
    }
    return result;
}

}  // namespace catchrule::grammar
