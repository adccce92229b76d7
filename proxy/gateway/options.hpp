// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide.hpp"
#include "engine/message.hpp"
#include "engine/model.hpp"
#include "engine/semantics.hpp"
#include "engine/stores/environment.hpp"
#include "engine/trace.hpp"
#include "proxy/limits.hpp"

namespace catchrule::proxy {

/// Where to listen.
struct ListenAddress {
    std::string address;     ///< an IPv4 or IPv6 address, not a name
    std::uint16_t port = 0;  ///< 0 = any free one
};

/// Sends what a bundle wants to send to one host to another address (`--target-override`).
struct TargetOverride {
    std::string host;           ///< of the bundle's URL; compared without ASCII case
    std::uint16_t port = 0;     ///< of the bundle's URL; 0 = any
    std::string address;        ///< name or address to connect to
    std::uint16_t to_port = 0;  ///< 1 to 65535
    bool tls_off = false;       ///< speak plain HTTP there although the URL says https
};

/// `ADDR:PORT`, `[V6]:PORT`, `localhost:PORT`. On failure none, and `error` says what is wrong.
std::optional<ListenAddress> parse_listen_address(std::string_view text, std::string& error);

/// `HOST[:PORT]=ADDR:PORT[,tls=off]`. On failure none, and `error` says what is wrong.
std::optional<TargetOverride> parse_target_override(std::string_view text, std::string& error);

/// Everything `catchrule serve` can be told about its gateway.
struct GatewayOptions {
    std::vector<ListenAddress> listen;   ///< empty = no proxy is served
    std::optional<ListenAddress> admin;  ///< none = no admin listener
    int workers = 0;                     ///< threads; 0 = number of cores
    Limits limits;
    Semantics semantics;
    std::string environment_name = "local";    ///< environment.name
    std::string organization = "local";        ///< organization.name
    std::vector<TargetOverride> overrides;     ///< the first that fits counts
    std::vector<TargetServer> target_servers;  ///< what a LoadBalancer's servers are called after
    /// Where MessageLogging's File and CloudLogging write; made with the first line.
    std::string log_folder = "catchrule-logs";
    std::string target_ca;  ///< PEM file trusted besides the system's; empty = none

    /// Keep a Decision of each faulted call and hand it to `on_decision`.
    bool record_decisions = false;
    /// Called on a worker thread after the reply of a faulted call; must be thread-safe.
    std::function<void(const Bundle&, const Decision&, const Message& request)> on_decision;
    /// Gets every call once it has finished, its secrets masked; empty = nothing is traced. Called
    /// on a worker thread; must be thread-safe and not block.
    std::function<void(const trace::Session&, const trace::Call&)> on_trace;
    /// Gets `listening on http://A:P`, `admin on http://A:P`, `ready`; called by start() only.
    std::function<void(std::string_view line)> announce;
};

}  // namespace catchrule::proxy
