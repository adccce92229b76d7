// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/verify_api_key.hpp"

#include "tests/support/step_fixture.hpp"

namespace catchrule {
namespace {

class VerifyApiKeyTest : public testing::StepTest {
protected:
    StepResult run() {
        StepContext step = context();
        return execute(policy_, step);
    }
    StepResult answer(const StoreReply& reply) {
        StepContext step = context();
        return resume(policy_, step, reply);
    }
    void expect_flags(std::string_view failed) {
        for (const std::string_view name : {"oauthV2.failed", "oauthV2.p.failed",
                                            "verifyapikey.failed", "verifyapikey.p.failed"}) {
            EXPECT_EQ(show(name), failed) << name;
        }
    }

    VerifyApiKey policy_{.key_ref = "request.queryparam.apikey", .key_literal = {}};
};

TEST_F(VerifyApiKeyTest, AsksForTheKeyInItsPlace) {
    variables_.request().query.add("apikey", "k1");
    set("environment.name", "test");
    set("proxy.pathsuffix", "/forecast");
    const StepResult result = run();
    const auto& asked = std::get<KeyQuery>(*store_query(result));
    EXPECT_EQ(asked.key, "k1");
    EXPECT_EQ(asked.proxy, "weather");
    EXPECT_EQ(asked.environment, "test");
    EXPECT_EQ(asked.path_suffix, "/forecast");
    EXPECT_EQ(asked.verb, "GET");
}

TEST_F(VerifyApiKeyTest, LiteralCountsWithoutReference) {
    policy_ = {.key_ref = {}, .key_literal = "k2"};
    const StepResult result = run();
    EXPECT_EQ(std::get<KeyQuery>(*store_query(result)).key, "k2");
}

TEST_F(VerifyApiKeyTest, FaultsWhenTheKeyIsUnsetOrEmpty) {
    for (const bool empty : {false, true}) {
        if (empty) variables_.request().query.add("apikey", "");
        const StepResult result = run();
        const auto& fault = std::get<Fault>(result);
        EXPECT_EQ(fault.code, "steps.oauth.v2.FailedToResolveAPIKey");
        EXPECT_EQ(fault.text, "Failed to resolve API Key variable request.queryparam.apikey");
        EXPECT_EQ(fault.status, 401);
        EXPECT_EQ(fault.policy, "p");
        EXPECT_EQ(default_fault_body(fault).size(), 150U);  // F16
        expect_flags("true");
    }
}

TEST_F(VerifyApiKeyTest, EveryRefusalIsAFaultOfTheCatalog) {
    for (const std::string_view code :
         {"oauth.v2.InvalidApiKey", "oauth.v2.InvalidApiKeyForGivenResource",
          "keymanagement.service.invalid_client-app_not_approved",
          "keymanagement.service.consumer_key_expired",
          "keymanagement.service.DeveloperStatusNotActive"}) {
        ASSERT_NE(find_fault(code), nullptr) << code;
        const StepResult result = answer(KeyReply{std::string(code), {}});
        EXPECT_EQ(std::get<Fault>(result).code, code);
        EXPECT_EQ(std::get<Fault>(result).status, 401) << code;
        expect_flags("true");
    }
}

TEST_F(VerifyApiKeyTest, PublishesWhatTheStoreSays) {
    const StepResult result =
        answer(KeyReply{{}, {{"developer.app.name", "old"}, {"developer.app.name", "app-1"}}});
    EXPECT_TRUE(std::holds_alternative<Completed>(result));
    EXPECT_EQ(show("verifyapikey.p.developer.app.name"), "app-1");
    expect_flags("false");
}

TEST_F(VerifyApiKeyTest, WithoutAStoreNothingIsSet) {
    EXPECT_TRUE(std::holds_alternative<Completed>(answer(StoreUnavailable{})));
    EXPECT_TRUE(variables_.snapshot().empty());
}

}  // namespace
}  // namespace catchrule
