// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/quota_window.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>
#include <string_view>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

using Kind = QuotaQuery::Kind;
using Unit = QuotaQuery::Unit;

// "2024-02-29 23:59:59.250" in UTC; seconds and milliseconds may be left out.
Millis at(std::string_view text) {
    const auto part = [&](std::size_t begin, std::size_t length) {
        int number = 0;
        if (begin < text.size()) std::from_chars(&text[begin], &text[begin] + length, number);
        return number;
    };
    using namespace std::chrono;
    const sys_days date = year{part(0, 4)} / month(static_cast<unsigned>(part(5, 2))) /
                          day(static_cast<unsigned>(part(8, 2)));
    return duration_cast<milliseconds>(date.time_since_epoch()).count() +
           part(11, 2) * 3'600'000LL + part(14, 2) * 60'000LL + part(17, 2) * 1000LL + part(20, 3);
}

QuotaQuery query_of(Kind kind, Unit unit, std::int64_t interval, std::int64_t allowed = 2) {
    QuotaQuery query;
    query.kind = kind;
    query.unit = unit;
    query.interval = interval;
    query.allowed = allowed;
    return query;
}

TEST(QuotaWindow, StandardIsAlignedInUtc) {
    struct Case {
        Unit unit;
        std::int64_t interval;
        std::string_view now, begin, end;
    };
    const Case cases[] = {
        {Unit::second, 1, "2024-02-29 23:59:59.999", "2024-02-29 23:59:59", "2024-03-01 00:00"},
        {Unit::minute, 1, "2024-05-06 12:34:56.789", "2024-05-06 12:34", "2024-05-06 12:35"},
        {Unit::minute, 1, "2024-05-06 12:34:00.000", "2024-05-06 12:34", "2024-05-06 12:35"},
        {Unit::minute, 5, "2024-05-06 12:34:56", "2024-05-06 12:30", "2024-05-06 12:35"},
        {Unit::hour, 1, "2024-05-06 12:59:59.999", "2024-05-06 12:00", "2024-05-06 13:00"},
        {Unit::hour, 6, "2024-05-06 17:30", "2024-05-06 12:00", "2024-05-06 18:00"},
        {Unit::day, 1, "2024-02-29 23:59:59.999", "2024-02-29 00:00", "2024-03-01 00:00"},
        {Unit::week, 1, "2024-05-05 23:59:59.999", "2024-04-29 00:00",
         "2024-05-06 00:00"},                                                         // Sunday
        {Unit::week, 1, "2024-05-06 00:00", "2024-05-06 00:00", "2024-05-13 00:00"},  // Monday
        {Unit::month, 1, "2024-02-29 12:00", "2024-02-01 00:00", "2024-03-01 00:00"},
        {Unit::month, 1, "2023-12-31 23:59:59.999", "2023-12-01 00:00", "2024-01-01 00:00"},
        {Unit::month, 3, "2024-05-06 00:00", "2024-04-01 00:00", "2024-07-01 00:00"},
        {Unit::month, 12, "2024-05-06 00:00", "2024-01-01 00:00", "2025-01-01 00:00"},
        {Unit::year, 1, "2024-12-31 23:59:59.999", "2024-01-01 00:00", "2025-01-01 00:00"},
        {Unit::year, 5, "2024-05-06 00:00", "2020-01-01 00:00", "2025-01-01 00:00"},
        {Unit::month, 1, "1969-12-31 00:00", "1969-12-01 00:00", "1970-01-01 00:00"},
        {Unit::day, 2, "1969-12-31 10:00", "1969-12-30 00:00", "1970-01-01 00:00"},
    };
    for (const Case& c : cases) {
        const QuotaWindow window =
            quota_window(query_of(Kind::standard, c.unit, c.interval), at(c.now), 0);
        EXPECT_EQ(window, (QuotaWindow{at(c.begin), at(c.end)})) << c.now << " x" << c.interval;
    }
}

TEST(QuotaWindow, CalendarStepsFromItsStart) {
    struct Case {
        Unit unit;
        std::int64_t interval;
        std::string_view now, begin, end;
    };
    const Case cases[] = {
        {Unit::hour, 5, "2017-02-18 10:30", "2017-02-18 10:30", "2017-02-18 15:30"},
        {Unit::hour, 5, "2017-02-18 15:29:59.999", "2017-02-18 10:30", "2017-02-18 15:30"},
        {Unit::hour, 5, "2017-02-18 15:30", "2017-02-18 15:30", "2017-02-18 20:30"},
        {Unit::week, 1, "2017-02-24 00:00", "2017-02-18 10:30", "2017-02-25 10:30"},
        {Unit::month, 1, "2017-03-18 10:29:59", "2017-02-18 10:30", "2017-03-18 10:30"},  // 28 days
        {Unit::month, 1, "2017-03-18 10:30", "2017-03-18 10:30", "2017-04-15 10:30"},
        {Unit::hour, 5, "2017-02-18 10:29", "2017-02-18 05:30",
         "2017-02-18 10:30"},  // before the start
    };
    for (const Case& c : cases) {
        QuotaQuery query = query_of(Kind::calendar, c.unit, c.interval);
        query.start = at("2017-02-18 10:30");
        EXPECT_EQ(quota_window(query, at(c.now), 0), (QuotaWindow{at(c.begin), at(c.end)}))
            << c.now;
    }
}

