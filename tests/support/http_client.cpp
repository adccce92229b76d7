// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_client.hpp"

#include <cstdlib>

#include <strings.h>

namespace catchrule::test {
namespace {

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

// Head without its empty line, e.g. "HTTP/1.1 200 OK\r\nDate: ...".
std::optional<HttpReply> parse_head(std::string_view head) {
    if (!head.starts_with("HTTP/1.1 ")) return {};
    HttpReply reply;
    reply.status = std::atoi(std::string(head.substr(9, 3)).c_str());
    for (auto at = head.find("\r\n"); at != std::string_view::npos;) {
        const auto end = head.find("\r\n", at + 2);
        const auto line = head.substr(at + 2, end == std::string_view::npos ? end : end - at - 2);
        const auto colon = line.find(": ");
        if (colon == std::string_view::npos) return {};
        reply.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
        at = end;
    }
    return reply;
}

}  // namespace

std::string HttpReply::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (same_name(key, name)) return value;
    }
    return {};
}

std::size_t HttpReply::count(std::string_view name) const {
    std::size_t found = 0;
    for (const auto& entry : headers) found += same_name(entry.first, name) ? 1 : 0;
    return found;
}

std::optional<HttpReply> HttpClient::read(bool to_head) {
    std::size_t end = 0;
    while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
        if (socket_.receive(pending_, timeout_) != Socket::Got::bytes) return {};
    }
    auto reply = parse_head(std::string_view(pending_).substr(0, end));
    if (!reply) return {};
    pending_.erase(0, end + 4);
    const std::size_t size =
        to_head ? 0 : std::strtoull(reply->header("Content-Length").c_str(), nullptr, 10);
    while (pending_.size() < size) {
        if (socket_.receive(pending_, timeout_) != Socket::Got::bytes) return {};
    }
    reply->body = pending_.substr(0, size);
    pending_.erase(0, size);
    return reply;
}

std::optional<HttpReply> HttpClient::ask(std::string_view bytes, bool to_head) {
    send(bytes);  // a server may answer and close before it has read everything
    return read(to_head);
}

std::optional<HttpReply> HttpClient::get(std::string_view path, std::string_view more_headers) {
    std::string request = "GET ";
    request.append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
    request.append(more_headers).append("\r\n");
    return ask(request);
}

bool HttpClient::is_closed(Milliseconds within) {
    return socket_.receive(pending_, within) == Socket::Got::end && pending_.empty();
}

std::string HttpClient::read_raw(std::size_t size) {
    while (pending_.size() < size) {
        if (socket_.receive(pending_, timeout_) != Socket::Got::bytes) break;
    }
    const std::string bytes = pending_.substr(0, size);
    pending_.erase(0, size);
    return bytes;
}

}  // namespace catchrule::test
