// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

namespace catchrule::proxy {

/// Cancels what a socket is doing when the time is over; unlike a Beast stream it leaves the socket
/// open, so that a late client can still be told. One thread. `socket` must outlive this.
class Deadline {
public:
    explicit Deadline(boost::asio::ip::tcp::socket& socket)
        : state_(std::make_shared<State>(socket)) {}
    ~Deadline() {
        state_->socket = nullptr;
        state_->timer.cancel();
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    /// Starts anew: from now on `time` is left for everything until the next call.
    void expires_after(std::chrono::milliseconds time) {
        state_->over = false;
        state_->timer.expires_after(time);
        // A wait that had ended before it was replaced finds the new expiry ahead of it.
        state_->timer.async_wait([state = state_](boost::system::error_code error) {
            if (error || std::chrono::steady_clock::now() < state->timer.expiry()) return;
            state->over = true;
            boost::system::error_code ignored;
            if (state->socket != nullptr) state->socket->cancel(ignored);
        });
    }

    void stop() {
        state_->over = false;
        state_->timer.cancel();
    }

    /// Check before starting an operation, and after it to tell why it failed.
    bool over() const { return state_->over; }

private:
    struct State {
        explicit State(boost::asio::ip::tcp::socket& given)
            : socket(&given), timer(given.get_executor()) {}
        boost::asio::ip::tcp::socket* socket;
        boost::asio::steady_timer timer;
        bool over = false;
    };
    std::shared_ptr<State> state_;
};

}  // namespace catchrule::proxy
