// SPDX-License-Identifier: Apache-2.0
#include "tests/support/datagram_sink.hpp"

#include <sys/socket.h>

namespace catchrule::test {
namespace {

constexpr Milliseconds look_interval{10};

}  // namespace

DatagramSink::DatagramSink()
    : socket_(Socket::bound_datagram()),
      reader_([this](const std::stop_token& stopping) { receive(stopping); }) {
    const int bytes = 1 << 20;
    ::setsockopt(socket_.descriptor(), SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void DatagramSink::receive(const std::stop_token& stopping) {
    while (!stopping.stop_requested()) {
        std::string datagram;
        if (socket_.receive(datagram, look_interval) != Socket::Got::bytes) continue;
        const std::lock_guard lock(mutex_);
        got_.push_back(std::move(datagram));
    }
}

std::vector<std::string> DatagramSink::wait_for(std::size_t count, Milliseconds timeout) {
    const auto end = std::chrono::steady_clock::now() + timeout;
    for (;;) {
        {
            const std::lock_guard lock(mutex_);
            if (got_.size() >= count || std::chrono::steady_clock::now() > end) return got_;
        }
        std::this_thread::sleep_for(look_interval);
    }
}

}  // namespace catchrule::test
