// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/connection.hpp"
#include "engine/stores/environment.hpp"

namespace catchrule::proxy {

/// A server that MaxFailures took out comes back after this time, as no health monitor looks at it
/// (SEM-68).
inline constexpr std::chrono::minutes server_out_time{5};

/// Chooses target servers for the load balancers of all bundles: round robin, weighted, least
/// connections (GATEWAY.md; CONTRACTS, "LoadBalancer"). Time is a parameter. Thread-safe; what it
/// does takes a few steps under one lock.
class Balancer {
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit Balancer(std::vector<TargetServer> servers);

    struct Pick {
        const TargetServer* server = nullptr;
        std::size_t index = 0;  ///< into LoadBalancer::servers
        bool fallback = false;
    };

    /// The next server that is known, enabled, not out and not in `tried`; the fallback only when
    /// there is no other. None = no_active_server. The call counts as in flight until ended().
    /// `balancer` must outlive this object: its address is its identity.
    std::optional<Pick> begin(const LoadBalancer& balancer, std::span<const std::size_t> tried,
                              Time now);

    /// The call to that server is over; `failed`: the server could not be reached.
    void ended(const LoadBalancer& balancer, std::size_t index, bool failed, Time now);

private:
    struct Server {
        const TargetServer* server = nullptr;  // null = not in the environment
        std::int64_t failures = 0;             // in a row
        std::optional<Time> out_since;
        std::int64_t in_flight = 0;
        std::int64_t credit = 0;  // smooth weighted round robin
    };
    using Servers = std::vector<Server>;

    Servers& state_of(const LoadBalancer& balancer);
    static bool usable(Server& state, const LoadBalancer::Server& server, Time now);
    static std::size_t choose(const LoadBalancer& balancer, Servers& states,
                              std::span<const std::size_t> among);

    const std::vector<TargetServer> known_;
    std::mutex mutex_;
    std::map<const LoadBalancer*, Servers> states_;
};

}  // namespace catchrule::proxy
