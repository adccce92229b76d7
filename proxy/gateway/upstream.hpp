// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "engine/flow_machine.hpp"
#include "proxy/gateway/options.hpp"
#include "proxy/gateway/target_stream.hpp"
#include "proxy/gateway/target_url.hpp"

namespace catchrule::proxy {

/// Calls targets, and keeps their connections for the next call. One per worker, used on its thread
/// only.
class Upstream {
public:
    /// All references must outlive this.
    Upstream(boost::asio::io_context& context, const GatewayOptions& options, const TlsClient& tls);

    /// TargetReplied or TargetFailed. `call` must outlive the wait.
    boost::asio::awaitable<Event> call(const CallTarget& call);

    /// Closes the connections nobody uses.
    void close_idle() { idle_.clear(); }

private:
    using Clock = std::chrono::steady_clock;
    struct Idle {
        TargetStreamPtr stream;
        Clock::time_point since;
    };
    struct Connected {
        TargetStreamPtr stream;
        TargetFailure failure = TargetFailure::refused;  // when there is no stream
    };
    struct Resolved;
    struct Answer;

    TargetStreamPtr take_idle(const std::string& key);
    void keep(const std::string& key, TargetStreamPtr stream);
    void forget_old();

    boost::asio::awaitable<Connected> connect(const TargetAddress& address);
    boost::asio::awaitable<Resolved> resolve(const TargetAddress& address,
                                             Clock::time_point deadline);
    boost::asio::awaitable<Answer> ask(TargetStream& stream, const TargetAddress& address,
                                       const Message& request);
    boost::asio::awaitable<Answer> read_reply(TargetStream& stream, bool to_head);

    boost::asio::io_context& context_;
    const GatewayOptions& options_;
    const TlsClient& tls_;
    std::map<std::string, std::vector<Idle>, std::less<>> idle_;
    Clock::time_point swept_{};
};

}  // namespace catchrule::proxy
