// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/model.hpp"
#include "engine/stores/memory_stores.hpp"
#include "proxy/gateway/options.hpp"

namespace catchrule::proxy {

/// An HTTP/1.1 gateway that runs every call through the FlowMachine of the bundle whose base path
/// fits its path best. Made once; start() and run() are called once, by one thread.
class Gateway {
public:
    Gateway(std::vector<std::shared_ptr<const Bundle>> bundles,
            std::shared_ptr<MemoryStores> stores, GatewayOptions options);
    ~Gateway();
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;

    /// Binds every address, takes SIGTERM and SIGINT, then announces. Returns an empty string, or
    /// what went wrong ("cannot listen on 127.0.0.1:8080: Address already in use"); then nothing
    /// was announced and nothing is open.
    std::string start();

    /// Serves until request_stop(), SIGTERM or SIGINT, then until the calls in flight are done or
    /// the drain time-out is over; a second signal ends it at once.
    void run();

    /// Stops accepting and drains. Any thread.
    void request_stop();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace catchrule::proxy
