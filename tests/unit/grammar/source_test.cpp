// SPDX-License-Identifier: Apache-2.0
#include "grammar/source.hpp"

#include <gtest/gtest.h>

namespace catchrule::grammar {
namespace {

TEST(Source, FindsPositions) {
    const Source source("f", "ab\r\n\xC3\xA9x\n\nlast");
    struct Row {
        std::uint32_t offset;
        Position position;
    };
    for (const Row& row :
         {Row{0, {1, 1}}, Row{1, {1, 2}}, Row{3, {1, 4}}, Row{4, {2, 1}}, Row{6, {2, 2}},
          Row{7, {2, 3}}, Row{8, {3, 1}}, Row{9, {4, 1}}, Row{13, {4, 5}}, Row{999, {4, 5}}}) {
        EXPECT_EQ(source.position(row.offset), row.position) << row.offset;
    }
}

TEST(Source, GivesLinesWithoutTheirBreaks) {
    const Source source("f", "ab\r\ncd\n");
    EXPECT_EQ(source.line(1), "ab");
    EXPECT_EQ(source.line(2), "cd");
    EXPECT_EQ(source.line(3), "");
    EXPECT_EQ(source.line(0), "");
    EXPECT_EQ(source.line(4), "");
    EXPECT_EQ(source.line_start(2), 4U);
    EXPECT_EQ(source.line_start(0), 0U);
    EXPECT_EQ(source.line_start(9), 7U);
}

TEST(Source, HasOneEmptyLineWhenEmpty) {
    const Source source("f", "");
    EXPECT_EQ(source.position(0), (Position{1, 1}));
    EXPECT_EQ(source.line(1), "");
}

TEST(OffsetMap, ShiftsOrLooksUp) {
    EXPECT_EQ(OffsetMap::shifted(10)(Span{2, 5}), (Span{12, 15}));
    EXPECT_EQ(OffsetMap{}(7), 7U);
    const OffsetMap map = OffsetMap::table({3, 4, 10, 11});
    EXPECT_EQ(map(1), 4U);
    EXPECT_EQ(map(2), 10U);
    EXPECT_EQ(map(99), 11U);  // beyond the end: the end
}

}  // namespace
}  // namespace catchrule::grammar
