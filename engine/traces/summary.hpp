// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/trace.hpp"

namespace catchrule::trace {

/// A variable that a condition read.
struct Reading {
    std::string variable;
    std::optional<std::string> value;  ///< none = it was unset

    friend bool operator==(const Reading&, const Reading&) = default;
};

/// One line of what happened.
struct Entry {
    enum class Kind : std::uint8_t {
        state,      ///< the call reached a flow state
        condition,  ///< of an endpoint, a flow or a route
        rule,       ///< a FaultRule that was looked at, or passed over
        default_rule,
        step,
        fault,  ///< the call went into the error state
    };
    enum class Verdict : std::uint8_t { none, fired, is_false, not_reached, ran, skipped, failed };

    Kind kind = Kind::state;
    std::string name;  ///< flow state, Tree, rule, policy (or type of a system step), fault.name
    Verdict verdict = Verdict::none;
    std::string expression;         ///< empty = none was recorded
    std::optional<bool> result;     ///< of the expression
    std::vector<Reading> readings;  ///< its variables, each once, as far as they were recorded
    std::string note;
};

/// A recorded call as a person wants to see it; every recorded expression is in it.
struct Summary {
    std::string verb;
    std::string uri;
    std::string status;  ///< of the reply; empty = none was recorded
    std::string reason;
    std::string fault;                 ///< fault.name; empty = none was recorded
    std::optional<std::string> fired;  ///< the FaultRule
    std::vector<Entry> entries;        ///< in time order
    std::vector<std::string> unset;    ///< variables that a condition found unset, each once
};

Summary summarize(const Call& call);

}  // namespace catchrule::trace
