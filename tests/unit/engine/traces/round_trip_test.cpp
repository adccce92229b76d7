// SPDX-License-Identifier: Apache-2.0
// What is written is read back equal, in all three formats.
#include <functional>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "engine/traces/read_trace.hpp"
#include "engine/traces/write_trace.hpp"
#include "tests/unit/engine/traces/random_trace.hpp"

namespace catchrule::trace {
namespace {

struct Case {
    const char* name;
    Format format;
    bool own;  // keeps what is ours
    std::function<std::string(const Session&, const std::vector<Call>&)> write;
};

std::string lines(const Session& session, const std::vector<Call>& calls) {
    std::string out;
    for (const Call& call : calls) out += trace_line(session, call);
    return out;
}

const std::vector<Case> cases{
    {"EdgeXml", Format::edge_xml, false, edge_xml},
    {"XJson", Format::x_json, false, x_json},
    {"JsonLines", Format::json_lines, true, lines},
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class RoundTrip : public testing::TestWithParam<Case> {};

TEST_P(RoundTrip, ReadsWhatItWrote) {
    const Case& c = GetParam();
    for (unsigned seed = 0; seed < 400; ++seed) {
        test::RandomTrace random(seed);
        const Session session = random.session();
        std::vector<Call> calls;
        for (unsigned i = 0; i <= seed % 3; ++i) calls.push_back(random.call(c.own));
        const std::string text = c.write(session, calls);
        std::istringstream in(text);
        Reader reader(in);
        for (const Call& call : calls) {
            const auto read = reader.next();
            ASSERT_TRUE(read) << "seed " << seed << "\n" << text;
            ASSERT_EQ(*read, call) << "seed " << seed << "\n" << text;
        }
        EXPECT_FALSE(reader.next());
        EXPECT_FALSE(reader.error()) << reader.error()->message;
        EXPECT_FALSE(reader.truncated());
        EXPECT_EQ(reader.format(), c.format);
        ASSERT_EQ(reader.session(), session) << "seed " << seed << "\n" << text;
    }
}

TEST_P(RoundTrip, VendorFormatsLeaveOutOurs) {
    const Case& c = GetParam();
    for (unsigned seed = 0; seed < 100; ++seed) {
        test::RandomTrace random(seed);
        const Call call = random.call(true);
        std::istringstream in(c.write({}, {call}));
        Reader reader(in);
        const auto read = reader.next();
        ASSERT_TRUE(read);
        EXPECT_EQ(*read, c.own ? call : test::without_own(call)) << "seed " << seed;
    }
}

TEST_P(RoundTrip, MendsWhatTheFormatDoesNotHave) {
    const Case& c = GetParam();
    Call call{.id = "bytes \xFF"};
    call.points = {{.id = "FlowInfo", .at = 0, .properties = {{"p", "\x80 and \x01"}}}};
    std::istringstream in(c.write({}, {call}));
    Reader reader(in);
    const auto read = reader.next();
    ASSERT_TRUE(read);
    EXPECT_EQ(read->id, "bytes \xEF\xBF\xBD");
    const bool is_xml = c.format == Format::edge_xml;
    EXPECT_EQ(read->points[0].properties[0].value,
              std::string("\xEF\xBF\xBD and ") + (is_xml ? "\xEF\xBF\xBD" : "\x01"));
}

INSTANTIATE_TEST_SUITE_P(Formats, RoundTrip, testing::ValuesIn(cases),
                         [](const auto& c) { return std::string(c.param.name); });

}  // namespace
}  // namespace catchrule::trace
