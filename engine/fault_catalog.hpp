// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/fault.hpp"
#include "engine/semantics.hpp"

namespace catchrule {

/// How well a row is supported (SEMANTICS, evidence grades).
enum class Evidence : std::uint8_t { documented, observed, reported, memory };

/// One fault the runtime can raise. The table is the only place that knows codes, statuses and
/// texts.
struct FaultRow {
    std::string_view code;  ///< "policies.ratelimit.QuotaViolation"
    std::string_view
        raised_by;  ///< element name of the policy ("Quota"), or "routing", "target", "http"
    int status_x;   ///< 0 = taken from elsewhere (RaiseFault's own, the target's)
    int status_edge;
    std::string_view text;    ///< faultstring with {placeholders}
    std::string_view reason;  ///< `detail.reason` in the X profile
    Evidence grade;

    std::string_view name() const { return fault_name_of(code); }
};

std::span<const FaultRow> fault_catalog();

/// The row of that fault.name (or full code); with `raised_by`, only of that policy type. null =
/// unknown.
const FaultRow* find_fault(std::string_view name_or_code, std::string_view raised_by = {});

/// Placeholders of a row's text and their values: `{{"policy", "verify_key"}}`.
using FaultArguments = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// A Fault of that row with its text filled in and its status by profile and switches. `code` must
/// be in the catalog.
Fault make_fault(std::string_view code, const Semantics& semantics, FaultArguments arguments = {});

}  // namespace catchrule
