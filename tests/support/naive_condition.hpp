// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "grammar/ast.hpp"
#include "grammar/operators.hpp"
#include "grammar/program.hpp"
#include "tests/support/cond_file.hpp"

/// The referee: conditions evaluated in the slowest and plainest way, straight from the tables of
/// the spec, sharing nothing with grammar/ but the Ast and the JavaRegex engine.
namespace catchrule::testing {

/// Walks the tree; every operand is converted anew.
bool naive_evaluate(const grammar::Ast& ast, const Assignment& variables,
                    const grammar::ComparisonRules& rules = {});

/// One comparison by SEMANTICS 1.6, 1.7 and SEM-09, 10, 36; pattern operators take text on the
/// right.
bool naive_compare(grammar::Operator op, const Variable& left, const Variable& right,
                   const grammar::ComparisonRules& rules = {});

/// SEM-14 and SEM-15 by backtracking.
bool naive_matches(std::string_view pattern, std::string_view subject);
bool naive_matches_path(std::string_view pattern, std::string_view subject);

/// Runs compiled jump code as engine/evaluate will, without slots and traces.
bool run_program(const grammar::Program& program, const grammar::Symbols& symbols,
                 const Assignment& variables, const grammar::ComparisonRules& rules = {});

}  // namespace catchrule::testing
