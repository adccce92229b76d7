// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/upstream.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/steady_timer.hpp>
#include <sys/socket.h>

#include "proxy/http/reply_reader.hpp"
#include "proxy/http/writer.hpp"

namespace catchrule::proxy {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Connections kept per target and worker, and how long.
constexpr std::size_t idle_limit = 64;
constexpr std::chrono::seconds idle_time{30};
constexpr std::chrono::seconds sweep_interval{5};

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

Upstream::Upstream(asio::io_context& context, const GatewayOptions& options, const TlsClient& tls)
    : context_(context), options_(options), tls_(tls) {}

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

asio::awaitable<Event> Upstream::call(const CallTarget& call) {
    const auto address = parse_target_url(call.url, options_.overrides);
    if (!address) co_return TargetFailed{TargetFailure::name_not_found};
    const std::string key = address->pool_key();
    TargetStreamPtr stream = take_idle(key);
    bool reused = stream != nullptr;
    for (;;) {
        if (stream == nullptr) {
            Connected connected = co_await connect(*address);
            if (connected.stream == nullptr) co_return TargetFailed{connected.failure};
            stream = std::move(connected.stream);
        }
        Answer answer = co_await ask(*stream, *address, *call.request);
        if (answer.reply) {
            if (answer.keep_alive) keep(key, std::move(stream));
            co_return TargetReplied{std::move(*answer.reply)};
        }
        stream.reset();
        // The target closed a kept connection while the request was under way.
        const bool again = reused && answer.silent && is_idempotent(call.request->verb);
        if (!again) co_return TargetFailed{answer.failure};
        reused = false;
    }
}

asio::awaitable<Upstream::Connected> Upstream::connect(const TargetAddress& address) {
    const auto deadline = Clock::now() + options_.limits.connect_timeout;
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
        TargetStreamPtr stream = tls_.wrap(std::move(socket), address.name);
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
                                                const Message& request) {
    Framed framed = frame_request(request, address.target, address.host_field);
    framed.head += framed.body;
    std::string_view rest = framed.head;
    Answer failed;
    while (!rest.empty()) {
        stream.deadline().expires_after(options_.limits.io_timeout);
        const IoResult sent = co_await stream.write_some(asio::buffer(rest));
        rest.remove_prefix(sent.bytes);
        if (sent.timed_out) {
            failed.failure = TargetFailure::read_timeout;
            co_return failed;
        }
        if (sent.error) break;  // it may have answered all the same, and closed
    }
    Answer answer = co_await read_reply(stream, request.verb == "HEAD");
    if (!rest.empty()) answer.keep_alive = false;
    co_return answer;
}

asio::awaitable<Upstream::Answer> Upstream::read_reply(TargetStream& stream, bool to_head) {
    using State = ReplyReader::State;
    Answer answer;
    ReplyReader reader(to_head, options_.limits.body);
    std::string bytes;
    std::array<char, 16 * 1024> block;
    bool silent = true;
    State state = State::need_more;
    while (state == State::need_more) {
        stream.deadline().expires_after(options_.limits.io_timeout);
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
