// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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

namespace trace {
class Recorder;
}

// The whole life of one API call as a state machine without I/O: advance(event) says what to do
// next, the driver does it and calls advance with the outcome. Gateway, tests and tools drive the
// same machine.

/// Send `request` to `url` (absolute, http or https; with a load balancer what follows the server's
/// address) and come back with TargetReplied or TargetFailed.
struct CallTarget {
    const TargetEndpoint* endpoint = nullptr;    ///< null for a RouteRule with a URL
    const HttpConnection* connection = nullptr;  ///< null for a RouteRule with a URL
    std::string url;
    std::optional<LocalCall> local;    ///< instead of `url`: call a proxy of the same gateway
    const Message* request = nullptr;  ///< valid until the next advance()
};

/// Make this call on the way and come back with CalloutAnswered; at once when `call.wait` is false.
struct CallOut {
    Callout call;
};

/// Hand this to a log and come back with LogWritten at once: delivery is the log's business.
struct WriteLog {
    LogRecord record;
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

using Action = std::variant<CallTarget, CallOut, AskStore, WriteLog, Respond, Finished>;

struct Started {};
struct TargetReplied {
    Message response;
    std::string ip = {};      ///< `target.ip`; empty = not known
    std::string server = {};  ///< with a load balancer: the name of the target server
    bool fallback = false;    ///< that server is the fallback
};
struct TargetFailed {
    TargetFailure failure = TargetFailure::refused;
    std::string_view code = {};  ///< a catalog code that tells better than `failure`; a literal
};
struct StoreAnswered {
    StoreReply reply;
};
struct CalloutAnswered {
    CalloutReply reply;
};
struct LogWritten {};
struct Responded {};

using Event = std::variant<Started, TargetReplied, TargetFailed, CalloutAnswered, StoreAnswered,
                           LogWritten, Responded>;

/// What a call brings along.
struct CallOptions {
    Semantics semantics;
    std::string environment = "local";   ///< environment.name
    std::string organization = "local";  ///< organization.name
    std::string client_ip;
    std::uint16_t client_port = 0;       ///< 0 = not known
    std::string client_scheme = "http";  ///< http or https
    std::string host;                    ///< the gateway's own address; empty = not known
    std::uint16_t port = 0;              ///< the gateway's own port; 0 = not known
    std::string message_id;
    /// Beyond it the call ends in flow.APITimedOut, as with the property `api.timeout`.
    std::optional<Millis> deadline = std::nullopt;
    std::uint64_t random_seed = 0;  ///< of Variables::random(), for the whole call
    bool record = false;  ///< keep a Decision with every operand; costs allocations on faults only
    trace::Recorder* trace = nullptr;  ///< takes every point of the call; implies `record`
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
