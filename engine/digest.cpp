// SPDX-License-Identifier: Apache-2.0
#include "engine/digest.hpp"

#include <array>

#include <openssl/evp.h>

namespace catchrule {
namespace {

constexpr std::array<const char*, 6> names{"MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512"};

const char* name_of(Digest algorithm) { return names[static_cast<std::size_t>(algorithm)]; }

}  // namespace

std::string digest(Digest algorithm, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    std::size_t length = 0;
    if (EVP_Q_digest(nullptr, name_of(algorithm), nullptr, text.data(), text.size(), bytes.data(),
                     &length) != 1)
        return {};
    return {reinterpret_cast<const char*>(bytes.data()), length};
}

std::string hmac(Digest algorithm, std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    std::size_t length = 0;
    // A key without bytes still needs an address.
    const char* secret = key.empty() ? "" : key.data();
    if (EVP_Q_mac(nullptr, "HMAC", nullptr, name_of(algorithm), nullptr, secret, key.size(),
                  reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data(),
                  bytes.size(), &length) == nullptr)
        return {};
    return {reinterpret_cast<const char*>(bytes.data()), length};
}

}  // namespace catchrule
