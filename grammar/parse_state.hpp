// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.hpp"
#include "grammar/messages.hpp"
#include "grammar/parse.hpp"

namespace catchrule::grammar {

/// The first syntax error ends the reading of a condition; parse() catches it.
struct SyntaxError {
    Diagnostic diagnostic;
};

/// What a rule matched.
struct Token {
    std::string_view text;
    Span span;
};

/// Builds the tree of a condition from its tokens. What is open lies on two stacks here and not on
/// the stack of calls:
///
///     values   the finished operands of every open chain, innermost last
///     groups   for the whole text and each '(' where its `or` chain and the last `and` chain of it
///              begin on `values`
///
/// The end of a chain replaces its operands with one node. Functions throw SyntaxError.
class ParseState {
public:
    ParseState(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

    Span span(std::string_view part) const;
    std::uint32_t offset(const char* at) const;

    /// Tokens, in the order of the text.
    void open_group(Span at);
    void close_group(Span at);
    void open_negation(Span at);
    void and_here(Span at) { stand_after(Before::and_word, at); }
    void or_here(Span at);
    void finish_test(Span at);
    void finish_whole(Span at);

    void set_operand(OperandKind kind, std::string_view text, Span at, Value value = {});
    void set_number(Token token);
    void take_left(Span at);
    void take_right();
    void take_operator(Operator op) { op_ = op; }
    void take_infix_not() { infix_not_ = true; }

    void stand_after(Before before, Span last);
    /// The grammar found nothing that may stand at byte `at`.
    [[noreturn]] void give_up(std::uint32_t at);

    /// The result, behind finish_whole().
    Ast take_ast();
    std::vector<Diagnostic> take_warnings();

private:
    /// What stands between a '(' and its ')', or the whole text: an `or` chain of `and` chains.
    struct Group {
        Span open;             ///< the '('; empty for the whole text
        bool counted = false;  ///< towards the limit of nesting
        std::size_t or_first = 0;
        std::size_t and_first = 0;
        std::optional<std::uint32_t> or_begin;  ///< where the text of the chain begins
        std::optional<std::uint32_t> and_begin;
        Span loose_and;  ///< an `and` chain without parentheses inside the `or` chain
    };
    /// A `not` in front of the operand that is being read.
    struct Negation {
        std::uint32_t begin = 0;
        std::size_t groups = 0;  ///< how many were open
    };

    void warn(Problem problem, Span at, std::string_view message, std::string_view fix = {});
    void warn_about_constants(const Node& node);
    void warn_about_quotes(const Operand& right);

    NodeId add(Node node);
    NodeId add_negation(NodeId child, Span at);
    NodeId checked(NodeId id) const;
    std::uint32_t nesting_of(const Node& node) const;
    void deeper(Span at);

    void begin_operand(std::uint32_t at);
    void finish_operand(std::uint32_t end);
    void finish_and();
    void finish_or();
    void finish_chain(NodeKind kind, std::size_t first, Span at);
    void prolong(NodeId id, std::size_t first, Span at);

    std::string_view text_;
    const Limits& limits_;
    Ast ast_;
    std::vector<Diagnostic> warnings_;
    std::vector<std::uint32_t> nesting_;  // of each node
    std::vector<NodeId> values_;
    std::vector<Group> groups_{1};
    std::vector<Negation> negations_;
    std::uint32_t operand_end_ = 0;  // behind the last test or ')'
    std::uint32_t depth_ = 0;
    std::uint32_t tests_ = 0;

    // The test being read; tests do not nest.
    Operand operand_;
    Operand left_;
    Operand right_;
    Operator op_ = Operator::equals;
    bool compared_ = false;
    bool infix_not_ = false;

    Place place_;
};

}  // namespace catchrule::grammar
