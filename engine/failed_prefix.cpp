// SPDX-License-Identifier: Apache-2.0
#include "engine/failed_prefix.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace catchrule {

namespace {

// SEMANTICS 3.2; the second block is named on one page only (POLICIES 5), the last one are prefixes
// beside the type's own: VerifyAPIKey's variables and POLICIES 5 for the capitals.
constexpr std::array prefixes{
    FailedPrefix{"AccessControl", "acl"},
    FailedPrefix{"AssertCondition", "AssertCondition"},
    FailedPrefix{"AssignMessage", "assignmessage"},
    FailedPrefix{"BasicAuthentication", "BasicAuthentication"},
    FailedPrefix{"CORS", "cors"},
    FailedPrefix{"DecodeJWT", "jwt"},
    FailedPrefix{"ExternalCallout", "externalcallout"},
    FailedPrefix{"ExtractVariables", "extractvariables"},
    FailedPrefix{"GenerateJWT", "jwt"},
    FailedPrefix{"GenerateSAMLAssertion", "GenerateSAMLAssertion"},
    FailedPrefix{"HMAC", "hmac"},
    FailedPrefix{"JSONThreatProtection", "jsonattack"},
    FailedPrefix{"JSONToXML", "jsontoxml"},
    FailedPrefix{"Javascript", "javascript"},
    FailedPrefix{"KeyValueMapOperations", "keyvaluemapoperations"},
    FailedPrefix{"MessageLogging", "messagelogging"},
    FailedPrefix{"OASValidation", "OASValidation"},
    FailedPrefix{"OAuthV2", "oauthV2"},
    FailedPrefix{"PopulateCache", "populatecache"},
    FailedPrefix{"Quota", "ratelimit"},
    FailedPrefix{"RaiseFault", "raisefault"},
    FailedPrefix{"ServiceCallout", "servicecallout"},
    FailedPrefix{"SpikeArrest", "ratelimit"},
    FailedPrefix{"VerifyAPIKey", "oauthV2"},
    FailedPrefix{"VerifyJWT", "jwt"},
    FailedPrefix{"XMLThreatProtection", "xmlattack"},
    FailedPrefix{"XMLToJSON", "xmltojson"},

    FailedPrefix{"ConcurrentRateLimit", "concurrentratelimit"},
    FailedPrefix{"ConcurrentRatelimit", "concurrentratelimit"},
    FailedPrefix{"RegularExpressionProtection", "regularexpressionprotection"},

    FailedPrefix{"", "verifyapikey"},
    FailedPrefix{"", "JWT"},
};

}  // namespace

std::span<const FailedPrefix> failed_prefixes() { return prefixes; }

std::string_view failed_prefix(std::string_view element) {
    if (element.empty()) return {};
    const auto* row = std::ranges::find(prefixes, element, &FailedPrefix::element);
    return row == prefixes.end() ? std::string_view{} : row->prefix;
}

bool is_failed_prefix(std::string_view prefix) {
    return std::ranges::find(prefixes, prefix, &FailedPrefix::prefix) != prefixes.end();
}

bool is_failed_flag(std::string_view name) {
    const std::size_t dot = name.find('.');
    if (!name.ends_with(".failed") || !is_failed_prefix(name.substr(0, dot))) return false;
    return name.substr(dot) == ".failed" || !name.substr(dot).starts_with("..");
}

}  // namespace catchrule
