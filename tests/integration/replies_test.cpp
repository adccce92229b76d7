// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/integration/gateway.hpp"

namespace catchrule::test {
namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST(Replies, MissingKeyWithoutRulesIsTheDefaultBody) {
    const PlainGateway at;
    const auto reply = at.get("/plain/keyed");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 401);
    EXPECT_EQ(reply->header("Content-Type"), "application/json");
    EXPECT_EQ(reply->body,
              fault_body("Failed to resolve API Key variable request.queryparam.apikey",
                         "steps.oauth.v2.FailedToResolveAPIKey"));
    EXPECT_EQ(reply->body.size(), 150U);
    EXPECT_EQ(reply->header("Content-Length"), "150");
}

TEST(Replies, UnknownKey) {
    const PlainGateway at;
    const auto reply = at.get("/plain/keyed?apikey=nobody");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 401);
    EXPECT_EQ(reply->body, fault_body("Invalid ApiKey", "oauth.v2.InvalidApiKey"));
}

TEST(Replies, NoProxyForThePath) {
    const PlainGateway at;
    const std::string port = std::to_string(at.gateway.port());
    HttpClient client = at.client();
    const auto reply =
        client.ask("GET /other/x?q=1 HTTP/1.1\r\nHost: api.example.com:" + port + "\r\n\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 404);
    EXPECT_EQ(reply->body, fault_body("Unable to identify proxy for host: api.example.com:" + port +
                                          " and url: /other/x",
                                      "messaging.adaptors.http.flow.ApplicationNotFound"));
    EXPECT_TRUE(client.get("/plain/ok"));  // the connection is as good as before
}

TEST(Replies, EndToEnd) {
    const PlainGateway at;
    const auto reply = at.get("/plain/ok?a=b%20c&d", "X-Mine: 1\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->body, "ok");
    EXPECT_EQ(reply->header("Content-Type"), "text/plain");
    EXPECT_EQ(reply->count("Content-Length"), 1U);
    EXPECT_EQ(reply->header("Date").size(), 29U);
    EXPECT_EQ(reply->header("X-Request-ID").size(), 36U);
    const std::string sent = at.target.last_request();
    EXPECT_TRUE(sent.starts_with("GET /base/ok?a=b%20c&d HTTP/1.1\r\n")) << sent;
}

TEST(Replies, HeadersOnTheWayToTheTarget) {
    const PlainGateway at;
    const auto reply = at.get("/plain/ok",
                              "Connection: keep-alive, X-Mine\r\nX-Mine: 1\r\nKeep-Alive: 5\r\n"
                              "TE: trailers\r\nX-Apigee-Fault-Code: 1\r\nX-Kept: yes\r\n"
                              "X-Forwarded-For: 10.1.1.1\r\nX-Forwarded-Proto: https\r\n"
                              "X-Request-ID: mine-1\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->header("X-Request-ID"), "mine-1");
    const std::string sent = at.target.last_request();
    EXPECT_TRUE(has(sent, "\r\nHost: target.example.com\r\n")) << sent;
    EXPECT_TRUE(has(sent, "\r\nX-Kept: yes\r\n"));
    EXPECT_TRUE(has(sent, "\r\nX-Request-ID: mine-1\r\n"));
    EXPECT_TRUE(has(sent, "\r\nX-Forwarded-For: 10.1.1.1, 127.0.0.1\r\n"));
    EXPECT_TRUE(has(sent, "\r\nX-Forwarded-Proto: http\r\n"));
    EXPECT_TRUE(has(sent, "\r\nX-Forwarded-Host: localhost\r\n"));
    for (const char* gone : {"Keep-Alive", "TE:", "X-Mine", "X-Apigee", "Connection"}) {
        EXPECT_FALSE(has(sent, gone)) << gone << " in " << sent;
    }
}

TEST(Replies, RequestIdThatIsNotKept) {
    const PlainGateway at;
    for (const std::string& id : {std::string(129, 'x'), std::string("two words")}) {
        const auto reply = at.get("/plain/ok", "X-Request-ID: " + id + "\r\n");
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->header("X-Request-ID").size(), 36U);
    }
    const std::string longest(128, 'x');
    const auto reply = at.get("/plain/ok", "X-Request-ID: " + longest + "\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->header("X-Request-ID"), longest);
}

TEST(Replies, HeadHasTheLengthButNoBody) {
    const PlainGateway at;
    HttpClient client = at.client();
    const auto fault = client.ask("HEAD /plain/keyed HTTP/1.1\r\nHost: h\r\n\r\n", true);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->status, 401);
    EXPECT_EQ(fault->header("Content-Length"), "150");
    // The next reply begins where the head ended; the target's own length is passed on.
    const auto of_target = client.ask("HEAD /plain/ok HTTP/1.1\r\nHost: h\r\n\r\n", true);
    ASSERT_TRUE(of_target);
    EXPECT_EQ(of_target->status, 200);
    EXPECT_EQ(of_target->header("Content-Length"), "2");
    const auto after = client.get("/plain/ok");
    ASSERT_TRUE(after);
    EXPECT_EQ(after->body, "ok");
}

TEST(Replies, PoliciesCannotBreakTheFraming) {
    const PlainGateway at;
    HttpClient client = at.client();
    const auto reply = client.get("/plain/inject?told=a%0D%0ASet-Cookie:%20evil=1%0D%0A%0D%0Ab");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->body, "injected");
    EXPECT_EQ(reply->count("Set-Cookie"), 0U);
    EXPECT_EQ(reply->count("Transfer-Encoding"), 0U);
    EXPECT_EQ(reply->header("Content-Length"), "8");
    EXPECT_EQ(reply->header("X-Told"), "aSet-Cookie: evil=1b");
    EXPECT_TRUE(client.get("/plain/ok"));
}

TEST(Replies, AbsoluteTargetForm) {
    const PlainGateway at;
    const auto reply =
        at.client().ask("GET http://elsewhere.example.com/plain/ok HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_TRUE(has(at.target.last_request(), "X-Forwarded-Host: elsewhere.example.com\r\n"));
}

}  // namespace
}  // namespace catchrule::test
