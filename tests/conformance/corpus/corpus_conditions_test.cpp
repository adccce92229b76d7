// SPDX-License-Identifier: Apache-2.0
// The conditions of public bundles, where they are present: each compiles, but for those that
// exceptions.tsv lists with the code of the error and the reason.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "grammar/compile.hpp"
#include "tests/support/table.hpp"

namespace catchrule {
namespace {

namespace fs = std::filesystem;
using test::encoded;
using test::read_table;
using test::Row;

fs::path corpus() {
    const char* given = std::getenv("CATCHRULE_CORPUS");
    return given != nullptr ? given : CATCHRULE_CORPUS;
}

// A condition's text, white space at its ends cut, and one file that holds it.
using Conditions = std::map<std::string, fs::path>;

std::string trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(spaces);
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(spaces) + 1 - begin));
}

std::string text_of(const pugi::xml_node& element) {
    std::string text;
    for (const pugi::xml_node& part : element.children()) {
        if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) {
            text += part.value();
        }
    }
    return text;
}

struct Collector : pugi::xml_tree_walker {
    Conditions conditions;
    fs::path file;

    bool for_each(pugi::xml_node& node) override {
        static const std::set<std::string_view> elements{"Condition", "SkipCacheLookup",
                                                         "SkipCachePopulation"};
        // A recorded trace prints conditions in canonical form.
        const std::string_view property = node.attribute("name").value();
        if (elements.contains(node.name()) ||
            (std::string_view(node.name()) == "Property" &&
             (property == "expression" || property == "Expression"))) {
            conditions.emplace(trimmed(text_of(node)), file);
        }
        return true;
    }
};

Conditions conditions_of(const fs::path& folder) {
    Collector collector;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".xml") continue;
        pugi::xml_document document;  // what was read before an error counts, too
        document.load_file(entry.path().c_str());
        collector.file = entry.path();
        document.traverse(collector);
    }
    return std::move(collector.conditions);
}

std::map<std::string, std::string> exceptions() {
    std::map<std::string, std::string> codes;
    const fs::path path = fs::path(CATCHRULE_CORPUS_EXCEPTIONS) / "exceptions.tsv";
    for (const Row& row : read_table(path, 3)) {
        EXPECT_TRUE(codes.emplace(row.fields[0], row.fields[1]).second) << "line " << row.line;
        EXPECT_FALSE(row.fields[2].empty()) << "exceptions.tsv:" << row.line << ": why?";
    }
    return codes;
}

// The code of the first error; empty when the condition compiles.
std::string error_code(const std::string& condition, std::string& message) {
    grammar::Symbols symbols;
    const auto compiled = grammar::compile_condition(condition, symbols);
    for (const grammar::Diagnostic& found : compiled.diagnostics) {
        if (found.severity != grammar::Severity::error) continue;
        message = found.message;
        return found.code;
    }
    return compiled ? "" : "no value";
}

TEST(CorpusConditions, AllCompileButTheListed) {
    if (!fs::is_directory(corpus())) GTEST_SKIP() << "no public bundles in " << corpus();
    auto expected = exceptions();
    const Conditions conditions = conditions_of(corpus());
    std::size_t compiled = 0;
    for (const auto& [condition, file] : conditions) {
        std::string message;
        const std::string code = error_code(condition, message);
        const auto listed = expected.extract(condition);
        EXPECT_EQ(code, listed.empty() ? "" : listed.mapped())
            << encoded(condition) << "\n  " << message << "\n  " << file;
        compiled += code.empty() ? 1U : 0U;
    }
    for (const auto& [condition, code] : expected) {
        ADD_FAILURE() << "exceptions.tsv: not in the bundles: " << encoded(condition);
    }
    std::cout << "count: " << conditions.size() << " distinct conditions, " << compiled
              << " compile\n";
    EXPECT_GE(conditions.size(), 450U);
}

}  // namespace
}  // namespace catchrule
