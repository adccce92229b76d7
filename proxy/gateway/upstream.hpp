// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "engine/flow_machine.hpp"
#include "proxy/gateway/balancer.hpp"
#include "proxy/gateway/options.hpp"
#include "proxy/gateway/target_stream.hpp"
#include "proxy/gateway/target_url.hpp"

namespace catchrule::proxy {

/// Calls targets, and keeps their connections for the next call. One per worker, used on its thread
/// only.
class Upstream {
public:
    /// All references must outlive this.
    Upstream(boost::asio::io_context& context, const GatewayOptions& options, const TlsClient& tls,
             Balancer& balancer);

    /// TargetReplied or TargetFailed. `call` must outlive the wait.
    boost::asio::awaitable<Event> call(const CallTarget& call);

    /// The reply to a callout within its time. `callout` must outlive the wait.
    boost::asio::awaitable<CalloutReply> call(const Callout& callout);

    /// Makes a callout nobody waits for; false = too many are under way, it is not made. `alive`
    /// is kept until it is over.
    bool start(Callout callout, std::shared_ptr<const Bundle> alive);

    /// Closes the connections nobody uses.
    void close_idle() { idle_.clear(); }

private:
    using Clock = std::chrono::steady_clock;
    struct Idle {
        TargetStreamPtr stream;
        Clock::time_point since;
    };
    /// One request and the times it may take.
    struct Wanted {
        const HttpConnection* connection = nullptr;  ///< null for a plain URL
        std::string_view url;
        const Message& request;
        std::chrono::milliseconds connect_time;
        std::chrono::milliseconds io_time;
        Clock::time_point end;  ///< of everything; max() = never
    };
    struct Connected {
        TargetStreamPtr stream;
        TargetFailure failure = TargetFailure::refused;  // when there is no stream
    };
    struct Resolved;
    struct Answer;
    struct Outcome;

    TargetStreamPtr take_idle(const std::string& key);
    void keep(const std::string& key, TargetStreamPtr stream);
    void forget_old();

    Wanted wanted(const HttpConnection* connection, std::string_view url,
                  const Message& request) const;
    boost::asio::awaitable<Outcome> send(const Wanted& wanted);
    boost::asio::awaitable<Outcome> send_balanced(const Wanted& wanted,
                                                  const LoadBalancer& balancer);
    boost::asio::awaitable<Outcome> send_to(const TargetAddress& address, const Wanted& wanted);
    boost::asio::awaitable<void> run_detached(Callout callout, std::shared_ptr<const Bundle> alive,
                                              std::shared_ptr<void> place);
    boost::asio::awaitable<Connected> connect(const TargetAddress& address, const Wanted& wanted);
    boost::asio::awaitable<Resolved> resolve(const TargetAddress& address,
                                             Clock::time_point deadline);
    boost::asio::awaitable<Answer> ask(TargetStream& stream, const TargetAddress& address,
                                       const Wanted& wanted);
    boost::asio::awaitable<Answer> read_reply(TargetStream& stream, const Wanted& wanted) const;

    boost::asio::io_context& context_;
    const GatewayOptions& options_;
    const TlsClient& tls_;
    Balancer& balancer_;
    std::shared_ptr<int> detached_ = std::make_shared<int>(0);  // callouts nobody waits for
    std::map<std::string, std::vector<Idle>, std::less<>> idle_;
    Clock::time_point swept_{};
};

}  // namespace catchrule::proxy
