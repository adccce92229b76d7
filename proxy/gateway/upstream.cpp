// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/upstream.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/steady_timer.hpp>
#include <sys/socket.h>

#include "proxy/http/reply_reader.hpp"
#include "proxy/http/writer.hpp"
#include "proxy/log.hpp"

namespace catchrule::proxy {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Connections kept per target and worker, and how long.
constexpr std::size_t idle_limit = 64;
constexpr std::chrono::seconds idle_time{30};
constexpr std::chrono::seconds sweep_interval{5};

// Callouts nobody waits for, under way at once on one worker.
constexpr int detached_limit = 256;

struct PlainSocket {
    tcp::socket plain;
};

class PlainStream : private PlainSocket, public TargetStream {
public:
    explicit PlainStream(tcp::socket socket)
        : PlainSocket{std::move(socket)}, TargetStream(plain) {}

    tcp::socket& socket() override { return plain; }
    asio::awaitable<IoResult> handshake() override { co_return IoResult{}; }
    asio::awaitable<IoResult> read_some(asio::mutable_buffer buffer) override {
        if (deadline().over()) co_return too_late();
        auto [error, bytes] = co_await plain.async_read_some(buffer, awaited);
        co_return result(error, bytes);
    }
    asio::awaitable<IoResult> write_some(asio::const_buffer buffer) override {
        if (deadline().over()) co_return too_late();
        auto [error, bytes] = co_await plain.async_write_some(buffer, awaited);
        co_return result(error, bytes);
    }
};

// An idle connection must be silent: readable means closed, or bytes that answer nothing.
bool is_silent(tcp::socket& socket) {
    char byte = 0;
    const auto got = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

// Requests that may be sent twice without harm (RFC 9110, 9.2.2).
bool is_idempotent(std::string_view verb) {
    constexpr std::array<std::string_view, 6> verbs = {"GET",    "HEAD",    "PUT",
                                                       "DELETE", "OPTIONS", "TRACE"};
    return std::ranges::find(verbs, verb) != verbs.end();
}

// For one more step: the time without progress, or what is left of the whole.
std::chrono::milliseconds time_left(std::chrono::milliseconds io_time,
                                    std::chrono::steady_clock::time_point end) {
    using namespace std::chrono;
    if (end == steady_clock::time_point::max()) return io_time;
    return std::clamp(ceil<milliseconds>(end - steady_clock::now()), milliseconds(0), io_time);
}

TargetFailure connect_failure(const IoResult& result) {
    if (result.timed_out || result.error == asio::error::timed_out) {
        return TargetFailure::connect_timeout;
    }
    return result.error == asio::error::connection_reset ? TargetFailure::reset
                                                         : TargetFailure::refused;
}

}  // namespace

/// The addresses of a name; none = it has none, or the time was over.
struct Upstream::Resolved {
    std::vector<tcp::endpoint> endpoints;
    bool timed_out = false;
};

/// What a connection brought.
struct Upstream::Answer {
    std::optional<Message> reply;
    TargetFailure failure = TargetFailure::reset;  // when there is no reply
    bool silent = false;                           // not one byte came
    bool keep_alive = false;
};

/// What became of a request.
struct Upstream::Outcome {
    std::optional<Message> reply;
    TargetFailure failure = TargetFailure::refused;  // when there is no reply
    bool connected = false;  // a server was reached: another one must not get the request too
    std::string ip;
    std::string server;  // of a load balancer
    bool fallback = false;
};

Upstream::Upstream(asio::io_context& context, const GatewayOptions& options, const TlsClient& tls,
                   Balancer& balancer)
    : context_(context), options_(options), tls_(tls), balancer_(balancer) {}

TargetStreamPtr Upstream::take_idle(const std::string& key) {
    const auto found = idle_.find(key);
    if (found == idle_.end()) return nullptr;
    auto& list = found->second;
    while (!list.empty()) {
        Idle last = std::move(list.back());
        list.pop_back();
        if (Clock::now() - last.since < idle_time && is_silent(last.stream->socket())) {
            return std::move(last.stream);
        }
    }
    return nullptr;
}

void Upstream::keep(const std::string& key, TargetStreamPtr stream) {
    stream->deadline().stop();
    auto& list = idle_[key];
    if (list.size() < idle_limit) list.push_back({std::move(stream), Clock::now()});
    forget_old();
}

void Upstream::forget_old() {
    const auto now = Clock::now();
    if (now - swept_ < sweep_interval) return;
    swept_ = now;
    for (auto& [key, list] : idle_) {
        std::erase_if(list, [&](const Idle& each) { return now - each.since >= idle_time; });
    }
    std::erase_if(idle_, [](const auto& entry) { return entry.second.empty(); });
}

Upstream::Wanted Upstream::wanted(const HttpConnection* connection, std::string_view url,
                                  const Message& request) const {
    using std::chrono::milliseconds;
    Wanted made{.connection = connection,
                .url = url,
                .request = request,
                .connect_time = options_.limits.connect_timeout,
                .io_time = options_.limits.io_timeout,
                .end = Clock::time_point::max()};
    if (connection == nullptr) return made;
    if (const auto time = connection->connect_timeout_ms; time > 0) {
        made.connect_time = milliseconds(time);
    }
    if (const auto time = connection->io_timeout_ms; time > 0) made.io_time = milliseconds(time);
    return made;
}

asio::awaitable<Event> Upstream::call(const CallTarget& call) {
    const Wanted request = wanted(call.connection, call.url, *call.request);
    Outcome outcome = co_await send(request);
    if (!outcome.reply) co_return TargetFailed{outcome.failure};
    co_return TargetReplied{.response = std::move(*outcome.reply),
                            .ip = std::move(outcome.ip),
                            .server = std::move(outcome.server),
                            .fallback = outcome.fallback};
}

asio::awaitable<CalloutReply> Upstream::call(const Callout& callout) {
    Wanted request = wanted(callout.connection, callout.url, callout.request);
    request.end = Clock::now() + std::chrono::milliseconds(callout.timeout_ms);
    Outcome outcome = co_await send(request);
    if (!outcome.reply) co_return outcome.failure;
    co_return std::move(*outcome.reply);
}

bool Upstream::start(Callout callout, std::shared_ptr<const Bundle> alive) {
    if (*detached_ >= detached_limit) return false;
    ++*detached_;
    std::shared_ptr<void> place(nullptr, [count = detached_](void*) { --*count; });
    asio::co_spawn(context_, run_detached(std::move(callout), std::move(alive), std::move(place)),
                   asio::detached);
    return true;
}

asio::awaitable<void> Upstream::run_detached(Callout callout, std::shared_ptr<const Bundle> alive,
                                             std::shared_ptr<void> place) {
    const auto held = std::pair(std::move(alive), std::move(place));
    const CalloutReply reply = co_await call(callout);
    if (std::holds_alternative<TargetFailure>(reply)) {
        log::info("a callout nobody waits for got no reply from {}", callout.url);
    }
}

asio::awaitable<Upstream::Outcome> Upstream::send(const Wanted& wanted) {
    if (wanted.connection != nullptr && wanted.connection->balancer) {
        Outcome balanced = co_await send_balanced(wanted, *wanted.connection->balancer);
        co_return balanced;
    }
    auto address = parse_target_url(wanted.url, options_.overrides);
    if (!address) {
        Outcome none;
        none.failure = TargetFailure::name_not_found;
        co_return none;
    }
    address->verify =
        wanted.connection == nullptr || !wanted.connection->tls.ignore_validation_errors;
    Outcome outcome = co_await send_to(*address, wanted);
    co_return outcome;
}

// One server after the other, until one was reached or none is left.
asio::awaitable<Upstream::Outcome> Upstream::send_balanced(const Wanted& wanted,
                                                           const LoadBalancer& balancer) {
    Outcome outcome;
    outcome.failure = TargetFailure::no_active_server;
    std::vector<std::size_t> tried;
    const TlsSettings& tls = wanted.connection->tls;
    while (const auto pick = balancer_.begin(balancer, tried, Clock::now())) {
        tried.push_back(pick->index);
        const TargetServer& server = *pick->server;
        std::string url = server.tls || tls.enabled ? "https://" : "http://";
        const bool v6 = server.host.find(':') != std::string::npos;
        url += v6 ? '[' + server.host + ']' : server.host;
        url += ':' + std::to_string(server.port);
        if (!wanted.url.empty() && wanted.url.front() != '/' && wanted.url.front() != '?')
            url += '/';
        url += wanted.url;
        auto address = parse_target_url(url, options_.overrides);
        if (address) {
            address->verify = !tls.ignore_validation_errors;
            outcome = co_await send_to(*address, wanted);
        } else {
            outcome.failure = TargetFailure::name_not_found;
        }
        outcome.server = server.name;
        outcome.fallback = pick->fallback;
        balancer_.ended(balancer, pick->index, !outcome.connected, Clock::now());
        if (outcome.connected || !balancer.retry) break;
    }
    co_return outcome;
}

asio::awaitable<Upstream::Outcome> Upstream::send_to(const TargetAddress& address,
                                                     const Wanted& wanted) {
    Outcome outcome;
    const std::string key = address.pool_key();
    TargetStreamPtr stream = take_idle(key);
    bool reused = stream != nullptr;
    for (;;) {
        if (stream == nullptr) {
            Connected connected = co_await connect(address, wanted);
            if (connected.stream == nullptr) {
                outcome.failure = connected.failure;
                co_return outcome;
            }
            stream = std::move(connected.stream);
        }
        outcome.connected = true;
        error_code ignored;
        outcome.ip = stream->socket().remote_endpoint(ignored).address().to_string();
        Answer answer = co_await ask(*stream, address, wanted);
        if (answer.reply) {
            if (answer.keep_alive) keep(key, std::move(stream));
            outcome.reply = std::move(*answer.reply);
            co_return outcome;
        }
        stream.reset();
        // The target closed a kept connection while the request was under way.
        const bool again = reused && answer.silent && is_idempotent(wanted.request.verb);
        if (!again) {
            outcome.failure = answer.failure;
            co_return outcome;
        }
        reused = false;
        outcome.connected = false;
    }
}

asio::awaitable<Upstream::Connected> Upstream::connect(const TargetAddress& address,
                                                       const Wanted& wanted) {
    const auto deadline = std::min(Clock::now() + wanted.connect_time, wanted.end);
    Resolved resolved = co_await resolve(address, deadline);
    if (resolved.timed_out) co_return Connected{nullptr, TargetFailure::connect_timeout};
    Connected last{nullptr, TargetFailure::name_not_found};
    for (const tcp::endpoint& endpoint : resolved.endpoints) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) co_return Connected{nullptr, TargetFailure::connect_timeout};
        tcp::socket socket(context_);
        IoResult result;
        {
            Deadline limit(socket);
            limit.expires_after(left);
            auto [error] = co_await socket.async_connect(endpoint, awaited);
            result = {error, 0, error && limit.over()};
        }
        if (!result.ok()) {
            last.failure = connect_failure(result);
            continue;
        }
        error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        if (!address.tls) {
            last.stream = std::make_unique<PlainStream>(std::move(socket));
            co_return last;
        }
        TargetStreamPtr stream = tls_.wrap(std::move(socket), address.name, address.verify);
        stream->deadline().expires_after(
            std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()));
        result = co_await stream->handshake();
        if (result.ok()) {
            last.stream = std::move(stream);
            co_return last;
        }
        last.failure =
            result.timed_out ? TargetFailure::connect_timeout : TargetFailure::tls_handshake;
    }
    co_return last;
}

