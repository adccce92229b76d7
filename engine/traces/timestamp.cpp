// SPDX-License-Identifier: Apache-2.0
#include "engine/traces/timestamp.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace catchrule::trace {

namespace {

using namespace std::chrono;

struct Parts {
    year_month_day date;
    hh_mm_ss<milliseconds> time;
};

Parts parts_of(Millis at) {
    const sys_time<milliseconds> point{milliseconds(at)};
    const auto day = floor<days>(point);
    return {year_month_day(day), hh_mm_ss<milliseconds>(point - day)};
}

std::string print(const char* format, const Parts& parts, int year, bool day_first) {
    std::array<char, 48> out{};
    const auto month = static_cast<unsigned>(parts.date.month());
    const auto day = static_cast<unsigned>(parts.date.day());
    std::snprintf(out.data(), out.size(), format, day_first ? static_cast<int>(day) : year,
                  static_cast<int>(month), day_first ? year : static_cast<int>(day),
                  static_cast<int>(parts.time.hours().count()),
                  static_cast<int>(parts.time.minutes().count()),
                  static_cast<int>(parts.time.seconds().count()),
                  static_cast<int>(parts.time.subseconds().count()));
    return out.data();
}

// Digits from `at` on; -1 when one of them is none.
int number(std::string_view text, std::size_t at, std::size_t digits) {
    int out = 0;
    for (const char c : text.substr(at, digits)) {
        if (c < '0' || c > '9') return -1;
        out = out * 10 + (c - '0');
    }
    return out;
}

}  // namespace

std::string format_timestamp(Millis at) {
    const Parts parts = parts_of(at);
    const int century = static_cast<int>(parts.date.year()) % 100;
    return print("%02d-%02d-%02d %02d:%02d:%02d:%03d", parts, century, true);
}

std::string iso_timestamp(Millis at) {
    const Parts parts = parts_of(at);
    return print("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts, static_cast<int>(parts.date.year()),
                 false);
}

std::optional<Millis> parse_timestamp(std::string_view text) {
    constexpr std::string_view shape = "00-00-00 00:00:00:000";
    if (text.size() != shape.size()) return std::nullopt;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == '0' ? !digit : text[i] != shape[i]) return std::nullopt;
    }
    constexpr int century = 2000;
    const year_month_day date(year(century + number(text, 6, 2)),
                              month(static_cast<unsigned>(number(text, 3, 2))),
                              day(static_cast<unsigned>(number(text, 0, 2))));
    const int hour = number(text, 9, 2);
    const int minute = number(text, 12, 2);
    const int second = number(text, 15, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const auto time = sys_days(date) + hours(hour) + minutes(minute) + seconds(second) +
                      milliseconds(number(text, 18, 3));
    return duration_cast<milliseconds>(time.time_since_epoch()).count();
}

}  // namespace catchrule::trace
