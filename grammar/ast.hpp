// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/operators.hpp"
#include "grammar/value.hpp"

namespace catchrule::grammar {

/// What an operand is in the source text.
enum class OperandKind : std::uint8_t {
    variable,         ///< request.verb
    quoted_variable,  ///< 'request.header.help!me'
    text,             ///< "GET"
    number,           ///< 400, 3.142f, 100.123D, 12321421312L
    boolean,
    null,
};

struct Operand {
    OperandKind kind = OperandKind::null;
    std::string text;  ///< name, text content, or the number as written
    Value value;       ///< of literals; a text Value is not set, read `text`
    Span span;

    bool is_variable() const {
        return kind == OperandKind::variable || kind == OperandKind::quoted_variable;
    }
};

enum class NodeKind : std::uint8_t { any_of, all_of, negation, comparison, truth };

/// Index of a node in its Ast.
using NodeId = std::uint32_t;

/// One node. `any_of` / `all_of` hold a whole chain of one operator, left to right. A parenthesised
/// group of the same operator goes on with the chain when it is the last operand, since the
/// canonical form nests to the right (SEM-07) and prints both alike; elsewhere it is a node of its
/// own.
struct Node {
    NodeKind kind = NodeKind::truth;
    Span span;
    std::vector<NodeId> children;    ///< any_of, all_of: two or more; negation: one
    Operator op = Operator::equals;  ///< comparison
    Operand left;                    ///< comparison, truth
    Operand right;                   ///< comparison
};

/// A parsed condition. `nodes` is in no particular order; `root` is the whole condition.
struct Ast {
    std::vector<Node> nodes;
    NodeId root = 0;
    bool empty = false;  ///< the text was blank: always true (SEM-37); there are no nodes

    const Node& operator[](NodeId id) const { return nodes[id]; }
};

/// The runtime's fully parenthesised canonical form, byte for byte (SEMANTICS 5.2, SEM-27).
/// print(parse(print(x))) == print(x). An empty condition prints "true".
std::string print(const Ast& ast);

/// A canonical form of one operand.
std::string print(const Operand& operand);

/// An indented tree for tests and debugging.
std::string dump(const Ast& ast);

}  // namespace catchrule::grammar
