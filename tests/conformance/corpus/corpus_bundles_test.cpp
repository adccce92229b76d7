// SPDX-License-Identifier: Apache-2.0
// Public bundles, where they are present: every proxy bundle and shared flow loads or says why not,
// as bundles.tsv has it; what the loaders do not read is listed in unread.tsv. UPDATE_CORPUS=1
// rewrites bundles.tsv and adds to unread.tsv what is new.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "engine/xml/workspace.hpp"
#include "tests/support/table.hpp"

namespace catchrule {
namespace {

namespace fs = std::filesystem;
using grammar::Severity;
using test::encoded;
using test::read_table;
using test::Row;

fs::path corpus() {
    const char* given = std::getenv("CATCHRULE_CORPUS");
    return given != nullptr ? given : CATCHRULE_CORPUS;
}

fs::path table(const char* name) { return fs::path(CATCHRULE_CORPUS_TABLES) / name; }

bool updating() { return std::getenv("UPDATE_CORPUS") != nullptr; }

// What became of one bundle.
struct Verdict {
    std::string word;   // "clean", "warnings" or "refused"
    std::string codes;  // "CR203x2 CR218"

    bool operator==(const Verdict&) const = default;
};

Verdict verdict_of(const Loaded& loaded) {
    std::map<std::string, int> counts;
    Verdict verdict{"clean", ""};
    for (const Problem& problem : loaded.problems) {
        if (problem.diagnostic.severity == Severity::note) continue;
        ++counts[problem.diagnostic.code];
        if (verdict.word == "clean") verdict.word = "warnings";
    }
    if (loaded.bundle == nullptr) verdict.word = "refused";
    for (const auto& [code, count] : counts) {
        verdict.codes += (verdict.codes.empty() ? "" : " ") + code;
        if (count > 1) verdict.codes += 'x' + std::to_string(count);
    }
    return verdict;
}

void expect_places(const Loaded& loaded, const std::string& path) {
    bool errors = false;
    for (const Problem& problem : loaded.problems) {
        const grammar::Diagnostic& found = problem.diagnostic;
        errors = errors || found.severity == Severity::error;
        EXPECT_FALSE(found.message.empty()) << problem.render();
        if (problem.source == nullptr) continue;
        EXPECT_LE(found.span.begin, problem.source->text().size()) << problem.render();
        EXPECT_LE(found.span.begin, found.span.end) << problem.render();
    }
    EXPECT_EQ(loaded.bundle == nullptr, errors) << path;
}

using Key = std::pair<std::string, std::string>;  // "proxy" or "shared flow", path
using Verdicts = std::map<Key, Verdict>;

// Each folder of the corpus is a project of its own: its proxies see its shared flows.
struct Corpus {
    Verdicts verdicts;
    std::map<Key, int> unread;  // element and what is not known in it -> times
};

// Of a policy, what its loader does not know or has no use for; policies that do not run are not
// looked into, so the types come from the engine.
void note_unread(const Loaded& loaded, std::map<Key, int>& unread) {
    static const std::map<std::string_view, std::string_view> codes{
        {"CR203", "element"}, {"CR204", "attribute"}, {"CR221", "no effect"}};
    for (const Problem& problem : loaded.problems) {
        if (!codes.contains(problem.diagnostic.code) || problem.source == nullptr) continue;
        if (fs::path(problem.path).parent_path().filename() != "policies") continue;
        pugi::xml_document document;
        document.load_string(problem.source->text().c_str());
        ++unread[{document.document_element().name(), problem.diagnostic.message}];
    }
}

const Corpus& loaded_corpus() {
    static const Corpus result = [] {
        Corpus found;
        for (const auto& folder : fs::directory_iterator(corpus())) {
            if (!folder.is_directory()) continue;
            LoadedAll all = load_all({folder.path().string()});
            EXPECT_TRUE(all.readable);
            for (std::size_t i = 0; i < all.loaded.size(); ++i) {
                const FoundBundle& bundle = all.workspace.bundles[i];
                const std::string path = fs::relative(bundle.path, corpus()).generic_string();
                expect_places(all.loaded[i], path);
                note_unread(all.loaded[i], found.unread);
                found.verdicts[{bundle.shared_flow ? "shared flow" : "proxy", path}] =
                    verdict_of(all.loaded[i]);
            }
        }
        return found;
    }();
    return result;
}

void print(const Verdicts& verdicts) {
    std::map<Key, int> counts;
    std::map<std::string, int> reasons;
    for (const auto& [key, verdict] : verdicts) {
        ++counts[{key.first, verdict.word}];
        if (verdict.word != "refused") continue;
        std::istringstream codes(verdict.codes);  // "CR203 CR218x4"
        for (std::string code; codes >> code;) ++reasons[code.substr(0, code.find('x'))];
    }
    for (const auto& [key, count] : counts) {
        std::cout << "count: public bundles, " << key.first << ' ' << key.second << ": " << count
                  << '\n';
    }
    for (const auto& [code, count] : reasons) {
        std::cout << "count: refused public bundles with " << code << ": " << count << '\n';
    }
}

TEST(CorpusBundles, LoadAsListed) {
    if (!fs::is_directory(corpus())) GTEST_SKIP() << "no public bundles in " << corpus();
    const Verdicts& verdicts = loaded_corpus().verdicts;
    print(verdicts);
    EXPECT_GE(verdicts.size(), 290U);
    if (updating()) {
        std::ofstream out(table("bundles.tsv"));
        out << "# SPDX-License-Identifier: Apache-2.0\n# source: public bundles, loaded with the "
               "shared flows of the same project\n# kind, tab, path, tab, verdict, tab, codes of "
               "warnings and errors with their counts\n";
        for (const auto& [key, verdict] : verdicts) {
            out << key.first << '\t' << encoded(key.second) << '\t' << verdict.word << '\t'
                << verdict.codes << '\n';
        }
    }
    Verdicts expected;
    for (const Row& row : read_table(table("bundles.tsv"), 4)) {
        expected[{row.fields[0], row.fields[1]}] = {row.fields[2], row.fields[3]};
    }
    for (const auto& [key, verdict] : verdicts) {
        const auto listed = expected.extract(key);
        const Verdict before = listed.empty() ? Verdict{"not listed", ""} : listed.mapped();
        EXPECT_TRUE(before == verdict)
            << key.first << ' ' << key.second << "\n  listed: " << before.word << ' '
            << before.codes << "\n  now:    " << verdict.word << ' ' << verdict.codes;
    }
    for (const auto& [key, verdict] : expected) {
        ADD_FAILURE() << "bundles.tsv: not there: " << key.second;
    }
}

TEST(CorpusBundles, WhatPolicyLoadersDoNotReadIsListed) {
    if (!fs::is_directory(corpus())) GTEST_SKIP() << "no public bundles in " << corpus();
    std::map<Key, std::string> listed;
    for (const Row& row : read_table(table("unread.tsv"), 3)) {
        listed[{row.fields[0], row.fields[1]}] = row.fields[2];
        EXPECT_FALSE(row.fields[2].empty()) << "unread.tsv:" << row.line << ": why?";
    }
    for (const auto& [key, times] : loaded_corpus().unread) {
        if (listed.contains(key)) continue;
        ADD_FAILURE() << "not in unread.tsv: " << key.first << ": " << key.second << " (" << times
                      << " times)";
        if (!updating()) continue;
        std::ofstream(table("unread.tsv"), std::ios::app)
            << key.first << '\t' << encoded(key.second) << "\t\n";
    }
    for (const auto& [key, reason] : listed) {
        EXPECT_TRUE(loaded_corpus().unread.contains(key))
            << "unread.tsv: read by now: " << key.first << ": " << key.second;
    }
}

bool is_endpoint(const fs::path& path) {
    const std::string folder = path.parent_path().filename().string();
    return path.extension() == ".xml" && (folder == "proxies" || folder == "targets");
}

TEST(CorpusBundles, EndpointFilesAlone) {
    if (!fs::is_directory(corpus())) GTEST_SKIP() << "no public bundles in " << corpus();
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(corpus())) {
        if (!entry.is_regular_file() || !is_endpoint(entry.path())) continue;
        expect_places(load_bundle(entry.path().string()), entry.path().string());
        ++files;
    }
    std::cout << "count: " << files << " public endpoint files\n";
    EXPECT_GT(files, 0);
}

}  // namespace
}  // namespace catchrule
