// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "engine/location.hpp"
#include "engine/policies/assign_message.hpp"
#include "engine/policies/quota.hpp"
#include "engine/policies/raise_fault.hpp"
#include "engine/policies/spike_arrest.hpp"
#include "engine/policies/verify_api_key.hpp"

namespace catchrule {

/// A policy we load but cannot run: out of scope, or not written yet. Attaching it to a step is a
/// load error unless the user asks otherwise (`--unsupported`).
struct UnsupportedPolicy {
    std::string element;  ///< the root element, e.g. "JavaCallout"
    bool faults =
        false;  ///< `--unsupported=fault`: the step faults when it runs; else it is skipped
};

using PolicyConfig =
    std::variant<UnsupportedPolicy, AssignMessage, RaiseFault, VerifyApiKey, Quota, SpikeArrest>;

/// One policy file of a bundle.
struct Policy {
    std::string name;
    bool enabled = true;
    bool continue_on_error = false;
    PolicyConfig config;
    Location location;

    /// The root element's name: "Quota".
    std::string_view element() const;
    /// The variable prefix of its `failed` flags: "ratelimit" for a Quota (SEMANTICS 3.2); empty
    /// when it is not known.
    std::string_view prefix() const;
};

/// The prefix of `{prefix}.{policy}.failed` for a policy element, also of types we do not run;
/// empty when unknown. The table behind the hint "nothing sets spikearrest.*".
std::string_view failed_prefix(std::string_view element);

/// Whether `prefix` is the prefix of some policy type.
bool is_failed_prefix(std::string_view prefix);

}  // namespace catchrule
