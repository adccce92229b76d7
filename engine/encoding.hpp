// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace catchrule {

// Bytes as text and back. Base64 is that of RFC 4648 section 4, padded.
std::string encode_hex(std::string_view bytes);  // lower case
std::string encode_base64(std::string_view bytes);

// None when the text is something else. Hex may be in any letter case; the padding of Base64 may be
// missing, as java.util.Base64 allows, but nothing else.
std::optional<std::string> decode_hex(std::string_view text);
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace catchrule