// A look-up cannot be interrupted; when the time is over it is left alone and its result dropped.
asio::awaitable<Upstream::Resolved> Upstream::resolve(const TargetAddress& address,
                                                      Clock::time_point deadline) {
    error_code not_an_address;
    const auto literal = asio::ip::make_address(address.host, not_an_address);
    if (!not_an_address) co_return Resolved{{tcp::endpoint(literal, address.port)}, false};

    struct Lookup {
        explicit Lookup(asio::io_context& context) : resolver(context), timer(context) {}
        tcp::resolver resolver;
        asio::steady_timer timer;
        std::vector<tcp::endpoint> endpoints;
        bool done = false;
    };
    auto lookup = std::make_shared<Lookup>(context_);
    lookup->timer.expires_at(deadline);
    lookup->resolver.async_resolve(
        address.host, std::to_string(address.port),
        [lookup](error_code error, const tcp::resolver::results_type& results) {
            if (!error) {
                for (const auto& entry : results) lookup->endpoints.push_back(entry.endpoint());
            }
            lookup->done = true;
            lookup->timer.cancel();
        });
    co_await lookup->timer.async_wait(awaited);
    Resolved resolved;
    resolved.timed_out = !lookup->done;
    resolved.endpoints = std::move(lookup->endpoints);
    co_return resolved;
}

