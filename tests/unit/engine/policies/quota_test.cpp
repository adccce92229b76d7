// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/quota.hpp"

#include "tests/support/step_fixture.hpp"

namespace catchrule {
namespace {

using Kind = QuotaQuery::Kind;
using Unit = QuotaQuery::Unit;
using grammar::Type;

class QuotaTest : public testing::StepTest {
protected:
    QuotaQuery query() {
        StepContext step = context();
        const StepResult result = execute(policy_, step);
        const auto* asked = store_query(result);
        EXPECT_NE(asked, nullptr) << fault_name(result);
        return asked == nullptr ? QuotaQuery{} : std::get<QuotaQuery>(*asked);
    }
    StepResult run() {
        StepContext step = context();
        return execute(policy_, step);
    }
    StepResult answer(const StoreReply& reply) {
        StepContext step = context();
        return resume(policy_, step, reply);
    }

    Quota policy_{.allow_count = 10, .interval = 1, .unit = Unit::minute};
};

TEST(ParseQuotaUnit, ReadsTheNamesInAnyCaseAndNumber) {
    struct Case {
        std::string_view text;
        std::optional<Unit> unit;
    };
    const Case cases[] = {
        {"second", Unit::second},  {"minute", Unit::minute},    {"hour", Unit::hour},
        {"day", Unit::day},        {"week", Unit::week},        {"month", Unit::month},
        {"Minutes", Unit::minute}, {" HOURS\n", Unit::hour},    {"", std::nullopt},
        {"s", std::nullopt},       {"fortnight", std::nullopt}, {"minutess", std::nullopt},
        {"year", Unit::year},      {"decade", std::nullopt},
    };
    for (const Case& c : cases) EXPECT_EQ(parse_quota_unit(c.text), c.unit) << c.text;
}

TEST_F(QuotaTest, AsksForOneCallOfTheDefaultIdentifier) {
    const QuotaQuery asked = query();
    EXPECT_EQ(asked.counter, "weather/p");
    EXPECT_EQ(asked.identifier, "_default");
    EXPECT_EQ(asked.allowed, 10);
    EXPECT_EQ(asked.weight, 1);
    EXPECT_EQ(asked.interval, 1);
    EXPECT_EQ(asked.unit, Unit::minute);
    EXPECT_EQ(asked.kind, Kind::standard);
}

TEST_F(QuotaTest, ReferencesWinWhenTheyResolve) {
    policy_.allow_ref = "product.limit";
    policy_.interval_ref = "product.interval";
    policy_.unit_ref = "product.unit";
    policy_.identifier_ref = "client_id";
    policy_.weight_ref = "weight";
    set("product.limit", "7");
    variables_.define("product.interval", Value::integer(3));
    set("product.unit", "hours");
    set("client_id", "abc");
    variables_.define("weight", Value::real(2.0));
    const QuotaQuery asked = query();
    EXPECT_EQ(asked.allowed, 7);
    EXPECT_EQ(asked.interval, 3);
    EXPECT_EQ(asked.unit, Unit::hour);
    EXPECT_EQ(asked.identifier, "abc");
    EXPECT_EQ(asked.weight, 2);
}

TEST_F(QuotaTest, TextIsTheFallBackOfAReferenceThatDoesNotResolve) {
    struct Case {
        std::string_view limit, interval, unit;
    };
    const Case cases[] = {
        {"", "", ""}, {"ten", "one", "fortnight"}, {"1.5", "0", "-"}, {"", "-3", "s"}};
    policy_.allow_ref = "limit";
    policy_.interval_ref = "interval";
    policy_.unit_ref = "unit";
    for (const Case& c : cases) {
        set("limit", c.limit);
        set("interval", c.interval);
        set("unit", c.unit);
        const QuotaQuery asked = query();
        EXPECT_EQ(asked.allowed, 10) << c.limit;
        EXPECT_EQ(asked.interval, 1) << c.interval;
        EXPECT_EQ(asked.unit, Unit::minute) << c.unit;
    }
}

TEST_F(QuotaTest, FaultsWhenNeitherReferenceNorTextGivesAnInterval) {
    policy_.interval.reset();
    policy_.interval_ref = "product.interval";
    const StepResult result = run();
    EXPECT_EQ(fault_name(result), "FailedToResolveQuotaIntervalReference");
    EXPECT_EQ(std::get<Fault>(result).status, 500);
    EXPECT_EQ(std::get<Fault>(result).policy, "p");
    EXPECT_NE(fault_text(result).find("product.interval"), std::string::npos) << fault_text(result);
    EXPECT_EQ(show("ratelimit.p.failed"), "true");
    EXPECT_EQ(show("ratelimit.failed"), "true");
}

TEST_F(QuotaTest, FaultsWhenNeitherReferenceNorTextGivesAUnit) {
    policy_.unit.reset();
    policy_.unit_ref = "product.unit";
    set("product.unit", "decade");
    EXPECT_EQ(fault_name(run()), "FailedToResolveQuotaIntervalTimeUnitReference");
}

TEST_F(QuotaTest, WeightMustBeAWholeNumberFromZero) {
    struct Case {
        std::string_view weight, fault;
    };
    const Case cases[] = {
        {"0", ""},
        {"2147483647", ""},
        {"2147483648", "InvalidMessageWeight"},
        {"-1", "InvalidMessageWeight"},
        {"1.5", "InvalidMessageWeight"},
        {"heavy", "InvalidMessageWeight"},
        {"", "InvalidMessageWeight"},
    };
    policy_.weight_ref = "weight";
    EXPECT_EQ(query().weight, 1);  // unset
    for (const Case& c : cases) {
        set("weight", c.weight);
        EXPECT_EQ(fault_name(run()), c.fault) << c.weight;
    }
    set("weight", "heavy");
    EXPECT_EQ(fault_text(run()), "Invalid message weight value heavy");
}

TEST_F(QuotaTest, PublishesTheCountsWithTheirTypes) {
    const StepResult result = answer(QuotaReply{.used = 4, .exceeded = false, .expiry = 60'000});
    EXPECT_TRUE(std::holds_alternative<Completed>(result));
    struct Case {
        std::string_view name, text;
        Type type;
    };
    const Case cases[] = {
        {"ratelimit.p.allowed.count", "10", Type::long_integer},
        {"ratelimit.p.used.count", "4", Type::long_integer},
        {"ratelimit.p.available.count", "6", Type::long_integer},
        {"ratelimit.p.exceed.count", "0", Type::long_integer},
        {"ratelimit.p.total.exceed.count", "0", Type::long_integer},
        {"ratelimit.p.expiry.time", "60000", Type::long_integer},
        {"ratelimit.p.identifier", "_default", Type::text},
        {"ratelimit.p.failed", "false", Type::boolean},
        {"ratelimit.failed", "false", Type::boolean},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(show(c.name), c.text) << c.name;
        EXPECT_EQ(type_of(c.name), c.type) << c.name;
    }
}

TEST_F(QuotaTest, ViolationKeepsTheCountsAndNamesTheIdentifier) {
    policy_.identifier_ref = "client_id";
    set("client_id", "abc");
    const StepResult result = answer(QuotaReply{.used = 10, .exceeded = true, .expiry = 60'000});
    const auto& fault = std::get<Fault>(result);
    EXPECT_EQ(fault.code, "policies.ratelimit.QuotaViolation");
    EXPECT_EQ(fault.text, "Rate limit quota violation. Quota limit  exceeded. Identifier : abc");
    EXPECT_EQ(fault.status, 429);
    EXPECT_EQ(show("ratelimit.p.used.count"), "10");
    EXPECT_EQ(show("ratelimit.p.available.count"), "0");
    EXPECT_EQ(show("ratelimit.p.exceed.count"), "1");
    EXPECT_EQ(show("ratelimit.p.total.exceed.count"), "1");
    EXPECT_EQ(show("ratelimit.p.failed"), "true");
}

TEST_F(QuotaTest, ViolationIs500InTheEdgeProfile) {  // SEM-19
    ASSERT_EQ(semantics_.set("profile", "edge"), "");
    const StepResult result = answer(QuotaReply{.used = 10, .exceeded = true, .expiry = 60'000});
    EXPECT_EQ(std::get<Fault>(result).status, 500);
    EXPECT_EQ(fault_text(result),
              "Rate limit quota violation. Quota limit  exceeded. Identifier : _default");
}

TEST_F(QuotaTest, ASlidingWindowHasNoExpiry) {
    policy_.kind = Kind::rolling_window;
    answer(QuotaReply{.used = 1, .exceeded = false, .expiry = 0});
    EXPECT_EQ(show("ratelimit.p.expiry.time"), "(unset)");
}

TEST_F(QuotaTest, WithoutAStoreNothingIsSet) {
    EXPECT_TRUE(std::holds_alternative<Completed>(answer(StoreUnavailable{})));
    EXPECT_TRUE(variables_.snapshot().empty());
}

}  // namespace
}  // namespace catchrule
