// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/evaluate.hpp"
#include "engine/model.hpp"

namespace catchrule {

/// The indices of an endpoint's rules in evaluation order (SEM-01): the file's attribute, else the
/// switch of the endpoint's kind.
EvaluationOrder evaluation_order(const FaultHandling& faults, EndpointKind kind,
                                 const Semantics& semantics);
std::vector<std::size_t> rules_in_order(const FaultHandling& faults, EvaluationOrder order);

/// Chooses *the* rule: the first, in evaluation order, whose outer condition is true or absent
/// (SEMANTICS 2.2, SEM-01, SEM-02). None when no rule takes the fault. Allocates nothing.
/// Looks the rules up by fault.name when there is an index.
const FaultRule* choose_rule(const FaultHandling& faults, EvaluationOrder order,
                             const Variables& variables, const grammar::ComparisonRules& rules);
/// The same without the index.
const FaultRule* choose_rule_in_turn(const FaultHandling& faults, EvaluationOrder order,
                                     const Variables& variables,
                                     const grammar::ComparisonRules& rules);

/// Whether a step ran, and what became of it.
struct StepRecord {
    std::string policy;
    std::string element;  ///< "AssignMessage"; empty when the policy is not in the file
    /// The shared flow it stands in; the records of its steps follow that of the FlowCallout.
    /// Empty = the rule itself.
    std::string shared_flow;
    bool ran = false;
    bool failed = false;  ///< it ran and faulted (a RaiseFault always does)
    std::string fault;    ///< name of its fault
    std::optional<ConditionRecord> condition;
    std::string note;  ///< "policy not in this file", "after RaiseFault", "stubbed: ..."
    bool set_body = false;
    Location location;
};

enum class RuleVerdict : std::uint8_t { fired, is_false, not_reached };

/// One fault rule, in evaluation order.
struct RuleRecord {
    std::string name;
    Location location;
    RuleVerdict verdict = RuleVerdict::not_reached;
    std::optional<ConditionRecord> condition;  ///< none = no outer condition, always true
    std::vector<StepRecord> steps;             ///< of the rule that fired; of the others none
};

struct DefaultRuleRecord {
    std::string name;
    Location location;
    bool ran = false;  ///< entered: its condition held (SEM-40)
    bool always_enforce = false;
    std::string note;  ///< why it did not run: "a rule fired and AlwaysEnforce is not set"
    std::optional<ConditionRecord> condition;
    std::vector<StepRecord> steps;
};

/// Why the client got this reply: everything an explain screen shows, as data.
struct Decision {
    EndpointKind endpoint_kind = EndpointKind::proxy;
    std::string endpoint;
    Fault fault;        ///< as it happened
    Fault final_fault;  ///< pending when the reply went out
    EvaluationOrder order = EvaluationOrder::bottom_to_top;
    std::vector<RuleRecord> rules;     ///< in evaluation order
    std::optional<std::size_t> fired;  ///< index into `rules`
    std::optional<DefaultRuleRecord> default_rule;
    std::optional<DefaultRuleRecord> proxy_default_rule;  ///< for a target fault
    Message response = Message::response(500);
    std::vector<std::string> notes;

    /// "rule", "default", "rule+default" or "nothing".
    std::string_view handled_by() const;
};

}  // namespace catchrule
