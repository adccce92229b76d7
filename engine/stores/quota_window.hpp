// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/step.hpp"

namespace catchrule {

/// A stretch of time in which calls are counted together: [begin, end).
struct QuotaWindow {
    Millis begin = 0;
    Millis end = 0;

    friend bool operator==(const QuotaWindow&, const QuotaWindow&) = default;
};

/// The length of `interval` units in milliseconds; a month counts 28 days (POLICIES 4.4), a year
/// 365 (SEM-85). At most about 30,000 years, whatever the interval.
Millis quota_length(QuotaQuery::Unit unit, std::int64_t interval);

/// The window of a standard, calendar or flexi quota that holds `now`.
///   standard: aligned in UTC; minutes, hours and days count from 1970, weeks start on Monday,
///   months
///             and years are those of the calendar; an interval of n makes windows at multiples of
///             n units
///   calendar: steps of the length from `query.start`, also before it
///   flexi:    [first, first + length), `first` being the identifier's first call
QuotaWindow quota_window(const QuotaQuery& query, Millis now, Millis first);

/// The calls of one identifier against one quota whose kind, unit, interval and start never change.
/// Counts exactly: a refused call is not counted, a call of weight 0 only looks. Time that steps
/// back never opens an old window again. Pure, not thread-safe.
///
/// A sliding window keeps the times at which calls passed, each with its weight. Callers choose
/// identifiers, so its memory must not follow the traffic: from max_marks times on, those that lie
/// in the same of max_marks / 2 equal parts of the window become one, the youngest of them. So it
/// is exact up to max_marks calls in a window; beyond, a call may be refused for 1 / 128 of the
/// window too long, and none is let pass too early.
class QuotaCounter {
public:
    static constexpr std::size_t max_marks = 256;  // 4 KiB

    QuotaReply count(const QuotaQuery& query, Millis now);

    /// Whether nothing counted here matters any more.
    bool ended(Millis now) const { return !open_ || now >= window_.end; }

private:
    struct Mark {
        Millis at = 0;
        std::int64_t weight = 0;
    };

    bool passes(const QuotaQuery& query, std::int64_t weight) const;
    void slide(Millis now, Millis length);
    void mark(Millis now, std::int64_t weight, Millis length);
    void thin_out(Millis length);

    bool open_ = false;
    QuotaWindow window_;
    std::int64_t used_ = 0;
    std::vector<Mark> marks_;  // sliding windows only, oldest first
};

}  // namespace catchrule
