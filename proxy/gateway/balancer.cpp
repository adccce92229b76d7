// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/balancer.hpp"

#include <algorithm>
#include <utility>

namespace catchrule::proxy {

Balancer::Balancer(std::vector<TargetServer> servers) : known_(std::move(servers)) {}

Balancer::Servers& Balancer::state_of(const LoadBalancer& balancer) {
    Servers& states = states_[&balancer];
    if (states.size() == balancer.servers.size()) return states;
    for (const LoadBalancer::Server& each : balancer.servers) {
        const auto found = std::ranges::find(known_, each.name, &TargetServer::name);
        Server state;
        if (found != known_.end() && found->enabled) state.server = &*found;
        states.push_back(state);
    }
    return states;
}

bool Balancer::usable(Server& state, const LoadBalancer::Server& server, Time now) {
    if (state.server == nullptr || server.weight <= 0) return false;
    if (state.out_since && now - *state.out_since < server_out_time) return false;
    if (state.out_since) {
        state.out_since.reset();
        state.failures = 0;
    }
    return true;
}

// Smooth weighted round robin (nginx): each server gains its weight, the richest one is taken and
// pays the sum. a:2 b:1 gives a b a, never a a b. With equal weights it is plain round robin.
std::size_t Balancer::choose(const LoadBalancer& balancer, Servers& states,
                             std::span<const std::size_t> among) {
    const bool weighted = balancer.algorithm == LoadBalancer::Algorithm::weighted;
    std::vector<std::size_t> equal(among.begin(), among.end());
    if (balancer.algorithm == LoadBalancer::Algorithm::least_connections) {
        const std::size_t least = *std::ranges::min_element(
            equal, {}, [&](std::size_t index) { return states[index].in_flight; });
        std::erase_if(equal, [&](std::size_t index) {
            return states[index].in_flight > states[least].in_flight;
        });
    }
    std::int64_t sum = 0;
    std::size_t best = equal.front();
    for (const std::size_t index : equal) {
        const std::int64_t weight = weighted ? balancer.servers[index].weight : 1;
        states[index].credit += weight;
        sum += weight;
        if (states[index].credit > states[best].credit) best = index;
    }
    states[best].credit -= sum;
    return best;
}

std::optional<Balancer::Pick> Balancer::begin(const LoadBalancer& balancer,
                                              std::span<const std::size_t> tried, Time now) {
    const std::lock_guard lock(mutex_);
    Servers& states = state_of(balancer);
    std::vector<std::size_t> among;
    for (const bool fallback : {false, true}) {
        for (std::size_t i = 0; i < states.size(); ++i) {
            const LoadBalancer::Server& server = balancer.servers[i];
            if (server.fallback != fallback || std::ranges::find(tried, i) != tried.end()) continue;
            if (usable(states[i], server, now)) among.push_back(i);
        }
        if (among.empty()) continue;
        const std::size_t chosen = choose(balancer, states, among);
        ++states[chosen].in_flight;
        return Pick{states[chosen].server, chosen, fallback};
    }
    return std::nullopt;
}

void Balancer::ended(const LoadBalancer& balancer, std::size_t index, bool failed, Time now) {
    const std::lock_guard lock(mutex_);
    Server& state = state_of(balancer)[index];
    --state.in_flight;
    if (!failed) {
        state.failures = 0;
        return;
    }
    ++state.failures;
    const bool out = balancer.max_failures > 0 && state.failures >= balancer.max_failures;
    if (out && !state.out_since) state.out_since = now;
}

}  // namespace catchrule::proxy
