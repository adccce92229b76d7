// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/session.hpp"

#include <boost/asio/buffer.hpp>

#include "proxy/admin/admin.hpp"
#include "proxy/gateway/target_stream.hpp"
#include "proxy/gateway/worker.hpp"
#include "proxy/log.hpp"

namespace catchrule::proxy {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// After a refusal the client may still be sending; closing at once could take the reply away from
// it.
constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t linger_bytes = 16 * 1024 * 1024;

// Bodies up to this size go out together with their header.
constexpr std::size_t joined_body_limit = 64 * 1024;

std::string without_port(std::string_view host) {
    const auto colon = host.rfind(':');
    if (colon == std::string_view::npos || host.find(']', colon) != std::string_view::npos) {
        return std::string(host);
    }
    return std::string(host.substr(0, colon));
}

}  // namespace

Session::Session(Worker& worker, tcp::socket socket, Role role)
    : worker_(worker), socket_(std::move(socket)), deadline_(socket_), role_(role) {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    const tcp::endpoint client = socket_.remote_endpoint(ignored);
    client_.ip = client.address().to_string();
    client_port_ = client.port();
    const tcp::endpoint local = socket_.local_endpoint(ignored);
    local_address_ = local.address().to_string();
    local_port_ = local.port();
    worker_.sessions.insert(this);
    if (role_ == Role::proxy) ++worker_.shared.proxy_sessions;
}

Session::~Session() {
    worker_.sessions.erase(this);
    if (role_ == Role::proxy) --worker_.shared.proxy_sessions;
}

void Session::close_if_idle() {
    if (!idle_) return;
    error_code ignored;
    socket_.cancel(ignored);
}

asio::awaitable<void> Session::run() {
    for (;;) {
        bool go_on = false;
        const Received received = co_await receive();
        if (received == Received::gone) co_return;
        if (received == Received::request) {
            Message request = reader_->take();
            go_on = co_await answer(std::move(request));
        } else {
            go_on = co_await refuse();
        }
        if (!go_on) break;
    }
    co_await linger();
}

asio::awaitable<Session::Received> Session::receive() {
    const Limits& limits = worker_.shared.options.limits;
    reader_.emplace(limits);
    if (pending_.empty()) {
        if (worker_.shared.draining && role_ == Role::proxy) co_return Received::gone;
        idle_ = true;
        deadline_.expires_after(limits.idle_timeout);
        const Filled filled = co_await fill();
        idle_ = false;
        if (filled != Filled::some) co_return Received::gone;
    }
    deadline_.expires_after(limits.header_timeout);
    bool had_head = false;
    for (;;) {
        std::size_t used = 0;
        const RequestReader::State state = reader_->read(pending_, used);
        pending_.erase(0, used);
        if (state == RequestReader::State::complete) co_return Received::request;
        if (state == RequestReader::State::refused) {
            refusal_ = reader_->refusal();
            co_return Received::refused;
        }
        if (reader_->has_head()) {
            deadline_.expires_after(limits.io_timeout);
            if (!had_head && reader_->wants_continue()) {
                const bool written = co_await write("HTTP/1.1 100 Continue\r\n\r\n");
                if (!written) co_return Received::gone;
            }
            had_head = true;
        }
        const Filled filled = co_await fill();
        if (filled == Filled::closed) co_return Received::gone;
        if (filled == Filled::timed_out) {
            refusal_ = {Refused::too_slow, {}};
            co_return Received::refused;
        }
    }
}

asio::awaitable<Session::Filled> Session::fill() {
    if (deadline_.over()) co_return Filled::timed_out;
    auto [error, bytes] = co_await socket_.async_read_some(asio::buffer(block_), awaited);
    if (!error) {
        pending_.append(block_.data(), bytes);
        co_return Filled::some;
    }
    co_return deadline_.over() ? Filled::timed_out : Filled::closed;
}

// A connection whose framing is in doubt is never used again.
asio::awaitable<bool> Session::refuse() {
    const GatewayOptions& options = worker_.shared.options;
    request_id_ = make_request_id();
    style_ = {};
    style_.close = true;
    const Message reply = fault_reply(refusal_fault(refusal_, options.limits, options.semantics));
    co_await send_reply(reply);
    co_return false;
}