asio::awaitable<Upstream::Answer> Upstream::ask(TargetStream& stream, const TargetAddress& address,
                                                const Wanted& wanted) {
    Framed framed = frame_request(wanted.request, address.target, address.host_field);
    framed.head += framed.body;
    std::string_view rest = framed.head;
    Answer failed;
    while (!rest.empty()) {
        stream.deadline().expires_after(time_left(wanted.io_time, wanted.end));
        const IoResult sent = co_await stream.write_some(asio::buffer(rest));
        rest.remove_prefix(sent.bytes);
        if (sent.timed_out) {
            failed.failure = TargetFailure::read_timeout;
            co_return failed;
        }
        if (sent.error) break;  // it may have answered all the same, and closed
    }
    Answer answer = co_await read_reply(stream, wanted);
    if (!rest.empty()) answer.keep_alive = false;
    co_return answer;
}

asio::awaitable<Upstream::Answer> Upstream::read_reply(TargetStream& stream,
                                                       const Wanted& wanted) const {
    using State = ReplyReader::State;
    Answer answer;
    ReplyReader reader(wanted.request.verb == "HEAD", options_.limits.body);
    std::string bytes;
    std::array<char, 16 * 1024> block;
    bool silent = true;
    State state = State::need_more;
    while (state == State::need_more) {
        stream.deadline().expires_after(time_left(wanted.io_time, wanted.end));
        const IoResult got = co_await stream.read_some(asio::buffer(block));
        if (got.ok()) {
            silent = false;
            bytes.append(block.data(), got.bytes);
            std::size_t used = 0;
            state = reader.read(bytes, used);
            bytes.erase(0, used);
            continue;
        }
        const bool closed = got.error == asio::error::eof;
        if (closed) state = reader.end_of_stream();
        if (state == State::complete) break;
        answer.silent = silent && !got.timed_out;
        if (got.timed_out) {
            answer.failure = TargetFailure::read_timeout;
        } else if (closed || !silent) {
            answer.failure = TargetFailure::unexpected_eof;
        }
        co_return answer;
    }
    if (state == State::bad) {
        answer.failure = TargetFailure::bad_reply;
        co_return answer;
    }
    answer.keep_alive = reader.keep_alive() && bytes.empty();
    answer.reply = reader.take();
    co_return answer;
}

}  // namespace catchrule::proxy
