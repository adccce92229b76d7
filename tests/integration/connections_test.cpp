// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/integration/gateway.hpp"

namespace catchrule::test {
namespace {

constexpr Milliseconds soon{3000};

const std::string get_ok = "GET /plain/ok HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(Connections, KeptAlive) {
    const PlainGateway at;
    HttpClient client = at.client();
    for (int i = 0; i < 3; ++i) {
        const auto reply = client.get("/plain/ok");
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->count("Connection"), 0U);
    }
}

TEST(Connections, PipelinedRequestsAreAnsweredInOrder) {
    const PlainGateway at;
    HttpClient client = at.client();
    client.send(
        "GET /plain/slow HTTP/1.1\r\nHost: h\r\n\r\n"
        "GET /plain/keyed HTTP/1.1\r\nHost: h\r\n\r\n"
        "POST /plain/tell HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody"
        "GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n" +
        get_ok);
    std::vector<int> statuses;
    std::vector<std::string> bodies;
    for (int i = 0; i < 5; ++i) {
        const auto reply = client.read();
        ASSERT_TRUE(reply) << i;
        statuses.push_back(reply->status);
        bodies.push_back(reply->body);
    }
    EXPECT_EQ(statuses, (std::vector{200, 401, 200, 404, 200}));
    EXPECT_EQ(bodies[2], "POST body");
    EXPECT_EQ(bodies[4], "ok");
}

TEST(Connections, RequestInSmallPieces) {
    const PlainGateway at;
    HttpClient client = at.client();
    const std::string request =
        "\r\nPOST /plain/tell HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;a=b\r\nhello\r\n2\r\n, \r\n5\r\nworld\r\n0\r\nX-Trailer: 1\r\n\r\n";
    for (const char byte : request) ASSERT_TRUE(client.send(std::string(1, byte)));
    const auto reply = client.read();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "POST hello, world");
}

TEST(Connections, ChunkedRequestReachesTheTargetWithItsLength) {
    const PlainGateway at;
    const auto reply = at.client().ask(
        "PUT /plain/echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n0\r\nX-Apigee-Evil: 1\r\nX-Trailer: 1\r\n\r\n");
    ASSERT_TRUE(reply);
    EXPECT_NE(reply->body.find("Content-Length: 3\r\n"), std::string::npos);
    EXPECT_TRUE(reply->body.ends_with("\r\n\r\nabc"));
    EXPECT_EQ(reply->body.find("Transfer-Encoding"), std::string::npos);
    EXPECT_EQ(reply->body.find("X-Trailer"), std::string::npos);
    EXPECT_EQ(reply->body.find("X-Apigee"), std::string::npos);
}

TEST(Connections, ExpectContinue) {
    const PlainGateway at;
    HttpClient client = at.client();
    client.send(
        "POST /plain/tell HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
        "Content-Length: 4\r\n\r\n");
    const std::string expected = "HTTP/1.1 100 Continue\r\n\r\n";
    EXPECT_EQ(client.read_raw(expected.size()), expected);
    const auto reply = client.ask("body");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "POST body");
}

TEST(Connections, ExpectContinueOfATooBigBodyIsRefusedAtOnce) {
    const PlainGateway at;
    const auto reply = at.client().ask(
        "POST /plain/tell HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
        "Content-Length: 99999999\r\n\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 413);
}

TEST(Connections, CloseIsHonoured) {
    const PlainGateway at;
    HttpClient client = at.client();
    const auto reply = client.get("/plain/ok", "Connection: close\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->header("Connection"), "close");
    EXPECT_TRUE(client.is_closed(soon));
}

TEST(Connections, Http10) {
    const PlainGateway at;
    HttpClient closing = at.client();
    auto reply = closing.ask("GET /plain/ok HTTP/1.0\r\n\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "ok");
    EXPECT_EQ(reply->header("Connection"), "close");
    EXPECT_TRUE(closing.is_closed(soon));

    HttpClient kept = at.client();
    for (int i = 0; i < 2; ++i) {
        reply = kept.ask("GET /plain/ok HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->header("Connection"), "keep-alive");
    }
}

TEST(Connections, IdleOnesAreClosed) {
    const PlainGateway at({"--idle-timeout", "200ms"});
    HttpClient client = at.client();
    ASSERT_TRUE(client.get("/plain/ok"));
    EXPECT_TRUE(client.is_closed(soon));
}

TEST(Connections, ManyAtOnce) {
    const PlainGateway at;
    std::vector<HttpClient> clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(at.client());
        ASSERT_TRUE(clients.back().send("GET /plain/keyed HTTP/1.1\r\nHost: h\r\n\r\n"));
    }
    for (HttpClient& client : clients) {
        const auto reply = client.read();
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, 401);
    }
}

TEST(Connections, AStuckTargetStallsNobodyElse) {
    const PlainGateway at({"--workers", "1"});
    HttpClient stuck = at.client();
    ASSERT_TRUE(stuck.send("GET /plain/never HTTP/1.1\r\nHost: h\r\n\r\n"));
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(at.get("/plain/ok"));
}

}  // namespace
}  // namespace catchrule::test
