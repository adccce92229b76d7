// SPDX-License-Identifier: Apache-2.0
#include "tests/support/socket.hpp"

#include <array>
#include <cerrno>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace catchrule::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

bool wait_for(int descriptor, short events, Milliseconds timeout) {
    pollfd entry{descriptor, events, 0};
    return ::poll(&entry, 1, static_cast<int>(timeout.count())) > 0;
}

int new_socket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

}  // namespace

Socket& Socket::operator=(Socket&& other) noexcept {
    if (this == &other) return *this;
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
    return *this;
}

Socket::~Socket() { close(); }

Socket Socket::connect(std::uint16_t port) {
    Socket socket(new_socket());
    if (!socket.is_open()) return socket;
    const sockaddr_in address = loopback(port);
    if (::connect(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address),
                  sizeof address) != 0) {
        socket.close();
        return socket;
    }
    const int on = 1;
    ::setsockopt(socket.descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

Socket Socket::bound(int backlog) {
    Socket socket(new_socket());
    if (!socket.is_open()) return socket;
    const sockaddr_in address = loopback(0);
    if (::bind(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
            0 ||
        (backlog >= 0 && ::listen(socket.descriptor_, backlog) != 0)) {
        socket.close();
    }
    return socket;
}

Socket Socket::bound_datagram() {
    Socket socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const sockaddr_in address = loopback(0);
    if (::bind(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
        0) {
        socket.close();
    }
    return socket;
}

std::uint16_t Socket::port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

bool Socket::send(std::string_view bytes, Milliseconds timeout) const {
    if (!is_open()) return false;
    while (!bytes.empty()) {
        if (!wait_for(descriptor_, POLLOUT, timeout)) return false;
        const auto sent =
            ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN) return false;
        if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

Socket::Got Socket::receive(std::string& to, Milliseconds timeout) const {
    if (!is_open()) return Got::reset;
    if (!wait_for(descriptor_, POLLIN, timeout)) return Got::nothing;
    std::array<char, 65536> block;
    const auto got = ::recv(descriptor_, block.data(), block.size(), 0);
    if (got < 0) return Got::reset;
    if (got == 0) return Got::end;
    to.append(block.data(), static_cast<std::size_t>(got));
    return Got::bytes;
}

Socket Socket::accept(Milliseconds timeout) const {
    if (!wait_for(descriptor_, POLLIN, timeout)) return Socket();
    return Socket(::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC));
}

void Socket::close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
}

void Socket::reset() {
    const linger at_once{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
}

void Socket::shutdown_send() const { ::shutdown(descriptor_, SHUT_WR); }

}  // namespace catchrule::test
