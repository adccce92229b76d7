// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "engine/call_chain.hpp"

namespace catchrule::proxy {

/// The proxy endpoint that serves a path, and what keeps it alive.
using Route = LocalProxy;

/// Chooses among the proxy endpoints of all bundles. Immutable; any thread.
class Router {
public:
    explicit Router(std::vector<std::shared_ptr<const Bundle>> bundles);

    /// The endpoint with the longest base path that fits; of equals the one loaded first. `proxy`
    /// is null when none fits.
    Route find(std::string_view path) const;

    /// What a call to a proxy of this gateway names: by name and proxy endpoint, else by path.
    Route find(const LocalCall& call) const;

    /// Base paths that two endpoints share; the later one is never reached.
    std::vector<std::string_view> shared_base_paths() const;

private:
    std::vector<std::shared_ptr<const Bundle>> bundles_;
};

}  // namespace catchrule::proxy
