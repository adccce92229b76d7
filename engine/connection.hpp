// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/template.hpp"

namespace catchrule {

// Where a target endpoint or a ServiceCallout sends its request. Immutable once loaded.

/// `success.codes` (SEMANTICS 2.7): exact codes, or hundreds (`2xx`).
class SuccessCodes {
public:
    /// 1xx, 2xx, 3xx.
    SuccessCodes();
    /// `1xx,2xx,400`; none when a part is neither a status nor a hundred.
    static std::optional<SuccessCodes> parse(std::string_view text);
    bool contains(int status) const;

private:
    std::uint16_t hundreds_ = 0;  // bit n = nxx
    std::vector<int> exact_;
};

/// `<LoadBalancer>`: target servers of the environment, by name.
struct LoadBalancer {
    enum class Algorithm : std::uint8_t { round_robin, weighted, least_connections };
    struct Server {
        std::string name;
        std::int64_t weight = 1;  ///< weighted only
        bool fallback = false;    ///< used only when all others are out
    };

    Algorithm algorithm = Algorithm::round_robin;
    std::vector<Server> servers;
    std::int64_t max_failures = 0;  ///< failures in a row that take a server out; 0 = never
    bool retry = true;              ///< try the next server on a connection failure
};

/// `<SSLInfo>`. The scheme of the URL decides whether TLS is used; target servers have no scheme,
/// there `enabled` counts.
struct TlsSettings {
    bool enabled = false;
    bool ignore_validation_errors = false;
};

/// `<HTTPTargetConnection>`.
struct HttpConnection {
    Template url;   ///< empty with a load balancer
    Template path;  ///< what follows the server's address with a load balancer
    std::optional<LoadBalancer> balancer;
    TlsSettings tls;
    SuccessCodes success;
    std::int64_t connect_timeout_ms = 0;  ///< `connect.timeout.millis`; 0 = the driver's
    std::int64_t io_timeout_ms = 0;       ///< `io.timeout.millis`; 0 = the driver's
};

/// `<LocalTargetConnection>`: another proxy of the same gateway, by name or by path.
struct LocalConnection {
    Template api_proxy;       ///< apiproxy.name; empty = by path
    Template proxy_endpoint;  ///< empty = `default`
    Template path;            ///< a path as a client would send it
};

}  // namespace catchrule
