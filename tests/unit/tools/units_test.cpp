// SPDX-License-Identifier: Apache-2.0
#include "tools/units.hpp"

#include <optional>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule::tools {
namespace {

TEST(Units, Durations) {
    struct Case {
        const char* text;
        std::optional<int> ms;
    };
    const std::vector<Case> cases{
        {"500ms", 500},
        {"10s", 10'000},
        {"1m", 60'000},
        {"2h", 7'200'000},
        {"7", 7'000},
        {"0", 0},
        {"", std::nullopt},
        {"s", std::nullopt},
        {"-1s", std::nullopt},
        {"1.5s", std::nullopt},
        {"1 s", std::nullopt},
        {"1d", std::nullopt},
        {"99999999999999999999s", std::nullopt},
        {"9999999999s", std::nullopt},
    };
    for (const Case& c : cases) {
        const auto parsed = parse_duration(c.text);
        ASSERT_EQ(parsed.has_value(), c.ms.has_value()) << c.text;
        EXPECT_EQ(parsed ? parsed->count() : 0, c.ms.value_or(0)) << c.text;
    }
}

TEST(Units, Sizes) {
    struct Case {
        const char* text;
        std::optional<std::size_t> bytes;
    };
    const std::vector<Case> cases{
        {"0", 0},
        {"4096", 4096},
        {"12B", 12},
        {"8KiB", 8192},
        {"10MiB", 10485760},
        {"1GiB", 1073741824},
        {"", std::nullopt},
        {"KiB", std::nullopt},
        {"8kb", std::nullopt},
        {"-1", std::nullopt},
        {"1e3", std::nullopt},
        {"18446744073709551615GiB", std::nullopt},
    };
    for (const Case& c : cases) EXPECT_EQ(parse_size(c.text), c.bytes) << c.text;
}

}  // namespace
}  // namespace catchrule::tools
