// SPDX-License-Identifier: Apache-2.0
#include "engine/fault.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/fault_catalog.hpp"

namespace catchrule {
namespace {

struct NameCase {
    const char* code;
    const char* name;
};

const std::vector<NameCase> name_cases{
    {"oauth.v2.InvalidApiKey", "InvalidApiKey"},
    {"keymanagement.service.invalid_client-app_not_approved", "invalid_client-app_not_approved"},
    {"RaiseFault", "RaiseFault"},
    {"", ""},
};

TEST(FaultName, IsTheLastSegment) {
    for (const NameCase& c : name_cases) EXPECT_EQ(fault_name_of(c.code), c.name);
}

struct EscapeCase {
    std::string text;
    std::string json;
};

const std::vector<EscapeCase> escape_cases{
    {"", ""},
    {"a \"b\" \\c/", R"(a \"b\" \\c/)"},
    {"\n\r\t\b\f", R"(\n\r\t\b\f)"},
    {std::string("\x00\x1f\x7f", 3), "\\u0000\\u001f\x7f"},
    {"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80", "\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"},
    {"a\xFF", "a\xEF\xBF\xBD"},
    {"\x80z", "\xEF\xBF\xBDz"},
    {"\xE2\x82z", "\xEF\xBF\xBDz"},                                            // cut short
    {"\xE2\x82", "\xEF\xBF\xBD"},                                              // ends early
    {"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},                                  // overlong
    {"\xE0\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},                  // overlong
    {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},                  // surrogate
    {"\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},  // beyond U+10FFFF
};

TEST(DefaultFaultBody, EscapesText) {
    for (const EscapeCase& c : escape_cases) {
        Fault fault;
        fault.text = c.text;
        fault.code = "x.Y";
        EXPECT_EQ(default_fault_body(fault),
                  R"({"fault":{"faultstring":")" + c.json + R"(","detail":{"errorcode":"x.Y"}}})");
    }
}

TEST(DefaultFaultBody, OfAMissingKeyIs150Bytes) {
    const Fault fault = make_fault("steps.oauth.v2.FailedToResolveAPIKey", {},
                                   {{"ref", "request.queryparam.apikey"}});
    const std::string body = default_fault_body(fault);
    EXPECT_EQ(body, R"({"fault":{"faultstring":"Failed to resolve API Key variable )"
                    R"(request.queryparam.apikey","detail":{"errorcode":)"
                    R"("steps.oauth.v2.FailedToResolveAPIKey"}}})");
    EXPECT_EQ(body.size(), 150U);
    EXPECT_EQ(fault.status, 401);
}

TEST(DefaultFaultBody, OfRaiseFaultForbiddenIs129Bytes) {
    Fault fault =
        make_fault("steps.raisefault.RaiseFault", {}, {{"policy", "RaiseFault.Forbidden"}});
    EXPECT_EQ(default_fault_body(fault).size(), 129U);
}

TEST(DefaultFaultBody, HasTheReasonInsideDetail) {
    const Fault fault = make_fault("messaging.adaptors.http.flow.GatewayTimeout", {});
    EXPECT_EQ(default_fault_body(fault),
              R"({"fault":{"faultstring":"Gateway Timeout","detail":{"errorcode":)"
              R"("messaging.adaptors.http.flow.GatewayTimeout","reason":"TARGET_READ_TIMEOUT"}}})");
}

TEST(EndpointKind, Names) {
    EXPECT_EQ(to_string(EndpointKind::proxy), "proxy");
    EXPECT_EQ(to_string(EndpointKind::target), "target");
    EXPECT_EQ(element_name(EndpointKind::proxy), "ProxyEndpoint");
    EXPECT_EQ(element_name(EndpointKind::target), "TargetEndpoint");
}

}  // namespace
}  // namespace catchrule
