// SPDX-License-Identifier: Apache-2.0
#include "proxy/http/reply_reader.hpp"

#include <gtest/gtest.h>

namespace catchrule::proxy {
namespace {

using State = ReplyReader::State;

constexpr std::size_t body_limit = 100;

struct Case {
    std::string_view bytes;
    bool ends = false;  // the target closes after them
    State state = State::complete;
    int status = 200;
    std::string_view content{};
    bool keep_alive = true;
    bool to_head = false;
};

const Case cases[] = {
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false, State::complete, 200, "ok"},
    {"HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n", false, State::complete, 404, ""},
    {"HTTP/1.1 204 No Content\r\n\r\n", false, State::complete, 204, ""},
    {"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", false, State::complete, 304, ""},
    {"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", false, State::complete, 200, "ok", false},
    {"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", false, State::complete,
     200, "ok", false},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\r\n\r\n", false,
     State::complete, 200, "ok"},
    {"HTTP/1.1 200 OK\r\n\r\nto the end", true, State::complete, 200, "to the end", false},
    {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nA: b\r\n\r\n"
     "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
     false, State::complete, 200, "ok"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n", false, State::complete, 200, "", true,
     true},
    // not there yet
    {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok", true, State::need_more},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", true, State::need_more},
    {"HTTP/1.1 200 OK\r\nContent-Le", true, State::need_more},
    {"", true, State::need_more},
    // bad
    {"garbage\r\n\r\n", false, State::bad},
    {"HTTP/2 200 OK\r\n\r\n", false, State::bad},
    {"HTTP/1.1 20 OK\r\n\r\n", false, State::bad},
    {"HTTP/1.1 000 OK\r\n\r\n", false, State::bad},
    {"HTTP/1.1 101 Switching Protocols\r\n\r\n", false, State::bad},
    {"HTTP/1.1 200 OK\nContent-Length: 2\n\nok", false, State::bad},
    {"HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", false, State::bad},
    {"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", false, State::bad},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok", false, State::bad},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok", false,
     State::bad},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nok", false, State::bad},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", false, State::bad},
    {"HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n", false, State::bad},
};

TEST(ReplyReader, ReadsTheSameHoweverItIsCut) {
    for (const Case& each : cases) {
        for (std::size_t piece = 1; piece <= each.bytes.size() + 1; ++piece) {
            ReplyReader reader(each.to_head, body_limit);
            State state = State::need_more;
            std::string left;
            for (std::size_t at = 0; at < each.bytes.size(); at += piece) {
                left.append(each.bytes.substr(at, piece));
                std::size_t used = 0;
                state = reader.read(left, used);
                left.erase(0, used);
            }
            if (each.ends) state = reader.end_of_stream();
            ASSERT_EQ(state, each.state) << piece << ": " << each.bytes;
            if (state != State::complete) continue;
            EXPECT_EQ(reader.keep_alive(), each.keep_alive) << each.bytes;
            const Message reply = reader.take();
            EXPECT_EQ(reply.status, each.status);
            EXPECT_EQ(reply.content, each.content);
            EXPECT_EQ(reply.headers.count("Transfer-Encoding"), 0U);
            EXPECT_EQ(reply.headers.count("A"), 0U) << each.bytes;
        }
    }
}

TEST(ReplyReader, BodyToTheEndOverTheLimit) {
    ReplyReader reader(false, body_limit);
    std::size_t used = 0;
    const std::string bytes = "HTTP/1.1 200 OK\r\n\r\n" + std::string(101, 'x');
    EXPECT_EQ(reader.read(bytes, used), State::bad);
}

TEST(ReplyReader, EndlessInterimReplies) {
    ReplyReader reader(false, body_limit);
    std::string bytes;
    for (int i = 0; i < 20; ++i) bytes += "HTTP/1.1 102 Processing\r\n\r\n";
    std::size_t used = 0;
    EXPECT_EQ(reader.read(bytes, used), State::bad);
}

}  // namespace
}  // namespace catchrule::proxy
