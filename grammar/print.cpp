// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include "grammar/ast.hpp"

namespace catchrule::grammar {
namespace {

void print_comparison(const Node& node, std::string& out) {
    out += '(' + print(node.left);
    if (node.right.kind == OperandKind::null && node.op == Operator::not_equals) {
        out += " not null)";
    } else if (node.right.kind == OperandKind::null && node.op == Operator::equals) {
        out += " equals null )";  // the space is the runtime's
    } else {
        out += ' ';
        out += row(node.op).rendered;
        out += ' ' + print(node.right) + ')';
    }
}

// Recursion is as deep as the parser's nesting limit: chains are printed in a loop.
void print_node(const Ast& ast, NodeId id, std::string& out) {
    const Node& node = ast[id];
    switch (node.kind) {
        case NodeKind::comparison:
            print_comparison(node, out);
            return;
        case NodeKind::truth:
            out += print(node.left);
            return;
        case NodeKind::negation:
            out += "(not ";
            print_node(ast, node.children[0], out);
            out += ')';
            return;
        case NodeKind::all_of:
        case NodeKind::any_of:
            break;
    }
    const std::string_view word = node.kind == NodeKind::all_of ? " and " : " or ";
    const std::size_t last = node.children.size() - 1;
    for (std::size_t i = 0; i < last; ++i) {
        out += '(';
        print_node(ast, node.children[i], out);
        out += word;
    }
    print_node(ast, node.children[last], out);
    out.append(last, ')');
}

void dump_node(const Ast& ast, NodeId id, std::size_t depth, std::string& out) {
    const Node& node = ast[id];
    out.append(2 * depth, ' ');
    switch (node.kind) {
        case NodeKind::any_of:
            out += "any_of";
            break;
        case NodeKind::all_of:
            out += "all_of";
            break;
        case NodeKind::negation:
            out += "negation";
            break;
        case NodeKind::comparison:
            out += row(node.op).name;
            out += ' ' + print(node.left) + ", " + print(node.right);
            break;
        case NodeKind::truth:
            out += "truth " + print(node.left);
            break;
    }
    out += " [" + std::to_string(node.span.begin) + ", " + std::to_string(node.span.end) + ")\n";
    for (const NodeId child : node.children) dump_node(ast, child, depth + 1, out);
}

}  // namespace

std::string print(const Operand& operand) {
    switch (operand.kind) {
        case OperandKind::variable:
        case OperandKind::number:
            return operand.text;
        case OperandKind::quoted_variable:
            return '\'' + operand.text + '\'';
        case OperandKind::text:
            return '"' + operand.text + '"';
        case OperandKind::boolean:
            return operand.value.as_boolean() ? "true" : "false";
        case OperandKind::null:
            return "null";
    }
    return {};
}

std::string print(const Ast& ast) {
    if (ast.empty) return "true";
    std::string out;
    print_node(ast, ast.root, out);
    return out;
}

std::string dump(const Ast& ast) {
    if (ast.empty) return "empty\n";
    std::string out;
    dump_node(ast, ast.root, 0, out);
    return out;
}

}  // namespace catchrule::grammar
