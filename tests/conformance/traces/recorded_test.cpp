// SPDX-License-Identifier: Apache-2.0
// Two sessions that Apigee Edge recorded, where they are present: every point is read, written back
// byte for byte, and printed.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/traces/read_trace.hpp"
#include "engine/traces/summary.hpp"
#include "engine/traces/write_trace.hpp"
#include "grammar/compile.hpp"
#include "tests/support/table.hpp"
#include "tools/trace_dump_text.hpp"

namespace catchrule::trace {
namespace {

namespace fs = std::filesystem;

struct Recorded {
    const char* file;
    std::size_t messages;
    std::size_t points;  // of each message
};

const std::vector<Recorded> sessions{{"trace-1429993197148.xml", 2, 42},
                                     {"trace-1446160968885.xml", 1, 42}};

const std::map<std::string, std::size_t> points_of_each_message{
    {"Condition", 4}, {"DebugMask", 1}, {"Execution", 7},  {"FlowInfo", 16},
    {"Paused", 4},    {"Resumed", 4},   {"StateChange", 6}};

fs::path path_of(const std::string& file) {
    const char* given = std::getenv("CATCHRULE_CORPUS");
    return fs::path(given != nullptr ? given : CATCHRULE_CORPUS) /
           "apigeelint/test/fixtures/resources/sampleProxy/24Solver/tests/debug/trace-files" / file;
}

std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class RecordedSession : public testing::TestWithParam<Recorded> {
protected:
    void SetUp() override {
        if (!fs::exists(path_of(GetParam().file))) GTEST_SKIP() << "no public bundles here";
        text_ = text_of(path_of(GetParam().file));
        std::istringstream in(text_);
        Reader reader(in);
        while (auto call = reader.next()) calls_.push_back(*std::move(call));
        session_ = reader.session();
        EXPECT_FALSE(reader.error()) << reader.error()->message;
        EXPECT_FALSE(reader.truncated());
        EXPECT_TRUE(reader.notes().empty()) << reader.notes()[0];
        EXPECT_EQ(reader.format(), Format::edge_xml);
    }

    std::string text_;
    std::vector<Call> calls_;
    Session session_;
};

TEST_P(RecordedSession, HasItsPoints) {
    ASSERT_EQ(calls_.size(), GetParam().messages);
    for (const Call& call : calls_) {
        EXPECT_TRUE(call.completed);
        EXPECT_EQ(call.points.size(), GetParam().points);
        std::map<std::string, std::size_t> counts;
        for (const Point& point : call.points) ++counts[point.id];
        EXPECT_EQ(counts, points_of_each_message);
    }
}

TEST_P(RecordedSession, IsWrittenBackByteForByte) {
    const std::string written = edge_xml(session_, calls_);
    std::string expected = text_.substr(text_.find("<?xml"));
    while (expected.ends_with('\n')) expected.pop_back();
    EXPECT_EQ(written, expected + '\n');
}

TEST_P(RecordedSession, ExpressionsAndResults) {
    std::vector<std::vector<std::string>> expected;
    for (const auto& row : catchrule::test::read_table(CATCHRULE_TRACE_DATA "/recorded.tsv", 6)) {
        if (row.fields[0] == GetParam().file) expected.push_back(row.fields);
    }
    std::vector<std::vector<std::string>> actual;
    for (std::size_t i = 0; i < calls_.size(); ++i) {
        for (const Entry& entry : summarize(calls_[i]).entries) {
            if (entry.expression.empty()) continue;
            actual.push_back({GetParam().file, std::to_string(i + 1),
                              entry.kind == Entry::Kind::step ? "Execution" : "Condition",
                              entry.name, entry.expression, *entry.result ? "true" : "false"});
        }
    }
    EXPECT_EQ(actual, expected);
}

// What Edge prints of a condition is a condition, and prints as it was.
TEST_P(RecordedSession, ExpressionsParse) {
    for (const Call& call : calls_) {
        for (const Entry& entry : summarize(call).entries) {
            if (entry.expression.empty()) continue;
            grammar::Symbols symbols;
            const auto compiled = grammar::compile_condition(entry.expression, symbols);
            ASSERT_TRUE(compiled) << entry.expression;
            EXPECT_EQ(compiled.value->rendered, entry.expression);
        }
    }
}

TEST_P(RecordedSession, IsPrinted) {
    for (std::size_t i = 0; i < calls_.size(); ++i) {
        const std::string screen = tools::trace_dump_text(calls_[i], i + 1, {.cut = true});
        EXPECT_NE(screen.find("ExtractPayloadVariables"), std::string::npos) << screen;
        EXPECT_NE(screen.find("SKIPPED"), std::string::npos) << screen;
        EXPECT_NE(screen.find("request.verb is \"GET\""), std::string::npos) << screen;
        EXPECT_NE(screen.find("REPLY    200 OK"), std::string::npos) << screen;
        std::istringstream lines(screen);
        for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
    }
}

INSTANTIATE_TEST_SUITE_P(Corpus, RecordedSession, testing::ValuesIn(sessions),
                         [](const auto& p) { return std::string(p.param.file).substr(6, 13); });

}  // namespace
}  // namespace catchrule::trace
