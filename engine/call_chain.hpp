// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "engine/flow_machine.hpp"

namespace catchrule {

/// Proxies that may call one another in one call (LocalTargetConnection), the first one counted;
/// one more is the fault messaging.runtime.TooManyChainedProxies.
inline constexpr std::size_t max_chained_proxies = 8;

/// Local calls that one call of a client may cause in all; one more is the same fault. A proxy with
/// several callouts to itself would else multiply them with each proxy of the chain.
inline constexpr std::size_t max_local_calls = 1000;

/// A proxy of the gateway, and what keeps it alive.
struct LocalProxy {
    std::shared_ptr<const Bundle> bundle;
    const ProxyEndpoint* proxy = nullptr;  ///< null = there is none
};

/// Finds what a LocalCall names: by `api_proxy` and `proxy_endpoint`, or by `path` as a client's
/// request would be routed.
using FindProxy = std::function<LocalProxy(const LocalCall& call)>;

/// One call with all the proxies it chains: a stack of flow machines that looks like one of them.
/// A call to a local proxy starts a machine with Variables of its own; its reply, an error reply
/// too, is the target's reply of the proxy that called it. A local callout that nobody waits for
/// runs to its end all the same (SEM-66). Not thread-safe; one chain, one call.
class CallChain {
public:
    /// `first.bundle` must not be null. `options.trace` takes the first proxy's points only.
    CallChain(LocalProxy first, CallOptions options, FindProxy find);
    CallChain(CallChain&&) noexcept;
    CallChain& operator=(CallChain&&) noexcept;
    ~CallChain();

    /// As FlowMachine::advance, but CallTarget and CallOut never have a `local`.
    Action advance(Event event, Millis now);

    /// Those of the proxy that the client called.
    FlowMachine& machine();
    const FlowMachine& machine() const;
    Variables& variables();
    const Variables& variables() const;
    const Bundle& bundle() const;

private:
    struct Call;

    Event begin(const LocalCall& local, const Message& request, bool is_callout,
                std::optional<Millis> deadline);
    std::optional<Event> follow(Action& action, Millis now);
    Event pop();

    CallOptions options_;
    FindProxy find_;
    std::vector<std::unique_ptr<Call>> calls_;
    std::size_t begun_ = 0;  // local calls so far
};

}  // namespace catchrule
