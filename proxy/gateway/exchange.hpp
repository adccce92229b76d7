// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "engine/call_chain.hpp"
#include "engine/stores/memory_stores.hpp"
#include "proxy/gateway/log_sink.hpp"
#include "proxy/gateway/options.hpp"
#include "proxy/gateway/router.hpp"

namespace catchrule::proxy {

/// Milliseconds since 1970: the one clock of the gateway.
Millis current_time();

/// One call on its way through the flow machines. Stores are asked here, log lines go to their
/// sink, local calls stay inside; what is left for the session is to make calls and to write the
/// reply. Never throws: a defect becomes a 500.
class Exchange {
public:
    using Next = std::variant<CallTarget, CallOut, Respond, Finished>;

    /// What an exchange works with; must outlive it.
    struct Means {
        const GatewayOptions& options;
        const Router& router;
        MemoryStores& stores;
        LogSink& logs;
    };

    /// What is known about a call besides its request.
    struct Caller {
        std::string ip;
        std::uint16_t port = 0;
        std::string scheme = "http";
        std::string local_address;
        std::uint16_t local_port = 0;
        std::string message_id;
    };

    Exchange(Route route, const Means& means, Message request, const Caller& caller);

    /// Says what to do next after `event`.
    Next advance(Event event);

    /// Keeps alive what a callout of this call refers to.
    const std::shared_ptr<const Bundle>& bundle() const { return route_.bundle; }

    /// Hands a recorded decision and a trace to the options' receivers; call once the machine has
    /// finished.
    void report();

private:
    Next drive(Event event);
    void report_decision() const;
    void report_trace();

    Route route_;
    Means means_;
    std::string message_id_;
    std::unique_ptr<trace::Recorder> recorder_;  // null = not traced
    CallChain chain_;
    Message failure_ = Message::response(500);
    bool responded_ = false;
    bool failed_ = false;
};

}  // namespace catchrule::proxy
