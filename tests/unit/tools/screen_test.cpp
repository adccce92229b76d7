// SPDX-License-Identifier: Apache-2.0
#include "tools/screen.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule::tools {
namespace {

TEST(Screen, CutCountsCharacters) {
    struct Case {
        const char* text;
        std::size_t columns;
        const char* cut;
    };
    const std::vector<Case> cases{
        {"abc", 3, "abc"},
        {"abcd", 3, "..."},
        {"abcdefgh", 6, "abc..."},
        {"abcd", 2, ".."},
        {"", 0, ""},
        {"a", 0, ""},
        {"\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F\xC3\xA4", 5, "\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F\xC3\xA4"},
        {"\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F\xC3\xA4", 4, "\xC3\xA4..."},
    };
    for (const Case& c : cases) EXPECT_EQ(cut(c.text, c.columns), c.cut) << c.text;
}

TEST(Screen, CleanStopsControlBytes) {
    EXPECT_EQ(clean("a\x1b[31mb\n\tc\x7F"), "a?[31mb  c?");
    EXPECT_EQ(clean("\xC3\xA4"), "\xC3\xA4");
    EXPECT_EQ(clean("\xC2\x9B"
                    "31m\xC2\xA0"),
              "?31m\xC2\xA0");
    EXPECT_EQ(clean("a\x9B\xFF"
                    "b\xC3"),
              "a??b?");
}

TEST(Screen, Wrap) {
    EXPECT_EQ(wrap("one two three", 7), (std::vector<std::string>{"one two", "three"}));
    EXPECT_EQ(wrap("  a  longer-than-that b", 6),
              (std::vector<std::string>{"a", "longer-than-that", "b"}));
    EXPECT_TRUE(wrap("", 6).empty());
}

TEST(Screen, ColumnsAndNoTrailingBlanks) {
    Screen screen({.cut = true});
    screen.put("a").to(4).cell("bcdefgh", 5).to(10).put("x");
    screen.end_line();
    screen.put("long name").to(4).put("y").to(20);
    screen.end_line();
    screen.paragraph("NOTE", "words", 7, Ink::plain);
    EXPECT_EQ(screen.take(), "a   bc...  x\nlong name  y\nNOTE   words\n");
}

TEST(Screen, ColourIsAroundTheWordOnly) {
    Screen screen({.colour = true});
    screen.put("FIRED", Ink::good).to(7).put("x");
    screen.end_line();
    EXPECT_EQ(screen.take(), "\x1b[32mFIRED\x1b[0m  x\n");
}

}  // namespace
}  // namespace catchrule::tools
