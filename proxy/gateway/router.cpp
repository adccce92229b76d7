// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/router.hpp"

#include <set>
#include <utility>

namespace catchrule::proxy {
Router::Router(std::vector<std::shared_ptr<const Bundle>> bundles) : bundles_(std::move(bundles)) {}

Route Router::find(std::string_view path) const {
    Route best;
    for (const auto& bundle : bundles_) {
        const ProxyEndpoint* found = find_proxy(*bundle, path);
        if (found == nullptr) continue;
        if (best.proxy == nullptr || more_specific(found->base_path, best.proxy->base_path)) {
            best = {bundle, found};
        }
    }
    return best;
}

Route Router::find(const LocalCall& call) const {
    if (call.api_proxy.empty()) {
        return find(std::string_view(call.path).substr(0, call.path.find('?')));
    }
    const std::string_view endpoint =
        call.proxy_endpoint.empty() ? std::string_view("default") : call.proxy_endpoint;
    for (const auto& bundle : bundles_) {
        if (bundle->name == call.api_proxy) return {bundle, bundle->proxy(endpoint)};
    }
    return {};
}

std::vector<std::string_view> Router::shared_base_paths() const {
    std::set<std::string_view> seen;
    std::vector<std::string_view> shared;
    for (const auto& bundle : bundles_) {
        for (const ProxyEndpoint& proxy : bundle->proxies) {
            if (!seen.insert(proxy.base_path).second) shared.push_back(proxy.base_path);
        }
    }
    return shared;
}

}  // namespace catchrule::proxy
