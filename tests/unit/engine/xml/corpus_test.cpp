// SPDX-License-Identifier: Apache-2.0
// Public bundles, where they are present: none may crash the loader, and what is reported has a
// place.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/xml/load_bundle.hpp"

namespace catchrule {
namespace {

namespace fs = std::filesystem;

fs::path corpus() {
    const char* given = std::getenv("CATCHRULE_CORPUS");
    return given != nullptr ? given : CATCHRULE_CORPUS;
}

struct Count {
    int loaded = 0;
    int refused = 0;
    std::map<std::string, int> codes;
};

void load_one(const fs::path& path, const LoadOptions& options, Count& count) {
    const Loaded loaded = load_bundle(path.string(), options);
    ++(loaded.bundle != nullptr ? count.loaded : count.refused);
    bool errors = false;
    for (const Problem& problem : loaded.problems) {
        ++count.codes[problem.diagnostic.code];
        errors = errors || problem.diagnostic.severity == grammar::Severity::error;
        EXPECT_FALSE(problem.diagnostic.message.empty()) << problem.render();
        if (problem.source == nullptr) continue;
        EXPECT_LE(problem.diagnostic.span.begin, problem.source->text().size()) << problem.render();
        EXPECT_LE(problem.diagnostic.span.begin, problem.diagnostic.span.end) << problem.render();
    }
    EXPECT_EQ(loaded.bundle == nullptr, errors) << path;
}

void print(const char* what, const Count& count) {
    std::cout << what << ": " << count.loaded << " loaded, " << count.refused << " refused";
    for (const auto& [code, times] : count.codes) std::cout << ", " << code << " x" << times;
    std::cout << '\n';
}

bool is_endpoint(const fs::path& path) {
    const std::string folder = path.parent_path().filename().string();
    return path.extension() == ".xml" && (folder == "proxies" || folder == "targets");
}

TEST(Corpus, EveryBundleAndEndpointLoadsOrSaysWhy) {
    if (!fs::is_directory(corpus())) GTEST_SKIP() << "no public bundles in " << corpus();
    Count bundles;
    Count lenient;
    Count files;
    LoadOptions skip;
    skip.unsupported = Unsupported::skip;
    for (const auto& entry : fs::recursive_directory_iterator(corpus())) {
        if (entry.is_directory() && entry.path().filename() == "apiproxy") {
            load_one(entry.path(), {}, bundles);
            load_one(entry.path(), skip, lenient);
        } else if (entry.is_regular_file() && is_endpoint(entry.path())) {
            load_one(entry.path(), {}, files);
        }
    }
    print("bundles", bundles);
    print("bundles with --unsupported=skip", lenient);
    print("endpoint files", files);
    EXPECT_GT(bundles.loaded, 0);
    EXPECT_GT(lenient.loaded, bundles.loaded);
}

}  // namespace
}  // namespace catchrule
