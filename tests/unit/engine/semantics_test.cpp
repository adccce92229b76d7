// SPDX-License-Identifier: Apache-2.0
#include "engine/semantics.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

struct SetCase {
    const char* key;
    const char* value;
    bool (*holds)(const Semantics&);
};

const std::vector<SetCase> set_cases{
    {"profile", "edge", [](const Semantics& s) { return s.profile == Profile::edge; }},
    {"profile", "x", [](const Semantics& s) { return s.profile == Profile::x; }},
    {"null-greater-than", "documented",
     [](const Semantics& s) { return s.comparisons.null_greater_than_documented; }},
    {"null-greater-than", "false",
     [](const Semantics& s) { return !s.comparisons.null_greater_than_documented; }},
    {"relational-strings", "numeric",
     [](const Semantics& s) { return s.comparisons.relational_strings_numeric; }},
    {"relational-strings", "text",
     [](const Semantics& s) { return !s.comparisons.relational_strings_numeric; }},
    {"proxy-order", "top-to-bottom",
     [](const Semantics& s) {
         return s.default_order(EndpointKind::proxy) == EvaluationOrder::top_to_bottom &&
                s.default_order(EndpointKind::target) == EvaluationOrder::top_to_bottom;
     }},
    {"target-order", "bottom-to-top",
     [](const Semantics& s) {
         return s.default_order(EndpointKind::target) == EvaluationOrder::bottom_to_top;
     }},
    {"raise-fault-in-rule", "continue",
     [](const Semantics& s) { return !s.raise_fault_in_rule_stops; }},
    {"raise-fault-in-rule", "stop", [](const Semantics& s) { return s.raise_fault_in_rule_stops; }},
    {"target-fault-reaches-proxy-default", "false",
     [](const Semantics& s) { return !s.target_fault_reaches_proxy_default; }},
    {"target-fault-reaches-proxy-default", "true",
     [](const Semantics& s) { return s.target_fault_reaches_proxy_default; }},
    {"rate-limit-status", "503",
     [](const Semantics& s) { return s.status_of_rate_limits() == 503; }},
    {"rate-limit-status", "400", [](const Semantics& s) { return s.rate_limit_status == 400; }},
    {"rate-limit-status", "599", [](const Semantics& s) { return s.rate_limit_status == 599; }},
};

TEST(Semantics, SetsEverySwitch) {
    for (const SetCase& c : set_cases) {
        SCOPED_TRACE(std::string(c.key) + "=" + c.value);
        Semantics semantics;
        EXPECT_EQ(semantics.set(c.key, c.value), "");
        EXPECT_TRUE(c.holds(semantics));
    }
}

struct RefusedCase {
    const char* key;
    const char* value;
    const char* message;
};

const std::vector<RefusedCase> refused_cases{
    {"profile", "Edge", "profile cannot be \"Edge\", expected x or edge"},
    {"null-greater-than", "true",
     "null-greater-than cannot be \"true\", expected false or documented"},
    {"relational-strings", "", "relational-strings cannot be \"\", expected text or numeric"},
    {"proxy-order", "up", "proxy-order cannot be \"up\", expected bottom-to-top or top-to-bottom"},
    {"target-order", "up",
     "target-order cannot be \"up\", expected top-to-bottom or bottom-to-top"},
    {"raise-fault-in-rule", "no",
     "raise-fault-in-rule cannot be \"no\", expected stop or continue"},
    {"target-fault-reaches-proxy-default", "1",
     "target-fault-reaches-proxy-default cannot be \"1\", expected true or false"},
    {"rate-limit-status", "399", "rate-limit-status cannot be \"399\", expected 400..599"},
    {"rate-limit-status", "600", "rate-limit-status cannot be \"600\", expected 400..599"},
    {"rate-limit-status", "429x", "rate-limit-status cannot be \"429x\", expected 400..599"},
    {"order", "x",
     "unknown switch \"order\", expected one of profile, proxy-order, target-order, "
     "raise-fault-in-rule, target-fault-reaches-proxy-default, null-greater-than, "
     "relational-strings, rate-limit-status"},
};

TEST(Semantics, SaysWhatIsWrong) {
    for (const RefusedCase& c : refused_cases) {
        Semantics semantics;
        EXPECT_EQ(semantics.set(c.key, c.value), c.message);
    }
}

TEST(Semantics, ProfileResetsNothingElse) {
    Semantics semantics;
    EXPECT_EQ(semantics.set("null-greater-than", "documented"), "");
    EXPECT_EQ(semantics.set("rate-limit-status", "418"), "");
    EXPECT_EQ(semantics.set("profile", "edge"), "");
    EXPECT_TRUE(semantics.comparisons.null_greater_than_documented);
    EXPECT_EQ(semantics.status_of_rate_limits(), 418);
}

TEST(Semantics, RateLimitsByProfile) {
    Semantics semantics;
    EXPECT_EQ(semantics.status_of_rate_limits(), 429);
    semantics.profile = Profile::edge;
    EXPECT_EQ(semantics.status_of_rate_limits(), 500);
}

TEST(SwitchTable, FirstValueIsTheDefault) {
    for (const SwitchRow& row : switch_table()) {
        SCOPED_TRACE(row.key);
        if (row.key == "rate-limit-status") continue;  // by profile
        Semantics semantics;
        EXPECT_EQ(semantics.set(row.key, row.values.substr(0, row.values.find('|'))), "");
        const Semantics defaults;
        EXPECT_EQ(semantics.profile, defaults.profile);
        EXPECT_EQ(semantics.comparisons, defaults.comparisons);
        EXPECT_EQ(semantics.proxy_order, defaults.proxy_order);
        EXPECT_EQ(semantics.target_order, defaults.target_order);
        EXPECT_EQ(semantics.raise_fault_in_rule_stops, defaults.raise_fault_in_rule_stops);
        EXPECT_EQ(semantics.target_fault_reaches_proxy_default,
                  defaults.target_fault_reaches_proxy_default);
    }
}

// Numbers are never used again, so there may be gaps.
TEST(Ledger, RowsStandInTheOrderOfTheirNumbers) {
    std::string_view last = "SEM-00";
    for (const LedgerRow& row : ledger()) {
        EXPECT_TRUE(row.id.starts_with("SEM-") && row.id.size() == last.size()) << row.id;
        EXPECT_LT(last, row.id);
        EXPECT_FALSE(row.question.empty() || row.decision.empty() || row.evidence.empty())
            << row.id;
        last = row.id;
    }
    EXPECT_GE(ledger().size(), 93U);
}

TEST(Ledger, NamesEverySwitchOnItsRow) {
    for (const SwitchRow& row : switch_table()) {
        bool named = false;
        for (const LedgerRow& entry : ledger()) {
            if (entry.id != row.ledger) continue;
            named = entry.switch_key.find(row.key) != std::string_view::npos;
        }
        EXPECT_TRUE(named) << row.key;
    }
}

TEST(EvaluationOrder, ReadsAndPrints) {
    for (const auto order : {EvaluationOrder::top_to_bottom, EvaluationOrder::bottom_to_top}) {
        EXPECT_EQ(parse_order(to_string(order)), order);
    }
    EXPECT_EQ(parse_order("Top-To-Bottom"), std::nullopt);
}

}  // namespace
}  // namespace catchrule
