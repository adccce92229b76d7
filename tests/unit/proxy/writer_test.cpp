// SPDX-License-Identifier: Apache-2.0
#include "proxy/http/writer.hpp"

#include <gtest/gtest.h>

namespace catchrule::proxy {
namespace {

std::string reply_text(const Message& reply, const ReplyStyle& style) {
    const Framed framed = frame_reply(reply, "id", style);
    return framed.head + std::string(framed.body);
}

const std::string dated = "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n";

TEST(Writer, Reply) {
    Message reply = Message::response(404);
    reply.headers.add("X-A", "1");
    reply.headers.add("X-A", "2");
    reply.headers.add("Content-Length", "77");
    reply.headers.add("Connection", "X-B");
    reply.headers.add("X-B", "gone");
    reply.headers.add("X-Request-ID", "of the target");
    reply.content = "body";
    const std::string fields = "X-A: 1\r\nX-A: 2\r\nX-Request-ID: id\r\n" + dated;
    const std::string line = "HTTP/1.1 404 Not Found\r\n";
    EXPECT_EQ(reply_text(reply, {}), line + fields + "Content-Length: 4\r\n\r\nbody");
    EXPECT_EQ(reply_text(reply, {.close = true}),
              line + fields + "Content-Length: 4\r\nConnection: close\r\n\r\nbody");
    EXPECT_EQ(reply_text(reply, {.keep_alive = true}),
              line + fields + "Content-Length: 4\r\nConnection: keep-alive\r\n\r\nbody");
    EXPECT_EQ(reply_text(reply, {.to_head = true}), line + fields + "Content-Length: 4\r\n\r\n");
    reply.content.clear();
    EXPECT_EQ(reply_text(reply, {.to_head = true}), line + fields + "Content-Length: 77\r\n\r\n");
}

TEST(Writer, RepliesWithoutBody) {
    for (const int status : {204, 304}) {
        Message reply = Message::response(status);
        reply.reason = "R";
        reply.content = "not sent";
        EXPECT_EQ(reply_text(reply, {}), "HTTP/1.1 " + std::to_string(status) +
                                             " R\r\nX-Request-ID: id\r\n" + dated + "\r\n");
    }
}

TEST(Writer, StatusThatIsNoReply) {
    for (const int status : {0, 100, 101, 199, 1000, -1}) {
        EXPECT_TRUE(reply_text(Message::response(status), {}).starts_with("HTTP/1.1 500 "))
            << status;
    }
}

TEST(Writer, TextNeverEndsALine) {
    Message reply = Message::response(200);
    reply.reason = "OK\r\nX-Evil: 1";
    reply.headers.add("X-A", "a\r\nX-Evil: 1\tb\x7f" + std::string(1, '\0'));
    reply.headers.add("X B", "no token");
    reply.headers.add("X:C", "no token");
    reply.headers.add("X-D\r\nX-Evil", "no token");
    reply.headers.add("", "no token");
    reply.headers.add("X-U", "\xc3\xa4");
    EXPECT_EQ(reply_text(reply, {}),
              "HTTP/1.1 200 OKX-Evil: 1\r\nX-A: aX-Evil: 1\tb\r\nX-U: \xc3\xa4\r\n"
              "X-Request-ID: id\r\n" +
                  dated + "Content-Length: 0\r\n\r\n");
}

TEST(Writer, Request) {
    Message request = Message::request();
    request.headers.add("Host", "client.example.com");
    request.headers.add("Accept", "*/*");
    request.headers.add("Transfer-Encoding", "chunked");
    request.headers.add("Expect", "100-continue");
    EXPECT_EQ(frame_request(request, "/a?b=c", "t:81").head,
              "GET /a?b=c HTTP/1.1\r\nHost: t:81\r\nAccept: */*\r\n\r\n");
    request.verb = "POST";
    EXPECT_EQ(frame_request(request, "/", "t").head,
              "POST / HTTP/1.1\r\nHost: t\r\nAccept: */*\r\nContent-Length: 0\r\n\r\n");
    request.content = "abc";
    request.verb = "DELETE";
    const Framed framed = frame_request(request, "/", "t");
    EXPECT_TRUE(framed.head.ends_with("Content-Length: 3\r\n\r\n"));
    EXPECT_EQ(framed.body, "abc");
}

TEST(Writer, RequestLineCannotBeSplit) {
    Message request = Message::request();
    request.verb = "GET /evil";
    EXPECT_TRUE(frame_request(request, "/a b\r\nX: y#z", "t")
                    .head.starts_with("GET /a%20b%0D%0AX:%20y%23z HTTP/1.1\r\n"));
    EXPECT_TRUE(frame_request(request, "", "t").head.starts_with("GET / HTTP/1.1\r\n"));
}

TEST(Writer, Date) { EXPECT_EQ(format_date(784111777'000), "Sun, 06 Nov 1994 08:49:37 GMT"); }

}  // namespace
}  // namespace catchrule::proxy
