// SPDX-License-Identifier: Apache-2.0
// Our parser against the recorded verdicts of apigeelint's: the same, but for the differences that
// differences.tsv explains with an id of the ledger.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "engine/semantics.hpp"
#include "grammar/parse.hpp"
#include "tests/support/command.hpp"
#include "tests/support/table.hpp"

namespace catchrule {
namespace {

namespace fs = std::filesystem;
using test::encoded;
using test::read_table;
using test::Row;

bool is_ledger_id(const std::string& id) {
    const auto rows = ledger();
    return std::ranges::any_of(rows, [&](const LedgerRow& row) { return row.id == id; });
}

struct Difference {
    std::size_t line = 0;
    std::string ours;
};

// What we say where the linter says the opposite.
std::map<std::string, Difference> differences(const fs::path& folder) {
    std::map<std::string, Difference> rows;
    for (const Row& row : read_table(folder / "differences.tsv", 3)) {
        const Difference difference{row.line, row.fields[1]};
        EXPECT_TRUE(rows.emplace(row.fields[0], difference).second) << "line " << row.line;
        EXPECT_TRUE(is_ledger_id(row.fields[2])) << "differences.tsv:" << row.line;
    }
    return rows;
}

TEST(LinterVerdicts, AreOursButForTheListed) {
    const fs::path folder = CATCHRULE_LINTER_VERDICTS;
    auto listed = differences(folder);
    std::map<std::string, int> count;
    for (const Row& row : read_table(folder / "verdicts.tsv", 2)) {
        const auto parsed = grammar::parse(row.fields[0]);
        const std::string ours = parsed ? "valid" : "invalid";
        const std::string& theirs = row.fields[1];
        const auto difference = listed.extract(row.fields[0]);
        ++count[theirs];
        if (ours != theirs) ++count["different"];
        EXPECT_EQ(ours, difference.empty() ? theirs : difference.mapped().ours)
            << "verdicts.tsv:" << row.line << ": " << encoded(row.fields[0]) << "\n  "
            << (parsed.diagnostics.empty() ? "" : parsed.diagnostics.front().message);
        if (difference.empty()) continue;
        EXPECT_NE(difference.mapped().ours, theirs)
            << "differences.tsv:" << difference.mapped().line << ": no difference";
    }
    for (const auto& [expression, difference] : listed) {
        ADD_FAILURE() << "differences.tsv:" << difference.line << ": no verdict for "
                      << encoded(expression);
    }
    for (const auto& [what, times] : count)
        std::cout << "count: recorded verdicts of the linter, " << what << ": " << times << '\n';
    EXPECT_GE(count["valid"] + count["invalid"], 300);
}

TEST(LinterVerdicts, LinterStillSaysSo) {
    const char* home = std::getenv("CATCHRULE_APIGEELINT");
    if (home == nullptr) {
        GTEST_SKIP() << "CATCHRULE_APIGEELINT names no folder with node_modules/apigeelint";
    }
    const fs::path folder = CATCHRULE_LINTER_VERDICTS;
    const fs::path said = fs::path(testing::TempDir()) / "catchrule-linter-verdicts.tsv";
    ASSERT_TRUE(test::succeeds("node " + test::quoted(folder / "record.js") + ' ' +
                               test::quoted(home) + " <" + test::quoted(folder / "verdicts.tsv") +
                               " >" + test::quoted(said)));
    EXPECT_TRUE(test::read_bytes(said) == test::read_bytes(folder / "verdicts.tsv")) << said;
}

}  // namespace
}  // namespace catchrule
