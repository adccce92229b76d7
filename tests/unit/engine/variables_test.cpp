// SPDX-License-Identifier: Apache-2.0
#include "engine/variables.hpp"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/allocations.hpp"

namespace catchrule {
namespace {

// Names with a slot; the tests use others too, which live in the overflow map.
const std::vector<const char*> slot_names{
    "plain",           "request.verb",         "request.header.accept", "request.header.accept.2",
    "message.content", "response.status.code", "error.status.code",     "callout.content",
    "request.uri",     "error.content",        "request.header.x",      "fault.name",
};

class VariablesTest : public ::testing::Test {
protected:
    static Symbols symbols() {
        Symbols made;
        for (const char* name : slot_names) made.intern(name);
        return made;
    }
    std::string text(std::string_view name) const { return variables_.get(name).to_text(); }

    const Symbols symbols_ = symbols();
    const VariableLayout layout_{symbols_};
    Variables variables_{layout_};
};

struct ReadCase {
    const char* name;
    Value value;
};

const std::vector<ReadCase> request_reads{
    {"request.verb", Value::text("PUT")},
    {"request.uri", Value::text("/p%20q?a=1&b=&a=2")},
    {"request.path", Value::text("/p%20q")},
    {"request.querystring", Value::text("a=1&b=&a=2")},
    {"request.version", Value::text("1.1")},
    {"request.content", Value::text("f=x+y&g=1&f=2")},
    {"request.formstring", Value::text("f=x+y&g=1&f=2")},
    {"request.status.code", Value::null()},
    {"request.reason.phrase", Value::null()},
    {"request.header.accept", Value::text("text/xml")},
    {"request.header.Accept", Value::text("text/xml")},
    {"request.header.accept.1", Value::text("text/xml")},
    {"request.header.accept.2", Value::text("b")},
    {"request.header.accept.3", Value::text("c")},
    {"request.header.accept.4", Value::null()},
    {"request.header.accept.values", Value::text("text/xml , b,c")},
    {"request.header.accept.values.string", Value::text("text/xml , b,c")},
    {"request.header.accept.values.count", Value::integer(3)},
    {"request.header.empty", Value::text("")},
    {"request.header.none", Value::null()},
    {"request.header.none.1", Value::null()},
    {"request.header.none.values", Value::null()},
    {"request.header.none.values.count", Value::integer(0)},
    {"request.headers.names", Value::text("Accept,Content-Type,Empty")},
    {"request.headers.count", Value::integer(4)},
    {"request.queryparam.a", Value::text("1")},
    {"request.queryparam.b", Value::text("")},
    {"request.queryparam.A", Value::null()},
    {"request.queryparam.a.2", Value::text("2")},
    {"request.queryparam.a.3", Value::null()},
    {"request.queryparam.a.values", Value::text("1,2")},
    {"request.queryparam.a.values.count", Value::integer(2)},
    {"request.queryparams.names", Value::text("a,b")},
    {"request.queryparams.count", Value::integer(3)},
    {"request.formparam.f", Value::text("x y")},
    {"request.formparam.f.2", Value::text("2")},
    {"request.formparam.f.values", Value::text("x y,2")},
    {"request.formparam.f.values.count", Value::integer(2)},
    {"request.formparam.h", Value::null()},
    {"request.formparams.names.string", Value::text("f,g")},
    {"request.formparams.count", Value::integer(3)},
    {"message.verb", Value::text("PUT")},
    {"message.status.code", Value::null()},
    {"response.content", Value::null()},
    {"error.content", Value::null()},
    {"foo.content", Value::null()},
    {"request", Value::null()},
};

TEST_F(VariablesTest, ReadsTheRequest) {
    Message& request = variables_.request();
    request.verb = "PUT";
    request.set_uri("/p%20q?a=1&b=&a=2");
    request.headers.add("Accept", "text/xml , b");
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.headers.add("accept", "c");
    request.headers.add("Empty", "");
    request.content = "f=x+y&g=1&f=2";
    for (const ReadCase& c : request_reads) EXPECT_EQ(variables_.get(c.name), c.value) << c.name;
}

TEST_F(VariablesTest, MessagesExistFromTheirFirstEntry) {
    EXPECT_FALSE(variables_.has(Context::response));
    EXPECT_EQ(variables_.message("response"), nullptr);
    variables_.enter(Context::response);
    variables_.response().status = 404;
    variables_.response().content = "gone";
    EXPECT_EQ(variables_.get("response.status.code"), Value::integer(404));
    EXPECT_EQ(text("response.reason.phrase"), "Not Found");
    EXPECT_EQ(text("message.content"), "gone");
    EXPECT_TRUE(variables_.get("message.verb").is_null());

    variables_.enter(Context::error);
    EXPECT_EQ(&variables_.current(), &variables_.error());
    EXPECT_EQ(variables_.get("message.content"), Value::text(""));
    EXPECT_EQ(variables_.get("error.status.code"), Value::integer(500));
    EXPECT_EQ(text("response.content"), "gone");
    EXPECT_TRUE(variables_.has(Context::response));
}

struct AssignCase {
    const char* name;
    Value value;
    Assigned result;
    const char* text;  // afterwards
};

// The request has header X: "a, b" and X: "c"; there is no response.
const std::vector<AssignCase> assign_cases{
    {"plain", Value::integer(7), Assigned::yes, "7"},
    {"unheard.of", Value::text("t"), Assigned::yes, "t"},
    {"foo.content", Value::text("t"), Assigned::yes, "t"},
    {"fault.name", Value::text("t"), Assigned::read_only, ""},
    {"is.error", Value::boolean(true), Assigned::read_only, ""},
    {"error.message", Value::text("t"), Assigned::read_only, ""},
    {"error.status.code", Value::integer(400), Assigned::read_only, ""},
    {"client.ip", Value::text("t"), Assigned::read_only, ""},
    {"error.content", Value::text("t"), Assigned::not_a_message, ""},
    {"response.content", Value::text("t"), Assigned::not_a_message, ""},
    {"request.status.code", Value::integer(400), Assigned::not_a_message, ""},
    {"request", Value::text("t"), Assigned::bad_value, ""},
    {"request.verb", Value::text("POST"), Assigned::yes, "POST"},
    {"request.uri", Value::text("/z?a=b"), Assigned::yes, "/z?a=b"},
    {"request.path", Value::text("/z"), Assigned::yes, "/z"},
    {"request.querystring", Value::text("a=b"), Assigned::yes, "a=b"},
    {"request.content", Value::text("t"), Assigned::yes, "t"},
    {"request.header.x", Value::text("t"), Assigned::yes, "t"},
    {"request.header.new", Value::long_integer(5), Assigned::yes, "5"},
    {"request.header.x.values.count", Value::integer(1), Assigned::read_only, "3"},
    {"request.header.x.values", Value::text("t"), Assigned::read_only, "a, b,c"},
    {"request.headers.names", Value::text("t"), Assigned::read_only, "X"},
    {"request.queryparam.q", Value::text("a&b"), Assigned::yes, "a&b"},
    {"request.formparam.f", Value::text("a&b"), Assigned::yes, "a&b"},
    {"request.formstring", Value::text("a=b"), Assigned::yes, "a=b"},
    {"message.content", Value::text("t"), Assigned::yes, "t"},
    {"message.status.code", Value::integer(400), Assigned::read_only, ""},
};

TEST_F(VariablesTest, Assigns) {
    for (const AssignCase& c : assign_cases) {
        SCOPED_TRACE(c.name);
        variables_.clear();
        variables_.request().headers.add("X", "a, b");
        variables_.request().headers.add("X", "c");
        EXPECT_EQ(variables_.assign(c.name, c.value), c.result);
        EXPECT_EQ(text(c.name), c.text);
    }
}

struct StatusCase {
    Value value;
    Assigned result;
    int status;
};

const std::vector<StatusCase> status_cases{
    {Value::integer(404), Assigned::yes, 404},
    {Value::text("468"), Assigned::yes, 468},
    {Value::text("teapot"), Assigned::bad_value, 200},
    {Value::text("404 "), Assigned::bad_value, 200},
    {Value::text(""), Assigned::bad_value, 200},
    {Value::integer(99), Assigned::bad_value, 200},
    {Value::integer(1000), Assigned::bad_value, 200},
    {Value::real(404.0), Assigned::bad_value, 200},
};

TEST_F(VariablesTest, AStatusIsANumber) {
    for (const StatusCase& c : status_cases) {
        variables_.clear();
        variables_.enter(Context::response);
        EXPECT_EQ(variables_.assign("response.status.code", c.value), c.result);
        EXPECT_EQ(variables_.response().status, c.status) << c.value.to_text();
    }
}

TEST_F(VariablesTest, ANewStatusDropsTheOldStandardPhrase) {
    variables_.enter(Context::response);
    variables_.response().status = 404;
    variables_.response().reason = "Not Found";
    EXPECT_EQ(variables_.assign("response.status.code", Value::integer(200)), Assigned::yes);
    EXPECT_EQ(text("response.reason.phrase"), "OK");
}

struct ElementCase {
    const char* name;
    const char* value;  // null = unset it
    std::vector<Field> headers;
};

const std::vector<ElementCase> element_cases{
    {"request.header.x.1", "z", {{"x", "z, b"}, {"Y", "y"}, {"x", "c"}}},
    {"request.header.x.2", "z", {{"x", "a, z"}, {"Y", "y"}, {"x", "c"}}},
    {"request.header.x.3", "z", {{"x", "a, b"}, {"Y", "y"}, {"x", "z"}}},
    {"request.header.x.9", "z", {{"x", "a, b"}, {"Y", "y"}, {"x", "c"}, {"x", "z"}}},
    {"request.header.n.2", "z", {{"X", "a,b"}, {"Y", "y"}, {"X", "c"}, {"n", "z"}}},
    {"request.header.x.1", nullptr, {{"x", "b"}, {"Y", "y"}, {"x", "c"}}},
    {"request.header.x.3", nullptr, {{"x", "a, b"}, {"Y", "y"}}},
    {"request.header.y.1", nullptr, {{"X", "a,b"}, {"X", "c"}}},
    {"request.header.x", nullptr, {{"Y", "y"}}},
};

TEST_F(VariablesTest, EditsOneElementOfAHeader) {
    for (const ElementCase& c : element_cases) {
        SCOPED_TRACE(c.name);
        variables_.clear();
        variables_.request().headers.add("X", "a,b");
        variables_.request().headers.add("Y", "y");
        variables_.request().headers.add("X", "c");
        const Value value = c.value == nullptr ? Value::null() : Value::text(c.value);
        EXPECT_EQ(variables_.assign(c.name, value), Assigned::yes);
        EXPECT_EQ(variables_.request().headers.items(), c.headers);
    }
}

TEST_F(VariablesTest, EditsOneParameterOfSeveral) {
    variables_.request().set_uri("/?a=1&b=2&a=3");
    EXPECT_EQ(variables_.assign("request.queryparam.a.2", Value::text("x")), Assigned::yes);
    EXPECT_EQ(text("request.querystring"), "a=1&b=2&a=x");
    variables_.remove("request.queryparam.a.1");
    EXPECT_EQ(text("request.querystring"), "b=2&a=x");
    variables_.remove("request.queryparam.b");
    EXPECT_EQ(text("request.querystring"), "a=x");
    variables_.remove("request.querystring");
    EXPECT_EQ(text("request.uri"), "/");
}

TEST_F(VariablesTest, RemovingAFormParameterSparesOtherBodies) {
    variables_.request().content = "{}";
    variables_.remove("request.formparam.f");
    EXPECT_EQ(variables_.request().content, "{}");
    EXPECT_TRUE(variables_.request().headers.empty());
    variables_.remove("request.content");
    EXPECT_EQ(variables_.get("request.content"), Value::text(""));
}

TEST_F(VariablesTest, RemovingStopsAtWhatAMessageAlwaysHas) {
    variables_.remove("request.verb");
    variables_.remove("request.path");
    variables_.remove("request.headers.count");
    EXPECT_EQ(text("request.verb"), "GET");
    EXPECT_EQ(text("request.path"), "/");
}

TEST_F(VariablesTest, AssigningNothingUnsets) {
    variables_.define("plain", Value::text("t"));
    EXPECT_EQ(variables_.assign("plain", Value::null()), Assigned::yes);
    EXPECT_TRUE(variables_.get("plain").is_null());
    EXPECT_EQ(variables_.assign("fault.name", Value::null()), Assigned::read_only);
    EXPECT_EQ(variables_.assign("request.headers.count", Value::null()), Assigned::read_only);
}

TEST_F(VariablesTest, DefineIgnoresReadOnly) {
    variables_.define("fault.name", Value::text("InvalidApiKey"));
    variables_.define("is.error", Value::boolean(true));
    EXPECT_EQ(text("fault.name"), "InvalidApiKey");
    EXPECT_EQ(variables_.get("is.error"), Value::boolean(true));
    variables_.define("is.error", Value::null());
    EXPECT_TRUE(variables_.get("is.error").is_null());
}

TEST_F(VariablesTest, DefineWritesThrough) {
    variables_.define("request.header.x", Value::text("h"));
    variables_.define("message.content", Value::text("body"));
    EXPECT_EQ(variables_.request().headers.first("X"), "h");
    EXPECT_EQ(variables_.request().content, "body");
    EXPECT_TRUE(variables_.snapshot().empty());

    EXPECT_FALSE(variables_.has(Context::response));
    variables_.define("response.status.code", Value::integer(404));
    EXPECT_TRUE(variables_.has(Context::response));
    EXPECT_EQ(variables_.response().status, 404);
    EXPECT_EQ(variables_.get("response.content"), Value::text(""));
}

TEST_F(VariablesTest, DefinesOverTheView) {
    variables_.define("error.status.code", Value::integer(418));  // there is no error yet
    EXPECT_FALSE(variables_.has(Context::error));
    EXPECT_EQ(variables_.get("error.status.code"), Value::integer(418));
    variables_.enter(Context::error);
    EXPECT_EQ(variables_.get("error.status.code"), Value::integer(418));
    EXPECT_EQ(variables_.error().status, 500);
    variables_.remove("error.status.code");
    EXPECT_EQ(variables_.get("error.status.code"), Value::integer(500));

    variables_.define("response.status.code", Value::text("odd"));
    EXPECT_EQ(text("response.status.code"), "odd");
    EXPECT_FALSE(variables_.has(Context::response));
    variables_.define("request.headers.count", Value::integer(9));
    EXPECT_EQ(variables_.get("request.headers.count"), Value::integer(9));
}

TEST_F(VariablesTest, AnAssignmentEndsWhatWasDefinedOverTheView) {
    variables_.define("error.content", Value::text("early"));
    variables_.enter(Context::error);
    EXPECT_EQ(text("error.content"), "early");
    EXPECT_EQ(variables_.assign("error.content", Value::text("late")), Assigned::yes);
    EXPECT_EQ(text("error.content"), "late");
    EXPECT_EQ(variables_.error().content, "late");
}

TEST_F(VariablesTest, BuiltInMessagesKeepTheirKind) {
    variables_.enter(Context::error);
    for (const char* name : {"response", "error", "message"}) {
        EXPECT_EQ(variables_.make_message(name, Message::Kind::request).kind,
                  Message::Kind::response)
            << name;
    }
    EXPECT_EQ(variables_.make_message("request", Message::Kind::response).kind,
              Message::Kind::request);
}

TEST_F(VariablesTest, ANewRequestHasNoQueryOfTheOldOne) {
    variables_.request().set_uri("/a?&&");  // a query without a parameter in it
    EXPECT_EQ(text("request.uri"), "/a?&&");
    variables_.clear();
    EXPECT_EQ(text("request.uri"), "/");
}

TEST_F(VariablesTest, CustomMessages) {
    variables_.define("callout.content", Value::text("plain"));
    EXPECT_EQ(text("callout.content"), "plain");
    variables_.remove("callout.content");

    Message& made = variables_.make_message("callout", Message::Kind::response);
    EXPECT_EQ(variables_.get("callout.content"), Value::text(""));
    EXPECT_EQ(variables_.get("callout.status.code"), Value::integer(200));
    EXPECT_TRUE(variables_.get("callout.verb").is_null());
    EXPECT_EQ(variables_.assign("callout.header.a", Value::text("1")), Assigned::yes);
    EXPECT_EQ(variables_.assign("callout.verb", Value::text("PUT")), Assigned::not_a_message);
    EXPECT_EQ(variables_.assign("callout", Value::text("t")), Assigned::bad_value);
    EXPECT_EQ(made.headers.first("A"), "1");
    EXPECT_EQ(variables_.message("callout"), &made);

    variables_.make_message("callout", Message::Kind::request);
    EXPECT_TRUE(variables_.get("callout.header.a").is_null());
    EXPECT_EQ(text("callout.verb"), "GET");
    variables_.remove("callout");
    EXPECT_EQ(variables_.message("callout"), nullptr);
    EXPECT_TRUE(variables_.get("callout.verb").is_null());
}

TEST_F(VariablesTest, MakesBuiltInMessagesAnew) {
    variables_.request().content = "old";
    EXPECT_EQ(&variables_.make_message("message", Message::Kind::request), &variables_.request());
    EXPECT_EQ(variables_.request().content, "");
    EXPECT_EQ(&variables_.make_message("response", Message::Kind::response),
              &variables_.response());
    EXPECT_TRUE(variables_.has(Context::response));
}

TEST_F(VariablesTest, TextIsCopied) {
    for (const std::size_t size : {5U, 4000U, 4096U, 4097U, 100'000U, 300U}) {
        std::string source(size, 'a');
        variables_.define("v" + std::to_string(size), Value::text(source));
        source.assign(size, 'b');
    }
    for (const std::size_t size : {5U, 4000U, 4096U, 4097U, 100'000U, 300U}) {
        EXPECT_EQ(text("v" + std::to_string(size)), std::string(size, 'a'));
    }
}

TEST_F(VariablesTest, MessagesMayBeEditedFromThemselves) {
    variables_.request().headers.add("X", "a long first value of this header");
    variables_.request().headers.add("X", "and a long second value of this header");
    variables_.assign("request.header.x", variables_.get("request.header.x.2"));
    EXPECT_EQ(text("request.header.x.values"), "and a long second value of this header");
    variables_.assign("request.content", variables_.get("request.header.x"));
    variables_.assign("request.content", variables_.get("request.content"));
    EXPECT_EQ(variables_.request().content, "and a long second value of this header");
    variables_.assign("plain", variables_.get("request.content"));
    variables_.request().content.clear();
    EXPECT_EQ(text("plain"), "and a long second value of this header");
}

TEST_F(VariablesTest, SnapshotHoldsWhatIsSet) {
    variables_.define("plain", Value::text("a"));
    variables_.define("zzz", Value::integer(1));
    variables_.define("aaa", Value::boolean(false));
    variables_.define("request.header.x", Value::text("not plain"));
    variables_.remove("zzz");
    const std::map<std::string, Value> expected{{"aaa", Value::boolean(false)},
                                                {"plain", Value::text("a")}};
    EXPECT_EQ(variables_.snapshot(), expected);
}

TEST_F(VariablesTest, ClearForgetsEverything) {
    variables_.define("plain", Value::text("a"));
    variables_.define("other", Value::text("a"));
    variables_.request().verb = "PUT";
    variables_.request().set_uri("/x?y=z");
    variables_.make_message("callout", Message::Kind::request);
    variables_.enter(Context::response);
    variables_.response().reason = "R";
    variables_.enter(Context::error);
    variables_.error().status = 418;
    variables_.clear();

    EXPECT_TRUE(variables_.snapshot().empty());
    EXPECT_EQ(variables_.context(), Context::request);
    EXPECT_EQ(text("request.uri"), "/");
    EXPECT_EQ(text("request.verb"), "GET");
    EXPECT_EQ(variables_.message("callout"), nullptr);
    EXPECT_FALSE(variables_.has(Context::response));
    EXPECT_FALSE(variables_.has(Context::error));
    EXPECT_EQ(variables_.error().status, 500);
    EXPECT_EQ(variables_.response().reason, "");
}

TEST_F(VariablesTest, ReadsOfSlotsAllocateNothing) {
    variables_.define("plain", Value::text("a text that does not fit into a short string"));
    variables_.request().headers.add("Accept", "text/html;level=1;q=0.5, application/json");
    variables_.enter(Context::error);
    const std::size_t before = testing::allocations();
    for (const char* name :
         {"plain", "request.verb", "request.header.accept", "request.header.accept.2",
          "message.content", "response.status.code", "callout.content"}) {
        variables_.get(*symbols_.find(name));
    }
    EXPECT_EQ(testing::allocations(), before);
}

TEST(Variables, NamesInternedLaterStillWork) {
    Symbols symbols;
    symbols.intern("early");
    const VariableLayout layout(symbols);
    const Slot path = symbols.intern("request.path");
    Variables variables(layout);
    EXPECT_EQ(variables.get(path), Value::text("/"));
    variables.define("late", Value::integer(1));
    const Slot late = symbols.intern("late");
    const Slot view = symbols.intern("request.verb");
    EXPECT_EQ(variables.get(late), Value::integer(1));
    EXPECT_EQ(variables.get(view), Value::text("GET"));
    variables.define("late", Value::integer(2));
    EXPECT_EQ(variables.get(late), Value::integer(2));
}

// `x.content` may be set before there is a message x.
TEST(CustomMessages, are_not_hidden_by_variables_that_were_set_before) {
    Symbols symbols;
    const Slot slot = symbols.intern("x.content");
    const VariableLayout layout(symbols);
    Variables variables(layout);
    variables.assign("x.content", Value::text("early"));
    variables.assign("x.header.a", Value::text("early"));
    variables.assign("x.contents", Value::text("kept"));
    variables.assign("xy.content", Value::text("kept"));
    variables.make_message("x", Message::Kind::response).content = "late";
    EXPECT_EQ(variables.get(slot).to_text(), "late");
    EXPECT_EQ(variables.get("x.content").to_text(), "late");
    EXPECT_TRUE(variables.get("x.header.a").is_null());
    EXPECT_EQ(variables.get("x.contents").to_text(), "kept");
    EXPECT_EQ(variables.get("xy.content").to_text(), "kept");
}

TEST(Contexts, a_forgotten_response_is_gone_until_it_is_entered_again) {
    Symbols symbols;
    const VariableLayout layout(symbols);
    Variables variables(layout);
    variables.enter(Context::response);
    variables.enter(Context::error);
    variables.forget_response();
    EXPECT_FALSE(variables.has(Context::response));
    EXPECT_TRUE(variables.get("response.status.code").is_null());
    EXPECT_EQ(variables.get("message.status.code").to_text(), "500");
}

}  // namespace
}  // namespace catchrule
