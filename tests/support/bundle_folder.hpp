// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace catchrule::testing {

/// The files of a bundle: path below its `apiproxy` or `sharedflowbundle` -> text.
using BundleText = std::map<std::string, std::string>;

/// A temporary folder with bundles in it; it is gone when this is.
class BundleFolder {
public:
    BundleFolder();
    ~BundleFolder();
    BundleFolder(const BundleFolder&) = delete;
    BundleFolder& operator=(const BundleFolder&) = delete;

    /// Writes a proxy bundle and returns the path to load it from.
    std::string add_proxy(const std::string& name, const BundleText& files) const;
    void add_shared_flow(const std::string& name, const BundleText& files) const;

    /// Writes the files of an environment and returns their directory.
    std::string add_environment(const BundleText& files) const;

    /// The folder that holds all shared flows.
    std::string shared_flows() const { return (root_ / "sharedflows").string(); }

private:
    std::filesystem::path root_;
};

}  // namespace catchrule::testing
