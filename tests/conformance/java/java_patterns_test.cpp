// SPDX-License-Identifier: Apache-2.0
// JavaRegex against java.util.regex: pairs.tsv holds what a Java says, refused.tsv the patterns
// that Java knows and we refuse at load. Wrong answers are never allowed.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "grammar/pattern.hpp"
#include "tests/support/command.hpp"
#include "tests/support/table.hpp"

namespace catchrule {
namespace {

namespace fs = std::filesystem;
using grammar::Operator;
using grammar::Pattern;
using test::encoded;
using test::quoted;
using test::read_bytes;
using test::read_table;
using test::Row;
using test::succeeds;

const fs::path& folder() {
    static const fs::path path = CATCHRULE_JAVA_TRUTH;
    return path;
}

std::map<std::string, std::string> refused_patterns() {
    std::map<std::string, std::string> reasons;
    for (const Row& row : read_table(folder() / "refused.tsv", 2)) {
        EXPECT_TRUE(reasons.emplace(row.fields[0], row.fields[1]).second) << "line " << row.line;
    }
    return reasons;
}

// What we say of the pair, in the words of the table.
std::string answer(const std::string& pattern, const std::string& subject) {
    const auto compiled = Pattern::compile(Operator::java_regex, pattern);
    if (!compiled) return "invalid";
    return compiled->matches(subject) ? "true" : "false";
}

TEST(JavaTruth, EveryRecordedAnswerIsOurs) {
    const auto refused = refused_patterns();
    std::set<std::string> seen;
    std::map<std::string, int> count;
    for (const Row& row : read_table(folder() / "pairs.tsv", 3)) {
        const std::string& pattern = row.fields[0];
        const std::string ours = answer(pattern, row.fields[1]);
        ++count[row.fields[2]];
        if (ours == "invalid" && refused.contains(pattern)) {
            seen.insert(pattern);
            ++count["refused by us"];
            continue;
        }
        if (ours == row.fields[2]) ++count["the same"];
        EXPECT_EQ(ours, row.fields[2]) << "pairs.tsv:" << row.line << ": " << encoded(pattern)
                                       << " on \"" << encoded(row.fields[1]) << '"';
    }
    for (const auto& [pattern, reason] : refused) {
        EXPECT_TRUE(seen.contains(pattern)) << "refused.tsv: compiles now: " << encoded(pattern);
        EXPECT_FALSE(reason.empty()) << encoded(pattern);
    }
    for (const auto& [what, times] : count)
        std::cout << "count: recorded answers of Java, " << what << ": " << times << '\n';
    std::cout << "count: patterns that we refuse: " << refused.size() << '\n';
    EXPECT_GE(count["the same"], 1900);
    EXPECT_LE(refused.size(), 72U);
}

// The major number of `javac 17.0.15`; 0 when there is no compiler.
int java_version(const fs::path& scratch) {
    const fs::path said = scratch / "version";
    if (!succeeds("javac -version >" + quoted(said) + " 2>&1 && command -v java >/dev/null"))
        return 0;
    const std::string text = read_bytes(said);
    constexpr std::string_view start = "javac ";
    return text.starts_with(start) ? std::atoi(text.c_str() + start.size()) : 0;
}

TEST(JavaTruth, JavaStillSaysSo) {
    const fs::path scratch = fs::path(testing::TempDir()) / "catchrule-java-truth";
    fs::create_directories(scratch);
    const int version = java_version(scratch);
    if (version == 0) GTEST_SKIP() << "no java and javac on this machine";
    // Java 19 gave \b another meaning; before 11 the program does not compile.
    if (version < 11 || version > 18) GTEST_SKIP() << "recorded with Java 17, here is " << version;
    ASSERT_TRUE(
        succeeds("javac -d " + quoted(scratch) + ' ' + quoted(folder() / "JavaTruth.java")));
    ASSERT_TRUE(succeeds("java -cp " + quoted(scratch) + " JavaTruth <" +
                         quoted(folder() / "pairs.tsv") + " >" + quoted(scratch / "said.tsv")));
    const std::string said = read_bytes(scratch / "said.tsv");
    EXPECT_TRUE(said == read_bytes(folder() / "pairs.tsv")) << "see " << scratch / "said.tsv";
    if (!testing::Test::HasFailure()) fs::remove_all(scratch);
}

}  // namespace
}  // namespace catchrule
