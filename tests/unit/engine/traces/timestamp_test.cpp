// SPDX-License-Identifier: Apache-2.0
#include "engine/traces/timestamp.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace catchrule::trace {
namespace {

TEST(Timestamp, BothWays) {
    struct Row {
        const char* text;
        Millis at;
    };
    const std::vector<Row> rows{{"01-01-00 00:00:00:000", 946'684'800'000},
                                {"29-10-15 23:22:59:963", 1'446'160'979'963},
                                {"29-02-16 12:00:00:001", 1'456'747'200'001},
                                {"31-12-99 23:59:59:999", 4'102'444'799'999}};
    for (const Row& row : rows) {
        EXPECT_EQ(parse_timestamp(row.text), row.at) << row.text;
        EXPECT_EQ(format_timestamp(row.at), row.text);
    }
    EXPECT_EQ(iso_timestamp(1'446'160'984'140), "2015-10-29T23:23:04.140Z");
}

TEST(Timestamp, RefusesOtherForms) {
    for (const char* text :
         {"", "29-10-15 23:22:59.963", "29-10-2015 23:22:59:963", "29-13-15 23:22:59:963",
          "30-02-15 00:00:00:000", "29-10-15 24:00:00:000", "29-10-15 23:60:00:000",
          "29-10-15 23:00:60:000", "29-10-15 23:22:59:96x", "29-10-15 23:22:59:9630"}) {
        EXPECT_EQ(parse_timestamp(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace catchrule::trace
