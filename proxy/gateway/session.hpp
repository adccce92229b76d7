// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "engine/message.hpp"
#include "proxy/gateway/deadline.hpp"
#include "proxy/gateway/exchange.hpp"
#include "proxy/http/headers.hpp"
#include "proxy/http/request_reader.hpp"
#include "proxy/http/writer.hpp"

namespace catchrule::proxy {

struct Worker;

/// What a listener serves.
enum class Role : std::uint8_t { proxy, admin };

/// One client connection: reads a request, has it answered, and again, in order, until one side has
/// enough. Lives on its worker's thread.
class Session {
public:
    /// `worker` must outlive this.
    Session(Worker& worker, boost::asio::ip::tcp::socket socket, Role role);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    boost::asio::awaitable<void> run();

    /// Ends a connection that waits for its next request; others end after their reply.
    void close_if_idle();

    Role role() const { return role_; }

private:
    enum class Received : std::uint8_t { request, refused, gone };
    enum class Filled : std::uint8_t { some, timed_out, closed };

    boost::asio::awaitable<Received> receive();
    boost::asio::awaitable<Filled> fill();
    boost::asio::awaitable<bool> refuse();
    // By reference: g++ 12 copies the bytes of a temporary into the coroutine's frame, not the
    // object.
    boost::asio::awaitable<bool> answer(Message&& request);
    boost::asio::awaitable<bool> run_exchange(Exchange& exchange);
    boost::asio::awaitable<CalloutReply> call_out(Callout&& callout, const Exchange& exchange);
    boost::asio::awaitable<bool> send_reply(const Message& reply);
    boost::asio::awaitable<bool> write(std::string_view bytes);
    boost::asio::awaitable<void> linger();

    Worker& worker_;
    boost::asio::ip::tcp::socket socket_;
    Deadline deadline_;
    Role role_;
    bool idle_ = false;
    Client client_;
    std::uint16_t client_port_ = 0;
    std::string local_address_;
    int local_port_ = 0;

    std::array<char, 16 * 1024> block_;
    std::string pending_;  // received, not yet taken by a reader
    std::optional<RequestReader> reader_;
    Refusal refusal_;
    std::string request_id_;  // of the request in work
    ReplyStyle style_;        // of the reply in work
};

}  // namespace catchrule::proxy
