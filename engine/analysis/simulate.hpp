// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/analysis/namespace_hint.hpp"
#include "engine/decide.hpp"
#include "engine/flow_machine.hpp"
#include "engine/model.hpp"

namespace catchrule::analysis {

/// A variable that the user gave. Text of the value is borrowed from whoever holds this.
struct GivenVariable {
    std::string name;
    Value value;  ///< null = unset
};

/// "What happens in the error flow when this fault occurs?"
struct FaultQuestion {
    std::string fault;                 ///< name or full code; need not be in the catalog
    std::string policy;                ///< who raised it; empty = the only policy that can
    std::optional<EndpointKind> kind;  ///< none = where that fault occurs
    std::string endpoint;              ///< name; empty = the first of its kind
    std::span<const GivenVariable> variables;
    Semantics semantics;
    Millis now = 0;
    trace::Recorder* trace = nullptr;  ///< takes the points of the error flow
};

/// The answer, or what was wrong with the question.
struct FaultAnswer {
    std::string error;  ///< empty = answered
    Decision decision;
    std::vector<NamespaceHint> hints;
};

/// The hints for a call that really happened, as far as its decision tells; thread-safe.
std::vector<NamespaceHint> hints_for(const Bundle& bundle, const Decision& decision,
                                     const Semantics& semantics);

/// Runs the error flow of that fault through a FlowMachine. Policies that need a store are not
/// asked: their steps say "stubbed". What was assumed stands in `decision.notes`. No I/O;
/// thread-safe.
FaultAnswer simulate_fault(const Bundle& bundle, const FaultQuestion& question);

}  // namespace catchrule::analysis
