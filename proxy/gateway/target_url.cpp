// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/target_url.hpp"

#include <algorithm>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "proxy/http/headers.hpp"

namespace catchrule::proxy {

std::string TargetAddress::pool_key() const {
    return host + '|' + std::to_string(port) + (tls ? "|tls|" + name : std::string());
}

std::optional<TargetAddress> parse_target_url(std::string_view url,
                                              const std::vector<TargetOverride>& overrides) {
    const auto scheme_end = url.find("://");
    if (scheme_end == std::string_view::npos) return {};
    const auto path = std::min(url.find_first_of("/?#", scheme_end + 3), url.size());
    const auto parsed = boost::urls::parse_uri(url.substr(0, path));
    if (!parsed) return {};
    const bool secure = parsed->scheme_id() == boost::urls::scheme::https;
    if (!secure && parsed->scheme_id() != boost::urls::scheme::http) return {};
    if (parsed->encoded_host().empty()) return {};
    if (parsed->has_port() && !parsed->port().empty() && parsed->port_number() == 0) return {};

    const std::uint16_t usual = secure ? 443 : 80;
    TargetAddress address;
    address.name = parsed->host_address();
    address.host = address.name;
    address.port = parsed->port_number() != 0 ? parsed->port_number() : usual;
    address.tls = secure;
    address.host_field = parsed->encoded_host();
    if (address.port != usual) address.host_field += ':' + std::to_string(address.port);
    address.target = url.substr(path, url.find('#', path) - path);
    if (!address.target.starts_with('/')) address.target.insert(0, 1, '/');

    for (const TargetOverride& each : overrides) {
        if (!same_word(each.host, address.name)) continue;
        if (each.port != 0 && each.port != address.port) continue;
        address.host = each.address;
        address.port = each.to_port;
        address.tls = address.tls && !each.tls_off;
        break;
    }
    return address;
}

}  // namespace catchrule::proxy
