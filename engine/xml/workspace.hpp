// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/xml/load_bundle.hpp"

namespace catchrule {

/// A bundle that a path names or holds.
struct FoundBundle {
    std::string path;
    bool shared_flow = false;
};

/// What the PATHs of a command line come to.
struct Workspace {
    std::vector<FoundBundle> bundles;       ///< in the order of the PATHs; by path within a folder
    std::vector<std::string> environments;  ///< the folders of `src/main/apigee/environments`
};

/// A path may be a bundle (a directory or zip), an endpoint file, or a folder that holds bundles at
/// any depth: a workspace in Apigee's layout (`src/main/apigee` or above it), or any other. A path
/// that is and holds none of these stands for itself, so that loading it says what is wrong. Links
/// to folders, hidden folders and node_modules are not entered.
Workspace find_bundles(const std::vector<std::string>& paths);

/// Calls `each(0)` ... `each(count - 1)`, in any order and from any threads, and returns when all
/// are done.
using ForEach =
    std::function<void(std::size_t count, const std::function<void(std::size_t)>& each)>;

/// Many bundles loaded together.
struct LoadedAll {
    Workspace workspace;
    std::vector<Loaded> loaded;     ///< one for each of workspace.bundles
    std::vector<Problem> problems;  ///< between bundles, and of options.shared_flows; all errors
    bool readable = true;           ///< false: one of options.shared_flows cannot be read
};

/// Loads what find_bundles() finds. FlowCallouts see the shared flows among it, then those of
/// options.shared_flows. With `for_each`, bundles are loaded in parallel.
LoadedAll load_all(const std::vector<std::string>& paths, const LoadOptions& options = {},
                   const ForEach& for_each = nullptr);

/// Endpoints of different proxies that answer to one base path: an error, because only one of them
/// can be reached. Bundles of one name are taken as versions of one proxy, of which only one is
/// deployed.
std::vector<Problem> shared_base_paths(std::span<const Loaded> loaded);

}  // namespace catchrule
