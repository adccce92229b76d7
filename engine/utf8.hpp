// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace catchrule {

/// Bytes of the UTF-8 sequence at the front of `text`, which is not empty; 0 when it is not one
/// (RFC 3629).
std::size_t utf8_length(std::string_view text);

/// `text` with U+FFFD in place of each byte that is not UTF-8.
std::string valid_utf8(std::string_view text);

}  // namespace catchrule
