// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/fault.hpp"
#include "engine/fault_catalog.hpp"
#include "engine/semantics.hpp"
#include "engine/variables.hpp"

namespace catchrule {

/// Milliseconds since 1970-01-01T00:00:00Z. Time is always a parameter.
using Millis = std::int64_t;

/// Asks the key store: which app, developer and product stand behind an API key (VerifyAPIKey).
struct KeyQuery {
    std::string key;
    std::string proxy;        ///< apiproxy.name
    std::string environment;  ///< environment.name
    std::string path_suffix;  ///< proxy.pathsuffix
    std::string verb;         ///< request.verb
};

/// Asks to count one call against a quota.
struct QuotaQuery {
    enum class Kind : std::uint8_t { standard, calendar, flexi, rolling_window };
    enum class Unit : std::uint8_t { second, minute, hour, day, week, month };

    std::string counter;     ///< proxy and policy name: what the counter belongs to
    std::string identifier;  ///< "_default" when the policy has none
    std::int64_t allowed = 0;
    std::int64_t weight = 1;  ///< 0 = only look
    std::int64_t interval = 1;
    Unit unit = Unit::minute;
    Kind kind = Kind::standard;
    Millis start = 0;  ///< calendar only
};

/// Asks whether one call may pass a spike arrest.
struct SpikeQuery {
    std::string counter;
    std::string identifier;
    std::int64_t messages = 1;  ///< allowed in `period_us`
    std::int64_t period_us = 1'000'000;
    std::int64_t weight = 1;
};

using StoreQuery = std::variant<KeyQuery, QuotaQuery, SpikeQuery>;

struct KeyReply {
    /// A catalog code ("oauth.v2.InvalidApiKey") when the key is refused; empty = accepted.
    std::string fault_code;
    /// What to publish, names after `verifyapikey.{policy}.`: {"developer.app.name", "weather"}.
    std::vector<std::pair<std::string, std::string>> variables;
};

struct QuotaReply {
    std::int64_t used = 0;  ///< after this call, when it was let pass
    bool exceeded = false;
    Millis expiry = 0;  ///< end of the window; 0 for a rolling window
};

struct SpikeReply {
    bool exceeded = false;
};

/// The store could not be asked (or, in a simulation, was not asked).
struct StoreUnavailable {};

using StoreReply = std::variant<KeyReply, QuotaReply, SpikeReply, StoreUnavailable>;

/// What a policy may see while it runs.
struct StepContext {
    Variables& variables;
    const Semantics& semantics;
    std::string_view policy;  ///< its `name`
    std::string_view proxy;   ///< apiproxy.name, for counters
    Millis now = 0;
};

/// The policy is done, it faulted, or it needs an answer first.
struct Completed {};
using StepResult = std::variant<Completed, Fault, StoreQuery>;

/// Sets `{prefix}.failed` and `{prefix}.{policy}.failed` (SEM-21).
void set_failed_flags(Variables& variables, std::string_view prefix, std::string_view policy,
                      bool failed);

}  // namespace catchrule
