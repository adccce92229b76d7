// SPDX-License-Identifier: Apache-2.0
#include "engine/policy.hpp"

#include <algorithm>
#include <array>

namespace catchrule {

namespace {

struct PrefixRow {
    std::string_view element;
    std::string_view prefix;
};

// SEMANTICS 3.2; the last block is named on one page only (POLICIES 5).
constexpr std::array prefixes{
    PrefixRow{"AccessControl", "acl"},
    PrefixRow{"AssertCondition", "AssertCondition"},
    PrefixRow{"AssignMessage", "assignmessage"},
    PrefixRow{"BasicAuthentication", "BasicAuthentication"},
    PrefixRow{"CORS", "cors"},
    PrefixRow{"DecodeJWT", "jwt"},
    PrefixRow{"ExternalCallout", "externalcallout"},
    PrefixRow{"ExtractVariables", "extractvariables"},
    PrefixRow{"GenerateJWT", "jwt"},
    PrefixRow{"GenerateSAMLAssertion", "GenerateSAMLAssertion"},
    PrefixRow{"HMAC", "hmac"},
    PrefixRow{"JSONThreatProtection", "jsonattack"},
    PrefixRow{"JSONToXML", "jsontoxml"},
    PrefixRow{"Javascript", "javascript"},
    PrefixRow{"MessageLogging", "messagelogging"},
    PrefixRow{"OASValidation", "OASValidation"},
    PrefixRow{"OAuthV2", "oauthV2"},
    PrefixRow{"PopulateCache", "populatecache"},
    PrefixRow{"Quota", "ratelimit"},
    PrefixRow{"RaiseFault", "raisefault"},
    PrefixRow{"ServiceCallout", "servicecallout"},
    PrefixRow{"SpikeArrest", "ratelimit"},
    PrefixRow{"VerifyAPIKey", "oauthV2"},
    PrefixRow{"VerifyJWT", "jwt"},
    PrefixRow{"XMLThreatProtection", "xmlattack"},
    PrefixRow{"XMLToJSON", "xmltojson"},

    PrefixRow{"ConcurrentRateLimit", "concurrentratelimit"},
    PrefixRow{"ConcurrentRatelimit", "concurrentratelimit"},
    PrefixRow{"RegularExpressionProtection", "regularexpressionprotection"},
};

struct ElementOf {
    std::string_view operator()(const UnsupportedPolicy& policy) const { return policy.element; }
    template <class Config>
    std::string_view operator()(const Config&) const {
        return Config::element;
    }
};

struct PrefixOf {
    std::string_view operator()(const UnsupportedPolicy& policy) const {
        return failed_prefix(policy.element);
    }
    template <class Config>
    std::string_view operator()(const Config&) const {
        return Config::prefix;
    }
};

}  // namespace

std::string_view Policy::element() const { return std::visit(ElementOf{}, config); }

std::string_view Policy::prefix() const { return std::visit(PrefixOf{}, config); }

std::string_view failed_prefix(std::string_view element) {
    const auto* row = std::ranges::find(prefixes, element, &PrefixRow::element);
    return row == prefixes.end() ? std::string_view{} : row->prefix;
}

bool is_failed_prefix(std::string_view prefix) {
    // VerifyAPIKey sets its flags under its own name too; JWT policies also in capitals (POLICIES
    // 5).
    return std::ranges::find(prefixes, prefix, &PrefixRow::prefix) != prefixes.end() ||
           prefix == "verifyapikey" || prefix == "JWT";
}

}  // namespace catchrule
