// SPDX-License-Identifier: Apache-2.0
#include "proxy/http/refusal.hpp"

#include "engine/fault_catalog.hpp"

namespace catchrule::proxy {
namespace {

// 8192 -> "8,192".
std::string with_commas(std::size_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return digits;
}

}  // namespace

Fault refusal_fault(const Refusal& refusal, const Limits& limits, const Semantics& semantics) {
    switch (refusal.why) {
        case Refused::bad_request:
            return make_fault("protocol.http.BadRequest", semantics, {{"reason", refusal.text}});
        case Refused::line_too_long: {
            const std::string limit = with_commas(limits.request_line);
            return make_fault("protocol.http.TooBigLine", semantics, {{"limit", limit}});
        }
        case Refused::headers_too_big: {
            const std::string limit = with_commas(limits.header_bytes);
            return make_fault("protocol.http.TooBigHeaders", semantics, {{"limit", limit}});
        }
        case Refused::too_many_headers: {
            const std::string limit = with_commas(limits.headers) + " fields";
            return make_fault("protocol.http.TooBigHeaders", semantics, {{"limit", limit}});
        }
        case Refused::body_too_big:
            return make_fault("protocol.http.TooBigBody", semantics);
        case Refused::too_slow:
            return make_fault("messaging.adaptors.http.flow.RequestTimeOut", semantics);
    }
    return internal_error(semantics);
}

Fault application_not_found(const std::string& host, int port, const std::string& path,
                            const Semantics& semantics) {
    const std::string port_text = std::to_string(port);
    return make_fault("messaging.adaptors.http.flow.ApplicationNotFound", semantics,
                      {{"host", host}, {"port", port_text}, {"path", path}});
}

Fault internal_error(const Semantics& semantics) {
    return make_fault("messaging.runtime.InternalServerError", semantics);
}

Message fault_reply(const Fault& fault) {
    Message reply = Message::response(fault.status);
    reply.headers.set("Content-Type", "application/json");
    reply.content = default_fault_body(fault);
    return reply;
}

}  // namespace catchrule::proxy
