// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/socket.hpp"

namespace catchrule::test {

/// A UDP socket of the loopback that keeps every datagram it gets, in order.
class DatagramSink {
public:
    DatagramSink();

    std::uint16_t port() const { return socket_.port(); }
    /// What has come once there are `count`, or after `timeout`.
    std::vector<std::string> wait_for(std::size_t count, Milliseconds timeout = Milliseconds(5000));

private:
    void receive(const std::stop_token& stopping);

    Socket socket_;
    std::mutex mutex_;
    std::vector<std::string> got_;
    std::jthread reader_;  // last: it ends before what it uses
};

}  // namespace catchrule::test
