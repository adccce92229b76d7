// SPDX-License-Identifier: Apache-2.0
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/traces/read_trace.hpp"
#include "engine/traces/write_trace.hpp"
#include "tests/unit/engine/traces/random_trace.hpp"

namespace catchrule::trace {
namespace {

struct Read {
    std::vector<Call> calls;
    std::optional<ReadError> error;
    bool truncated = false;
    std::vector<std::string> notes;
    Session session;
};

Read read(const std::string& text, const ReadLimits& limits = {}) {
    std::istringstream in(text);
    Reader reader(in, limits);
    Read out;
    while (auto call = reader.next()) out.calls.push_back(*std::move(call));
    out.error = reader.error();
    out.truncated = reader.truncated();
    out.notes = reader.notes();
    out.session = reader.session();
    return out;
}

struct Refused {
    const char* name;
    const char* text;
    std::size_t line;
    std::size_t column;
    const char* message;  // how it begins
};

const std::vector<Refused> refused{
    {"Empty", "", 1, 1, "there is nothing to read"},
    {"Blank", " \n ", 2, 2, "there is nothing to read"},
    {"Text", "\nhello", 2, 1, "neither XML nor a JSON object"},
    {"Array", "[1]", 1, 1, "neither XML nor a JSON object"},
    {"OtherXml", "<?xml version=\"1.0\"?>\n<testsuites/>", 2, 1,
     "root element is <testsuites>, expected <DebugSession>"},
    {"Doctype", "<!DOCTYPE a><DebugSession/>", 1, 1, "expected no DOCTYPE here"},
    {"TextInFront", "<!-- a -->x<DebugSession/>", 1, 11, "expected an XML element"},
    {"TwoRoots", "<DebugSession/>\n<DebugSession/>", 2, 1, "expected nothing after"},
    {"BadMessage", "<DebugSession><Messages>\n<Message><Data>&</Datum></Data></Message>", 2, 1,
     "a message is not well formed"},
    {"Har", R"({"log":{"version":"1.2","entries":[]}})", 1, 1,
     "not a trace: expected \"DebugSession\" with \"Messages\", \"point\" or schema "
     "\"catchrule.trace/1\", found \"log\""},
    {"OtherSchema", R"({"schema":"catchrule.explain/1"})", 1, 1, "not a trace"},
    {"NotJson", "{\"point\":\n[nonsense]}", 2, 2, "not JSON"},
    {"MessageNotAnObject", R"({"Messages":[1]})", 1, 14, "expected a message: a JSON object"},
    {"SecondLine", "{\"point\":[]}\n42", 2, 1, "expected a JSON object"},
};

void PrintTo(const Refused& c, std::ostream* out) { *out << c.name; }

class ReaderRefuses : public testing::TestWithParam<Refused> {};

TEST_P(ReaderRefuses, WithAPlace) {
    const Refused& c = GetParam();
    const Read result = read(c.text);
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->message.substr(0, std::string(c.message).size()), c.message);
    EXPECT_EQ(result.error->line, c.line);
    if (c.message != std::string("a message is not well formed")) {
        EXPECT_EQ(result.error->column, c.column);
    }
}

INSTANTIATE_TEST_SUITE_P(Files, ReaderRefuses, testing::ValuesIn(refused),
                         [](const auto& c) { return std::string(c.param.name); });

std::vector<Call> three_calls() {
    test::RandomTrace random(7);
    return {random.call(false), random.call(false), random.call(false)};
}

// At any place: a prefix of the calls, each whole; and it says so.
void expect_prefix_wherever_cut(const std::string& text, const std::vector<Call>& calls,
                                std::size_t begin, std::size_t end) {
    std::size_t last = 0;
    constexpr std::size_t step = 7;  // every place of a session takes seconds
    for (std::size_t size = begin; size < end; size += step) {
        const Read result = read(text.substr(0, size));
        EXPECT_TRUE(result.truncated || result.error) << size;
        ASSERT_LE(result.calls.size(), calls.size());
        ASSERT_GE(result.calls.size(), last) << "longer input, fewer calls";
        last = result.calls.size();
        for (std::size_t i = 0; i < last; ++i) EXPECT_EQ(result.calls[i], calls[i]) << size;
    }
    EXPECT_EQ(read(text.substr(0, end - 1)).calls.size(), calls.size());
}

TEST(Reader, EndsAtAMessageWhereTheInputBreaksOff) {
    const std::vector<Call> calls = three_calls();
    const std::string xml = edge_xml({}, calls);
    expect_prefix_wherever_cut(xml, calls, 70, xml.find("</DebugSession>") + 14);
    const std::string json = x_json({}, calls);
    expect_prefix_wherever_cut(json, calls, 1, json.size() - 2);
}

TEST(Reader, JsonLinesMayEndAfterAnyLine) {
    const std::vector<Call> calls = three_calls();
    const std::string first = trace_line({}, calls[0]);
    const std::string second = trace_line({}, calls[1]);
    EXPECT_FALSE(read(first).truncated);
    const Read cut = read(first + second.substr(0, second.size() / 2));
    EXPECT_EQ(cut.calls.size(), 1U);
    EXPECT_TRUE(cut.truncated);
    EXPECT_FALSE(cut.error);
}

TEST(Reader, LimitsAMessage) {
    Call call;
    call.points = {{.id = "FlowInfo", .properties = {{"p", std::string(1000, 'x')}}}};
    for (const std::string& text : {edge_xml({}, {&call, 1}), x_json({}, {&call, 1})}) {
        const auto fits = [&](std::size_t bytes) {
            const Read result = read(text, {.message_bytes = bytes});
            EXPECT_EQ(result.error.has_value(), result.calls.empty());
            return !result.error;
        };
        std::size_t bytes = 1000;
        while (!fits(bytes)) ++bytes;
        EXPECT_LT(bytes, text.size());
        EXPECT_FALSE(fits(bytes - 1));
    }
}

TEST(Reader, LimitsDepth) {
    const auto nested = [](std::size_t depth) {
        std::string text = R"({"x":)";
        text += std::string(depth - 1, '[') + std::string(depth - 1, ']');
        return read(text + R"(,"point":[]})", {.depth = 20});
    };
    EXPECT_FALSE(nested(20).error);
    ASSERT_TRUE(nested(21).error);
    EXPECT_EQ(nested(21).error->message, "values nested more than 20 deep");

    const auto elements = [](std::size_t depth) {
        std::string text = "<DebugSession>";
        for (std::size_t i = 1; i < depth; ++i) text += "<a>";
        for (std::size_t i = 1; i < depth; ++i) text += "</a>";
        return read(text + "</DebugSession>", {.depth = 20});
    };
    EXPECT_FALSE(elements(20).error);
    ASSERT_TRUE(elements(21).error);
    EXPECT_EQ(elements(21).error->message, "elements nested more than 20 deep");
}

TEST(Reader, ToleratesWhatStandsInFront) {
    const char* body =
        "<?xml version=\"1.0\"?>\n<DebugSession><API>a</API><Messages><Message><DebugId>1</DebugId>"
        "<Data><Completed>true</Completed></Data></Message></Messages></DebugSession>\n";
    for (const std::string front : {"", "<!-- licence <Message> -->\n", "\xEF\xBB\xBF", "\n\n"}) {
        const Read result = read(front + body);
        EXPECT_FALSE(result.error) << front;
        ASSERT_EQ(result.calls.size(), 1U) << front;
        EXPECT_EQ(result.calls[0].id, "1");
        EXPECT_EQ(result.session.api, "a");
    }
}

TEST(Reader, KeepsPointsNobodyKnowsAndSaysSo) {
    const Read xml = read(
        "<DebugSession><Messages><Message><Data><Point id=\"New\"><Odd/></Point>"
        "<Point id=\"New\"/></Data></Message></Messages></DebugSession>");
    ASSERT_EQ(xml.calls.size(), 1U);
    EXPECT_EQ(xml.calls[0].points.size(), 2U);
    EXPECT_EQ(xml.notes.size(), 2U);
    const Read json =
        read(R"({"completed":true,"point":[{"id":"New","results":[{"ActionResult":"Odd"}]},5]})");
    ASSERT_EQ(json.calls.size(), 1U);
    EXPECT_EQ(json.calls[0].points.size(), 1U);
    EXPECT_EQ(json.notes.size(), 3U);
}

TEST(Reader, ReadsTransactionsAndSessionsOfX) {
    const char* transaction =
        R"({"completed":true,"point":[{"id":"StateChange","results":[)"
        R"({"ActionResult":"DebugInfo","timestamp":"29-10-15 23:22:59:963","properties":)"
        R"({"property":[{"name":"To","value":"RESP_SENT"}]}},)"
        R"({"ActionResult":"ResponseMessage","statusCode":429,"reasonPhrase":"Too Many Requests",)"
        R"("headers":[{"name":"A","value":"b"}]},)"
        R"({"ActionResult":"VariableAccess","accessList":[{"Get":{"name":"g"}},)"
        R"({"Set":{"name":"s","value":"1","success":false}},{"Remove":{"name":"r","success":true}}]}]}]})";
    const Read alone = read(transaction);
    ASSERT_EQ(alone.calls.size(), 1U);
    const Point& point = alone.calls[0].points.at(0);
    EXPECT_EQ(point.property("To"), "RESP_SENT");
    EXPECT_EQ(point.message->status, "429");
    EXPECT_EQ(point.accesses->size(), 3U);
    EXPECT_FALSE((*point.accesses)[1].success);

    const std::string late = std::string(R"({"Messages":[)") + transaction + "," + transaction +
                             R"(],"DebugSession":{"Organization":"o","Environment":"e"}})";
    const Read session = read(late);
    EXPECT_FALSE(session.error) << session.error->message;
    EXPECT_EQ(session.calls.size(), 2U);
    EXPECT_EQ(session.session.organization, "o");
}

}  // namespace
}  // namespace catchrule::trace
