// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <set>
#include <utility>

#include <boost/asio/io_context.hpp>

#include "engine/stores/memory_stores.hpp"
#include "proxy/gateway/balancer.hpp"
#include "proxy/gateway/log_sink.hpp"
#include "proxy/gateway/options.hpp"
#include "proxy/gateway/router.hpp"
#include "proxy/gateway/session.hpp"
#include "proxy/gateway/upstream.hpp"

namespace catchrule::proxy {

/// What all workers share; constant while the gateway runs, or thread-safe by itself.
struct Shared {
    Shared(GatewayOptions given_options, Router given_router,
           std::shared_ptr<MemoryStores> given_stores)
        : options(std::move(given_options)),
          router(std::move(given_router)),
          stores(std::move(given_stores)),
          balancer(options.target_servers),
          logs(options.log_folder) {}

    GatewayOptions options;
    Router router;
    std::shared_ptr<MemoryStores> stores;
    TlsClient tls;
    Balancer balancer;
    LogSink logs;
    std::atomic<bool> draining = false;
    std::atomic<int> proxy_sessions = 0;
};

/// One thread with its connections. Sessions never move to another worker, so nothing in here is
/// locked.
struct Worker {
    explicit Worker(Shared& given)
        : shared(given), upstream(context, given.options, given.tls, given.balancer) {}

    Shared& shared;
    // Destroying the context destroys the coroutines that wait on it; their sessions sign off here.
    std::set<Session*> sessions;
    boost::asio::io_context context{1};
    Upstream upstream;
};

}  // namespace catchrule::proxy