TEST(QuotaWindow, FlexiStartsAtTheFirstCall) {
    const Millis first = at("2024-05-06 12:34:56.789");
    const QuotaWindow window =
        quota_window(query_of(Kind::flexi, Unit::month, 2), first + 5, first);
    EXPECT_EQ(window, (QuotaWindow{first, first + 56LL * 24 * 3'600'000}));
}

TEST(QuotaWindow, HugeIntervalsDoNotOverflow) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    for (const Kind kind : {Kind::standard, Kind::calendar, Kind::flexi, Kind::rolling_window}) {
        for (const Unit unit : {Unit::second, Unit::minute, Unit::hour, Unit::day, Unit::week,
                                Unit::month, Unit::year}) {
            const Millis now = at("2024-05-06 12:34");
            const QuotaWindow window = quota_window(query_of(kind, unit, most), now, now);
            EXPECT_LE(window.begin, now);
            EXPECT_GT(window.end, now);
        }
    }
}

struct Call {
    Millis now;
    std::int64_t weight;
    std::int64_t used;
    bool exceeded;
};

void expect_calls(QuotaQuery query, std::initializer_list<Call> calls) {
    QuotaCounter counter;
    for (const Call& call : calls) {
        query.weight = call.weight;
        const QuotaReply reply = counter.count(query, call.now);
        EXPECT_EQ(reply.used, call.used) << "at " << call.now;
        EXPECT_EQ(reply.exceeded, call.exceeded) << "at " << call.now;
    }
}

