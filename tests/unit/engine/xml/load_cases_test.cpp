// SPDX-License-Identifier: Apache-2.0
// Each file of tests/conformance/load is loaded; the comment at its end lists what must be
// reported, in order: `LINE:COLUMN SEVERITY CODE part of the message or fix`.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/xml/load_bundle.hpp"

namespace catchrule {
namespace {

struct Expected {
    std::string head;  // "3:5 error CR209"
    std::string text;
};

std::vector<Expected> expectations(const std::string& path) {
    std::ifstream stream(path);
    std::vector<Expected> result;
    std::string line;
    bool found = false;
    while (std::getline(stream, line)) {
        if (line == "<!-- expect") {
            found = true;
        } else if (found && line == "-->") {
            return result;
        } else if (found) {
            std::istringstream words(line);
            std::string place;
            std::string severity;
            std::string code;
            words >> place >> severity >> code >> std::ws;
            std::string text;
            std::getline(words, text);
            std::string head = place;
            head.append(" ").append(severity).append(" ").append(code);
            result.push_back({head, text});
        }
    }
    ADD_FAILURE() << path << ": no expectations";
    return result;
}

std::string head_of(const Problem& problem) {
    const grammar::Position position = problem.source->position(problem.diagnostic.span.begin);
    return std::to_string(position.line) + ":" + std::to_string(position.column) + " " +
           std::string(grammar::to_string(problem.diagnostic.severity)) + " " +
           problem.diagnostic.code;
}

std::vector<std::string> case_files() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(CATCHRULE_LOAD_CASES)) {
        files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

class LoadCase : public testing::TestWithParam<std::string> {};

TEST_P(LoadCase, ReportsExactly) {
    const Loaded loaded = load_bundle(GetParam());
    const std::vector<Expected> expected = expectations(GetParam());
    std::string all;
    std::vector<std::string> heads;
    bool errors = false;
    for (const Problem& problem : loaded.problems) {
        all += problem.render();
        heads.push_back(head_of(problem));
        errors = errors || problem.diagnostic.severity == grammar::Severity::error;
    }
    std::vector<std::string> wanted;
    wanted.reserve(expected.size());
    for (const Expected& each : expected) wanted.push_back(each.head);
    ASSERT_EQ(heads, wanted) << all;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_NE(loaded.problems[i].render().find(expected[i].text), std::string::npos)
            << loaded.problems[i].render() << "has no " << expected[i].text;
    }
    EXPECT_TRUE(loaded.readable);
    EXPECT_EQ(loaded.bundle != nullptr, !errors);
}

INSTANTIATE_TEST_SUITE_P(Files, LoadCase, testing::ValuesIn(case_files()), [](const auto& param) {
    return std::filesystem::path(param.param).stem().string();
});

}  // namespace
}  // namespace catchrule
