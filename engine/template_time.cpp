// SPDX-License-Identifier: Apache-2.0
#include "engine/template_time.hpp"

#include <array>
#include <utility>

namespace catchrule {
namespace {

constexpr std::string_view letters = "GyYMLwWDdFEuaHkKhmsSzZX";
constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Days from 1970 to the first of January of `year`.
std::int64_t days_before(std::int64_t year) {
    const std::int64_t y = year - 1;
    return y * 365 + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400) - 719162;
}

struct Date {
    std::int64_t year = 1970;
    std::int64_t month = 0;        // from 0
    std::int64_t day = 1;          // of the month
    std::int64_t day_of_year = 0;  // from 0
    std::int64_t weekday = 4;      // 0 = Sunday
    std::int64_t in_day = 0;       // milliseconds
};

bool is_leap(std::int64_t year) { return days_before(year + 1) - days_before(year) == 366; }

Date date_of(std::int64_t time) {
    constexpr std::int64_t day_ms = 86'400'000;
    const std::int64_t days = floor_div(time, day_ms);
    Date date;
    date.in_day = time - days * day_ms;
    date.weekday = days + 4 - floor_div(days + 4, 7) * 7;
    // 146,097 days are 400 years; the guess is off by one at most.
    date.year = 1970 + floor_div(days * 400, 146'097);
    while (days_before(date.year) > days) --date.year;
    while (days_before(date.year + 1) <= days) ++date.year;
    date.day_of_year = days - days_before(date.year);
    std::int64_t left = date.day_of_year;
    for (;; ++date.month) {
        constexpr std::array<std::int64_t, 12> lengths{31, 28, 31, 30, 31, 30,
                                                       31, 31, 30, 31, 30, 31};
        const bool leap_day = date.month == 1 && is_leap(date.year);
        const std::int64_t length =
            lengths[static_cast<std::size_t>(date.month)] + (leap_day ? 1 : 0);
        if (left < length) break;
        left -= length;
    }
    date.day = left + 1;
    return date;
}

// Weeks begin on Sunday, and the one with the first of January is week 1, as in the US.
struct Week {
    std::int64_t year;
    std::int64_t number;
};

Week week_of(const Date& date) {
    const std::int64_t days_in_year = is_leap(date.year) ? 366 : 365;
    const std::int64_t saturday = date.day_of_year - date.weekday + 6;  // of this week
    if (saturday >= days_in_year) return {date.year + 1, 1};
    return {date.year, saturday / 7 + 1};
}

void append_number(std::int64_t number, std::size_t width, std::string& out) {
    std::string digits = std::to_string(number);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    out += digits;
}

void append_year(std::int64_t year, std::size_t count, std::string& out) {
    const std::int64_t of_era = year > 0 ? year : 1 - year;
    if (count == 2) {
        append_number(of_era % 100, 2, out);
    } else {
        append_number(of_era, count, out);
    }
}

void append_name(std::string_view name, std::size_t count, std::string& out) {
    out += count >= 4 ? name : name.substr(0, 3);
}

// What a letter that prints as a plain number stands for.
std::int64_t number_of(char letter, const Date& date) {
    const std::int64_t hour = date.in_day / 3'600'000;
    switch (letter) {
        case 'w':
            return week_of(date).number;
        case 'W':
            return (date.day - 1 - date.weekday + 6) / 7 + 1;
        case 'D':
            return date.day_of_year + 1;
        case 'd':
            return date.day;
        case 'F':
            return (date.day - 1) / 7 + 1;
        case 'u':
            return date.weekday == 0 ? 7 : date.weekday;
        case 'H':
            return hour;
        case 'k':
            return hour == 0 ? 24 : hour;
        case 'K':
            return hour % 12;
        case 'h':
            return hour % 12 == 0 ? 12 : hour % 12;
        case 'm':
            return date.in_day / 60'000 % 60;
        case 's':
            return date.in_day / 1000 % 60;
        default:
            return date.in_day % 1000;
    }
}

void append_field(char letter, std::size_t count, const Date& date, std::string& out) {
    switch (letter) {
        case 'G':
            out += date.year > 0 ? "AD" : "BC";
            break;
        case 'y':
            append_year(date.year, count, out);
            break;
        case 'Y':
            append_year(week_of(date).year, count, out);
            break;
        case 'M':
        case 'L':
            if (count >= 3) {
                append_name(months[static_cast<std::size_t>(date.month)], count, out);
            } else {
                append_number(date.month + 1, count, out);
            }
            break;
        case 'E':
            append_name(weekdays[static_cast<std::size_t>(date.weekday)], count, out);
            break;
        case 'a':
            out += date.in_day < 43'200'000 ? "AM" : "PM";
            break;
        case 'z':
            out += count >= 4 ? "Coordinated Universal Time" : "UTC";
            break;
        case 'Z':
            out += "+0000";
            break;
        case 'X':
            out += 'Z';
            break;
        default:
            append_number(number_of(letter, date), count, out);
    }
}

}  // namespace

grammar::Parsed<TimePattern> TimePattern::compile(std::string_view text) {
    grammar::Parsed<TimePattern> parsed;
    const auto fail = [&parsed](std::size_t at, std::string message) {
        const auto begin = static_cast<std::uint32_t>(at);
        parsed.diagnostics.push_back(
            {grammar::Severity::error, {}, {begin, begin + 1}, std::move(message), {}});
        return parsed;
    };
    constexpr std::size_t max_bytes = 256;
    constexpr std::size_t max_count = 32;  // of one letter in a row
    if (text.size() > max_bytes)
        return fail(0, "expected a time format of at most " + std::to_string(max_bytes) + " bytes");
    TimePattern pattern;
    const auto add_literal = [&pattern](char c) {
        if (pattern.fields_.empty() || pattern.fields_.back().letter != '\0')
            pattern.fields_.emplace_back();
        pattern.fields_.back().literal += c;
    };
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '\'') {
            if (text.substr(at).starts_with("''")) {
                add_literal('\'');
                at += 2;
                continue;
            }
            const std::size_t begin = at++;
            for (; at < text.size(); ++at) {
                if (text[at] == '\'' && !text.substr(at).starts_with("''")) break;
                if (text[at] == '\'') ++at;
                add_literal(text[at]);
            }
            if (at == text.size()) return fail(begin, "expected a second quote in a time format");
            ++at;
        } else if (!is_letter(c)) {
            add_literal(c);
            ++at;
        } else {
            std::size_t end = at;
            while (end < text.size() && text[end] == c) ++end;
            const std::size_t count = end - at;
            if (letters.find(c) == std::string_view::npos || count > max_count ||
                (c == 'X' && count > 3))
                return fail(at, "expected a letter of a time format, found '" +
                                    std::string(text.substr(at, count)) + "'");
            pattern.fields_.push_back({c, count});
            at = end;
        }
    }
    parsed.value = std::move(pattern);
    return parsed;
}

void TimePattern::append(std::int64_t time, std::string& out) const {
    const Date date = date_of(time);
    for (const Field& field : fields_) {
        if (field.letter == '\0') {
            out += field.literal;
        } else {
            append_field(field.letter, field.count, date, out);
        }
    }
}

}  // namespace catchrule
