// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/socket.hpp"

namespace catchrule::test {

struct HttpReply {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    /// The first header of that name (any case); empty when there is none.
    std::string header(std::string_view name) const;
    std::size_t count(std::string_view name) const;
};

/// One connection of a client that sends exactly the bytes it is told to.
class HttpClient {
public:
    explicit HttpClient(std::uint16_t port, Milliseconds timeout = Milliseconds(10000))
        : socket_(Socket::connect(port)), timeout_(timeout) {}

    bool send(std::string_view bytes) const { return socket_.send(bytes, timeout_); }

    /// The next reply; none when the connection ends or the time is over before it is complete.
    /// `to_head`: no body follows.
    std::optional<HttpReply> read(bool to_head = false);

    /// send, then read.
    std::optional<HttpReply> ask(std::string_view bytes, bool to_head = false);

    /// GET of `path`, with more header lines (each with its CR LF).
    std::optional<HttpReply> get(std::string_view path, std::string_view more_headers = {});

    /// Whether the peer closes in an orderly way, without sending more.
    bool is_closed(Milliseconds within);

    /// Waits for bytes that are not a complete reply yet, e.g. 100 Continue.
    std::string read_raw(std::size_t size);

    Socket& socket() { return socket_; }

private:
    Socket socket_;
    Milliseconds timeout_;
    std::string pending_;
};

}  // namespace catchrule::test
