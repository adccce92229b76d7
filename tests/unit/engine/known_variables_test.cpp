// SPDX-License-Identifier: Apache-2.0
#include "engine/known_variables.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

using grammar::Type;
using grammar::Value;

struct ViewCase {
    const char* name;
    MessageName message;
    MessagePart part;
    const char* field = "";
    int index = 0;
    const char* custom = "";
};

const std::vector<ViewCase> view_cases{
    {"request.verb", MessageName::request, MessagePart::verb},
    {"request.uri", MessageName::request, MessagePart::uri},
    {"request.path", MessageName::request, MessagePart::path},
    {"request.querystring", MessageName::request, MessagePart::querystring},
    {"request.version", MessageName::request, MessagePart::version},
    {"request.formstring", MessageName::request, MessagePart::form_string},
    {"message.content", MessageName::message, MessagePart::content},
    {"error.content", MessageName::error, MessagePart::content},
    {"response.status.code", MessageName::response, MessagePart::status_code},
    {"error.reason.phrase", MessageName::error, MessagePart::reason_phrase},
    {"request.header.accept", MessageName::request, MessagePart::header, "accept"},
    {"request.header.Content-Type", MessageName::request, MessagePart::header, "Content-Type"},
    {"request.header.accept.2", MessageName::request, MessagePart::header_index, "accept", 2},
    {"request.header.a.b", MessageName::request, MessagePart::header, "a.b"},
    {"request.header.a.b.12", MessageName::request, MessagePart::header_index, "a.b", 12},
    {"request.header.a.0", MessageName::request, MessagePart::header, "a.0"},
    {"request.header.a.1b", MessageName::request, MessagePart::header, "a.1b"},
    {"request.header.a.-1", MessageName::request, MessagePart::header, "a.-1"},
    {"request.header.a.99999999999", MessageName::request, MessagePart::header, "a.99999999999"},
    {"request.header.2", MessageName::request, MessagePart::header, "2"},
    {"request.header.a.values", MessageName::request, MessagePart::header_values, "a"},
    {"request.header.a.values.string", MessageName::request, MessagePart::header_values, "a"},
    {"request.header.a.values.count", MessageName::request, MessagePart::header_count, "a"},
    {"request.header.values", MessageName::request, MessagePart::header, "values"},
    {"request.headers.names", MessageName::request, MessagePart::header_names},
    {"request.headers.names.string", MessageName::request, MessagePart::header_names},
    {"request.headers.count", MessageName::request, MessagePart::headers_count},
    {"request.queryparam.q", MessageName::request, MessagePart::query_parameter, "q"},
    {"request.queryparam.q.3", MessageName::request, MessagePart::query_index, "q", 3},
    {"request.queryparam.q.values.count", MessageName::request, MessagePart::query_count, "q"},
    {"request.queryparams.names", MessageName::request, MessagePart::query_names},
    {"request.queryparams.count", MessageName::request, MessagePart::queries_count},
    {"request.formparam.f", MessageName::request, MessagePart::form_parameter, "f"},
    {"request.formparam.f.1", MessageName::request, MessagePart::form_index, "f", 1},
    {"request.formparam.f.values", MessageName::request, MessagePart::form_values, "f"},
    {"request.formparams.names.string", MessageName::request, MessagePart::form_names},
    {"request.formparams.count", MessageName::request, MessagePart::forms_count},
    {"callout.header.x", MessageName::custom, MessagePart::header, "x", 0, "callout"},
    {"callout.status.code", MessageName::custom, MessagePart::status_code, "", 0, "callout"},
    {"my.callout.content", MessageName::custom, MessagePart::content, "", 0, "my.callout"},
    {"foo.header.a.content", MessageName::custom, MessagePart::header, "a.content", 0, "foo"},
};

TEST(ParseMessageVariable, TakesNamesApart) {
    for (const ViewCase& c : view_cases) {
        SCOPED_TRACE(c.name);
        const auto view = parse_message_variable(c.name);
        ASSERT_TRUE(view.has_value());
        EXPECT_EQ(view->message, c.message);
        EXPECT_EQ(view->part, c.part);
        EXPECT_EQ(view->field, c.field);
        EXPECT_EQ(view->index, c.index);
        EXPECT_EQ(view->custom, c.custom);
    }
}

const std::vector<const char*> plain_names{
    "",
    "request",
    "error.message",
    "error.state",
    "fault.name",
    "message",
    "error.transport.message",
    "request.header",
    "request.",
    "request.header.",
    "request.headers",
    "response.foo.content",
    ".content",
    "content",
    "ratelimit.q.exceed.count",
    "request.headers.names.count",
};

TEST(ParseMessageVariable, LeavesPlainNamesAlone) {
    for (const char* name : plain_names) {
        EXPECT_FALSE(parse_message_variable(name).has_value()) << name;
    }
}

