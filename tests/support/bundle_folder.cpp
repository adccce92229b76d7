// SPDX-License-Identifier: Apache-2.0
#include "tests/support/bundle_folder.hpp"

#include <fstream>
#include <stdexcept>

#include <unistd.h>

namespace catchrule::testing {

namespace fs = std::filesystem;

namespace {

void write(const fs::path& folder, const BundleText& files) {
    for (const auto& [path, text] : files) {
        const fs::path file = folder / path;
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
    }
}

}  // namespace

BundleFolder::BundleFolder() {
    std::string pattern = (fs::temp_directory_path() / "catchrule-bundle-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder: " + pattern);
    root_ = pattern;
    fs::create_directories(shared_flows());
}

BundleFolder::~BundleFolder() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
}

std::string BundleFolder::add_proxy(const std::string& name, const BundleText& files) const {
    const fs::path bundle = root_ / "proxies" / name;
    write(bundle / "apiproxy", files);
    return bundle.string();
}

void BundleFolder::add_shared_flow(const std::string& name, const BundleText& files) const {
    write(fs::path(shared_flows()) / name / "sharedflowbundle", files);
}

std::string BundleFolder::add_environment(const BundleText& files) const {
    const fs::path directory = root_ / "environment";
    fs::create_directories(directory);
    write(directory, files);
    return directory.string();
}

}  // namespace catchrule::testing
