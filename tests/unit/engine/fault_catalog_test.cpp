// SPDX-License-Identifier: Apache-2.0
#include "engine/fault_catalog.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

struct FaultCase {
    const char* code;
    int status_x;
    int status_edge;
    const char* text;
    const char* reason = "";
    const char* category = "Messaging";
};

const std::vector<FaultCase> fault_cases{
    {"oauth.v2.InvalidApiKey", 401, 401, "Invalid ApiKey", "", "Step"},
    {"steps.oauth.v2.InsufficientScope", 403, 403, "Required scope(s): {scopes}", "", "Step"},
    {"policies.ratelimit.QuotaViolation", 429, 500,
     "Rate limit quota violation. Quota limit  exceeded. Identifier : {identifier}", "", "Step"},
    {"policies.ratelimit.SpikeArrestViolation", 429, 500,
     "Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod={n}, "
     "periodInMicroseconds={period}, maxBurstMessageCount=1.0}",
     "", "Step"},
    {"steps.raisefault.RaiseFault", 500, 500, "Raising fault. Fault name : {policy}", "", "Step"},
    {"messaging.runtime.RouteFailed", 500, 500, "Unable to route the message to a Target Endpoint"},
    {"messaging.adaptors.http.flow.ApplicationNotFound", 404, 404,
     "Unable to identify proxy for host: {host}:{port} and url: {path}"},
    {"messaging.adaptors.http.flow.ServiceUnavailable", 503, 503,
     "The Service is temporarily unavailable"},
    {"messaging.adaptors.http.flow.GatewayTimeout", 504, 504, "Gateway Timeout",
     "TARGET_READ_TIMEOUT"},
    {"messaging.adaptors.http.flow.UnexpectedEOFAtTarget", 502, 502, "Unexpected EOF at target"},
    {"messaging.adaptors.http.flow.BadGateway", 502, 502, "Bad Gateway"},
    {"messaging.adaptors.http.flow.SslHandshakeFailed", 503, 503, "SSL Handshake failed"},
    {"messaging.adaptors.http.flow.NoActiveTargets", 503, 503,
     "The Service is temporarily unavailable"},
    {"protocol.http.TooBigLine", 414, 414, "request line size exceeding {limit}"},
};

TEST(MakeFault, ByProfile) {
    Semantics edge;
    edge.profile = Profile::edge;
    for (const FaultCase& c : fault_cases) {
        SCOPED_TRACE(c.code);
        const Fault fault = make_fault(c.code, {});
        EXPECT_EQ(fault.code, c.code);
        EXPECT_EQ(fault.name, fault_name_of(c.code));
        EXPECT_EQ(fault.status, c.status_x);
        EXPECT_EQ(fault.text, c.text);
        EXPECT_EQ(fault.reason, c.reason);
        EXPECT_EQ(fault.category, c.category);
        EXPECT_EQ(make_fault(c.code, edge).status, c.status_edge);
        EXPECT_EQ(make_fault(c.code, edge).reason, "");
    }
}

TEST(MakeFault, RateLimitStatusCountsForTheViolationsOnly) {
    Semantics semantics;
    semantics.rate_limit_status = 503;
    EXPECT_EQ(make_fault("policies.ratelimit.QuotaViolation", semantics).status, 503);
    EXPECT_EQ(make_fault("policies.ratelimit.SpikeArrestViolation", semantics).status, 503);
    EXPECT_EQ(make_fault("policies.ratelimit.InvalidMessageWeight", semantics).status, 500);
    EXPECT_EQ(make_fault("oauth.v2.InvalidApiKey", semantics).status, 401);
}

TEST(MakeFault, FillsInOnlyWhatIsGiven) {
    EXPECT_EQ(make_fault("policies.ratelimit.SpikeArrestViolation", {},
                         {{"n", "5"}, {"period", "1000000"}})
                  .text,
              "Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=5, "
              "periodInMicroseconds=1000000, maxBurstMessageCount=1.0}");
    EXPECT_EQ(
        make_fault("policies.ratelimit.QuotaViolation", {}, {{"identifier", "_default"}}).text,
        "Rate limit quota violation. Quota limit  exceeded. Identifier : _default");
    // A value is not looked at again.
    EXPECT_EQ(make_fault("policies.ratelimit.FailedToResolveQuotaIntervalReference", {},
                         {{"ref", "{policy}"}, {"policy", "q"}})
                  .text,
              "Failed to resolve quota interval reference {policy} in quota policy q");
}

TEST(MakeFault, OfAnUnknownCode) {
    const Fault fault = make_fault("a.b.Unheard", {});
    EXPECT_EQ(fault.name, "Unheard");
    EXPECT_EQ(fault.code, "a.b.Unheard");
    EXPECT_EQ(fault.status, 500);
}

struct FindCase {
    const char* name;
    const char* raised_by;
    const char* code;  // empty = none
};

const std::vector<FindCase> find_cases{
    {"InvalidApiKey", "", "oauth.v2.InvalidApiKey"},
    {"oauth.v2.InvalidApiKey", "", "oauth.v2.InvalidApiKey"},
    {"v2.InvalidApiKey", "", ""},
    {"ApiKey", "", ""},
    {"", "", ""},
    {"invalidapikey", "", ""},
    {"InvalidApiKey", "VerifyAPIKey", "oauth.v2.InvalidApiKey"},
    {"InvalidApiKey", "OAuthV2", ""},
    {"ExecutionFailed", "ServiceCallout", "steps.servicecallout.ExecutionFailed"},
    {"InvalidMessageWeight", "SpikeArrest", "policies.ratelimit.InvalidMessageWeight"},
    {"invalid_client-app_not_approved", "",
     "keymanagement.service.invalid_client-app_not_approved"},
    {"RouteFailed", "routing", "messaging.runtime.RouteFailed"},
    {"ErrorResponseCode", "target", "messaging.adaptors.http.flow.ErrorResponseCode"},
    {"NoRoutesMatched", "", ""},
};

TEST(FindFault, ByNameOrCode) {
    for (const FindCase& c : find_cases) {
        const FaultRow* row = find_fault(c.name, c.raised_by);
        EXPECT_EQ(row == nullptr ? "" : row->code, c.code) << c.name << " of " << c.raised_by;
    }
    EXPECT_EQ(find_fault("InvalidMessageWeight", "SpikeArrest")->raised_by, "SpikeArrest");
}

TEST(FaultCatalog, RowsAreComplete) {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const FaultRow& row : fault_catalog()) {
        SCOPED_TRACE(row.code);
        EXPECT_TRUE(seen.emplace(row.code, row.raised_by).second) << "twice";
        EXPECT_NE(row.code.find('.'), std::string_view::npos);
        EXPECT_FALSE(row.raised_by.empty());
        EXPECT_FALSE(row.text.empty());
        for (const int status : {row.status_x, row.status_edge}) {
            EXPECT_TRUE(status == 0 || (status >= 400 && status <= 599)) << status;
        }
        if (row.status_x != row.status_edge) {
            EXPECT_TRUE(row.name() == "QuotaViolation" || row.name() == "SpikeArrestViolation");
        }
    }
}

}  // namespace
}  // namespace catchrule
