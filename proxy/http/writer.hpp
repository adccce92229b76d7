// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/message.hpp"

namespace catchrule::proxy {

// Message -> bytes. Whatever the flow put into a message, what is written is one well-formed
// message: names that are no tokens and control characters in values are left out, framing fields
// are made here.

/// How a reply is framed.
struct ReplyStyle {
    bool to_head = false;     ///< the request was HEAD: no body
    bool close = false;       ///< say Connection: close
    bool keep_alive = false;  ///< say Connection: keep-alive (HTTP/1.0)
    std::int64_t now = 0;     ///< milliseconds since 1970, for Date
};

/// Head of a message, and the part of the message's content to send after it.
struct Framed {
    std::string head;
    std::string_view body;
};

/// `request_id` goes out as X-Request-ID whatever the reply says. `reply` must outlive the result.
Framed frame_reply(const Message& reply, std::string_view request_id, const ReplyStyle& style);

/// `target` is path and query, `host` the Host field. `request` must outlive the result.
Framed frame_request(const Message& request, std::string_view target, std::string_view host);

/// IMF-fixdate: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string format_date(std::int64_t now);

}  // namespace catchrule::proxy
