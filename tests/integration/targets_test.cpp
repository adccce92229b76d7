// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/integration/gateway.hpp"

namespace catchrule::test {
namespace {

const std::string unavailable = fault_body("The Service is temporarily unavailable",
                                           "messaging.adaptors.http.flow.ServiceUnavailable");
const std::string unexpected_end =
    fault_body("Unexpected EOF at target", "messaging.adaptors.http.flow.UnexpectedEOFAtTarget");
const std::string bad_gateway =
    fault_body("Bad Gateway", "messaging.adaptors.http.flow.BadGateway");
const std::string timed_out = fault_body(
    "Gateway Timeout", "messaging.adaptors.http.flow.GatewayTimeout", "TARGET_READ_TIMEOUT");

const std::string handshake_failed =
    fault_body("SSL Handshake failed", "messaging.adaptors.http.flow.SslHandshakeFailed");

struct Failure {
    const char* name;
    const char* path;
    int status;
    const std::string& body;
};

class Targets : public testing::TestWithParam<Failure> {};

TEST_P(Targets, FailAsTheContractSays) {
    static const PlainGateway at({"--io-timeout", "300ms"});
    HttpClient client = at.client();
    const auto reply = client.get(GetParam().path);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, GetParam().status);
    EXPECT_EQ(reply->body, GetParam().body);
    EXPECT_EQ(reply->header("Content-Type"), "application/json");
    EXPECT_TRUE(client.get("/plain/ok"));  // the client's connection goes on
}

const Failure failures[] = {
    {"Refused", "/plain/down/x", 503, unavailable},
    {"ResetBeforeAReply", "/plain/reset", 503, unavailable},
    {"ClosedBeforeAReply", "/plain/close", 502, unexpected_end},
    {"EndInAReply", "/plain/half", 502, unexpected_end},
    {"Garbage", "/plain/garbage", 502, bad_gateway},
    {"LengthAndChunked", "/plain/both", 502, bad_gateway},
    {"BodyOverTheLimit", "/plain/big", 502, bad_gateway},
    {"ReadTimeOut", "/plain/never", 504, timed_out},
};

INSTANTIATE_TEST_SUITE_P(Faults, Targets, testing::ValuesIn(failures),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(TargetReplies, ErrorStatusPassesThrough) {
    const PlainGateway at;
    const auto reply = at.get("/plain/missing");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 404);
    EXPECT_EQ(reply->body, "no such thing");
}

TEST(TargetReplies, Chunked) {
    const PlainGateway at;
    const auto reply = at.get("/plain/chunked");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "hello, world");
    EXPECT_EQ(reply->header("Content-Length"), "12");
    EXPECT_EQ(reply->header("X-Reply"), "yes");
    for (const char* gone : {"Transfer-Encoding", "X-Hop", "Connection", "X-Trailer"}) {
        EXPECT_EQ(reply->count(gone), 0U) << gone;
    }
}

TEST(TargetReplies, BodyThatEndsWithTheConnection) {
    const PlainGateway at;
    const auto reply = at.get("/plain/to-the-end");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "until the end");
}

TEST(TargetReplies, InterimReplyIsPassedOver) {
    const PlainGateway at;
    const auto reply = at.get("/plain/interim");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->body, "ok");
}

TEST(TargetConnections, TwoCallsUseOne) {
    const PlainGateway at;
    HttpClient client = at.client();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(client.get("/plain/ok"));
    ASSERT_TRUE(client.get("/plain/chunked"));
    EXPECT_EQ(at.target.requests(), 4);
    EXPECT_EQ(at.target.connections(), 1);
}

TEST(TargetConnections, OneThatTurnsOutToBeClosedIsReplaced) {
    const PlainGateway at;
    HttpClient client = at.client();
    ASSERT_TRUE(client.get("/plain/once"));
    const auto reply = client.get("/plain/ok");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(at.target.connections(), 2);
}

TEST(TargetConnections, APostIsNotSentTwice) {
    const PlainGateway at;
    HttpClient client = at.client();
    ASSERT_TRUE(client.get("/plain/once"));
    const auto reply =
        client.ask("POST /plain/ok HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 502);
    EXPECT_EQ(reply->body, unexpected_end);
    EXPECT_EQ(at.target.connections(), 1);
}

TEST(TargetConnections, ConnectTimeOut) {
    // A listener whose queue is full drops what comes: nobody answers.
    const Socket listener = Socket::bound(0);
    std::vector<Socket> queued;
    queued.push_back(Socket::connect(listener.port()));
    std::vector<std::string> options = {"--connect-timeout", "300ms"};
    for (const std::string& word : override_of("secure.example.com", listener.port(), ",tls=off")) {
        options.push_back(word);
    }
    const PlainGateway at(options);
    const auto reply = at.get("/plain/secure/x");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 503);
    EXPECT_EQ(reply->body, fault_body("The Service is temporarily unavailable",
                                      "messaging.adaptors.http.flow.ServiceUnavailable",
                                      "TARGET_CONNECT_TIMEOUT"));
}

TEST(TargetConnections, NameThatDoesNotResolve) {
    std::vector<std::string> options = {"--target-override",
                                        "secure.example.com=nobody.invalid:80,tls=off"};
    const PlainGateway at(options);
    const auto reply = at.get("/plain/secure/x");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 503);
}

TEST(TargetConnections, HttpsWithoutTlsOnTheOtherSide) {
    const PlainGateway other;  // answers 400 to what opens a TLS handshake
    const PlainGateway at(override_of("secure.example.com", other.gateway.port()));
    const auto reply = at.get("/plain/secure/x");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 503);
    EXPECT_EQ(reply->body, handshake_failed);
}

TEST(TargetConnections, OverrideThatSwitchesTlsOff) {
    const ScriptedTarget plain;
    const PlainGateway at(override_of("secure.example.com", plain.port(), ",tls=off"));
    const auto reply = at.get("/plain/secure/ok");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_NE(plain.last_request().find("Host: secure.example.com\r\n"), std::string::npos);
}

}  // namespace
}  // namespace catchrule::test
