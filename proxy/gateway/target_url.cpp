// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/target_url.hpp"

#include <algorithm>
#include <charconv>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "proxy/http/headers.hpp"

namespace catchrule::proxy {
namespace {

// None when the digits are no port; Boost.URL leaves the range to us.
std::optional<std::uint16_t> port_or(std::string_view digits, std::uint16_t usual) {
    if (digits.empty()) return usual;
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (failure != std::errc{} || port == 0) return {};
    return port;
}

}  // namespace

std::string TargetAddress::pool_key() const {
    return host + '|' + std::to_string(port) +
           (tls ? (verify ? "|tls|" : "|unverified|") + name : std::string());
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

    const std::uint16_t usual = secure ? 443 : 80;
    const auto port = port_or(parsed->port(), usual);
    if (!port) return {};
    TargetAddress address;
    address.name = parsed->host_address();
    address.host = address.name;
    address.port = *port;
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
