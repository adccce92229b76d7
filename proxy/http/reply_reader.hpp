// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "engine/message.hpp"

namespace catchrule::proxy {

/// Turns the bytes a target sends into a Message; no socket. Interim replies (1xx) are passed over,
/// the transfer coding is undone, trailers are dropped.
class ReplyReader {
public:
    enum class State : std::uint8_t { need_more, complete, bad };

    /// `to_head`: the reply has no body whatever its header says. `body_limit` in bytes.
    ReplyReader(bool to_head, std::size_t body_limit);
    ~ReplyReader();
    ReplyReader(const ReplyReader&) = delete;
    ReplyReader& operator=(const ReplyReader&) = delete;

    /// Takes `used` bytes off the front of `bytes`.
    State read(std::string_view bytes, std::size_t& used);
    /// The target has closed: `complete` when that is how the body ends, else `need_more`.
    State end_of_stream();

    /// Whether the target keeps the connection open, once complete.
    bool keep_alive() const;
    /// The reply, once complete.
    Message take();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace catchrule::proxy
