// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace catchrule {

enum class Digest : std::uint8_t { md5, sha1, sha224, sha256, sha384, sha512 };

// The digest of `text`, or its keyed form (RFC 2104), as bytes; empty where the machine's policy
// forbids the algorithm.
std::string digest(Digest algorithm, std::string_view text);
std::string hmac(Digest algorithm, std::string_view key, std::string_view text);

}  // namespace catchrule
