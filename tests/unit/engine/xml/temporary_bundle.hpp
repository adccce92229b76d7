// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <stdlib.h>

#include "engine/xml/load_bundle.hpp"

namespace catchrule::test {

/// Files in a directory that lives as long as this; load() loads them as a bundle.
class TemporaryBundle {
public:
    using Files = std::vector<std::pair<std::string, std::string>>;

    explicit TemporaryBundle(const Files& files) {
        std::string name = (std::filesystem::temp_directory_path() / "catchrule-XXXXXX").string();
        root_ = ::mkdtemp(name.data());
        for (const auto& [path, text] : files) {
            std::filesystem::create_directories((root_ / path).parent_path());
            std::ofstream(root_ / path, std::ios::binary) << text;
        }
    }
    ~TemporaryBundle() {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }
    TemporaryBundle(const TemporaryBundle&) = delete;
    TemporaryBundle& operator=(const TemporaryBundle&) = delete;

    Loaded load(const LoadOptions& options = {}) const {
        return load_bundle(root_.string(), options);
    }
    const std::filesystem::path& root() const { return root_; }

private:
    std::filesystem::path root_;
};

/// `file.xml:3:5 error CR209`, or `file.xml error CR200` of a file that was not read.
inline std::string head_of(const Problem& problem) {
    std::string head = std::filesystem::path(problem.path).filename().string();
    if (problem.source != nullptr) {
        const grammar::Position position = problem.source->position(problem.diagnostic.span.begin);
        head += ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
    }
    return head + " " + std::string(grammar::to_string(problem.diagnostic.severity)) + " " +
           problem.diagnostic.code;
}

inline std::vector<std::string> heads_of(const Loaded& loaded) {
    std::vector<std::string> heads;
    heads.reserve(loaded.problems.size());
    for (const Problem& problem : loaded.problems) heads.push_back(head_of(problem));
    return heads;
}

}  // namespace catchrule::test
