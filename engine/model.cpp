// SPDX-License-Identifier: Apache-2.0
#include "engine/model.hpp"

#include <algorithm>

namespace catchrule {
namespace {

template <class T>
const T* named(const std::vector<T>& items, std::string_view name) {
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const T& item) { return item.name == name; });
    return found == items.end() ? nullptr : &*found;
}

}  // namespace

const ProxyEndpoint* Bundle::proxy(std::string_view endpoint_name) const {
    return named(proxies, endpoint_name);
}

const TargetEndpoint* Bundle::target(std::string_view endpoint_name) const {
    return named(targets, endpoint_name);
}

const Policy* Bundle::policy(std::string_view policy_name) const {
    const auto found = std::ranges::find_if(policies, [&](const Policy& policy) {
        return policy.name == policy_name && policy.shared_flow.empty();
    });
    return found == policies.end() ? nullptr : &*found;
}

std::string_view Bundle::file_name(const Location& location) const {
    if (location.file >= files.size()) return {};
    const std::string_view path = files[location.file]->name();
    const std::size_t slash = path.find_last_of('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace catchrule
