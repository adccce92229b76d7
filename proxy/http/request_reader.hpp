// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "engine/message.hpp"
#include "proxy/http/refusal.hpp"
#include "proxy/limits.hpp"

namespace catchrule::proxy {

/// Turns the bytes of one HTTP/1.x request into a Message, under limits; no socket. Requests whose
/// framing two servers could read differently are refused (RFC 9112, 6.3 and 11.2). Trailers are
/// read and dropped.
class RequestReader {
public:
    enum class State : std::uint8_t { need_more, complete, refused };

    /// `limits` must outlive the reader.
    explicit RequestReader(const Limits& limits);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    /// Takes `used` bytes off the front of `bytes`; call again with the rest and what came since.
    /// After `complete` and `refused` it takes nothing more.
    State read(std::string_view bytes, std::size_t& used);

    /// The header is complete and good.
    bool has_head() const;
    /// The client waits for 100 Continue, and none of its body is here.
    bool wants_continue() const;
    /// Whether the client wants to use the connection again.
    bool keep_alive() const;

    /// The request, once complete.
    Message take();
    const Refusal& refusal() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace catchrule::proxy
