// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/fault.hpp"
#include "grammar/operators.hpp"

namespace catchrule {

/// Which product generation to follow where they differ: `x` (Apigee X and hybrid) or `edge` (Edge,
/// SAP).
enum class Profile : std::uint8_t { x, edge };

/// In which order the FaultRules of an endpoint are evaluated (SEM-01).
enum class EvaluationOrder : std::uint8_t { top_to_bottom, bottom_to_top };

std::string_view to_string(Profile profile);
std::string_view to_string(EvaluationOrder order);
std::optional<EvaluationOrder> parse_order(std::string_view text);

/// Every reading a user may switch; the defaults are those of the ledger.
struct Semantics {
    Profile profile = Profile::x;
    grammar::ComparisonRules comparisons;                           // SEM-09, SEM-10
    EvaluationOrder proxy_order = EvaluationOrder::bottom_to_top;   // SEM-01
    EvaluationOrder target_order = EvaluationOrder::top_to_bottom;  // SEM-01
    bool raise_fault_in_rule_stops = true;                          // SEM-04
    bool target_fault_reaches_proxy_default = true;                 // SEM-06
    std::optional<int> rate_limit_status;                           // SEM-19; none = by profile

    /// 429 (x) or 500 (edge) unless set (SEM-19).
    int status_of_rate_limits() const;
    EvaluationOrder default_order(EndpointKind kind) const;

    /// Sets one switch by its ledger name, e.g. ("null-greater-than", "documented") or ("profile",
    /// "edge"). Returns an empty string, or what is wrong and which values there are.
    std::string set(std::string_view key, std::string_view value);
};

/// One switch of the ledger: long option of that name on every command that evaluates.
struct SwitchRow {
    std::string_view key;
    std::string_view values;  ///< "false|documented"; the first one is the default
    std::string_view ledger;  ///< "SEM-09"
    std::string_view help;
};
std::span<const SwitchRow> switch_table();

/// One row of the ledger, as `catchrule semantics` prints it.
struct LedgerRow {
    std::string_view id;
    std::string_view question;
    std::string_view decision;
    std::string_view switch_key;  ///< empty = no switch
    std::string_view evidence;
};
std::span<const LedgerRow> ledger();

}  // namespace catchrule
