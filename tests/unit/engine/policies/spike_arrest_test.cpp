// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/spike_arrest.hpp"

#include "tests/support/step_fixture.hpp"

namespace catchrule {
namespace {

class SpikeArrestTest : public testing::StepTest {
protected:
    StepResult run() {
        StepContext step = context();
        return execute(policy_, step);
    }
    SpikeQuery query() {
        const StepResult result = run();
        const auto* asked = store_query(result);
        EXPECT_NE(asked, nullptr) << fault_name(result);
        return asked == nullptr ? SpikeQuery{} : std::get<SpikeQuery>(*asked);
    }
    StepResult answer(const StoreReply& reply) {
        StepContext step = context();
        return resume(policy_, step, reply);
    }

    SpikeArrest policy_{.rate = SpikeRate{5, false}};
};

TEST(ParseSpikeRate, TakesAPositiveIntegerAndAUnit) {
    struct Case {
        std::string_view text;
        std::int64_t messages;  // 0 = refused
        bool per_minute = false;
    };
    const Case cases[] = {
        {"5ps", 5},
        {"30pm", 30, true},
        {" 12pm\n", 12, true},
        {"1000000000ps", 1'000'000'000},
        {"1000000001ps", 0},
        {"0ps", 0},
        {"-5ps", 0},
        {"+5ps", 0},
        {"5", 0},
        {"ps", 0},
        {"", 0},
        {"5 ps", 0},
        {"5PS", 0},
        {"5ph", 0},
        {"5.5ps", 0},
        {"99999999999999999999ps", 0},
    };
    for (const Case& c : cases) {
        const auto rate = parse_spike_rate(c.text);
        EXPECT_EQ(rate.has_value(), c.messages != 0) << c.text;
        if (!rate) continue;
        EXPECT_EQ(rate->messages, c.messages) << c.text;
        EXPECT_EQ(rate->per_minute, c.per_minute) << c.text;
    }
}

TEST_F(SpikeArrestTest, AsksForOneCall) {
    const SpikeQuery asked = query();
    EXPECT_EQ(asked.counter, "weather/p");
    EXPECT_EQ(asked.identifier, "_default");
    EXPECT_EQ(asked.messages, 5);
    EXPECT_EQ(asked.period_us, 1'000'000);
    EXPECT_EQ(asked.weight, 1);
}

TEST_F(SpikeArrestTest, ReferencesWinWhenTheyResolve) {
    policy_.rate_ref = "rate";
    policy_.identifier_ref = "client_id";
    policy_.weight_ref = "weight";
    set("rate", "30pm");
    set("client_id", "abc");
    set("weight", "3");
    SpikeQuery asked = query();
    EXPECT_EQ(asked.messages, 30);
    EXPECT_EQ(asked.period_us, 60'000'000);
    EXPECT_EQ(asked.identifier, "abc");
    EXPECT_EQ(asked.weight, 3);
    set("rate", "a lot");
    asked = query();
    EXPECT_EQ(asked.messages, 5);
    EXPECT_EQ(asked.period_us, 1'000'000);
}

TEST_F(SpikeArrestTest, FaultsWithoutARate) {
    policy_.rate.reset();
    policy_.rate_ref = "limits.rate";
    const StepResult result = run();
    EXPECT_EQ(fault_name(result), "FailedToResolveSpikeArrestRate");
    EXPECT_EQ(fault_text(result),
              "Failed to resolve Spike Arrest Rate reference limits.rate in SpikeArrest policy p");
    EXPECT_EQ(show("ratelimit.p.failed"), "true");
    set("limits.rate", "a lot");
    EXPECT_EQ(fault_name(run()), "InvalidAllowedRate");
}

TEST_F(SpikeArrestTest, FaultsOnAWeightThatIsNoNumber) {
    policy_.weight_ref = "weight";
    set("weight", "1e3");
    EXPECT_EQ(fault_name(run()), "InvalidMessageWeight");
    EXPECT_EQ(show("ratelimit.p.failed"), "true");
}

TEST_F(SpikeArrestTest, SetsOnlyItsFlag) {
    EXPECT_TRUE(std::holds_alternative<Completed>(answer(SpikeReply{.exceeded = false})));
    EXPECT_EQ(show("ratelimit.p.failed"), "false");
    EXPECT_EQ(show("ratelimit.failed"), "false");
    EXPECT_EQ(variables_.snapshot().size(), 2U);
}

TEST_F(SpikeArrestTest, ViolationShowsTheRateScaledByTheWeight) {
    struct Case {
        SpikeRate rate;
        std::string_view weight, text;
    };
    const Case cases[] = {
        {{5, false},
         "1",
         "MessageRate{messagesPerPeriod=5, periodInMicroseconds=1000000, "
         "maxBurstMessageCount=1.0}"},
        {{5, false},
         "5",
         "MessageRate{messagesPerPeriod=5, periodInMicroseconds=5000000, "
         "maxBurstMessageCount=1.0}"},
        {{30, true},
         "1",
         "MessageRate{messagesPerPeriod=30, periodInMicroseconds=60000000, "
         "maxBurstMessageCount=1.0}"},
    };
    policy_.weight_ref = "weight";
    for (const Case& c : cases) {
        policy_.rate = c.rate;
        set("weight", c.weight);
        const StepResult result = answer(SpikeReply{.exceeded = true});
        EXPECT_EQ(fault_name(result), "SpikeArrestViolation");
        EXPECT_EQ(fault_text(result),
                  "Spike arrest violation. Allowed rate : " + std::string(c.text));
        EXPECT_EQ(std::get<Fault>(result).status, 429);
        EXPECT_EQ(show("ratelimit.p.failed"), "true");
    }
}

TEST_F(SpikeArrestTest, WithoutAStoreNothingIsSet) {
    EXPECT_TRUE(std::holds_alternative<Completed>(answer(StoreUnavailable{})));
    EXPECT_TRUE(variables_.snapshot().empty());
}

}  // namespace
}  // namespace catchrule