asio::awaitable<bool> Session::answer(Message&& request) {
    Shared& shared = worker_.shared;
    request_id_ = acceptable_request_id(request);
    const std::string message_id = make_request_id();
    if (request_id_.empty()) request_id_ = message_id;
    style_ = {};
    style_.to_head = request.verb == "HEAD";
    style_.close = !reader_->keep_alive() || (shared.draining && role_ == Role::proxy);
    style_.keep_alive = !style_.close && request.version == "1.0";

    bool written = false;
    if (role_ == Role::admin) {
        const Message reply = admin_reply(request, !shared.draining);
        written = co_await send_reply(reply);
        co_return written && !style_.close;
    }
    prepare_inbound(request, client_, request_id_);
    Route route = shared.router.find(request.path);
    if (route.proxy == nullptr) {
        const std::string host = without_port(request.headers.first("Host").value_or(""));
        const Message reply = fault_reply(
            application_not_found(host, local_port_, request.path, shared.options.semantics));
        written = co_await send_reply(reply);
        co_return written && !style_.close;
    }
    const Exchange::Means means{shared.options, shared.router, *shared.stores, shared.logs};
    Exchange exchange(std::move(route), means, std::move(request),
                      {.ip = client_.ip,
                       .port = client_port_,
                       .scheme = client_.scheme,
                       .local_address = local_address_,
                       .local_port = static_cast<std::uint16_t>(local_port_),
                       .message_id = message_id});
    written = co_await run_exchange(exchange);
    co_return written && !style_.close;
}

// Goes on after a lost client: PostClientFlow and the decision belong to the call.
asio::awaitable<bool> Session::run_exchange(Exchange& exchange) {
    bool written = false;
    Exchange::Next next = exchange.advance(Started{});
    while (!std::holds_alternative<Finished>(next)) {
        if (const auto* call = std::get_if<CallTarget>(&next)) {
            deadline_.stop();
            Event outcome = co_await worker_.upstream.call(*call);
            next = exchange.advance(std::move(outcome));
            continue;
        }
        if (auto* out = std::get_if<CallOut>(&next)) {
            deadline_.stop();
            CalloutReply answer = co_await call_out(std::move(out->call), exchange);
            next = exchange.advance(CalloutAnswered{std::move(answer)});
            continue;
        }
        const Message& reply = *std::get<Respond>(next).response;
        written = co_await send_reply(reply);
        next = exchange.advance(Responded{});
    }
    exchange.report();
    co_return written;
}

// One that nobody waits for goes its own way.
asio::awaitable<CalloutReply> Session::call_out(Callout&& callout, const Exchange& exchange) {
    if (!callout.wait) {
        if (!worker_.upstream.start(std::move(callout), exchange.bundle())) {
            log::warning("a callout nobody waits for was not made: too many are under way");
        }
        co_return Message::response(200);
    }
    const Callout held = std::move(callout);
    CalloutReply reply = co_await worker_.upstream.call(held);
    co_return reply;
}

asio::awaitable<bool> Session::send_reply(const Message& reply) {
    style_.now = current_time();
    // A call that was in flight when draining began ends its connection too.
    if (worker_.shared.draining && role_ == Role::proxy) style_.close = true;
    Framed framed = frame_reply(reply, request_id_, style_);
    if (framed.body.size() <= joined_body_limit) {
        framed.head += framed.body;
        framed.body = {};
    }
    bool written = co_await write(framed.head);
    if (written && !framed.body.empty()) written = co_await write(framed.body);
    co_return written;
}

asio::awaitable<bool> Session::write(std::string_view bytes) {
    while (!bytes.empty()) {
        deadline_.expires_after(worker_.shared.options.limits.io_timeout);
        auto [error, count] = co_await socket_.async_write_some(asio::buffer(bytes), awaited);
        if (error) co_return false;
        bytes.remove_prefix(count);
    }
    co_return true;
}

asio::awaitable<void> Session::linger() {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    if (ignored) co_return;
    deadline_.expires_after(linger_time);
    std::size_t dropped = 0;
    while (dropped < linger_bytes && !deadline_.over()) {
        auto [error, bytes] = co_await socket_.async_read_some(asio::buffer(block_), awaited);
        if (error) break;
        dropped += bytes;
    }
}

}  // namespace catchrule::proxy
