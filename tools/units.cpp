// SPDX-License-Identifier: Apache-2.0
#include "tools/units.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>

namespace catchrule::tools {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};

constexpr std::array durations{Unit{"", 1000}, Unit{"ms", 1}, Unit{"s", 1000}, Unit{"m", 60'000},
                               Unit{"h", 3'600'000}};
constexpr std::array sizes{Unit{"", 1}, Unit{"B", 1}, Unit{"KiB", 1ULL << 10},
                           Unit{"MiB", 1ULL << 20}, Unit{"GiB", 1ULL << 30}};
constexpr std::uint64_t year_ms = 366ULL * 24 * 3'600'000;

template <std::size_t n>
std::optional<std::uint64_t> parse(std::string_view text, const std::array<Unit, n>& units) {
    std::uint64_t number = 0;
    const char* last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, number);
    if (error != std::errc()) return std::nullopt;
    const std::string_view name(end, static_cast<std::size_t>(last - end));
    for (const Unit& unit : units) {
        if (unit.name != name) continue;
        if (number > std::numeric_limits<std::uint64_t>::max() / unit.factor) return std::nullopt;
        return number * unit.factor;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    const auto ms = parse(text, durations);
    if (!ms || *ms > year_ms) return std::nullopt;
    return std::chrono::milliseconds(static_cast<std::int64_t>(*ms));
}

std::optional<std::size_t> parse_size(std::string_view text) {
    const auto bytes = parse(text, sizes);
    if (!bytes || *bytes > std::numeric_limits<std::size_t>::max()) return std::nullopt;
    return static_cast<std::size_t>(*bytes);
}

}  // namespace catchrule::tools
