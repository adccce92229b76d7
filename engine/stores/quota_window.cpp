// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/quota_window.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace catchrule {

namespace {

using Kind = QuotaQuery::Kind;
using Unit = QuotaQuery::Unit;

constexpr Millis second_ms = 1000;
constexpr Millis minute_ms = 60 * second_ms;
constexpr Millis hour_ms = 60 * minute_ms;
constexpr Millis day_ms = 24 * hour_ms;
constexpr Millis week_ms = 7 * day_ms;
constexpr Millis month_ms = 28 * day_ms;
constexpr Millis year_ms = 365 * day_ms;
constexpr Millis max_length_ms = 1'000'000'000'000'000;
constexpr Millis first_monday_ms = 4 * day_ms;  // 1970-01-05; the epoch was a Thursday

constexpr Millis unit_ms(Unit unit) {
    switch (unit) {
        case Unit::second:
            return second_ms;
        case Unit::minute:
            return minute_ms;
        case Unit::hour:
            return hour_ms;
        case Unit::day:
            return day_ms;
        case Unit::week:
            return week_ms;
        case Unit::month:
            return month_ms;
        case Unit::year:
            break;
    }
    return year_ms;
}

constexpr std::int64_t floor_to(std::int64_t value, std::int64_t step) {
    const std::int64_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

QuotaWindow aligned(Millis now, Millis origin, Millis length) {
    const Millis begin = origin + floor_to(now - origin, length);
    return {begin, begin + length};
}

Millis month_start(std::int64_t months_since_1970) {
    using namespace std::chrono;
    const std::int64_t year_offset = floor_to(months_since_1970, 12) / 12;
    const auto month_of_year = static_cast<unsigned>(months_since_1970 - year_offset * 12);
    const year_month_day first{year{static_cast<int>(1970 + year_offset)}, month{month_of_year + 1},
                               day{1}};
    return duration_cast<milliseconds>(sys_days{first}.time_since_epoch()).count();
}

QuotaWindow calendar_months(Millis now, std::int64_t interval) {
    using namespace std::chrono;
    constexpr std::int64_t max_months = 12 * 1000;
    interval = std::min(interval, max_months);
    const year_month_day date{floor<days>(sys_time<milliseconds>{milliseconds{now}})};
    const std::int64_t months = (static_cast<int>(date.year()) - 1970) * std::int64_t{12} +
                                static_cast<unsigned>(date.month()) - 1;
    const std::int64_t begin = floor_to(months, interval);
    return {month_start(begin), month_start(begin + interval)};
}

}  // namespace

Millis quota_length(Unit unit, std::int64_t interval) {
    const Millis one = unit_ms(unit);
    return one * std::clamp<std::int64_t>(interval, 1, max_length_ms / one);
}

QuotaWindow quota_window(const QuotaQuery& query, Millis now, Millis first) {
    const Millis length = quota_length(query.unit, query.interval);
    switch (query.kind) {
        case Kind::standard:
            if (query.unit == Unit::month)
                return calendar_months(now, std::max<std::int64_t>(1, query.interval));
            if (query.unit == Unit::year)
                return calendar_months(now, 12 * std::clamp<std::int64_t>(query.interval, 1, 1000));
            return aligned(now, query.unit == Unit::week ? first_monday_ms : 0, length);
        case Kind::calendar:
            return aligned(now, query.start, length);
        case Kind::flexi:
        case Kind::rolling_window:
            break;
    }
    return {first, first + length};
}

// (now - length, now]: a call counts until one length has passed.
void QuotaCounter::slide(Millis now, Millis length) {
    auto first = marks_.begin();
    for (; first != marks_.end() && first->at <= now - length; ++first) used_ -= first->weight;
    marks_.erase(marks_.begin(), first);
}

void QuotaCounter::mark(Millis now, std::int64_t weight, Millis length) {
    if (!marks_.empty() && marks_.back().at >= now) {
        marks_.back().weight += weight;
        return;
    }
    if (marks_.size() == max_marks) thin_out(length);
    marks_.push_back({now, weight});
}

void QuotaCounter::thin_out(Millis length) {
    const Millis part = length / (max_marks / 2) + 1;
    std::vector<Mark> kept;
    for (const Mark& mark : marks_) {
        if (!kept.empty() && floor_to(kept.back().at, part) == floor_to(mark.at, part)) {
            kept.back() = {mark.at, kept.back().weight + mark.weight};
        } else {
            kept.push_back(mark);
        }
    }
    kept.reserve(max_marks);
    marks_ = std::move(kept);
}

bool QuotaCounter::passes(const QuotaQuery& query, std::int64_t weight) const {
    return weight <= query.allowed - used_;
}

QuotaReply QuotaCounter::count(const QuotaQuery& query, Millis now) {
    const bool sliding = query.kind == Kind::rolling_window;
    const Millis length = quota_length(query.unit, query.interval);
    if (ended(now)) {
        open_ = true;
        window_ = quota_window(query, now, now);
        used_ = 0;
        marks_.clear();
    }
    if (sliding) slide(now, length);
    const std::int64_t weight = std::max<std::int64_t>(0, query.weight);
    QuotaReply reply;
    reply.exceeded = !passes(query, weight);
    const bool counts = query.mode == QuotaQuery::Mode::count_only ||
                        (query.mode == QuotaQuery::Mode::count_and_enforce && !reply.exceeded);
    if (counts && weight > 0) {
        const std::int64_t added =
            std::min(weight, std::numeric_limits<std::int64_t>::max() - used_);
        used_ += added;
        if (sliding) {
            mark(now, added, length);
            window_.end = marks_.back().at + length;
        }
    }
    reply.used = used_;
    reply.expiry = sliding ? 0 : window_.end;
    return reply;
}

}  // namespace catchrule
