// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/integration/gateway.hpp"

namespace catchrule::test {
namespace {

constexpr Milliseconds soon{3000};

// "GET /plain/ok?xxx HTTP/1.1" of that many bytes.
std::string line_of(std::size_t size) {
    const std::string before = "GET /plain/ok?";
    const std::string after = " HTTP/1.1";
    return before + std::string(size - before.size() - after.size(), 'x') + after + "\r\n";
}

// Fields of that many bytes in all, the Host field and line ends counted.
std::string fields_of(std::size_t size) {
    const std::string host = "Host: h\r\n";
    const std::string name = "X-Long: ";
    return host + name + std::string(size - host.size() - name.size() - 2, 'x') + "\r\n";
}

std::string fields(std::size_t count) {
    std::string text = "Host: h\r\n";
    for (std::size_t i = 1; i < count; ++i) text += "X-" + std::to_string(i) + ": v\r\n";
    return text;
}

void expect_refused(HttpClient client, std::string_view request, int status,
                    const std::string& body) {
    const auto reply = client.ask(request);
    ASSERT_TRUE(reply) << request.substr(0, 60);
    EXPECT_EQ(reply->status, status) << request.substr(0, 60);
    EXPECT_EQ(reply->header("Content-Type"), "application/json");
    EXPECT_EQ(reply->header("Connection"), "close");
    EXPECT_EQ(reply->header("X-Request-ID").size(), 36U);
    EXPECT_EQ(reply->body, body);
    EXPECT_TRUE(client.is_closed(soon));
}

int status_of(const std::optional<HttpReply>& reply) { return reply ? reply->status : 0; }

TEST(Limits, RequestLine) {
    const PlainGateway at;
    EXPECT_EQ(status_of(at.client().ask(line_of(8192) + "Host: h\r\n\r\n")), 200);
    const std::string body =
        fault_body("request line size exceeding 8,192", "protocol.http.TooBigLine");
    expect_refused(at.client(), line_of(8193) + "Host: h\r\n\r\n", 414, body);
    // Refused before its end is seen.
    expect_refused(at.client(), "GET /" + std::string(9000, 'x'), 414, body);
}

TEST(Limits, HeaderBytes) {
    const PlainGateway at;
    const std::string line = "GET /plain/ok HTTP/1.1\r\n";
    EXPECT_EQ(status_of(at.client().ask(line + fields_of(32768) + "\r\n")), 200);
    const std::string body =
        fault_body("headers size exceeding 32,768", "protocol.http.TooBigHeaders");
    expect_refused(at.client(), line + fields_of(32769) + "\r\n", 431, body);
    expect_refused(at.client(), line + "X: " + std::string(33000, 'x'), 431, body);
}

TEST(Limits, HeaderFields) {
    const PlainGateway at;
    const std::string line = "GET /plain/ok HTTP/1.1\r\n";
    EXPECT_EQ(status_of(at.client().ask(line + fields(100) + "\r\n")), 200);
    expect_refused(at.client(), line + fields(101) + "\r\n", 431,
                   fault_body("headers size exceeding 100 fields", "protocol.http.TooBigHeaders"));
}

TEST(Limits, Body) {
    const PlainGateway at;
    constexpr std::size_t limit = 10 * 1024 * 1024;
    const std::string head = "POST /plain/ok HTTP/1.1\r\nHost: h\r\n";
    const std::string body = fault_body("Body buffer overflow", "protocol.http.TooBigBody");
    const auto with_length = [&](std::size_t size) {
        return head + "Content-Length: " + std::to_string(size) + "\r\n\r\n";
    };
    EXPECT_EQ(status_of(at.client().ask(with_length(limit) + std::string(limit, 'x'))), 200);
    EXPECT_TRUE(at.target.last_request().ends_with("xxxx"));
    expect_refused(at.client(), with_length(limit + 1), 413, body);

    const std::string chunked = head + "Transfer-Encoding: chunked\r\n\r\nA00000\r\n";
    EXPECT_EQ(status_of(at.client().ask(chunked + std::string(limit, 'x') + "\r\n0\r\n\r\n")), 200);
    expect_refused(at.client(), chunked + std::string(limit, 'x') + "\r\n1\r\n", 413, body);
}

TEST(Limits, SmallerOnesByFlag) {
    const PlainGateway at({"--max-request-line", "100", "--max-header-bytes", "200",
                           "--max-headers", "3", "--max-body", "10"});
    EXPECT_EQ(status_of(at.client().ask(line_of(101) + "Host: h\r\n\r\n")), 414);
    EXPECT_EQ(status_of(at.client().ask(line_of(100) + fields_of(201) + "\r\n")), 431);
    EXPECT_EQ(status_of(at.client().ask(line_of(100) + fields(4) + "\r\n")), 431);
    EXPECT_EQ(status_of(at.client().ask("POST /plain/ok HTTP/1.1\r\nHost: h\r\n"
                                        "Content-Length: 11\r\n\r\n")),
              413);
}

TEST(Limits, HeaderTimeOut) {
    const PlainGateway at({"--header-timeout", "200ms"});
    const std::string body =
        fault_body("Request timed out", "messaging.adaptors.http.flow.RequestTimeOut");
    expect_refused(at.client(), "GET /plain/ok HTTP/1.1\r\nHost:", 408, body);
    // Bytes now and then do not help.
    HttpClient slow = at.client();
    std::optional<HttpReply> reply;
    for (const char byte : std::string("GET /plain/ok HTTP/1.1\r\nHost: h\r\nX: slow\r\n")) {
        if (!slow.send(std::string(1, byte))) break;
        std::string seen;
        if (slow.socket().receive(seen, Milliseconds(20)) == Socket::Got::bytes) {
            EXPECT_TRUE(seen.starts_with("HTTP/1.1 408 ")) << seen;
            return;
        }
    }
    FAIL() << "a slow header was waited for";
}

TEST(Limits, BodyTimeOut) {
    const PlainGateway at({"--io-timeout", "200ms"});
    expect_refused(at.client(), "POST /plain/ok HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab",
                   408,
                   fault_body("Request timed out", "messaging.adaptors.http.flow.RequestTimeOut"));
}

struct Malformed {
    const char* name;
    std::string_view request;
};

class Framing : public testing::TestWithParam<Malformed> {};

TEST_P(Framing, IsRefusedAndClosed) {
    static const PlainGateway at;
    HttpClient client = at.client();
    // What follows must never be taken for a request.
    const auto reply =
        client.ask(std::string(GetParam().request) + "GET /plain/echo HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 400);
    EXPECT_NE(reply->body.find(R"("errorcode":"protocol.http.BadRequest")"), std::string::npos);
    EXPECT_EQ(reply->header("Connection"), "close");
    EXPECT_FALSE(client.read());
}

using namespace std::string_view_literals;

const Malformed malformed[] = {
    {"LengthAndChunked",
     "POST /plain/ok HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n"
     "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"ChunkedAndLength",
     "POST /plain/ok HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
     "Content-Length: 3\r\n\r\n0\r\n\r\n"},
    {"TwoLengths",
     "POST /plain/ok HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n"
     "Content-Length: 4\r\n\r\nabc"},
    {"SameLengthTwice",
     "POST /plain/ok HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n"
     "Content-Length: 3\r\n\r\nabc"},
    {"LengthList", "POST /plain/ok HTTP/1.1\r\nHost: h\r\nContent-Length: 3, 3\r\n\r\nabc"},
    {"NegativeLength", "POST /plain/ok HTTP/1.1\r\nHost: h\r\nContent-Length: -3\r\n\r\nabc"},
    {"SignedLength", "POST /plain/ok HTTP/1.1\r\nHost: h\r\nContent-Length: +3\r\n\r\nabc"},
    {"HexLength", "POST /plain/ok HTTP/1.1\r\nHost: h\r\nContent-Length: 0x3\r\n\r\nabc"},
    {"HugeLength",
     "POST /plain/ok HTTP/1.1\r\nHost: h\r\nContent-Length: "
     "99999999999999999999999\r\n\r\nabc"},
    {"OtherCoding", "POST /plain/ok HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\nabc"},
    {"CodingList",
     "POST /plain/ok HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n"
     "\r\n0\r\n\r\n"},
    {"ChunkedTwice",
     "POST /plain/ok HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
     "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"OddCoding", "POST /plain/ok HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n"},
    {"ChunkedInHttp10", "POST /plain/ok HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"BadChunkSize",
     "POST /plain/ok HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
     "zz\r\nabc\r\n0\r\n\r\n"},
    {"ChunkSizeOverflow",
     "POST /plain/ok HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
     "\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n"},
    {"ChunkWithoutItsEnd",
     "POST /plain/ok HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
     "\r\n3\r\nabcdef\r\n0\r\n\r\n"},
    {"ChunkEndsInBareLf",
     "POST /plain/ok HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
     "\r\n3\nabc\n0\n\n\r\n\r\n"},
    {"BareLf", "GET /plain/ok HTTP/1.1\nHost: h\n\n"},
    {"BareLfInAField", "GET /plain/ok HTTP/1.1\r\nHost: h\r\nX: a\nY: b\r\n\r\n"},
    {"BareCrInAField", "GET /plain/ok HTTP/1.1\r\nHost: h\r\nX: a\rY: b\r\n\r\n"},
    {"NulInAField", "GET /plain/ok HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n"sv},
    {"FoldedField", "GET /plain/ok HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n"},
    {"SpaceBeforeColon", "GET /plain/ok HTTP/1.1\r\nHost: h\r\nX : a\r\n\r\n"},
    {"NoColon", "GET /plain/ok HTTP/1.1\r\nHost: h\r\nXYZ\r\n\r\n"},
    {"EmptyName", "GET /plain/ok HTTP/1.1\r\nHost: h\r\n: a\r\n\r\n"},
    {"NoHost", "GET /plain/ok HTTP/1.1\r\n\r\n"},
    {"TwoHosts", "GET /plain/ok HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
    {"OddHost", "GET /plain/ok HTTP/1.1\r\nHost: a/b\r\n\r\n"},
    {"Http2", "GET /plain/ok HTTP/2.0\r\nHost: h\r\n\r\n"},
    {"NoVersion", "GET /plain/ok\r\n\r\n"},
    {"TwoSpaces", "GET  /plain/ok HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"SpaceInPath", "GET /plain /ok HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"RelativePath", "GET plain/ok HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"Connect", "CONNECT target.example.com:443 HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"TlsHello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"sv},
};

INSTANTIATE_TEST_SUITE_P(Limits, Framing, testing::ValuesIn(malformed),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace catchrule::test
