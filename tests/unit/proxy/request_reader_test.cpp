// SPDX-License-Identifier: Apache-2.0
#include "proxy/http/request_reader.hpp"

#include <gtest/gtest.h>

namespace catchrule::proxy {
namespace {

using State = RequestReader::State;

const Limits limits;

// Feeds `bytes` cut into pieces of `piece` bytes, as a session would; `left` = what was not taken.
State feed(RequestReader& reader, std::string_view bytes, std::size_t piece, std::string& left) {
    State state = State::need_more;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        left.append(bytes.substr(at, piece));
        std::size_t used = 0;
        state = reader.read(left, used);
        left.erase(0, used);
    }
    return state;
}

struct Read {
    State state;
    Message message;
    std::string left;
};

Read read(std::string_view bytes, std::size_t piece) {
    RequestReader reader(limits);
    Read result{State::need_more, Message::request(), {}};
    result.state = feed(reader, bytes, piece, result.left);
    if (result.state == State::complete) result.message = reader.take();
    return result;
}

constexpr std::string_view with_length =
    "POST /a/b?x=1&y HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 5\r\n\r\nhello";
constexpr std::string_view chunked =
    "\r\n\r\nPOST /a HTTP/1.1\r\nHost: h\r\ntransfer-encoding: Chunked\r\n\r\n"
    "5\r\nhello\r\n00a;x=\"y\"\r\n, world ok\r\n0\r\nHost: evil\r\n\r\n";

TEST(RequestReader, ReadsTheSameHoweverItIsCut) {
    for (std::size_t piece = 1; piece <= chunked.size(); ++piece) {
        const Read a = read(with_length, piece);
        ASSERT_EQ(a.state, State::complete) << piece;
        EXPECT_EQ(a.message.verb, "POST");
        EXPECT_EQ(a.message.path, "/a/b");
        EXPECT_EQ(a.message.headers.all("x-a").size(), 2U);
        EXPECT_EQ(a.message.content, "hello");
        EXPECT_EQ(a.left, "");
        const Read b = read(chunked, piece);
        ASSERT_EQ(b.state, State::complete) << piece;
        EXPECT_EQ(b.message.content, "hello, world ok");
        EXPECT_EQ(b.message.headers.count("Host"), 1U) << "a trailer became a header";
        EXPECT_EQ(b.left, "");
    }
}

TEST(RequestReader, LeavesTheNextRequest) {
    const std::string next = "GET /next HTTP/1.1\r\n";
    for (const std::string_view first : {with_length, chunked}) {
        const Read result = read(std::string(first) + next, 100'000);
        EXPECT_EQ(result.state, State::complete);
        EXPECT_EQ(result.left, next);
    }
}

TEST(RequestReader, IncompleteRequestsAreWaitedFor) {
    for (const std::string_view whole : {with_length, chunked}) {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            EXPECT_EQ(read(whole.substr(0, size), 7).state, State::need_more) << size;
        }
    }
}

TEST(RequestReader, ChunkHeaderWithoutEnd) {
    RequestReader reader(limits);
    std::string left;
    const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;";
    EXPECT_EQ(feed(reader, head + std::string(40'000, 'x'), 1000, left), State::refused);
    EXPECT_EQ(reader.refusal().why, Refused::bad_request);
}

// A server that ends lines at LF would read these extensions as chunks.
TEST(RequestReader, ChunkExtensionsHaveNoControlBytes) {
    const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::pair<std::string_view, State> cases[] = {
        {"1;x=\"a\tb\"", State::complete}, {"1;x=\"\n\"", State::refused},
        {"1;x=\"\r\"", State::refused},    {"1;x=\"\x01\"", State::refused},
        {"1;x=\"\x7f\"", State::refused},
    };
    for (const auto& [line, state] : cases) {
        const std::string body = std::string(line) + "\r\na\r\n0\r\n\r\n";
        EXPECT_EQ(read(head + body, 1000).state, state) << line;
        EXPECT_EQ(read(head + body, 1).state, state) << line;
    }
}

TEST(RequestReader, TrailersWithoutEnd) {
    RequestReader reader(limits);
    std::string left;
    std::string request = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
    for (int i = 0; i < 5000; ++i) request += "X-Trailer: 1\r\n";
    EXPECT_EQ(feed(reader, request, 1000, left), State::refused);
}

TEST(RequestReader, KeepAlive) {
    const std::pair<std::string_view, bool> cases[] = {
        {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", true},
        {"GET / HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n", false},
        {"GET / HTTP/1.0\r\n\r\n", false},
        {"GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true},
    };
    for (const auto& [request, keep_alive] : cases) {
        RequestReader reader(limits);
        std::string left;
        ASSERT_EQ(feed(reader, request, 1000, left), State::complete) << request;
        EXPECT_EQ(reader.keep_alive(), keep_alive) << request;
    }
}

TEST(RequestReader, ExpectContinue) {
    const std::string head =
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n";
    RequestReader waits(limits);
    std::string left;
    feed(waits, head, 1000, left);
    EXPECT_TRUE(waits.wants_continue());
    RequestReader sends(limits);
    feed(sends, head + "a", 1000, left);
    EXPECT_FALSE(sends.wants_continue());
}

TEST(RequestReader, TargetForms) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"GET / HTTP/1.1", "/"},
        {"GET http://other HTTP/1.1", "/"},
        {"GET HTTP://other?a=b HTTP/1.1", "/?a=b"},
        {"GET https://other/p/q?a=b HTTP/1.1", "/p/q?a=b"},
        {"OPTIONS * HTTP/1.1", "*"},
        {"FETCH /x HTTP/1.1", "/x"},
        {"GET //double HTTP/1.1", "//double"},
        {"GET * HTTP/1.1", ""},
        {"GET ftp://other/x HTTP/1.1", ""},
        {"GET http:///x HTTP/1.1", ""},
        {"GET http://user@other/x HTTP/1.1", ""},
        {"CONNECT other:443 HTTP/1.1", ""},
        {"CONNECT /x HTTP/1.1", ""},
    };
    for (const auto& [line, uri] : cases) {
        const Read result = read(std::string(line) + "\r\nHost: h\r\n\r\n", 1000);
        EXPECT_EQ(result.state, uri.empty() ? State::refused : State::complete) << line;
        if (!uri.empty()) {
            EXPECT_EQ(result.message.uri(), uri) << line;
        }
    }
}

}  // namespace
}  // namespace catchrule::proxy
