// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace catchrule::test {

using Milliseconds = std::chrono::milliseconds;

/// A blocking socket on the loopback, TCP unless said otherwise; every wait has a time-out.
/// -1 = none.
class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Socket& operator=(Socket&& other) noexcept;
    ~Socket();

    static Socket connect(std::uint16_t port);
    /// Bound to a free port of the loopback, and listening when `backlog` is not negative.
    static Socket bound(int backlog);
    /// For UDP, bound to a free port of the loopback; a receive() is one datagram.
    static Socket bound_datagram();

    bool is_open() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }
    std::uint16_t port() const;

    /// Whether all of it went out in time.
    bool send(std::string_view bytes, Milliseconds timeout = Milliseconds(5000)) const;

    enum class Got : std::uint8_t { bytes, end, reset, nothing };
    /// Appends what comes next to `to`.
    Got receive(std::string& to, Milliseconds timeout) const;

    /// The next connection of a listening socket; closed when none comes in time.
    Socket accept(Milliseconds timeout) const;

    void close();
    /// Closes so that the peer sees a reset.
    void reset();
    void shutdown_send() const;

private:
    int descriptor_ = -1;
};

}  // namespace catchrule::test
