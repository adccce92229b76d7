// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/gateway/options.hpp"

namespace catchrule::proxy {

/// Where a call to a target goes.
struct TargetAddress {
    std::string name;  ///< host of the URL: for Host, SNI and the check of the certificate
    std::string host;  ///< to connect to: name or address, without brackets
    std::uint16_t port = 80;
    bool tls = false;
    bool verify = true;      ///< with tls: check certificate and name
    std::string host_field;  ///< `name`, with the URL's port unless it is the scheme's own
    std::string target;      ///< path and query

    /// Calls with the same key may share a connection.
    std::string pool_key() const;
};

/// Takes an absolute http or https URL apart and applies the first override that fits; none when it
/// is no such URL. The path is left as it is, whatever it holds.
std::optional<TargetAddress> parse_target_url(std::string_view url,
                                              const std::vector<TargetOverride>& overrides);

}  // namespace catchrule::proxy
