// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "grammar/value.hpp"

namespace catchrule {

/// Moments of a call that have variables: `client.received.start.time` as text and
/// `client.received.start.timestamp` in milliseconds.
enum class TimeMark : std::uint8_t {
    client_received_start,
    client_received_end,
    client_sent_start,
    client_sent_end,
    target_sent_start,
    target_sent_end,
    target_received_start,
    target_received_end,
};
inline constexpr std::size_t time_marks = 8;

/// What of a time a variable shows.
enum class TimePart : std::uint8_t {
    text,  ///< `Wed, 21 Aug 2013 19:16:47 UTC`
    timestamp,
    year,
    month,  ///< 1 to 12
    day,
    day_of_week,  ///< 1 = Sunday
    hour,
    minute,
    second,
    millisecond,
    zone,
};

/// A variable that reads a clock: `system.time.hour`, `client.sent.end.timestamp`.
struct ClockVariable {
    TimePart part = TimePart::text;
    std::optional<TimeMark> mark;  ///< none = `system.*`: now
};

/// None when `name` is no such variable.
std::optional<ClockVariable> parse_clock_variable(std::string_view name);

/// The times of one call, in milliseconds since 1970; none = unset.
struct CallTimes {
    std::optional<std::int64_t> now;
    std::array<std::optional<std::int64_t>, time_marks> marks;
};

/// The variable's value, in UTC; null when its time is unset. Texts are written to `text`.
grammar::Value read_clock(const ClockVariable& variable, const CallTimes& times, std::string& text);

}  // namespace catchrule
