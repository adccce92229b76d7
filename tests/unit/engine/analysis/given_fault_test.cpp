// SPDX-License-Identifier: Apache-2.0
#include "engine/given_fault.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/engine/analysis/bundle_text.hpp"

namespace catchrule {
namespace {

constexpr const char* empty_proxy = "<ProxyEndpoint name=\"default\"/>";

TEST(NearestFaultName, Table) {
    struct Case {
        const char* written;
        const char* nearest;
    };
    const std::vector<Case> cases{
        {"InvalidApiKy", "InvalidApiKey"},
        {"invalidapikey", "InvalidApiKey"},
        {"QuotaViolaton", "QuotaViolation"},
        {"SpikeArestViolation", "SpikeArrestViolation"},
        {"Zzzzzzzzzzzzzzz", ""},
    };
    for (const Case& c : cases) EXPECT_EQ(nearest_fault_name(c.written), c.nearest) << c.written;
}

TEST(PoliciesRaising, LooksAtTypeAndEnabled) {
    const auto bundle = test::bundle_of(empty_proxy, {{"q", "Quota"},
                                                      {"s", "SpikeArrest"},
                                                      {"k", "VerifyAPIKey"},
                                                      {"off", "Quota"},
                                                      {"r", "RaiseFault"}});
    std::const_pointer_cast<Bundle>(bundle)->policies[3].enabled = false;
    const auto names = [&](std::string_view fault) {
        std::string out;
        for (const Policy* policy : policies_raising(*bundle, bundle->proxies.front(), fault)) {
            out += policy->name + ' ';
        }
        return out;
    };
    EXPECT_EQ(names("QuotaViolation"), "q ");
    EXPECT_EQ(names("SpikeArrestViolation"), "s ");
    EXPECT_EQ(names("InvalidApiKey"), "k ");
    EXPECT_EQ(names("RaiseFault"), "r ");
    EXPECT_EQ(names("RouteFailed"), "");
    EXPECT_EQ(names("Nonsense"), "");
}

// What the runtime would have set, with its types.
TEST(RaiseGiven, SetsWhatThePolicySets) {
    struct Case {
        const char* element;
        const char* fault;
        int status;
        std::vector<std::pair<const char*, grammar::Type>> set;
    };
    using grammar::Type;
    const std::vector<Case> cases{
        {"Quota",
         "QuotaViolation",
         429,
         {{"ratelimit.p.failed", Type::boolean},
          {"ratelimit.failed", Type::boolean},
          {"ratelimit.p.exceed.count", Type::long_integer},
          {"ratelimit.p.allowed.count", Type::long_integer},
          {"ratelimit.p.identifier", Type::text}}},
        {"SpikeArrest", "SpikeArrestViolation", 429, {{"ratelimit.p.failed", Type::boolean}}},
        {"VerifyAPIKey",
         "InvalidApiKey",
         401,
         {{"oauthV2.p.failed", Type::boolean}, {"verifyapikey.p.failed", Type::boolean}}},
        {"VerifyAPIKey", "FailedToResolveAPIKey", 401, {{"oauthV2.p.failed", Type::boolean}}},
        {"RaiseFault", "RaiseFault", 500, {{"raisefault.p.failed", Type::boolean}}},
        {"ServiceCallout", "ExecutionFailed", 500, {{"servicecallout.p.failed", Type::boolean}}},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.fault);
        const FaultRow* row = find_fault(c.fault, c.element);
        ASSERT_NE(row, nullptr);
        const auto bundle = test::bundle_of(empty_proxy, {{"p", c.element}});
        Variables variables(*bundle->layout);
        const GivenFault given =
            raise_given(*row, &bundle->policies.front(), "proxy", Semantics{}, variables);
        EXPECT_EQ(given.fault.name, c.fault);
        EXPECT_EQ(given.fault.status, c.status);
        EXPECT_EQ(given.fault.policy, "p");
        EXPECT_EQ(given.raised.has_value(), std::string_view(c.fault) == "RaiseFault");
        for (const auto& [name, type] : c.set) EXPECT_EQ(variables.get(name).type(), type) << name;
    }
}

TEST(RaiseGiven, SetsNothingWhenNobodyRaisedIt) {
    const auto bundle = test::bundle_of(empty_proxy, {});
    Variables variables(*bundle->layout);
    const GivenFault given =
        raise_given(*find_fault("QuotaViolation"), nullptr, "proxy", Semantics{}, variables);
    EXPECT_EQ(given.fault.code, "policies.ratelimit.QuotaViolation");
    EXPECT_TRUE(variables.snapshot().empty());
}

TEST(RaiseUnknown, TakesTheNameAsItIs) {
    const auto bundle = test::bundle_of(empty_proxy, {{"p", "Quota"}});
    Variables variables(*bundle->layout);
    const GivenFault given = raise_unknown("my.own.Fault", &bundle->policies.front(), variables);
    EXPECT_EQ(given.fault.name, "Fault");
    EXPECT_EQ(given.fault.code, "my.own.Fault");
    EXPECT_EQ(given.fault.status, 500);
    EXPECT_TRUE(variables.get("ratelimit.p.failed").as_boolean());
}

}  // namespace
}  // namespace catchrule
