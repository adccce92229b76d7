// SPDX-License-Identifier: Apache-2.0
#include "grammar/value.hpp"

#include <limits>
#include <type_traits>

#include <gtest/gtest.h>

namespace catchrule::grammar {
namespace {

static_assert(sizeof(Value) == 16);
static_assert(std::is_trivially_copyable_v<Value>);

TEST(Value, PrintsAsJavaDoes) {
    struct Row {
        Value value;
        std::string_view text;
    };
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const Row rows[] = {
        {Value::null(), ""},
        {Value::boolean(true), "true"},
        {Value::boolean(false), "false"},
        {Value::integer(-2147483647 - 1), "-2147483648"},
        {Value::long_integer(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808"},
        {Value::real(1), "1.0"},
        {Value::real(-1), "-1.0"},
        {Value::real(0), "0.0"},
        {Value::real(-0.0), "-0.0"},
        {Value::real(100), "100.0"},
        {Value::real(123.456), "123.456"},
        {Value::real(0.1), "0.1"},
        {Value::real(0.001), "0.001"},
        {Value::real(0.0012), "0.0012"},
        {Value::real(0.00099), "9.9E-4"},
        {Value::real(9999999), "9999999.0"},
        {Value::real(12345678.9), "1.23456789E7"},
        {Value::real(1e7), "1.0E7"},
        {Value::real(-1.5e300), "-1.5E300"},
        {Value::real(std::numeric_limits<double>::max()), "1.7976931348623157E308"},
        {Value::real(-2.2250738585072014e-308), "-2.2250738585072014E-308"},
        {Value::real(infinity), "Infinity"},
        {Value::real(-infinity), "-Infinity"},
        {Value::real(std::numeric_limits<double>::quiet_NaN()), "NaN"},
        {Value::single(0.1F), "0.1"},
        {Value::single(3.142F), "3.142"},
        {Value::single(1e10F), "1.0E10"},
        {Value::single(16777216.0F), "1.6777216E7"},
        {Value::text("x"), "x"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(row.value.to_text(), row.text);
        Value::TextBuffer buffer;
        EXPECT_EQ(row.value.to_text(buffer), row.text);
    }
    EXPECT_EQ(java_text(1.0), "1.0");
    EXPECT_EQ(java_text(0.1F), "0.1");
}

TEST(Value, IsEqualByTypeAndContent) {
    EXPECT_EQ(Value::null(), Value());
    EXPECT_EQ(Value::text("a"), Value::text(std::string("a")));
    EXPECT_NE(Value::text("a"), Value::text("b"));
    EXPECT_NE(Value::text(""), Value::null());
    EXPECT_NE(Value::integer(1), Value::long_integer(1));
    EXPECT_NE(Value::single(1), Value::real(1));
    EXPECT_EQ(Value::real(0.0), Value::real(-0.0));
    EXPECT_NE(Value::boolean(true), Value::boolean(false));
}

TEST(Value, NamesItsTypes) {
    EXPECT_EQ(to_string(Type::null), "null");
    EXPECT_EQ(to_string(Value::single(1).type()), "Float");
    EXPECT_EQ(to_string(Value::text("").type()), "String");
    EXPECT_TRUE(Value::long_integer(1).is_number());
    EXPECT_FALSE(Value::boolean(true).is_number());
}

}  // namespace
}  // namespace catchrule::grammar
