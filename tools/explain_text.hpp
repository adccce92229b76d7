// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "engine/analysis/namespace_hint.hpp"
#include "engine/decide.hpp"
#include "engine/model.hpp"
#include "tools/condition_tree.hpp"
#include "tools/screen.hpp"

namespace catchrule::tools {

/// The explain screen of a decision (EXPLAIN-AND-ANALYSIS 1).
std::string explain_text(const Bundle& bundle, const Decision& decision,
                         std::span<const analysis::NamespaceHint> hints, ScreenStyle style);

/// A condition as a tree of its atoms, a line each with what it came to; for `eval --explain`.
std::string tree_text(const ConditionTree& tree, const ConditionRecord& condition,
                      ScreenStyle style);

}  // namespace catchrule::tools
