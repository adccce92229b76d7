// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/gateway.hpp"

#include <algorithm>
#include <csignal>
#include <list>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include "proxy/gateway/worker.hpp"
#include "proxy/log.hpp"

namespace catchrule::proxy {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds accept_pause{100};  // when no descriptor is free
constexpr std::chrono::milliseconds drain_look{10};     // how often the calls in flight are counted
constexpr int most_workers = 256;

std::string text_of(const tcp::endpoint& endpoint) {
    const std::string address = endpoint.address().to_string();
    const std::string port = std::to_string(endpoint.port());
    return endpoint.address().is_v6() ? "[" + address + "]:" + port : address + ":" + port;
}

struct Listener {
    tcp::acceptor acceptor;
    Role role;
};

asio::awaitable<void> serve(Worker& worker, tcp::socket socket, Role role) {
    Session session(worker, std::move(socket), role);
    co_await session.run();
}

// What leaves a session is a defect or a lack of memory: it costs one connection.
void session_ended(const std::exception_ptr& problem) {
    if (!problem) return;
    try {
        std::rethrow_exception(problem);
    } catch (const std::exception& known) {
        log::error("a connection ended by a defect: {}", known.what());
    }
}

void run_context(asio::io_context& context) {
    for (;;) {
        try {
            context.run();
            return;
        } catch (const std::exception& problem) {
            log::error("a worker met a defect: {}", problem.what());
        }
    }
}

}  // namespace

/// Worker 0 runs on the thread of run() and owns listeners, signals and the end.
class Gateway::Impl {
public:
    Impl(std::vector<std::shared_ptr<const Bundle>> bundles, std::shared_ptr<MemoryStores> stores,
         GatewayOptions options)
        : shared_(std::move(options), Router(std::move(bundles)), std::move(stores)) {}

    std::string start();
    void run();
    void request_stop() {
        asio::post(main(), [this] { begin_drain("stop was requested"); });
    }

private:
    asio::io_context& main() { return workers_.front().context; }

    std::string open(const ListenAddress& address, Role role);
    std::string open_all();
    asio::awaitable<void> accept(Listener& listener);
    asio::awaitable<void> await_signals();
    asio::awaitable<void> drain();
    void begin_drain(std::string_view why);
    void stop_all();

    Shared shared_;
    std::list<Worker> workers_;
    std::list<Listener> listeners_;
    std::optional<asio::signal_set> signals_;
    std::size_t next_worker_ = 0;
};

std::string Gateway::Impl::open(const ListenAddress& address, Role role) {
    const std::string where = address.address + ":" + std::to_string(address.port);
    error_code error;
    const auto parsed = asio::ip::make_address(address.address, error);
    if (error) return "cannot listen on " + where + ": not an IP address";
    const tcp::endpoint endpoint(parsed, address.port);
    tcp::acceptor acceptor(main());
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return "cannot listen on " + text_of(endpoint) + ": " + error.message();
    listeners_.push_back({std::move(acceptor), role});
    return {};
}

std::string Gateway::Impl::open_all() {
    const GatewayOptions& options = shared_.options;
    if (!options.target_ca.empty()) {
        if (std::string problem = shared_.tls.trust(options.target_ca); !problem.empty()) {
            return problem;
        }
    }
    for (const ListenAddress& address : options.listen) {
        if (std::string problem = open(address, Role::proxy); !problem.empty()) return problem;
    }
    return options.admin ? open(*options.admin, Role::admin) : std::string();
}

std::string Gateway::Impl::start() {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    const int wanted = shared_.options.workers > 0 ? shared_.options.workers : cores;
    const int count = std::clamp(wanted, 1, most_workers);
    for (int i = 0; i < count; ++i) workers_.emplace_back(shared_);
    if (std::string problem = open_all(); !problem.empty()) {
        listeners_.clear();
        return problem;
    }
    for (const std::string_view path : shared_.router.shared_base_paths()) {
        log::warning("base path {} is served by two proxies; the first one wins", path);
    }
    signals_.emplace(main(), SIGINT, SIGTERM);
    if (!shared_.options.announce) return {};
    for (const Listener& listener : listeners_) {
        const std::string_view what = listener.role == Role::admin ? "admin" : "listening";
        error_code ignored;
        shared_.options.announce(std::string(what) + " on http://" +
                                 text_of(listener.acceptor.local_endpoint(ignored)));
    }
    shared_.options.announce("ready");
    return {};
}

