// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/xml/bundle_files.hpp"
#include "engine/xml/load_bundle.hpp"

namespace catchrule::xml {

/// The shared flows that FlowCallouts may name, read once for any number of bundles. Immutable
/// after add(): shared by loads in several threads.
class SharedFlowLibrary {
public:
    /// Adds every shared-flow bundle that `path` is or holds.
    void add(const std::string& path, const LoadOptions& options);

    /// A shared flow under the name of its descriptor.
    struct Entry {
        std::string name;
        BundleFiles files;
    };
    /// By that name, else by the name of its folder or archive, which it may be deployed under.
    /// Null when there is none.
    const Entry* find(std::string_view name) const;

    /// What could not be read, and names given twice; the first of a name counts.
    const std::vector<Problem>& problems() const { return problems_; }
    /// Whether every path was there and held a shared flow.
    bool readable() const { return readable_; }

private:
    void add_bundle(const std::string& path, const LoadOptions& options);

    std::map<std::string, Entry, std::less<>> flows_;
    std::map<std::string, std::string, std::less<>> folders_;  // name of the folder -> of the flow
    std::vector<Problem> problems_;
    bool readable_ = true;
};

/// The name in the descriptor, else that of the folder: what FlowCallouts say.
std::string shared_flow_name(const BundleFiles& files, const LoadOptions& options);

}  // namespace catchrule::xml
