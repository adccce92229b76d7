// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/trace.hpp"

namespace catchrule::trace {
namespace {

Point flow_info(std::string value) {
    return {.id = "FlowInfo", .at = 0, .properties = {{"p", std::move(value)}}};
}

TEST(Recorder, KeepsAsManyPointsAsTheLimitSays) {
    Recorder recorder({.points = 3});
    for (int i = 0; i < 3; ++i) recorder.add(flow_info("x"));
    const Call full = recorder.finish("1");
    EXPECT_EQ(full.points.size(), 3U);
    EXPECT_FALSE(full.partial);
}

TEST(Recorder, CountsWhatItLeavesOut) {
    Recorder recorder({.points = 3});
    for (int i = 0; i < 5; ++i) recorder.add(flow_info("x"));
    const Call cut = recorder.finish("1");
    ASSERT_EQ(cut.points.size(), 4U);
    EXPECT_TRUE(cut.partial);
    EXPECT_EQ(cut.points[3].id, "Cut");
    EXPECT_EQ(cut.points[3].property("points"), "2");
}

TEST(Recorder, ManyConditionsLeaveRoomForTheReply) {
    Recorder recorder({.points = 32});
    for (int i = 0; i < 40; ++i) recorder.add({.id = "Condition"});
    recorder.add({.id = "StateChange"});
    const Call call = recorder.finish("1");
    ASSERT_EQ(call.points.size(), 32U);
    EXPECT_EQ(call.points[30].id, "StateChange");
    EXPECT_EQ(call.points[31].property("points"), "10");
}

TEST(Recorder, BoundsTheTextOfACall) {
    Recorder recorder({.call_bytes = 2000, .value_bytes = 1000});
    for (int i = 0; i < 3; ++i) recorder.add(flow_info(std::string(700, 'x')));
    const Call call = recorder.finish("1");
    EXPECT_EQ(call.points.size(), 3U);  // two, and the one that says so
    EXPECT_TRUE(call.partial);
}

TEST(Recorder, CutsBodiesAndValues) {
    const Limits limits{.content_bytes = 4, .value_bytes = 3};
    Recorder recorder(limits);
    Point point = flow_info("abc");
    point.message.emplace();
    point.message->content = "1234";
    point.message->headers = {{"h", "abcd"}};
    recorder.add(point);
    point.properties[0].value = "abcd";
    point.message->content = "12345";
    recorder.add(point);
    const Call call = recorder.finish("1");
    EXPECT_EQ(call.points[0].properties[0].value, "abc");
    EXPECT_EQ(call.points[0].message->content, "1234");
    EXPECT_EQ(call.points[0].message->headers[0].value, "abc");
    EXPECT_EQ(call.points[1].properties[0].value, "abc");
    EXPECT_EQ(call.points[1].message->content, "1234");
}

TEST(Recorder, NeverCutsACharacter) {
    EXPECT_EQ(cut_text("abc", 3), "abc");
    EXPECT_EQ(cut_text("ab\xC3\xA4", 3), "ab");
    EXPECT_EQ(cut_text("ab\xC3\xA4", 4), "ab\xC3\xA4");
    EXPECT_EQ(cut_text("\xE2\x82\xAC", 2), "");
    EXPECT_EQ(cut_text("\xF0\x9F\x98\x80x", 3), "");
    EXPECT_EQ(cut_text("\x80\x80\x80\x80\x80\x80", 4), "\x80\x80\x80\x80");  // not UTF-8 at all
}

TEST(AccessLog, KeepsAsManyRowsAsTheLimitSays) {
    AccessLog log({.value_bytes = 2, .values = 2});
    log.get("a", Value::null());
    log.set("b", Value::text("xyz"), false);
    EXPECT_EQ(log.left_out(), 0U);
    log.remove("c", true);
    EXPECT_EQ(log.left_out(), 1U);
    const std::vector<Access> expected{
        {.kind = Access::Kind::get, .name = "a"},
        {.kind = Access::Kind::set, .name = "b", .value = "xy", .success = false}};
    EXPECT_EQ(log.rows(), expected);
}

}  // namespace
}  // namespace catchrule::trace
