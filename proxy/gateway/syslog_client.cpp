// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/syslog_client.hpp"

#include <chrono>

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace catchrule::proxy {
namespace {

constexpr timeval send_timeout{2, 0};
constexpr std::chrono::seconds retry_after{5};
constexpr std::size_t most_peers = 64;

// A connected socket; -1 when there is none to be had.
int connect_to(const std::string& host, std::uint16_t port, bool tcp) {
    addrinfo wanted{};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = tcp ? SOCK_STREAM : SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) return -1;
    int connected = -1;
    for (const addrinfo* each = found; each != nullptr && connected < 0; each = each->ai_next) {
        const int made = ::socket(each->ai_family, each->ai_socktype | SOCK_CLOEXEC, 0);
        if (made < 0) continue;
        ::setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &send_timeout, sizeof send_timeout);
        if (::connect(made, each->ai_addr, each->ai_addrlen) == 0) {
            connected = made;
        } else {
            ::close(made);
        }
    }
    ::freeaddrinfo(found);
    return connected;
}

bool send_all(int socket, const char* bytes, std::size_t size) {
    while (size > 0) {
        const auto sent = ::send(socket, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

}  // namespace

struct SyslogClient::Peer {
    Peer() = default;
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    ~Peer() { close(); }
    void close() {
        if (socket >= 0) ::close(socket);
        socket = -1;
    }

    int socket = -1;
    std::chrono::steady_clock::time_point not_before{};
};

SyslogClient::SyslogClient() = default;
SyslogClient::~SyslogClient() = default;

SyslogClient::Peer& SyslogClient::peer_of(const std::string& host, std::uint16_t port, bool tcp) {
    const std::string key = host + '|' + std::to_string(port) + (tcp ? "|tcp" : "|udp");
    if (peers_.size() >= most_peers && peers_.find(key) == peers_.end()) peers_.clear();
    return peers_[key];
}

bool SyslogClient::send(const std::string& host, std::uint16_t port, bool tcp,
                        const std::string& line) {
    Peer& peer = peer_of(host, port, tcp);
    const std::string bytes = tcp ? line + '\n' : line;
    // A connection that the server has closed fails once; then a new one is tried.
    for (int attempt = 0; attempt < 2; ++attempt) {
        const bool reused = peer.socket >= 0;
        if (!reused) {
            const auto now = std::chrono::steady_clock::now();
            if (now < peer.not_before) return false;
            peer.socket = connect_to(host, port, tcp);
            if (peer.socket < 0) {
                peer.not_before = now + retry_after;
                return false;
            }
        }
        if (send_all(peer.socket, bytes.data(), bytes.size())) return true;
        peer.close();
        if (!reused) return false;
    }
    return false;
}

}  // namespace catchrule::proxy
