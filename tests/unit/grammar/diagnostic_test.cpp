// SPDX-License-Identifier: Apache-2.0
#include "grammar/diagnostic.hpp"

#include <set>

#include <gtest/gtest.h>

#include "grammar/parse.hpp"

namespace catchrule::grammar {
namespace {

TEST(Render, UnderlinesTheSpan) {
    const Source source("rules.xml", "a = 1\n\tx Equls 5\n");
    EXPECT_EQ(render(source, {Severity::error, "CR105", {9, 14}, "expected an operator", "Equals"}),
              "rules.xml:2:4: error: expected an operator [CR105]\n"
              "   x Equls 5\n"
              "     ^~~~~\n"
              "  fix: Equals\n");
}

TEST(Render, ShowsACaretForAnEmptySpan) {
    const Source source("f", "a =");
    EXPECT_EQ(render(source, {Severity::warning, "CR1", {3, 3}, "expected more", ""}),
              "f:1:4: warning: expected more [CR1]\n"
              "  a =\n"
              "     ^\n");
}

TEST(Render, StaysOnTheFirstLineOfASpan) {
    const Source source("f", "ab\ncd");
    EXPECT_EQ(render(source, {Severity::note, "", {1, 5}, "here", ""}),
              "f:1:2: note: here\n  ab\n   ^\n");
}

TEST(Render, CountsCharactersAndHidesControlBytes) {
    const Source source("f", "\xC3\xA9\x1B x");
    EXPECT_EQ(render(source, {Severity::error, "C", {4, 5}, "m", ""}),
              "f:1:4: error: m [C]\n  \xC3\xA9? x\n     ^\n");
}

TEST(HasErrors, LooksAtTheSeverity) {
    EXPECT_FALSE(has_errors({}));
    EXPECT_FALSE(has_errors({{Severity::warning, "", {}, "", ""}}));
    EXPECT_TRUE(has_errors({{Severity::note, "", {}, "", ""}, {Severity::error, "", {}, "", ""}}));
}

TEST(Findings, HaveAscendingCodesAndDistinctNames) {
    std::set<std::string_view> names;
    std::string_view last = "CR100";
    for (const Finding& finding : condition_findings()) {
        EXPECT_LT(last, finding.code);
        EXPECT_TRUE(names.insert(finding.name).second) << finding.name;
        EXPECT_FALSE(finding.what.empty());
        last = finding.code;
    }
}

}  // namespace
}  // namespace catchrule::grammar
