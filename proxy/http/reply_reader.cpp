// SPDX-License-Identifier: Apache-2.0
#include "proxy/http/reply_reader.hpp"

#include <optional>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "proxy/http/head_scan.hpp"
#include "proxy/http/headers.hpp"

namespace catchrule::proxy {
namespace {

namespace http = boost::beast::http;
using Parser = http::response_parser<http::string_body>;
using boost::system::error_code;

// A target is trusted more than a client, but not with our memory.
constexpr std::size_t status_line_limit = 8 * 1024;
constexpr std::size_t field_bytes_limit = 64 * 1024;
constexpr std::size_t fields_limit = 1000;
constexpr int interim_limit = 16;  // replies 1xx before the reply

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

// A transfer coding that we did not ask for and cannot undo.
bool has_foreign_coding(const http::response_header<>& head) {
    const auto codings = head.count(http::field::transfer_encoding);
    return codings > 1 ||
           (codings == 1 && !same_word(view(head[http::field::transfer_encoding]), "chunked"));
}

}  // namespace

struct ReplyReader::Impl {
    Impl(bool head, std::size_t limit) : to_head(head), body_limit(limit) { begin(); }

    void begin() {
        scan.emplace(status_line_limit, field_bytes_limit, fields_limit);
        parser.emplace();
        parser->header_limit(status_line_limit + field_bytes_limit + 16);
        parser->body_limit(body_limit);
        parser->skip(to_head);
        has_head = false;
    }
    State read_head(std::string_view bytes, std::size_t& used);
    State read_body(std::string_view bytes, std::size_t& used);
    State keep_head();

    bool to_head;
    std::size_t body_limit;
    std::optional<HeadScan> scan;
    std::optional<Parser> parser;
    int interim = 0;
    bool has_head = false;
    bool keep_alive = false;
    Message message = Message::response(200);
    State state = State::need_more;
};

ReplyReader::State ReplyReader::Impl::read_head(std::string_view bytes, std::size_t& used) {
    switch (scan->look(bytes)) {
        case HeadScan::State::incomplete:
            return state;
        case HeadScan::State::refused:
            return state = State::bad;
        case HeadScan::State::complete:
            break;
    }
    error_code error;
    used += parser->put({bytes.data(), scan->size()}, error);
    if (error) return state = State::bad;
    const int status = static_cast<int>(parser->get().result_int());
    if (status >= 200) {
        has_head = true;
        return keep_head();
    }
    // 101 answers an Upgrade that was never sent.
    if (status == 101 || status < 100 || ++interim > interim_limit) return state = State::bad;
    begin();
    return state;
}

ReplyReader::State ReplyReader::Impl::keep_head() {
    const auto& head = parser->get().base();
    if (has_foreign_coding(head)) return state = State::bad;
    message.status = static_cast<int>(head.result_int());
    message.reason = view(head.reason());
    message.version = head.version() >= 11 ? "1.1" : "1.0";
    for (const auto& field : head)
        message.headers.add(view(field.name_string()), view(field.value()));
    remove_hop_by_hop(message.headers);
    keep_alive = parser->keep_alive();
    parser->eager(true);
    return state = parser->is_done() ? State::complete : State::need_more;
}

ReplyReader::State ReplyReader::Impl::read_body(std::string_view bytes, std::size_t& used) {
    while (used < bytes.size()) {
        error_code error;
        const auto rest = bytes.substr(used);
        const auto taken = parser->put({rest.data(), rest.size()}, error);
        used += taken;
        if (parser->is_done()) return state = State::complete;
        if (error && error != http::error::need_more) return state = State::bad;
        if (error || taken == 0) break;
    }
    return state = bytes.size() - used > field_bytes_limit ? State::bad : State::need_more;
}

ReplyReader::ReplyReader(bool to_head, std::size_t body_limit)
    : impl_(std::make_unique<Impl>(to_head, body_limit)) {}
ReplyReader::~ReplyReader() = default;

ReplyReader::State ReplyReader::read(std::string_view bytes, std::size_t& used) {
    used = 0;
    while (impl_->state == State::need_more && !impl_->has_head) {
        const std::size_t before = used;
        impl_->read_head(bytes.substr(used), used);
        if (used == before) return impl_->state;
    }
    if (impl_->state != State::need_more) return impl_->state;
    return impl_->read_body(bytes, used);
}

ReplyReader::State ReplyReader::end_of_stream() {
    if (impl_->state != State::need_more || !impl_->has_head) return impl_->state;
    error_code error;
    impl_->parser->put_eof(error);
    if (!error && impl_->parser->is_done()) impl_->state = State::complete;
    return impl_->state;
}

bool ReplyReader::keep_alive() const { return impl_->keep_alive; }

Message ReplyReader::take() {
    impl_->message.content = std::move(impl_->parser->get().body());
    return std::move(impl_->message);
}

}  // namespace catchrule::proxy
