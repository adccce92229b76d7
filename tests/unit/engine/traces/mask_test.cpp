// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/trace.hpp"
#include "engine/traces/write_trace.hpp"

namespace catchrule::trace {
namespace {

TEST(Mask, SecretVariables) {
    for (const char* name :
         {"private.key", "request.header.Authorization", "message.header.cookie.values",
          "response.header.Set-Cookie.1", "request.queryparam.apikey", "mine.header.X-API-Key",
          "request.formparam.client_secret", "verifyapikey.v.client_id", "access_token"}) {
        EXPECT_TRUE(is_secret_variable(name)) << name;
    }
    for (const char* name :
         {"request.verb", "request.header.host", "privately.owned", "request.header.cookie.count",
          "request.queryparam.city", "oauthV2.verify.failed", "authorization.state"}) {
        EXPECT_FALSE(is_secret_variable(name)) << name;
    }
}

TEST(Mask, NamedValuesInTexts) {
    struct Row {
        const char* text;
        const char* masked;
    };
    const std::vector<Row> rows{
        {"/a?apikey=s3cret&city=Bern", "/a?apikey=*****&city=Bern"},
        {"/a?city=Bern&APIKEY=s3cret", "/a?city=Bern&APIKEY=*****"},
        {"/a?apikey=&b=1", "/a?apikey=&b=1"},
        {"/a?myapikey=x", "/a?myapikey=x"},
        {R"({"client_secret" : "a\"b", "x": 1})", R"({"client_secret" : "*****", "x": 1})"},
        {R"("{\"access_token\":\"abc\"}")", R"("{\"access_token\":\"*****")"},
        {"<apikey>abc</apikey>", "<apikey>*****</apikey>"},
        {"password=a+b;x=1", "password=*****;x=1"},
        {R"({"apikey": 5})", R"({"apikey": 5})"},
        {R"({"apikey": "unfinished)", R"({"apikey": "*****)"},
    };
    for (const Row& row : rows) {
        Call call;
        call.points = {{.id = "Execution", .message = Snapshot{.content = row.text}}};
        mask(call);
        EXPECT_EQ(call.points[0].message->content, row.masked);
    }
}

Call call_with_secrets() {
    Call call;
    Point point{.id = "Execution", .properties = {{"stepExecution-stdout", "key is hunter22222"}}};
    point.message = Snapshot{.content = "you sent hunter22222 and dXNlcjpwYXNz",
                             .headers = {{"Authorization", "Basic dXNlcjpwYXNz"},
                                         {"Cookie", "sid=0123456789; theme=dark"},
                                         {"X-Seen", "0123456789"}},
                             .uri = "/a?apikey=hunter22222"};
    point.accesses = {{.name = "request.header.Proxy-Authorization", .value = "Basic other99999"},
                      {.name = "private.pin", .value = "1234"},
                      {.name = "request.header.x-apikey"},
                      {.name = "copy", .value = "hunter22222"}};
    ConditionRecord& condition = point.condition.emplace();
    condition.text = condition.rendered = "(copy equals \"x\")";
    condition.atoms.resize(1);
    condition.atoms[0].left = {"copy", grammar::Type::text, "hunter22222"};
    call.points = {point};
    return call;
}

TEST(Mask, KnownSecretsWhereverTheyStand) {
    Call call = call_with_secrets();
    mask(call);
    const Point& point = call.points[0];
    EXPECT_EQ(point.properties[0].value, "key is *****");
    EXPECT_EQ(point.message->content, "you sent ***** and *****");
    EXPECT_EQ(point.message->headers[0].value, "*****");
    EXPECT_EQ(point.message->headers[1].value, "*****");
    EXPECT_EQ(point.message->headers[2].value, "*****");
    EXPECT_EQ(point.message->uri, "/a?apikey=*****");
    EXPECT_EQ((*point.accesses)[0].value, "*****");
    EXPECT_EQ((*point.accesses)[1].value, "*****");
    EXPECT_EQ((*point.accesses)[2].value, std::nullopt);
    EXPECT_EQ((*point.accesses)[3].value, "*****");
    EXPECT_EQ(point.condition->atoms[0].left.text, "*****");
    Call again = call;
    mask(again);
    EXPECT_EQ(again, call);
}

TEST(Mask, NoWriterShowsThem) {
    const std::vector<Call> calls{call_with_secrets()};
    for (const std::string& text :
         {edge_xml({}, calls), x_json({}, calls), trace_line({}, calls[0])}) {
        for (const char* secret :
             {"hunter22222", "dXNlcjpwYXNz", "0123456789", "other99999", ">1234<", "\"1234\""}) {
            EXPECT_EQ(text.find(secret), std::string::npos) << secret << "\n" << text;
        }
    }
}

TEST(Mask, NamesOfABundle) {
    Call call;
    call.points = {{.id = "StateChange",
                    .message = Snapshot{.headers = {{"X-Key", "abc"}}, .uri = "/a?k=v&x-key=abc"},
                    .accesses = {{{.name = "request.header.x-key", .value = "abc"},
                                  {.name = "message.header.X-KEY", .value = "abc"}}}}};
    mask(call, {.variables = {"request.header.x-key"}, .fields = {"x-key"}});
    EXPECT_EQ(call.points[0].message->headers[0].value, "*****");
    EXPECT_EQ(call.points[0].message->uri, "/a?k=v&x-key=*****");
    EXPECT_EQ((*call.points[0].accesses)[0].value, "*****");
    EXPECT_EQ((*call.points[0].accesses)[1].value, "*****");
}

// What was configured is no secret: a client cannot blot out the rules by naming them its key.
TEST(Mask, LeavesConditionsReadable) {
    Call call;
    call.points = {{.id = "Condition",
                    .properties = {{"Expression", "(fault.name equals \"InvalidApiKey\")"}},
                    .message = Snapshot{.uri = "/a?apikey=InvalidApiKey"}}};
    mask(call);
    EXPECT_EQ(call.points[0].properties[0].value, "(fault.name equals \"InvalidApiKey\")");
}

TEST(Mask, TakesTimeInProportionToTheText) {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += "apikey=" + std::to_string(i) + '&';
    Call call;
    call.points = {{.id = "Execution", .message = Snapshot{.content = std::move(text)}}};
    mask(call);
    EXPECT_EQ(call.points[0].message->content->find("199999"), std::string::npos);
}

}  // namespace
}  // namespace catchrule::trace
