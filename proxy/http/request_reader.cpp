// SPDX-License-Identifier: Apache-2.0
#include "proxy/http/request_reader.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "proxy/http/head_scan.hpp"
#include "proxy/http/headers.hpp"

namespace catchrule::proxy {
namespace {

namespace http = boost::beast::http;
using Parser = http::request_parser<http::string_body>;
using boost::system::error_code;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// An authority without user information.
bool is_host(std::string_view text) {
    constexpr std::string_view forbidden = "/\\@?#,<>\"";
    return std::ranges::all_of(text, [&](char c) {
        return c > ' ' && c < '\x7f' && forbidden.find(c) == std::string_view::npos;
    });
}

// What the framing fields must be; empty = all well.
std::string_view framing_problem(const http::request_header<>& head) {
    using http::field;
    const auto codings = head.count(field::transfer_encoding);
    const auto lengths = head.count(field::content_length);
    if (codings > 0 && lengths > 0) return "both Content-Length and Transfer-Encoding";
    if (codings > 0 && head.version() < 11) return "Transfer-Encoding in an HTTP/1.0 request";
    if (codings > 1 ||
        (codings == 1 && !same_word(view(head[field::transfer_encoding]), "chunked"))) {
        return "a Transfer-Encoding other than chunked";
    }
    if (lengths > 1) return "more than one Content-Length";
    if (lengths == 1 && !is_number(view(head[field::content_length]))) {
        return "a Content-Length that is no number";
    }
    const auto hosts = head.count(field::host);
    if (hosts > 1 || (hosts == 0 && head.version() >= 11)) return "not exactly one Host";
    if (!is_host(view(head[field::host]))) return "a malformed Host";
    return {};
}

// The request target in origin form, and the host of an absolute one; none when it is neither.
struct Target {
    std::string uri;
    std::string_view host;
};

std::optional<Target> origin_form(std::string_view target, std::string_view verb) {
    if (verb == "CONNECT") return {};  // nothing is tunnelled, whatever the form
    if (target.starts_with('/')) return Target{std::string(target), {}};
    if (target == "*" && verb == "OPTIONS") return Target{"*", {}};
    const auto scheme_end = target.find("://");
    if (scheme_end == std::string_view::npos) return {};
    const auto scheme = target.substr(0, scheme_end);
    if (!same_word(scheme, "http") && !same_word(scheme, "https")) return {};
    const auto rest = target.substr(scheme_end + 3);
    const auto host = rest.substr(0, std::min(rest.find_first_of("/?"), rest.size()));
    if (host.empty() || !is_host(host)) return {};
    const auto path = rest.substr(host.size());
    return Target{path.starts_with('/') ? std::string(path) : "/" + std::string(path), host};
}

}  // namespace

struct RequestReader::Impl {
    explicit Impl(const Limits& given)
        : limits(given), scan(given.request_line, given.header_bytes, given.headers) {
        parser.header_limit(static_cast<std::uint32_t>(
            std::min<std::size_t>(limits.request_line + limits.header_bytes + 16, UINT32_MAX)));
        parser.body_limit(limits.body);
        parser.on_chunk_header(check_extension);
    }

    State refuse(Refused why, std::string_view text = {}) {
        refusal = {why, std::string(text)};
        return state = State::refused;
    }
    State refuse(error_code error);
    State read_head(std::string_view bytes, std::size_t& used);
    State read_body(std::string_view bytes, std::size_t& used);
    State keep_head();

    // Beast takes a line break inside a quoted value; others end the line there.
    std::function<void(std::uint64_t, boost::beast::string_view, error_code&)> check_extension =
        [](std::uint64_t, boost::beast::string_view extension, error_code& error) {
            const auto is_control = [](char c) {
                return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '\x7f';
            };
            if (std::ranges::any_of(extension, is_control)) {
                error = http::error::bad_chunk_extension;
            }
        };
    const Limits& limits;
    HeadScan scan;
    Parser parser;
    bool has_head = false;
    bool body_started = false;
    bool keep_alive = false;
    Message message = Message::request();
    Refusal refusal;
    State state = State::need_more;
};

RequestReader::State RequestReader::Impl::refuse(error_code error) {
    if (error == http::error::body_limit) return refuse(Refused::body_too_big);
    return refuse(Refused::bad_request, error.message());
}

RequestReader::State RequestReader::Impl::read_head(std::string_view bytes, std::size_t& used) {
    switch (scan.look(bytes)) {
        case HeadScan::State::incomplete:
            return state;
        case HeadScan::State::refused:
            refusal = scan.refusal();
            return state = State::refused;
        case HeadScan::State::complete:
            break;
    }
    error_code error;
    used = parser.put({bytes.data(), scan.size()}, error);
    if (error) return refuse(error);
    has_head = true;
    return keep_head();
}

// The header is copied now: trailers of the body must not become part of it.
RequestReader::State RequestReader::Impl::keep_head() {
    const auto& head = parser.get().base();
    if (const auto problem = framing_problem(head); !problem.empty()) {
        return refuse(Refused::bad_request, problem);
    }
    message.verb = view(head.method_string());
    const auto target = origin_form(view(head.target()), message.verb);
    if (!target) return refuse(Refused::bad_request, "a malformed request target");
    message.set_uri(target->uri);
    message.version = head.version() >= 11 ? "1.1" : "1.0";
    for (const auto& field : head)
        message.headers.add(view(field.name_string()), view(field.value()));
    if (!target->host.empty()) message.headers.set("Host", target->host);
    keep_alive = parser.keep_alive();
    parser.eager(true);
    return state = parser.is_done() ? State::complete : State::need_more;
}

RequestReader::State RequestReader::Impl::read_body(std::string_view bytes, std::size_t& used) {
    while (used < bytes.size()) {
        error_code error;
        const auto rest = bytes.substr(used);
        const auto taken = parser.put({rest.data(), rest.size()}, error);
        used += taken;
        body_started = true;
        if (parser.is_done()) return state = State::complete;
        if (error && error != http::error::need_more) return refuse(error);
        if (error || taken == 0) break;
    }
    // The parser waits for the end of a chunk's first line or of the trailers.
    if (bytes.size() - used > limits.header_bytes) {
        return refuse(Refused::bad_request, "chunk header or trailers too long");
    }
    return state;
}

RequestReader::RequestReader(const Limits& limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::read(std::string_view bytes, std::size_t& used) {
    used = 0;
    if (impl_->state != State::need_more) return impl_->state;
    if (!impl_->has_head) {
        // Empty lines before a request are allowed (RFC 9112, 2.2); the scan has seen nothing of
        // them.
        while (bytes.substr(used).starts_with("\r\n")) used += 2;
        const auto rest = bytes.substr(used);
        if (rest.empty() || rest == "\r") return impl_->state;
        std::size_t head = 0;
        const State state = impl_->read_head(rest, head);
        used += head;
        if (state != State::need_more || !impl_->has_head) return state;
    }
    return impl_->read_body(bytes, used);
}

bool RequestReader::has_head() const { return impl_->has_head; }

bool RequestReader::wants_continue() const {
    const auto expect = impl_->message.headers.first("Expect");
    return impl_->has_head && impl_->state == State::need_more && !impl_->body_started &&
           impl_->message.version == "1.1" && expect && same_word(*expect, "100-continue");
}

bool RequestReader::keep_alive() const { return impl_->keep_alive; }

Message RequestReader::take() {
    impl_->message.content = std::move(impl_->parser.get().body());
    return std::move(impl_->message);
}

const Refusal& RequestReader::refusal() const { return impl_->refusal; }

}  // namespace catchrule::proxy
