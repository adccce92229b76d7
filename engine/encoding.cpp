// SPDX-License-Identifier: Apache-2.0
#include "engine/encoding.hpp"

#include <cstdint>

namespace catchrule {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

unsigned byte_at(std::string_view bytes, std::size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
}

}  // namespace

std::string encode_hex(std::string_view bytes) {
    std::string text;
    text.reserve(2 * bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        text += hex_digits[byte_at(bytes, i) >> 4U];
        text += hex_digits[byte_at(bytes, i) & 0xFU];
    }
    return text;
}

std::string encode_base64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::uint32_t three =
            byte_at(bytes, i) << 16U | byte_at(bytes, i + 1) << 8U | byte_at(bytes, i + 2);
        for (std::size_t k = 0; k < 4; ++k) {
            const bool padding = i + k > bytes.size();
            text += padding ? '=' : base64_digits[three >> (18 - 6 * k) & 0x3FU];
        }
    }
    return text;
}

std::optional<std::string> decode_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        unsigned value = 0;
        for (const char c : text.substr(i, 2)) {
            const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c | 0x20) : c;
            const std::size_t digit = hex_digits.find(lower);
            if (digit == std::string_view::npos) return std::nullopt;
            value = value << 4U | static_cast<unsigned>(digit);
        }
        bytes += static_cast<char>(value);
    }
    return bytes;
}

std::optional<std::string> decode_base64(std::string_view text) {
    std::string_view digits = text;
    while (digits.size() + 2 > text.size() && digits.ends_with('=')) digits.remove_suffix(1);
    const bool padded = digits.size() != text.size();
    if (digits.size() % 4 == 1 || (padded && text.size() % 4 != 0)) return std::nullopt;
    std::string bytes;
    std::uint32_t kept = 0;
    unsigned bits = 0;
    for (const char c : digits) {
        const std::size_t digit = base64_digits.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        kept = (kept << 6U | static_cast<std::uint32_t>(digit)) & 0xFFFFU;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(kept >> bits & 0xFFU);
    }
    return bytes;
}

}  // namespace catchrule
