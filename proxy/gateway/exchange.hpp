// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>

#include "engine/flow_machine.hpp"
#include "engine/stores/memory_stores.hpp"
#include "engine/variables.hpp"
#include "proxy/gateway/options.hpp"
#include "proxy/gateway/router.hpp"

namespace catchrule::proxy {

/// Milliseconds since 1970: the one clock of the gateway.
Millis current_time();

/// One call on its way through the FlowMachine. Stores are asked here; what is left for the session
/// is to call targets and to write the reply. Never throws: a defect becomes a 500.
class Exchange {
public:
    using Next = std::variant<CallTarget, Respond, Finished>;

    /// `stores` and `options` must outlive this.
    Exchange(Route route, MemoryStores& stores, const GatewayOptions& options, Message request,
             const std::string& client_ip, const std::string& message_id);

    /// Says what to do next after `event`.
    Next advance(Event event);

    /// Hands a recorded decision to the options' receiver; call once the machine has finished.
    void report() const;

private:
    Next drive(Event event);

    Route route_;
    MemoryStores& stores_;
    const GatewayOptions& options_;
    Variables variables_;
    FlowMachine machine_;
    Message failure_ = Message::response(500);
    bool failed_ = false;
};

}  // namespace catchrule::proxy
