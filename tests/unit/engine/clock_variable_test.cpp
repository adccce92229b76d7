// SPDX-License-Identifier: Apache-2.0
#include "engine/clock_variable.hpp"

#include <gtest/gtest.h>

#include "engine/variables.hpp"

namespace catchrule {
namespace {

struct Case {
    const char* name;
    const char* text;
};

// 2024-02-29T23:59:58.007Z, a Thursday.
constexpr std::int64_t leap_day = 1'709'251'198'007;

const Case cases[] = {
    {"system.time", "Thu, 29 Feb 2024 23:59:58 UTC"},
    {"system.timestamp", "1709251198007"},
    {"system.time.year", "2024"},
    {"system.time.month", "2"},
    {"system.time.day", "29"},
    {"system.time.dayofweek", "5"},
    {"system.time.hour", "23"},
    {"system.time.minute", "59"},
    {"system.time.second", "58"},
    {"system.time.millisecond", "7"},
    {"system.time.zone", "UTC"},
    {"client.received.start.time", "Thu, 01 Jan 1970 00:00:01 UTC"},
    {"client.received.start.timestamp", "1000"},
    {"client.sent.end.timestamp", ""},
    {"target.sent.end.time", ""},
};

TEST(ClockVariable, shows_parts_of_the_times_of_a_call) {
    CallTimes times;
    times.now = leap_day;
    times.marks[static_cast<std::size_t>(TimeMark::client_received_start)] = 1000;
    for (const Case& test : cases) {
        SCOPED_TRACE(test.name);
        const auto variable = parse_clock_variable(test.name);
        ASSERT_TRUE(variable);
        std::string text;
        EXPECT_EQ(read_clock(*variable, times, text).to_text(), test.text);
        EXPECT_TRUE(read_clock(*variable, {}, text).is_null());
    }
}

TEST(ClockVariable, knows_only_its_own_names) {
    for (const char* name : {"system.times", "system.time.era", "system", "client.received.time",
                             "client.received.start", "request.time", "time", ".time", ""}) {
        EXPECT_FALSE(parse_clock_variable(name)) << name;
    }
}

TEST(ClockVariable, is_read_through_variables_by_slot_and_by_name) {
    Symbols symbols;
    const Slot slot = symbols.intern("system.time.hour");
    const VariableLayout layout(symbols);
    Variables variables(layout);
    EXPECT_TRUE(variables.get(slot).is_null());
    variables.set_now(leap_day);
    variables.mark(TimeMark::target_received_end, 5);
    EXPECT_EQ(variables.get(slot).to_text(), "23");
    EXPECT_EQ(variables.get("system.timestamp").type(), grammar::Type::long_integer);
    EXPECT_EQ(variables.get("target.received.end.timestamp").to_text(), "5");
    EXPECT_EQ(variables.assign("system.timestamp", Value::integer(1)), Assigned::read_only);
    variables.clear();
    EXPECT_TRUE(variables.get("system.timestamp").is_null());
}

}  // namespace
}  // namespace catchrule
