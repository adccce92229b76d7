// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/decide.hpp"
#include "engine/model.hpp"
#include "engine/step.hpp"

namespace catchrule {

// The whole life of one API call as a state machine without I/O: advance(event) says what to do
// next, the driver does it and calls advance with the outcome. Gateway, tests and tools drive the
// same machine.

/// Send `request` to `url` (absolute, http or https) and come back with TargetReplied or
/// TargetFailed.
struct CallTarget {
    const TargetEndpoint* endpoint = nullptr;  ///< null for a RouteRule with a URL
    std::string url;
    const Message* request = nullptr;  ///< valid until the next advance()
};

/// Ask a store and come back with StoreAnswered.
struct AskStore {
    StoreQuery query;
};

/// Send this to the client and come back with Responded.
struct Respond {
    const Message* response = nullptr;  ///< valid until the next advance()
};

/// Nothing is left to do.
struct Finished {};

using Action = std::variant<CallTarget, AskStore, Respond, Finished>;

struct Started {};
struct TargetReplied {
    Message response;
};
/// A call to the target that brought no reply (CONTRACTS, "Target faults").
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
struct TargetFailed {
    TargetFailure failure = TargetFailure::refused;
};
struct StoreAnswered {
    StoreReply reply;
};
struct Responded {};

using Event = std::variant<Started, TargetReplied, TargetFailed, StoreAnswered, Responded>;

/// What a call brings along.
struct CallOptions {
    Semantics semantics;
    std::string environment = "local";  ///< environment.name
    std::string client_ip;
    std::string message_id;
    bool record = false;  ///< keep a Decision with every operand; costs allocations on faults only
};

/// One call of one proxy endpoint. Put the request into `variables.request()` before the first
/// advance(). Not thread-safe; one machine, one call.
class FlowMachine {
public:
    /// All references must outlive the machine.
    FlowMachine(const Bundle& bundle, const ProxyEndpoint& proxy, Variables& variables,
                CallOptions options);
    FlowMachine(FlowMachine&&) noexcept;
    FlowMachine& operator=(FlowMachine&&) noexcept;
    ~FlowMachine();

    /// A fault to begin with, as if it had just happened.
    struct Beginning {
        const Fault& fault;                      ///< `fault.endpoint` says whose rules apply
        const TargetEndpoint* target = nullptr;  ///< of a target fault; null = the bundle's first
        const RaisedFault* raised = nullptr;     ///< the response of a RaiseFault; null = none
        Millis now = 0;
    };

    /// Begins in the error state instead of at the request. Call before the first advance(); for
    /// explain and fault injection. Variables may be defined between this and advance().
    void begin_with_fault(const Beginning& beginning);
    void begin_with_fault(const Fault& fault) { begin_with_fault(Beginning{.fault = fault}); }

    /// Runs until something must be done. `now` is the time of the event.
    Action advance(Event event, Millis now);

    /// The fault that put the call into the error state; null for a call that went well.
    const Fault* fault() const;

    /// What happened in the error flow; null when there was no fault or nothing was recorded.
    const Decision* decision() const;

    /// Names of the policies that ran so far, in order; empty unless recording.
    const std::vector<std::string>& steps_run() const;

    /// Name of the target endpoint the call was routed to; empty = none.
    std::string_view target() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// Whether a proxy at `base_path` is preferred to one at `other` when both cover a path: the longer
/// one, and on equal length the one with fewer `*` elements.
bool more_specific(std::string_view base_path, std::string_view other);

/// The longest base path that is `path` or ends at one of its slashes; null when there is none.
/// Base paths may have `*` elements; of two that are equally long the one with fewer of them
/// counts.
const ProxyEndpoint* find_proxy(const Bundle& bundle, std::string_view path);

}  // namespace catchrule
