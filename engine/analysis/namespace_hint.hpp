// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide.hpp"
#include "engine/model.hpp"

namespace catchrule::analysis {

/// A condition that came out false because it asks a variable of a namespace that is not the one
/// its policy publishes: `spikearrest.P.failed`, where SpikeArrest P sets `ratelimit.P.failed`.
struct NamespaceHint {
    std::string rule;         ///< name of the fault rule or default rule
    std::string step;         ///< policy of the step; empty = the rule's own condition
    std::string variable;     ///< as the condition has it
    std::string space;        ///< its first part: "spikearrest"
    std::string policy;       ///< its second part: the policy it asks for
    std::string element;      ///< the policy's type; empty = not known
    bool nobody_sets = true;  ///< nothing at all sets `space`.*; else only not this policy
    std::string suggestion;   ///< what is published instead; empty = not known
    std::string condition;    ///< the condition with every such variable replaced
    bool verified =
        false;  ///< `condition` was run, and was true, as if `policy` had raised the fault

    /// One sentence that says all of it.
    std::string text() const;
};

/// Fills fresh variables of the bundle as they are in the error flow when `policy`, of type
/// `element`, has raised the fault in question. The policy need not be in the file.
using RaisedBy =
    std::function<void(std::string_view policy, std::string_view element, Variables& variables)>;

/// The hints for the steps that were skipped and the rules that were false, in the order of the
/// decision. Pure apart from `raised_by`.
std::vector<NamespaceHint> namespace_hints(const Bundle& bundle, const Decision& decision,
                                           const grammar::ComparisonRules& rules,
                                           const RaisedBy& raised_by);

}  // namespace catchrule::analysis
