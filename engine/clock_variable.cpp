// SPDX-License-Identifier: Apache-2.0
#include "engine/clock_variable.hpp"

#include <chrono>

namespace catchrule {
namespace {

using grammar::Value;

struct PartName {
    std::string_view name;
    TimePart part;
};

constexpr std::array<PartName, 11> system_names{{
    {"system.time", TimePart::text},
    {"system.timestamp", TimePart::timestamp},
    {"system.time.year", TimePart::year},
    {"system.time.month", TimePart::month},
    {"system.time.day", TimePart::day},
    {"system.time.dayofweek", TimePart::day_of_week},
    {"system.time.hour", TimePart::hour},
    {"system.time.minute", TimePart::minute},
    {"system.time.second", TimePart::second},
    {"system.time.millisecond", TimePart::millisecond},
    {"system.time.zone", TimePart::zone},
}};

// In the order of TimeMark.
constexpr std::array<std::string_view, time_marks> mark_names{
    "client.received.start", "client.received.end", "client.sent.start",     "client.sent.end",
    "target.sent.start",     "target.sent.end",     "target.received.start", "target.received.end",
};

constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// A time taken apart, in UTC.
struct Broken {
    explicit Broken(std::int64_t millis) {
        using namespace std::chrono;
        const milliseconds since{millis};
        const auto midnight = floor<std::chrono::days>(since);
        date = year_month_day(sys_days(midnight));
        day_of_week = weekday(sys_days(midnight)).c_encoding();
        of_day = static_cast<int>((since - midnight).count());
    }
    int hour() const { return of_day / 3'600'000; }
    int minute() const { return of_day / 60'000 % 60; }
    int second() const { return of_day / 1000 % 60; }

    std::chrono::year_month_day date;
    unsigned day_of_week = 0;  // from Sunday
    int of_day = 0;            // milliseconds
};

void append_two(std::string& out, int number) {
    out += static_cast<char>('0' + number / 10);
    out += static_cast<char>('0' + number % 10);
}

void write_text(const Broken& time, std::string& out) {
    out = days[time.day_of_week];
    out += ", ";
    append_two(out, static_cast<int>(static_cast<unsigned>(time.date.day())));
    out += ' ';
    out += months[static_cast<unsigned>(time.date.month()) - 1];
    out += ' ' + std::to_string(static_cast<int>(time.date.year())) + ' ';
    append_two(out, time.hour());
    out += ':';
    append_two(out, time.minute());
    out += ':';
    append_two(out, time.second());
    out += " UTC";
}

int number_of(TimePart part, const Broken& time) {
    switch (part) {
        case TimePart::year:
            return static_cast<int>(time.date.year());
        case TimePart::month:
            return static_cast<int>(static_cast<unsigned>(time.date.month()));
        case TimePart::day:
            return static_cast<int>(static_cast<unsigned>(time.date.day()));
        case TimePart::day_of_week:
            return static_cast<int>(time.day_of_week) + 1;
        case TimePart::hour:
            return time.hour();
        case TimePart::minute:
            return time.minute();
        case TimePart::second:
            return time.second();
        default:
            return time.of_day % 1000;
    }
}

}  // namespace

std::optional<ClockVariable> parse_clock_variable(std::string_view name) {
    if (name.starts_with("system.time")) {
        for (const PartName& each : system_names) {
            if (each.name == name) return ClockVariable{each.part, std::nullopt};
        }
        return std::nullopt;
    }
    TimePart part = TimePart::text;
    if (name.ends_with(".timestamp")) {
        part = TimePart::timestamp;
    } else if (!name.ends_with(".time")) {
        return std::nullopt;
    }
    const std::string_view moment = name.substr(0, name.rfind('.'));
    for (std::size_t i = 0; i < time_marks; ++i) {
        if (mark_names[i] == moment) return ClockVariable{part, static_cast<TimeMark>(i)};
    }
    return std::nullopt;
}

Value read_clock(const ClockVariable& variable, const CallTimes& times, std::string& text) {
    const auto& time =
        variable.mark ? times.marks[static_cast<std::size_t>(*variable.mark)] : times.now;
    if (!time) return Value::null();
    switch (variable.part) {
        case TimePart::timestamp:
            return Value::long_integer(*time);
        case TimePart::zone:
            return Value::text("UTC");
        case TimePart::text:
            write_text(Broken(*time), text);
            return Value::text(text);
        default:
            return Value::integer(number_of(variable.part, Broken(*time)));
    }
}

}  // namespace catchrule
