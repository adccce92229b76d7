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

TEST(Render, ShowsThePartOfALongLineThatMatters) {
    const std::string filler(96, 'x');
    const Source fits("f", filler);
    EXPECT_EQ(render(fits, {Severity::error, "C", {95, 96}, "m", ""}),
              "f:1:96: error: m [C]\n  " + filler + "\n  " + std::string(95, ' ') + "^\n");

    const Source begins("f", filler + "y");
    EXPECT_EQ(render(begins, {Severity::error, "C", {0, 97}, "m", ""}),
              "f:1:1: error: m [C]\n  " + std::string(90, 'x') + "...\n  ^" + std::string(89, '~') +
                  "\n");
    const Source within("f", filler + "here" + filler);
    EXPECT_EQ(render(within, {Severity::error, "C", {96, 100}, "m", ""}),
              "f:1:97: error: m [C]\n  ..." + std::string(45, 'x') + "here" + std::string(41, 'x') +
                  "...\n  " + std::string(48, ' ') + "^~~~\n");
    const Source ends("f", filler + "y");
    EXPECT_EQ(render(ends, {Severity::error, "C", {97, 97}, "m", ""}),
              "f:1:98: error: m [C]\n  ..." + std::string(89, 'x') + "y\n  " +
                  std::string(93, ' ') + "^\n");
}

TEST(Render, HidesWhatIsNotUtf8AndSecondaryControls) {
    const Source source("f",
                        "a\xFF\xC2\x9B"
                        "b\xE2\x82\xAC");
    EXPECT_EQ(render(source, {Severity::error, "C", {0, 1}, "m", ""}),
              "f:1:1: error: m [C]\n  a??b\xE2\x82\xAC\n  ^\n");
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
