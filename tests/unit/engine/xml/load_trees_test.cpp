// SPDX-License-Identifier: Apache-2.0
// Each file of tests/conformance/bundles describes files, folders and archives, and what loading
// them reports.
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/xml/workspace.hpp"
#include "tests/support/tree_case.hpp"
#include "tests/unit/engine/xml/temporary_bundle.hpp"

namespace catchrule {
namespace {

namespace fs = std::filesystem;

// `dir/file.xml:3:5 error CR209 message, fix`, the path seen from `root`.
std::string line_of(const Problem& problem, const fs::path& root) {
    std::string line = problem.path.substr(
        problem.path.starts_with(root.string() + '/') ? root.string().size() + 1 : 0);
    if (problem.source != nullptr) {
        const grammar::Position position = problem.source->position(problem.diagnostic.span.begin);
        line += ':' + std::to_string(position.line) + ':' + std::to_string(position.column);
    }
    return line + ' ' + std::string(grammar::to_string(problem.diagnostic.severity)) + ' ' +
           problem.diagnostic.code + ' ' + problem.diagnostic.message + ' ' +
           problem.diagnostic.fix;
}

// The expectation's first three words must be the line's, and the rest stand in it.
bool fits(const std::string& line, const std::string& expected) {
    std::size_t head = 0;
    for (int word = 0; word < 3; ++word)
        head = std::min(expected.find(' ', head) + 1, expected.size());
    const std::size_t end = head == 0 ? expected.size() : head;
    return line.starts_with(expected.substr(0, end)) &&
           line.find(expected.substr(end)) != std::string::npos;
}

LoadOptions options_of(const test::TreeLoad& load, const fs::path& root) {
    LoadOptions options;
    for (const std::string& option : load.options) {
        const std::size_t equals = option.find('=');
        const std::string key = option.substr(0, equals);
        const std::string value = option.substr(equals + 1);
        const auto number = [&](auto& into) {
            const auto end = value.data() + value.size();
            EXPECT_EQ(std::from_chars(value.data(), end, into).ptr, end) << option;
        };
        if (key == "shared_flows") {
            options.shared_flows.push_back((root / value).string());
        } else if (key == "unsupported") {
            options.unsupported = value == "skip" ? Unsupported::skip : Unsupported::fault;
        } else if (key == "max_file_bytes") {
            number(options.max_file_bytes);
        } else if (key == "max_problems_per_file") {
            number(options.max_problems_per_file);
        } else if (key == "max_archive_bytes") {
            number(options.max_archive_bytes);
        } else if (key == "max_archive_ratio") {
            number(options.max_archive_ratio);
        } else if (key == "max_archive_entries") {
            number(options.max_archive_entries);
        } else {
            ADD_FAILURE() << "unknown option " << option;
        }
    }
    return options;
}

void expect_lines(const test::TreeLoad& load, const fs::path& root) {
    std::vector<std::string> paths;
    paths.reserve(load.paths.size());
    for (const std::string& path : load.paths) paths.push_back((root / path).string());
    const LoadedAll all = load_all(paths, options_of(load, root));
    std::vector<std::string> lines;
    for (const Loaded& loaded : all.loaded) {
        const bool errors =
            std::any_of(loaded.problems.begin(), loaded.problems.end(), [](const Problem& problem) {
                return problem.diagnostic.severity == grammar::Severity::error;
            });
        EXPECT_EQ(loaded.bundle == nullptr, errors);
        for (const Problem& problem : loaded.problems) lines.push_back(line_of(problem, root));
    }
    for (const Problem& problem : all.problems) lines.push_back(line_of(problem, root));
    std::string found;
    for (const std::string& line : lines) found += line + '\n';
    ASSERT_EQ(lines.size(), load.expected.size()) << load.paths.front() << '\n' << found;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        EXPECT_TRUE(fits(lines[i], load.expected[i]))
            << "found:    " << lines[i] << "\nexpected: " << load.expected[i];
    }
}

std::vector<std::string> case_files() {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(CATCHRULE_BUNDLE_CASES)) {
        files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

class LoadTree : public testing::TestWithParam<std::string> {};

TEST_P(LoadTree, ReportsExactly) {
    const test::TemporaryBundle folder({});
    const test::TreeCase tree = test::make_tree(GetParam(), folder.root());
    ASSERT_FALSE(tree.loads.empty());
    for (const test::TreeLoad& load : tree.loads) expect_lines(load, folder.root());
}

INSTANTIATE_TEST_SUITE_P(Files, LoadTree, testing::ValuesIn(case_files()),
                         [](const auto& param) { return fs::path(param.param).stem().string(); });

}  // namespace
}  // namespace catchrule
