// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include <boost/json.hpp>

#include "engine/evaluate.hpp"
#include "grammar/ast.hpp"

namespace catchrule::tools {

/// How the atoms of an evaluated condition are joined, and what each group came to.
struct ConditionTree {
    grammar::NodeKind kind = grammar::NodeKind::comparison;
    Verdict verdict = Verdict::not_reached;
    std::size_t atom = 0;  ///< index into ConditionRecord::atoms; of leaves
    std::vector<ConditionTree> children;
};

/// `ast` is the parsed text of `condition`; an empty condition gives a leaf without an atom.
ConditionTree condition_tree(const grammar::Ast& ast, const ConditionRecord& condition);

/// {"kind":"all_of","result":"true","children":[...]}, {"kind":"atom","result":...,"atom":0}.
boost::json::object tree_json(const ConditionTree& tree);

}  // namespace catchrule::tools
