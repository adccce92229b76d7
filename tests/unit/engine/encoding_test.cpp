// SPDX-License-Identifier: Apache-2.0
#include "engine/encoding.hpp"

#include <gtest/gtest.h>

#include "engine/random.hpp"

namespace catchrule {
namespace {

// RFC 4648 section 10.
TEST(Encoding, MakesTheTextsOfTheStandard) {
    const std::vector<std::array<const char*, 3>> rows{
        {"", "", ""},
        {"f", "Zg==", "66"},
        {"fo", "Zm8=", "666f"},
        {"foo", "Zm9v", "666f6f"},
        {"foob", "Zm9vYg==", "666f6f62"},
        {"fooba", "Zm9vYmE=", "666f6f6261"},
        {"foobar", "Zm9vYmFy", "666f6f626172"},
    };
    for (const auto& [bytes, base64, hex] : rows) {
        EXPECT_EQ(encode_base64(bytes), base64);
        EXPECT_EQ(encode_hex(bytes), hex);
        EXPECT_EQ(decode_base64(base64), bytes);
        EXPECT_EQ(decode_hex(hex), bytes);
    }
}

TEST(Encoding, RefusesEverythingElse) {
    for (const char* text :
         {"Z", "Zg=", "Zg===", "Zm9v=", "Z g=", "Zg==\n", "-_-_", "Zm9v====", "="})
        EXPECT_FALSE(decode_base64(text)) << text;
    for (const char* text : {"6", "6g", "66 ", "0x66"}) EXPECT_FALSE(decode_hex(text)) << text;
    EXPECT_EQ(decode_hex("4A4b"), "JK");
    EXPECT_EQ(decode_base64("Zg"), "f");
}

TEST(Encoding, ComesBack) {
    Random random(3);
    for (int i = 0; i < 500; ++i) {
        std::string bytes;
        for (std::uint64_t left = random.below(40); left > 0; --left) {
            bytes += static_cast<char>(random.next());
        }
        EXPECT_EQ(decode_base64(encode_base64(bytes)), bytes);
        EXPECT_EQ(decode_hex(encode_hex(bytes)), bytes);
    }
}

}  // namespace
}  // namespace catchrule
