// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "proxy/http/refusal.hpp"

namespace catchrule::proxy {

/// Looks at the raw bytes of a message head before any parser does: counts against the limits, and
/// refuses what parsers read in different ways (bare LF or CR, NUL, folded fields). Reads each byte
/// once however the head is cut into pieces.
class HeadScan {
public:
    enum class State : std::uint8_t { incomplete, complete, refused };

    HeadScan(std::size_t line_limit, std::size_t field_bytes_limit, std::size_t fields_limit);

    /// `bytes` holds everything from the start line on that has come so far.
    State look(std::string_view bytes);

    /// Bytes of the head with its empty line, once complete.
    std::size_t size() const { return next_; }
    const Refusal& refusal() const { return refusal_; }

private:
    State refuse(Refused why, std::string_view text = {});
    State end_of_line(std::string_view line);

    std::size_t line_limit_;
    std::size_t field_bytes_limit_;
    std::size_t fields_limit_;

    std::size_t next_ = 0;          // first byte not looked at
    std::size_t line_start_ = 0;    // first byte of the line in work
    std::size_t fields_start_ = 0;  // first byte after the start line; 0 = not there yet
    std::size_t fields_ = 0;
    Refusal refusal_;
};

}  // namespace catchrule::proxy
