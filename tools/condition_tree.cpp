// SPDX-License-Identifier: Apache-2.0
#include "tools/condition_tree.hpp"

#include <string_view>

namespace catchrule::tools {
namespace {

using grammar::NodeKind;

Verdict negated(Verdict verdict) {
    if (verdict == Verdict::not_reached) return verdict;
    return verdict == Verdict::is_true ? Verdict::is_false : Verdict::is_true;
}

// A chain ends at the operand that decides it; without one it came to what its last operand did.
Verdict verdict_of(NodeKind kind, const std::vector<ConditionTree>& children) {
    if (kind == NodeKind::negation) return negated(children.front().verdict);
    const Verdict decides = kind == NodeKind::all_of ? Verdict::is_false : Verdict::is_true;
    for (const ConditionTree& child : children) {
        if (child.verdict == decides) return decides;
    }
    return children.back().verdict;
}

// Atoms stand in the order of the text, as the leaves do.
ConditionTree build(const grammar::Ast& ast, grammar::NodeId id, const ConditionRecord& condition,
                    std::size_t& next) {
    const grammar::Node& node = ast[id];
    ConditionTree tree;
    tree.kind = node.kind;
    if (node.children.empty()) {
        tree.atom = next++;
        tree.verdict = condition.atoms[tree.atom].verdict;
        return tree;
    }
    for (const grammar::NodeId child : node.children) {
        tree.children.push_back(build(ast, child, condition, next));
    }
    tree.verdict = verdict_of(tree.kind, tree.children);
    return tree;
}

std::string_view name(NodeKind kind) {
    switch (kind) {
        case NodeKind::any_of:
            return "any_of";
        case NodeKind::all_of:
            return "all_of";
        case NodeKind::negation:
            return "not";
        default:
            return "atom";
    }
}

std::string_view name(Verdict verdict) {
    if (verdict == Verdict::not_reached) return "not_reached";
    return verdict == Verdict::is_true ? "true" : "false";
}

}  // namespace

ConditionTree condition_tree(const grammar::Ast& ast, const ConditionRecord& condition) {
    if (ast.empty) return {};
    std::size_t next = 0;
    return build(ast, ast.root, condition, next);
}

boost::json::object tree_json(const ConditionTree& tree) {
    boost::json::object out{{"kind", name(tree.kind)}, {"result", name(tree.verdict)}};
    if (tree.children.empty()) {
        out["atom"] = tree.atom;
        return out;
    }
    boost::json::array children;
    for (const ConditionTree& child : tree.children) children.emplace_back(tree_json(child));
    out["children"] = std::move(children);
    return out;
}

}  // namespace catchrule::tools
