// SPDX-License-Identifier: Apache-2.0
#include "engine/policy.hpp"

#include <gtest/gtest.h>

#include "engine/failed_prefix.hpp"

namespace catchrule {
namespace {

TEST(FailedPrefix, KnowsEveryElementOfTheTable) {
    struct Case {
        std::string_view element, prefix;
    };
    const Case cases[] = {
        {"AccessControl", "acl"},
        {"AssertCondition", "AssertCondition"},
        {"AssignMessage", "assignmessage"},
        {"BasicAuthentication", "BasicAuthentication"},
        {"CORS", "cors"},
        {"DecodeJWT", "jwt"},
        {"ExternalCallout", "externalcallout"},
        {"ExtractVariables", "extractvariables"},
        {"GenerateJWT", "jwt"},
        {"GenerateSAMLAssertion", "GenerateSAMLAssertion"},
        {"HMAC", "hmac"},
        {"JSONThreatProtection", "jsonattack"},
        {"JSONToXML", "jsontoxml"},
        {"Javascript", "javascript"},
        {"MessageLogging", "messagelogging"},
        {"OASValidation", "OASValidation"},
        {"OAuthV2", "oauthV2"},
        {"PopulateCache", "populatecache"},
        {"Quota", "ratelimit"},
        {"RaiseFault", "raisefault"},
        {"ServiceCallout", "servicecallout"},
        {"SpikeArrest", "ratelimit"},
        {"VerifyAPIKey", "oauthV2"},
        {"VerifyJWT", "jwt"},
        {"XMLThreatProtection", "xmlattack"},
        {"XMLToJSON", "xmltojson"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(failed_prefix(c.element), c.prefix) << c.element;
        EXPECT_TRUE(is_failed_prefix(c.prefix)) << c.prefix;
    }
    EXPECT_EQ(failed_prefix("quota"), "");
    EXPECT_EQ(failed_prefix(""), "");
}

TEST(FailedPrefix, IsNotTheNameOfThePolicyType) {
    for (const std::string_view wrong : {"spikearrest", "quota", "accesscontrol", "oauthv2", ""}) {
        EXPECT_FALSE(is_failed_prefix(wrong)) << wrong;
    }
    EXPECT_TRUE(is_failed_prefix("verifyapikey"));
}

TEST(Policy, KnowsElementAndPrefixOfItsConfig) {
    struct Case {
        PolicyConfig config;
        std::string_view element, prefix;
    };
    const Case cases[] = {
        {AssignMessage{}, "AssignMessage", "assignmessage"},
        {RaiseFault{}, "RaiseFault", "raisefault"},
        {VerifyApiKey{}, "VerifyAPIKey", "oauthV2"},
        {Quota{}, "Quota", "ratelimit"},
        {SpikeArrest{}, "SpikeArrest", "ratelimit"},
        {ExtractVariables{}, "ExtractVariables", "extractvariables"},
        {FlowCallout{}, "FlowCallout", ""},
        {KeyValueMap{}, "KeyValueMapOperations", "keyvaluemapoperations"},
        {ServiceCallout{}, "ServiceCallout", "servicecallout"},
        {MessageLogging{}, "MessageLogging", "messagelogging"},
        {UnsupportedPolicy{"Javascript"}, "Javascript", "javascript"},
        {UnsupportedPolicy{"JavaCallout"}, "JavaCallout", ""},
    };
    for (const Case& c : cases) {
        Policy policy;
        policy.config = c.config;
        EXPECT_EQ(policy.element(), c.element);
        EXPECT_EQ(policy.prefix(), c.prefix) << c.element;
        EXPECT_TRUE(c.prefix.empty() || failed_prefix(c.element) == c.prefix) << c.element;
    }
}

}  // namespace
}  // namespace catchrule
