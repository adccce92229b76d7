// SPDX-License-Identifier: Apache-2.0
#include "proxy/http/writer.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "proxy/http/headers.hpp"

namespace catchrule::proxy {
namespace {

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 18 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// A line break in a value would begin another field.
void append_value(std::string& out, std::string_view value) {
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte >= ' ' && byte != 0x7f) || c == '\t') out += c;
    }
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    if (!is_token(name)) return;
    out.append(name).append(": ");
    append_value(out, value);
    out += "\r\n";
}

void append_fields(std::string& out, Fields headers,
                   std::initializer_list<std::string_view> except) {
    remove_hop_by_hop(headers);
    for (const std::string_view name : except) headers.remove(name);
    for (const Field& field : headers.items()) append_field(out, field.name, field.value);
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

// Bodies of these verbs mean something even when they are empty (RFC 9110, 8.6).
bool sends_body(std::string_view verb) {
    return verb == "POST" || verb == "PUT" || verb == "PATCH";
}

// No byte of a path or query may end the request line.
std::string safe_target(std::string_view target) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : target) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > ' ' && byte != 0x7f && c != '#') {
            out += c;
        } else {
            out.append({'%', digits[byte >> 4], digits[byte & 15]});
        }
    }
    return out.starts_with('/') ? out : "/" + out;
}

}  // namespace

Framed frame_reply(const Message& reply, std::string_view request_id, const ReplyStyle& style) {
    // An interim status from a policy would leave the client waiting.
    const int status = reply.status >= 200 && reply.status <= 999 ? reply.status : 500;
    const std::string_view reason = reply.reason.empty() ? reason_phrase(status) : reply.reason;
    Framed framed;
    framed.head = "HTTP/1.1 " + std::to_string(status) + " ";
    append_value(framed.head, reason);
    framed.head += "\r\n";
    append_fields(framed.head, reply.headers, {"Content-Length", "Date", "X-Request-ID"});
    append_field(framed.head, "X-Request-ID", request_id);
    append_field(framed.head, "Date", format_date(style.now));
    if (may_have_body(status)) {
        const auto announced = reply.headers.first("Content-Length");
        const bool of_target =
            style.to_head && reply.content.empty() && announced && is_number(*announced);
        append_field(framed.head, "Content-Length",
                     of_target ? std::string(*announced) : std::to_string(reply.content.size()));
        if (!style.to_head) framed.body = reply.content;
    }
    if (style.close) {
        append_field(framed.head, "Connection", "close");
    } else if (style.keep_alive) {
        append_field(framed.head, "Connection", "keep-alive");
    }
    framed.head += "\r\n";
    return framed;
}

Framed frame_request(const Message& request, std::string_view target, std::string_view host) {
    Framed framed;
    framed.head = (is_token(request.verb) ? request.verb : "GET") + " " + safe_target(target);
    framed.head += " HTTP/1.1\r\n";
    append_field(framed.head, "Host", host);
    append_fields(framed.head, request.headers, {"Host", "Content-Length", "Expect"});
    if (!request.content.empty() || sends_body(request.verb)) {
        append_field(framed.head, "Content-Length", std::to_string(request.content.size()));
    }
    framed.head += "\r\n";
    framed.body = request.content;
    return framed;
}

std::string format_date(std::int64_t now) {
    const auto seconds = static_cast<std::time_t>(now / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    // The names are English: nobody calls setlocale here.
    const std::size_t size =
        std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), size};
}

}  // namespace catchrule::proxy
