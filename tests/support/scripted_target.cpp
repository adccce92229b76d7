// SPDX-License-Identifier: Apache-2.0
#include "tests/support/scripted_target.hpp"

#include <cstdlib>

namespace catchrule::test {
namespace {

constexpr Milliseconds look_interval{20};

std::string reply(int status, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) + " Whatever\r\nContent-Type: text/plain\r\n" +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// "GET /a/b/ok?x=y HTTP/1.1" -> "ok".
std::string action_of(const std::string& request) {
    const auto begin = request.find(' ') + 1;
    std::string target = request.substr(begin, request.find(' ', begin) - begin);
    target = target.substr(0, target.find('?'));
    return target.substr(target.rfind('/') + 1);
}

// Takes one request with a body of known length off `bytes`; empty = not complete yet.
std::string take_request(std::string& bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    std::size_t size = end + 4;
    if (const auto length = bytes.find("Content-Length: "); length < end) {
        size += std::strtoull(bytes.c_str() + length + 16, nullptr, 10);
    }
    if (bytes.size() < size) return {};
    std::string request = bytes.substr(0, size);
    bytes.erase(0, size);
    return request;
}

}  // namespace

ScriptedTarget::ScriptedTarget() : acceptor_([this] { accept_all(); }) {}

ScriptedTarget::~ScriptedTarget() {
    stopping_ = true;
    acceptor_.join();
    for (std::thread& session : sessions_) session.join();
}

std::string ScriptedTarget::last_request() const {
    const std::lock_guard lock(mutex_);
    return last_request_;
}

void ScriptedTarget::accept_all() {
    while (!stopping_) {
        Socket client = listener_.accept(look_interval);
        if (!client.is_open()) continue;
        ++connections_;
        sessions_.emplace_back(
            [this, taken = std::move(client)]() mutable { serve(std::move(taken)); });
    }
}

void ScriptedTarget::serve(Socket client) {
    std::string bytes;
    std::string previous;
    while (!stopping_) {
        const auto got = client.receive(bytes, look_interval);
        if (got == Socket::Got::nothing) continue;
        if (got != Socket::Got::bytes) return;
        for (std::string request; !(request = take_request(bytes)).empty();) {
            ++requests_;
            {
                const std::lock_guard lock(mutex_);
                last_request_ = request;
            }
            if (!answer(client, request, previous)) return;
        }
    }
}

// Says whether the connection goes on.
bool ScriptedTarget::answer(Socket& client, const std::string& request, std::string& previous) {
    const bool after_once = previous == "once";
    const std::string action = action_of(request);
    previous = action;
    if (after_once || action == "close") return false;
    if (action == "reset") {
        client.reset();
        return false;
    }
    if (action == "never") {
        while (!stopping_) std::this_thread::sleep_for(look_interval);
        return false;
    }
    if (action == "garbage") return client.send("this is not HTTP\r\n\r\n");
    if (action == "to-the-end") {
        client.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
        return false;
    }
    if (action == "half") {
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        return false;
    }
    if (action == "both") {
        return client.send(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }
    if (action == "chunked") {
        return client.send(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: X-Hop\r\nX-Hop: 1\r\n"
            "X-Reply: yes\r\n\r\n5\r\nhello\r\n7;ext=1\r\n, world\r\n0\r\nX-Trailer: t\r\n\r\n");
    }
    if (action == "interim") client.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
    if (action == "slow") std::this_thread::sleep_for(Milliseconds(500));
    if (action == "big") return client.send(reply(200, std::string(11 * 1024 * 1024, 'x')));
    if (action == "missing") return client.send(reply(404, "no such thing"));
    if (action == "echo") return client.send(reply(200, request));
    if (action.starts_with("status-")) {
        const int status = std::atoi(action.c_str() + 7);
        return client.send(reply(status, status == 204 || status == 304 ? "" : "of the target"));
    }
    const bool has_body =
        action == "ok" || action == "slow" || action == "interim" || action == "once";
    std::string answer = reply(200, has_body ? "ok" : "");
    if (request.starts_with("HEAD ")) answer.resize(answer.find("\r\n\r\n") + 4);
    return client.send(answer);
}

}  // namespace catchrule::test
