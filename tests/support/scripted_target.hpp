// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/socket.hpp"

namespace catchrule::test {

/// A target that does what the last element of the request's path says:
///
///   ok            200, body "ok"                 echo      200, the request's bytes as body
///   missing       404, body "no such thing"      chunked   200 in two chunks and a trailer
///   to-the-end    200, body ends with the connection
///   interim       103, then 200                  slow      200 after half a second
///   close         closes without a byte          reset     resets without a byte
///   never         never answers                  garbage   something that is not HTTP
///   half          fewer bytes than announced     both      Content-Length and Transfer-Encoding
///   once          200, keeps the connection, closes it on the next request
///   big           200, 11 MiB              status-N  N, body "of the target"
///
/// Anything else is 200 with an empty body. Connections are kept alive.
class ScriptedTarget {
public:
    ScriptedTarget();
    ~ScriptedTarget();
    ScriptedTarget(const ScriptedTarget&) = delete;
    ScriptedTarget& operator=(const ScriptedTarget&) = delete;

    std::uint16_t port() const { return listener_.port(); }
    int connections() const { return connections_; }
    int requests() const { return requests_; }
    /// Head and body of the last request.
    std::string last_request() const;

private:
    void accept_all();
    void serve(Socket client);
    bool answer(Socket& client, const std::string& request, std::string& previous);

    Socket listener_ = Socket::bound(64);
    std::atomic<bool> stopping_ = false;
    std::atomic<int> connections_ = 0;
    std::atomic<int> requests_ = 0;
    mutable std::mutex mutex_;
    std::string last_request_;
    std::vector<std::thread> sessions_;  // accept_all() only, until it has ended
    std::thread acceptor_;
};

}  // namespace catchrule::test
