// SPDX-License-Identifier: Apache-2.0
#include "engine/traces/summary.hpp"

#include <gtest/gtest.h>

namespace catchrule::trace {
namespace {

Access get(const char* name, std::optional<std::string> value = std::nullopt) {
    return {.kind = Access::Kind::get, .name = name, .value = std::move(value)};
}

TEST(Summary, ReadingsOfARecordedCondition) {
    Call call;
    call.points = {{.id = "Condition",
                    .properties = {{"ExpressionResult", "false"},
                                   {"Expression", "((a equals \"1\") and (b equals \"2\"))"},
                                   {"Tree", "FAULT_r"}},
                    .accesses = {{get("a", "1"), get("b")}}}};
    const Summary summary = summarize(call);
    ASSERT_EQ(summary.entries.size(), 1U);
    const Entry& entry = summary.entries[0];
    EXPECT_EQ(entry.kind, Entry::Kind::rule);
    EXPECT_EQ(entry.name, "r");
    EXPECT_EQ(entry.verdict, Entry::Verdict::is_false);
    const std::vector<Reading> expected{{"a", "1"}, {"b", std::nullopt}};
    EXPECT_EQ(entry.readings, expected);
    EXPECT_EQ(summary.unset, std::vector<std::string>{"b"});
    EXPECT_FALSE(summary.fired);
}

// A skipped step repeats the accesses of the one before it.
TEST(Summary, OnlyTheConditionsOwnVariablesOfASkippedStep) {
    Call call;
    call.points = {{.id = "Execution",
                    .properties = {{"expression", "(a equals \"1\")"},
                                   {"expressionResult", "false"},
                                   {"stepDefinition-name", "p"}},
                    .accesses = {{get("a", "0"), get("z", "9"), get("a", "2")}}}};
    const Summary summary = summarize(call);
    const std::vector<Reading> expected{{"a", "2"}};
    EXPECT_EQ(summary.entries.at(0).readings, expected);
    EXPECT_EQ(summary.entries.at(0).verdict, Entry::Verdict::skipped);
}

TEST(Summary, VerdictsOfSteps) {
    struct Row {
        std::vector<Property> properties;
        Entry::Verdict verdict;
    };
    const std::vector<Row> rows{
        {{{"action", "CONTINUE"}, {"result", "true"}}, Entry::Verdict::ran},
        {{{"action", "ABORT"}}, Entry::Verdict::failed},
        {{{"action", "FAULT"}, {"result", "true"}}, Entry::Verdict::failed},
        {{{"result", "false"}}, Entry::Verdict::failed},
        {{{"expressionResult", "false"}}, Entry::Verdict::skipped},
        {{{"stepDefinition-enabled", "false"}}, Entry::Verdict::skipped},
        {{{"type", "EchoRequestExecution"}}, Entry::Verdict::ran},
    };
    for (const Row& row : rows) {
        Call call;
        call.points = {{.id = "Execution", .properties = row.properties}};
        EXPECT_EQ(summarize(call).entries.at(0).verdict, row.verdict);
    }
}

TEST(Summary, RulesOfOurOwnTraces) {
    const auto rule = [](const char* kind, const char* name, const char* verdict) {
        return Point{.id = "Rule",
                     .properties = {{"kind", kind}, {"name", name}, {"verdict", verdict}}};
    };
    const auto condition = [](const char* tree) {
        return Point{
            .id = "Condition",
            .properties = {
                {"ExpressionResult", "true"}, {"Expression", "(a equals null )"}, {"Tree", tree}}};
    };
    Call call;
    call.points = {condition("FAULT_one"), rule("FaultRule", "one", "fired"),
                   rule("FaultRule", "two", "not_reached"), condition("FAULT_rest"),
                   rule("DefaultFaultRule", "rest", "ran")};
    const Summary summary = summarize(call);
    ASSERT_EQ(summary.entries.size(), 3U);
    EXPECT_EQ(summary.fired, "one");
    EXPECT_EQ(summary.entries[0].verdict, Entry::Verdict::fired);
    EXPECT_EQ(summary.entries[1].verdict, Entry::Verdict::not_reached);
    EXPECT_EQ(summary.entries[2].kind, Entry::Kind::default_rule);
    EXPECT_EQ(summary.entries[2].verdict, Entry::Verdict::ran);
}

}  // namespace
}  // namespace catchrule::trace
