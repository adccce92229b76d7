// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/fault.hpp"
#include "engine/fault_catalog.hpp"
#include "engine/message.hpp"
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
    enum class Unit : std::uint8_t { second, minute, hour, day, week, month, year };
    enum class Mode : std::uint8_t {
        count_and_enforce,
        count_only,    ///< the call passes whatever the count
        enforce_only,  ///< whether a call of that weight would pass; it is not counted
    };

    std::string counter;     ///< proxy and policy name: what the counter belongs to
    std::string identifier;  ///< "_default" when the policy has none
    std::string class_name;  ///< calls of different classes are counted apart; empty = no class
    std::int64_t allowed = 0;
    std::int64_t weight = 1;  ///< 0 = only look
    Mode mode = Mode::count_and_enforce;
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

/// One thing to do with a key value map.
struct MapOperation {
    enum class Kind : std::uint8_t {
        get,
        put,         ///< replaces what is there
        put_absent,  ///< leaves an entry that is there
        seed,        ///< leaves an entry that is there or was removed
        remove,
    };

    Kind kind = Kind::get;
    std::string key;
    std::vector<std::string> values;  ///< put; an entry may hold several
};

/// Asks a key value map (KeyValueMapOperations): all operations at once, in this order.
struct MapQuery {
    std::string owner;  ///< what the map's scope names: "organization", "apiproxy/orders", ...
    std::string map;
    std::vector<MapOperation> operations;
};

using StoreQuery = std::variant<KeyQuery, QuotaQuery, SpikeQuery, MapQuery>;

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

struct MapReply {
    /// What each MapOperation::Kind::get found, in their order; none = there is no such entry.
    std::vector<std::optional<std::vector<std::string>>> found;
    bool encrypted = false;  ///< only variables `private.*` may take the values
    bool full = false;       ///< a put was too large and was not done
};

/// The store could not be asked (or, in a simulation, was not asked).
struct StoreUnavailable {};

using StoreReply = std::variant<KeyReply, QuotaReply, SpikeReply, MapReply, StoreUnavailable>;

/// A call to a target or callout that brought no reply (CONTRACTS, "Target faults").
enum class TargetFailure : std::uint8_t {
    refused,
    reset,
    name_not_found,
    connect_timeout,
    read_timeout,
    unexpected_eof,
    bad_reply,
    tls_handshake,
    no_active_server,
};

struct HttpConnection;

/// A call to another proxy of the same gateway (LocalTargetConnection), its templates rendered.
struct LocalCall {
    std::string api_proxy;       ///< empty = found by `path`
    std::string proxy_endpoint;  ///< empty = `default`
    std::string path;            ///< with the query; empty = that of the request
};

/// Calls a service on the way (ServiceCallout).
struct Callout {
    const HttpConnection* connection = nullptr;  ///< null for a local call
    std::string url;  ///< absolute; with a load balancer what follows the server's address
    std::optional<LocalCall> local;
    Message request = Message::request();
    std::int64_t timeout_ms = 55'000;  ///< for the whole call
    bool wait = true;                  ///< false: nobody waits for the answer
};
using CalloutReply = std::variant<Message, TargetFailure>;

/// When the file of a MessageLogging begins anew. Zeros = never.
struct LogRotation {
    bool on_startup = false;
    std::int64_t max_bytes = 0;
    std::int64_t every_ms = 0;
    std::int64_t max_files = 0;  ///< kept after a rotation; 0 = all
};

/// A line for a log (MessageLogging). Nobody waits for its delivery.
struct LogRecord {
    enum class Level : std::uint8_t { info, warn, error, alert };
    enum class Sink : std::uint8_t { syslog, file, cloud };

    Sink sink = Sink::file;
    Level level = Level::info;
    std::string policy;
    std::string message;
    std::string content_type;
    std::string name;  ///< file or log name

    std::string host = "localhost";  ///< syslog, as all up to payload_only
    std::uint16_t port = 514;
    bool tcp = false;
    bool tls = false;
    bool format_message = false;  ///< with the prefix of the policy's page
    std::string date_format;      ///< of that prefix; empty = the sink's own
    bool payload_only = false;    ///< nothing but the message, no syslog header

    std::string resource_type;                                ///< cloud
    std::vector<std::pair<std::string, std::string>> labels;  ///< cloud
    LogRotation rotation;                                     ///< file
};
struct Logged {};

/// What a step needs from outside before it can go on, and the answer.
using StepRequest = std::variant<StoreQuery, Callout, LogRecord>;
using StepAnswer = std::variant<StoreReply, CalloutReply, Logged>;

/// What a bundle's folder `resources` holds.
struct Resources {
    using Texts = std::map<std::string, std::string, std::less<>>;

    Texts files;       ///< by folder and name: "jsc/script.js"
    Texts properties;  ///< of all property sets, by variable: "propertyset.settings.url"
};

/// What a policy may see while it runs.
struct StepContext {
    Variables& variables;
    const Semantics& semantics;
    std::string_view policy;  ///< its `name`
    std::string_view proxy;   ///< apiproxy.name, for counters
    Millis now = 0;
    const Resources* resources = nullptr;  ///< of the bundle; null = none

    /// The text behind `jsc://script.js`; null when there is no such resource.
    const std::string* resource(std::string_view url) const;
    /// The property behind `set.key`; null when there is none.
    const std::string* property(std::string_view set_and_key) const;
};

/// The policy is done, it faulted, or it needs an answer first.
struct Completed {};
using StepResult = std::variant<Completed, Fault, StepRequest>;

/// Sets `{prefix}.failed` and `{prefix}.{policy}.failed` (SEM-21).
void set_failed_flags(Variables& variables, std::string_view prefix, std::string_view policy,
                      bool failed);

}  // namespace catchrule