struct TypeCase {
    const char* name;
    Type type;
    bool read_only;
};

const std::vector<TypeCase> type_cases{
    {"fault.name", Type::text, true},
    {"fault.category", Type::text, true},
    {"error.message", Type::text, true},
    {"error.status.code", Type::integer, true},
    {"error.content", Type::text, false},
    {"error.header.x", Type::text, false},
    {"is.error", Type::boolean, true},
    {"proxy.pathsuffix", Type::text, true},
    {"client.ip", Type::text, true},
    {"system.timestamp", Type::long_integer, true},
    {"system.time.hour", Type::integer, true},
    {"apiproxy.name", Type::text, true},
    {"environment.name", Type::text, true},
    {"messageid", Type::text, true},
    {"current.flow.name", Type::text, true},
    {"target.url", Type::text, false},
    {"target.copy.pathsuffix", Type::boolean, false},
    {"request.header.x", Type::text, false},
    {"request.header.x.values.count", Type::integer, true},
    {"request.header.x.2", Type::text, false},
    {"request.verb", Type::text, false},
    {"response.status.code", Type::integer, false},
    {"response.header.a.b", Type::text, false},
    {"ratelimit.q.exceed.count", Type::long_integer, true},
    {"ratelimit.check.global.quota.allowed.count", Type::long_integer, true},
    {"ratelimit.q.total.exceed.count", Type::long_integer, true},
    {"ratelimit.q.expiry.time", Type::long_integer, true},
    {"ratelimit.q.identifier", Type::text, true},
    {"ratelimit.q.class", Type::text, true},
    {"ratelimit.q.class.used.count", Type::long_integer, true},
    {"ratelimit.q.failed", Type::boolean, true},
    {"oauthV2.OauthV2.VerifyAccessToken.failed", Type::boolean, false},
    {"verifyapikey.v.failed", Type::boolean, false},
    {"verifyapikey.v.client_id", Type::text, false},
    {"verifyapikey.v.developer.app.name", Type::text, false},
    {"verifyapikey.v.apiproduct.developer.quota.limit", Type::text, false},
    {"raisefault.failed", Type::boolean, false},
    {"raisefault.r.failed", Type::boolean, false},
    {"jsonattack.j.failed", Type::boolean, false},
    {"AssertCondition.a.failed", Type::boolean, false},
};

TEST(KnownVariables, TypesAndFlags) {
    for (const TypeCase& c : type_cases) {
        EXPECT_EQ(documented_type(c.name), c.type) << c.name;
        EXPECT_EQ(is_read_only(c.name), c.read_only) << c.name;
    }
}

const std::vector<const char*> unknown_names{
    "",
    "foo",
    "foo.content",
    "spikearrest.s.failed",
    "ratelimit.q.count",
    "ratelimit..failed",
    "fault",
    "fault.names",
    "verifyapikey.v",
    "request.header.",
};

TEST(KnownVariables, OthersHaveNoTypeAndMayBeAssigned) {
    for (const char* name : unknown_names) {
        EXPECT_EQ(documented_type(name), std::nullopt) << name;
        EXPECT_FALSE(is_read_only(name)) << name;
    }
}

std::string example_of(std::string_view pattern) {
    std::string name(pattern);
    for (auto open = name.find('{'); open != std::string::npos; open = name.find('{')) {
        const auto close = name.find('}');
        name.replace(open, close - open + 1, name.substr(open, close - open) == "{n" ? "7" : "a.b");
    }
    return name;
}

TEST(KnownVariables, EveryRowIsReachable) {
    for (const KnownVariable& row : known_variables()) {
        const std::string name = example_of(row.name);
        EXPECT_EQ(documented_type(name), row.type) << name;
        EXPECT_EQ(is_read_only(name), row.read_only) << name;
    }
}

struct TypedCase {
    const char* name;
    const char* text;
    Value value;
};

const std::vector<TypedCase> typed_cases{
    {"ratelimit.q.exceed.count", "1", Value::long_integer(1)},
    {"ratelimit.q.exceed.count", "many", Value::text("many")},
    {"response.status.code", "404", Value::integer(404)},
    {"response.status.code", "99999999999", Value::text("99999999999")},
    {"response.status.code", "", Value::text("")},
    {"oauthV2.v.failed", "TRUE", Value::boolean(true)},
    {"oauthV2.v.failed", "false", Value::boolean(false)},
    {"oauthV2.v.failed", "yes", Value::text("yes")},
    {"fault.name", "1", Value::text("1")},
    {"foo", "true", Value::text("true")},
};

TEST(KnownVariables, TypedValue) {
    for (const TypedCase& c : typed_cases) {
        EXPECT_EQ(typed_value(c.name, c.text), c.value) << c.name << " " << c.text;
    }
}

}  // namespace
}  // namespace catchrule