void Gateway::Impl::run() {
    asio::co_spawn(main(), await_signals(), asio::detached);
    for (Listener& listener : listeners_) asio::co_spawn(main(), accept(listener), asio::detached);
    std::vector<asio::executor_work_guard<asio::io_context::executor_type>> guards;
    for (Worker& worker : workers_) guards.push_back(asio::make_work_guard(worker.context));
    std::vector<std::jthread> threads;
    for (Worker& worker : workers_) {
        if (&worker != &workers_.front()) {
            threads.emplace_back([&worker] { run_context(worker.context); });
        }
    }
    run_context(main());
    threads.clear();
    log::info("stopped");
}

asio::awaitable<void> Gateway::Impl::accept(Listener& listener) {
    asio::steady_timer pause(main());
    while (listener.acceptor.is_open()) {
        // Workers take turns; a list has no index.
        Worker& worker = *std::next(workers_.begin(),
                                    static_cast<std::ptrdiff_t>(next_worker_++ % workers_.size()));
        auto [error, socket] = co_await listener.acceptor.async_accept(worker.context, awaited);
        if (!error) {
            asio::post(worker.context,
                       [&worker, client = std::move(socket), role = listener.role]() mutable {
                           asio::co_spawn(worker.context, serve(worker, std::move(client), role),
                                          session_ended);
                       });
        } else if (error != asio::error::operation_aborted) {
            log::warning("cannot accept a connection: {}", error.message());
            pause.expires_after(accept_pause);
            co_await pause.async_wait(awaited);
        }
    }
}

asio::awaitable<void> Gateway::Impl::await_signals() {
    auto [first_error, first] = co_await signals_->async_wait(awaited);
    if (first_error) co_return;
    begin_drain(first == SIGINT ? "SIGINT" : "SIGTERM");
    auto [second_error, second] = co_await signals_->async_wait(awaited);
    if (second_error) co_return;
    log::warning("a second signal ends the calls in flight");
    stop_all();
}

void Gateway::Impl::begin_drain(std::string_view why) {
    if (shared_.draining.exchange(true)) return;
    log::info("draining: {}", why);
    for (Listener& listener : listeners_) {
        error_code ignored;
        if (listener.role == Role::proxy) listener.acceptor.close(ignored);
    }
    for (Worker& worker : workers_) {
        asio::post(worker.context, [&worker] {
            for (Session* session : worker.sessions) {
                if (session->role() == Role::proxy) session->close_if_idle();
            }
        });
    }
    asio::co_spawn(main(), drain(), asio::detached);
}

asio::awaitable<void> Gateway::Impl::drain() {
    const auto end = std::chrono::steady_clock::now() + shared_.options.limits.drain_timeout;
    asio::steady_timer timer(main());
    do {
        timer.expires_after(drain_look);
        co_await timer.async_wait(awaited);
    } while (shared_.proxy_sessions > 0 && std::chrono::steady_clock::now() < end);
    if (shared_.proxy_sessions > 0) {
        log::warning("{} connections were still open after the drain time-out",
                     shared_.proxy_sessions.load());
    }
    stop_all();
}

void Gateway::Impl::stop_all() {
    for (Worker& worker : workers_) worker.context.stop();
}

Gateway::Gateway(std::vector<std::shared_ptr<const Bundle>> bundles,
                 std::shared_ptr<MemoryStores> stores, GatewayOptions options)
    : impl_(std::make_unique<Impl>(std::move(bundles), std::move(stores), std::move(options))) {}
Gateway::~Gateway() = default;
std::string Gateway::start() { return impl_->start(); }
void Gateway::run() { impl_->run(); }
void Gateway::request_stop() { impl_->request_stop(); }

}  // namespace catchrule::proxy