TEST(QuotaCounter, CountsExactlyWithinAWindow) {
    expect_calls(query_of(Kind::standard, Unit::minute, 1),
                 {{59'998, 1, 1, false},
                  {59'999, 1, 2, false},
                  {59'999, 1, 2, true},  // a refused call is not counted
                  {60'000, 1, 1, false},
                  {60'000, 1, 2, false},
                  {119'999, 1, 2, true}});
}

TEST(QuotaCounter, WeightsAddUp) {
    expect_calls(query_of(Kind::standard, Unit::minute, 1, 5), {{0, 3, 3, false},
                                                                {1, 3, 3, true},
                                                                {2, 2, 5, false},
                                                                {3, 0, 5, false},  // looks only
                                                                {4, 1, 5, true}});
}

TEST(QuotaCounter, NothingPassesAnAllowanceOfZero) {
    expect_calls(query_of(Kind::standard, Unit::minute, 1, 0), {{0, 1, 0, true}, {1, 0, 0, false}});
}

TEST(QuotaCounter, WeightsNearTheEndOfTheirTypeDoNotOverflow) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    expect_calls(query_of(Kind::flexi, Unit::minute, 1, most),
                 {{0, most - 1, most - 1, false}, {1, 2, most - 1, true}, {2, 1, most, false}});
}

TEST(QuotaCounter, FlexiStartsAnewAfterItsEnd) {
    expect_calls(query_of(Kind::flexi, Unit::minute, 1), {{10'500, 1, 1, false},
                                                          {70'499, 1, 2, false},
                                                          {70'499, 1, 2, true},
                                                          {70'500, 1, 1, false},
                                                          {130'499, 1, 2, false}});
}

TEST(QuotaCounter, ASlidingWindowForgetsCallByCall) {
    expect_calls(query_of(Kind::rolling_window, Unit::minute, 1), {{0, 1, 1, false},
                                                                   {30'000, 1, 2, false},
                                                                   {59'999, 1, 2, true},
                                                                   {60'000, 1, 2, false},
                                                                   {60'001, 1, 2, true},
                                                                   {89'999, 1, 2, true},
                                                                   {90'000, 1, 2, false},
                                                                   {500'000, 0, 0, false}});
}

TEST(QuotaCounter, TimeThatStepsBackOpensNoOldWindow) {
    expect_calls(query_of(Kind::standard, Unit::minute, 1),
                 {{60'000, 1, 1, false}, {59'999, 1, 2, false}, {60'001, 1, 2, true}});
    expect_calls(query_of(Kind::rolling_window, Unit::minute, 1),
                 {{60'000, 1, 1, false}, {59'000, 1, 2, false}, {119'000, 1, 2, true}});
}

TEST(QuotaCounter, TellsWhenItsWindowEnds) {
    QuotaCounter counter;
    EXPECT_TRUE(counter.ended(0));
    EXPECT_EQ(counter.count(query_of(Kind::standard, Unit::minute, 1), 61'000).expiry, 120'000);
    EXPECT_FALSE(counter.ended(119'999));
    EXPECT_TRUE(counter.ended(120'000));

    QuotaCounter sliding;
    EXPECT_EQ(sliding.count(query_of(Kind::rolling_window, Unit::minute, 1), 61'000).expiry, 0);
    EXPECT_EQ(sliding.count(query_of(Kind::rolling_window, Unit::minute, 1), 71'000).used, 2);
    EXPECT_FALSE(sliding.ended(130'999));
    EXPECT_TRUE(sliding.ended(131'000));
}

// Up to max_marks calls a sliding window is exact; beyond, a call may count too long, by 1 / 128 of
// the window at most, and never too short.
TEST(QuotaCounter, ASlidingWindowKeepsABoundedNumberOfMarks) {
    constexpr auto marks = static_cast<Millis>(QuotaCounter::max_marks);
    constexpr Millis hour = 3'600'000;
    constexpr Millis part = hour / (marks / 2) + 1;
    const QuotaQuery query = query_of(Kind::rolling_window, Unit::hour, 1, 1'000'000);
    QuotaQuery look = query;
    look.weight = 0;

    QuotaCounter exact;
    for (Millis now = 0; now < marks; ++now) exact.count(query, now);
    EXPECT_EQ(exact.count(look, hour - 1).used, marks);
    EXPECT_EQ(exact.count(look, hour).used, marks - 1);  // the call at 0 is over
    EXPECT_EQ(exact.count(look, hour + 10).used, marks - 11);

    constexpr Millis calls = 10'000;
    QuotaCounter thinned;
    for (Millis call = 0; call < calls; ++call) thinned.count(query, call * 360);
    for (Millis now = calls * 360; now < 2 * hour; now += 997) {
        const std::int64_t used = thinned.count(look, now).used;
        const auto younger_than = [&](Millis at) {
            return at < 0 ? calls : calls - std::min<Millis>(at / 360 + 1, calls);
        };
        EXPECT_GE(used, younger_than(now - hour)) << now;
        EXPECT_LE(used, younger_than(now - hour - part)) << now;
    }
}

TEST(QuotaCounter, CountOnlyCountsBeyondTheLimit) {
    QuotaQuery query = query_of(Kind::standard, Unit::minute, 1, 2);
    query.mode = QuotaQuery::Mode::count_only;
    QuotaCounter counter;
    for (int call = 1; call <= 4; ++call) {
        const QuotaReply reply = counter.count(query, call);
        EXPECT_EQ(reply.used, call);
        EXPECT_EQ(reply.exceeded, call > 2) << call;
    }
}

TEST(QuotaCounter, EnforceOnlyNeverCounts) {
    QuotaQuery count = query_of(Kind::rolling_window, Unit::minute, 1, 2);
    QuotaQuery enforce = count;
    count.mode = QuotaQuery::Mode::count_only;
    enforce.mode = QuotaQuery::Mode::enforce_only;
    QuotaCounter counter;
    EXPECT_FALSE(counter.count(enforce, 0).exceeded);
    EXPECT_EQ(counter.count(enforce, 0).used, 0);
    counter.count(count, 1);
    EXPECT_FALSE(counter.count(enforce, 2).exceeded);
    counter.count(count, 3);
    EXPECT_TRUE(counter.count(enforce, 4).exceeded);
    EXPECT_TRUE(counter.count(enforce, 60'000).exceeded);
    EXPECT_FALSE(counter.count(enforce, 60'001).exceeded);  // the first is a minute old
}

// The referee: what the definitions of the four kinds say about every call, looked up in a list of
// calls.
TEST(QuotaCounter, AgreesWithAListOfCalls) {
    for (const Kind kind : {Kind::standard, Kind::calendar, Kind::flexi, Kind::rolling_window}) {
        QuotaQuery query = query_of(kind, Unit::second, 1, 4);
        query.start = 300;
        QuotaCounter counter;
        std::vector<std::pair<Millis, std::int64_t>> passed;
        std::uint32_t random = 7;
        Millis first = 0;
        for (Millis now = 0; now < 20'000;) {
            random = random * 1'664'525U + 1'013'904'223U;
            now += random >> 24U;
            query.weight = (random >> 16U) % 3;
            if (now >= first + 1000 || first == 0) first = now;
            const QuotaWindow window = kind == Kind::rolling_window
                                           ? QuotaWindow{now - 999, now + 1}
                                           : quota_window(query, now, first);
            std::int64_t used = 0;
            for (const auto& [when, weight] : passed) {
                if (when >= window.begin && when < window.end) used += weight;
            }
            const bool exceeded = used + query.weight > query.allowed;
            const QuotaReply reply = counter.count(query, now);
            ASSERT_EQ(reply.exceeded, exceeded) << static_cast<int>(kind) << " at " << now;
            if (!exceeded) passed.emplace_back(now, query.weight);
            ASSERT_EQ(reply.used, used + (exceeded ? 0 : query.weight)) << "at " << now;
        }
    }
}

}  // namespace
}  // namespace catchrule
