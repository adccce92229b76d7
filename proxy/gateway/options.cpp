// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/options.hpp"

#include <charconv>

namespace catchrule::proxy {
namespace {

struct HostPort {
    std::string_view host;
    std::optional<std::uint16_t> port;
};

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (text.empty() || failure != std::errc{} || end != text.data() + text.size()) return {};
    return port;
}

// HOST, HOST:PORT or [V6]:PORT; none when the port is no number or a bracket is missing.
std::optional<HostPort> split_host_port(std::string_view text) {
    std::string_view host = text;
    std::string_view port;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return {};
        host = text.substr(1, close - 1);
        port = text.substr(close + 1);
    } else if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        port = text.substr(colon);
        if (host.find(':') != std::string_view::npos) return {};
    }
    if (host.empty()) return {};
    if (port.empty()) return HostPort{host, {}};
    if (!port.starts_with(':')) return {};
    const auto number = parse_port(port.substr(1));
    if (!number) return {};
    return HostPort{host, number};
}

}  // namespace

std::optional<ListenAddress> parse_listen_address(std::string_view text, std::string& error) {
    const auto parts = split_host_port(text);
    if (!parts || !parts->port) {
        error = "\"" + std::string(text) + "\" is not ADDR:PORT, e.g. 127.0.0.1:8080";
        return {};
    }
    const std::string_view address = parts->host == "localhost" ? "127.0.0.1" : parts->host;
    return ListenAddress{std::string(address), *parts->port};
}

std::optional<TargetOverride> parse_target_override(std::string_view text, std::string& error) {
    const auto refuse = [&](std::string_view why) {
        error = "\"" + std::string(text) + "\" is not HOST[:PORT]=ADDR:PORT[,tls=off]: ";
        error += why;
        return std::optional<TargetOverride>{};
    };
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return refuse("no \"=\"");
    std::string_view to = text.substr(equals + 1);
    TargetOverride made;
    if (const auto comma = to.find(','); comma != std::string_view::npos) {
        const std::string_view option = to.substr(comma + 1);
        if (option != "tls=off" && option != "tls=on") return refuse("after \",\" only tls=off");
        made.tls_off = option == "tls=off";
        to = to.substr(0, comma);
    }
    const auto from = split_host_port(text.substr(0, equals));
    if (!from || from->port == 0) return refuse("bad host or port before \"=\"");
    const auto target = split_host_port(to);
    if (!target || !target->port) return refuse("bad address or port after \"=\"");
    if (*target->port == 0) return refuse("port 0 after \"=\"");
    made.host = from->host;
    made.port = from->port.value_or(0);
    made.address = target->host;
    made.to_port = *target->port;
    return made;
}

}  // namespace catchrule::proxy
