// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "engine/location.hpp"
#include "engine/policies/assign_message.hpp"
#include "engine/policies/extract_variables.hpp"
#include "engine/policies/flow_callout.hpp"
#include "engine/policies/key_value_map.hpp"
#include "engine/policies/message_logging.hpp"
#include "engine/policies/quota.hpp"
#include "engine/policies/raise_fault.hpp"
#include "engine/policies/service_callout.hpp"
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
    std::variant<UnsupportedPolicy, AssignMessage, RaiseFault, VerifyApiKey, Quota, SpikeArrest,
                 ExtractVariables, FlowCallout, KeyValueMap, ServiceCallout, MessageLogging>;

/// One policy file of a bundle.
struct Policy {
    std::string name;
    std::string shared_flow;  ///< the shared flow it belongs to; empty = the bundle itself
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

}  // namespace catchrule
