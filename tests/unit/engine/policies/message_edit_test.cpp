// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/message_edit.hpp"

#include "tests/support/step_fixture.hpp"

namespace catchrule {
namespace {

using Operations = std::vector<EditOperation>;

class MessageEditTest : public testing::StepTest {
protected:
    FieldEdit field(std::string name, std::string_view value) {
        return {.name = std::move(name), .value = text(value)};
    }

    /// What went wrong by its name in a fault, empty when nothing did.
    std::string edit(const Operations& operations, Message& message,
                     const EditOptions& options = {}) {
        StepContext step = context();
        const auto failed = apply_edits(operations, message, step, options);
        last_variable_ = failed ? failed->variable : std::string();
        return failed ? std::string(to_string(failed->kind)) : std::string();
    }

    static std::string header(const Message& message, std::string_view name) {
        std::string joined;
        for (const std::string_view value : message.headers.all(name)) {
            joined.append(joined.empty() ? "" : "|").append(value);
        }
        return joined;
    }

    Message request_ = Message::request();
    Message response_ = Message::response(200);
    std::string last_variable_;
};

TEST_F(MessageEditTest, RunsInDocumentOrder) {
    EXPECT_EQ(edit({SetFields{FieldKind::headers, {field("a", "1")}},
                    AddFields{FieldKind::headers, {field("a", "2")}},
                    RemoveFields{FieldKind::headers, {{.name = "a", .value = {}, .index = 1}}},
                    AddFields{FieldKind::headers, {field("A", "3")}}},
                   response_),
              "");
    EXPECT_EQ(header(response_, "a"), "2|3");
}

TEST_F(MessageEditTest, SetOverwritesAndAddJoins) {
    response_.headers.add("x", "old");
    edit({SetFields{FieldKind::headers, {field("X", "{who}")}}}, response_,
         {.ignore_unresolved = true});
    EXPECT_EQ(header(response_, "x"), "");
    EXPECT_EQ(response_.headers.count("x"), 1U);
    set("who", "me");
    edit({SetFields{FieldKind::headers, {field("X", "{who}")}}}, response_);
    EXPECT_EQ(header(response_, "x"), "me");
    edit({AddFields{FieldKind::headers, {field("x", "you")}}}, response_);
    EXPECT_EQ(header(response_, "x"), "me|you");
    edit({SetFields{FieldKind::headers, {}}}, response_);  // <Headers/> sets nothing
    EXPECT_EQ(header(response_, "x"), "me|you");
}

TEST_F(MessageEditTest, SetKeepsWhatRaiseFaultPut) {  // SEM-31
    Fields raised(FieldCase::insensitive);
    raised.add("errorNote", "woops");
    response_.headers.add("errorNote", "woops");
    response_.headers.add("other", "old");
    const EditOptions options{.raised_headers = &raised};
    edit({SetFields{FieldKind::headers, {field("ErrorNote", "gremlins"), field("other", "new")}}},
         response_, options);
    EXPECT_EQ(header(response_, "errornote"), "woops|gremlins");
    EXPECT_EQ(header(response_, "other"), "new");
    edit({SetFields{FieldKind::headers, {field("errornote", "again")}}}, response_, options);
    EXPECT_EQ(header(response_, "errornote"), "woops|again");
}

TEST_F(MessageEditTest, RemoveTakesAllNamedOrNone) {
    struct Case {
        std::string_view name;
        Operations operations;
        std::string a, b;
    };
    const auto named = [](std::string name, int index, bool keep) {
        return FieldEdit{.name = std::move(name), .value = {}, .index = index, .keep = keep};
    };
    const Case cases[] = {
        {"by name", {RemoveFields{FieldKind::headers, {named("A", 0, false)}}}, "", "3"},
        {"by index", {RemoveFields{FieldKind::headers, {named("a", 2, false)}}}, "1", "3"},
        {"no such index", {RemoveFields{FieldKind::headers, {named("a", 5, false)}}}, "1|2", "3"},
        {"text false", {RemoveFields{FieldKind::headers, {named("a", 0, true)}}}, "1|2", "3"},
        {"empty container", {RemoveFields{FieldKind::headers, {}}}, "", ""},
        {"other container", {RemoveFields{FieldKind::query_params, {}}}, "1|2", "3"},
        {"everything", {RemoveEverything{}}, "", ""},
    };
    for (const Case& c : cases) {
        Message message = Message::request();
        for (const auto& [name, value] : {std::pair{"a", "1"}, {"a", "2"}, {"b", "3"}}) {
            message.headers.add(name, value);
        }
        EXPECT_EQ(edit(c.operations, message), "") << c.name;
        EXPECT_EQ(header(message, "a"), c.a) << c.name;
        EXPECT_EQ(header(message, "b"), c.b) << c.name;
    }
}

TEST_F(MessageEditTest, RemoveEverythingLeavesTheFirstLine) {
    request_.verb = "POST";
    request_.path = "/x";
    request_.query.add("q", "1");
    request_.content = "body";
    edit({RemoveEverything{}}, request_);
    EXPECT_EQ(request_.uri(), "/x");
    EXPECT_EQ(request_.verb, "POST");
    EXPECT_EQ(request_.content, "");
    EXPECT_EQ(request_.content_set_by, "p");
}

TEST_F(MessageEditTest, ParametersAreAMatterOfRequests) {
    const Operations operations{SetFields{FieldKind::query_params, {field("q", "1")}},
                                AddFields{FieldKind::query_params, {field("q", "2")}},
                                SetFields{FieldKind::form_params, {field("f", "a b")}}};
    EXPECT_EQ(edit(operations, request_), "");
    EXPECT_EQ(request_.uri(), "/?q=1&q=2");
    EXPECT_EQ(request_.form().first("f"), "a b");
    EXPECT_EQ(header(request_, "content-type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(request_.content_set_by, "p");

    EXPECT_EQ(edit(operations, response_), "");
    EXPECT_TRUE(response_.query.empty());
    EXPECT_EQ(response_.content, "");
    EXPECT_EQ(response_.content_set_by, "");
}

TEST_F(MessageEditTest, RemovingFormParametersLeavesABodyThatIsNoForm) {
    request_.content = R"({"a":1})";
    request_.headers.set("Content-Type", "application/json");
    edit({RemoveFields{FieldKind::form_params, {}}}, request_);
    EXPECT_EQ(request_.content, R"({"a":1})");
    EXPECT_EQ(header(request_, "content-type"), "application/json");
}

TEST_F(MessageEditTest, PayloadNamesItsAuthorAndType) {
    set("name", "fred");
    edit({SetPayload{text(R"({"who":"{name}"})"), text("application/json")}}, response_);
    EXPECT_EQ(response_.content, R"({"who":"fred"})");
    EXPECT_EQ(response_.content_set_by, "p");
    EXPECT_EQ(header(response_, "Content-Type"), "application/json");

    edit({SetPayload{text("plain"), std::nullopt}}, response_);
    EXPECT_EQ(response_.content, "plain");
    EXPECT_EQ(header(response_, "Content-Type"), "application/json");

    edit({RemovePayload{}}, response_);
    EXPECT_EQ(response_.content, "");
}

TEST_F(MessageEditTest, ContentTypeReplacesTheOneRaiseFaultPut) {
    Fields raised(FieldCase::insensitive);
    raised.add("Content-Type", "text/plain");
    response_.headers.add("Content-Type", "text/plain");
    edit({SetPayload{text("{}"), text("application/json")}}, response_,
         {.raised_headers = &raised});
    EXPECT_EQ(header(response_, "Content-Type"), "application/json");
}

TEST_F(MessageEditTest, StatusMustBeAnHttpStatus) {
    struct Case {
        std::string_view value;
        int status;  // 0 = SetVariableFailed
    };
    const Case cases[] = {
        {"100", 100}, {"999", 999}, {" 404\n", 404}, {"{code}", 418},
        {"99", 0},    {"1000", 0},  {"abc", 0},      {"", 0},
        {"404.5", 0}, {"-404", 0},  {"4 04", 0},     {"99999999999999999999", 0},
    };
    set("code", "418");
    for (const Case& c : cases) {
        Message message = Message::response(200);
        EXPECT_EQ(edit({SetStatusCode{text(c.value)}}, message),
                  c.status == 0 ? "SetVariableFailed" : "")
            << c.value;
        EXPECT_EQ(message.status, c.status == 0 ? 200 : c.status) << c.value;
    }
    EXPECT_EQ(edit({SetStatusCode{text("404")}}, request_), "");
    EXPECT_EQ(request_.status, 200);
}

TEST_F(MessageEditTest, StatusDropsTheOldStandardPhraseOnly) {
    Message message = Message::response(404);
    message.reason = "Not Found";
    edit({SetStatusCode{text("503")}}, message);
    EXPECT_EQ(message.reason, "");
    edit({SetReasonPhrase{text("Gone Fishing")}, SetStatusCode{text("500")}}, message);
    EXPECT_EQ(message.reason, "Gone Fishing");
}

TEST_F(MessageEditTest, FirstLineParts) {
    const Operations operations{SetVerb{text("PUT")}, SetPath{text("/a/b")},
                                SetVersion{text("1.0")}, SetReasonPhrase{text("Fine")}};
    request_.query.add("q", "1");
    edit(operations, request_);
    EXPECT_EQ(request_.verb, "PUT");
    EXPECT_EQ(request_.uri(), "/a/b?q=1");
    EXPECT_EQ(request_.version, "1.0");
    EXPECT_EQ(request_.reason, "");
    edit({SetPath{text("/c?z=2")}}, request_);
    EXPECT_EQ(request_.uri(), "/c?z=2");

    edit(operations, response_);
    EXPECT_EQ(response_.verb, "GET");
    EXPECT_EQ(response_.path, "/");
    EXPECT_EQ(response_.version, "1.0");
    EXPECT_EQ(response_.reason, "Fine");
}

TEST_F(MessageEditTest, AnUnresolvedVariableFaultsUnlessIgnored) {
    struct Case {
        std::string_view name;
        Operations operations;
    };
    const Case cases[] = {
        {"Set/Headers", {SetFields{FieldKind::headers, {field("x", "{missing}")}}}},
        {"Add/Headers", {AddFields{FieldKind::headers, {field("x", "{missing}")}}}},
        {"Set/Payload", {SetPayload{text("{missing}"), std::nullopt}}},
        {"contentType", {SetPayload{text(""), text("{missing}")}}},
        {"ReasonPhrase", {SetReasonPhrase{text("{missing}")}}},
        {"Version", {SetVersion{text("{missing}")}}},
        {"Template", {AssignVariable{.name = "v", .text = text("{missing}")}}},
        {"Ref", {AssignVariable{.name = "v", .ref = "missing"}}},
        {"Template ref", {AssignVariable{.name = "v", .template_ref = "missing"}}},
    };
    for (const Case& c : cases) {
        Message message = Message::response(200);
        EXPECT_EQ(edit(c.operations, message), "UnresolvedVariable") << c.name;
        EXPECT_EQ(last_variable_, "missing") << c.name;
        EXPECT_EQ(edit(c.operations, message, {.ignore_unresolved = true}), "") << c.name;
    }
    EXPECT_EQ(edit({SetPayload{text("{missing:none}"), std::nullopt}}, response_), "");
    EXPECT_EQ(response_.content, "none");
}

TEST_F(MessageEditTest, StopsAtTheFirstFault) {
    EXPECT_EQ(edit({SetFields{FieldKind::headers, {field("a", "1")}}, SetStatusCode{text("x")},
                    SetFields{FieldKind::headers, {field("b", "2")}}},
                   response_),
              "SetVariableFailed");
    EXPECT_EQ(header(response_, "a"), "1");
    EXPECT_EQ(header(response_, "b"), "");
}

TEST_F(MessageEditTest, CopiesNamedParts) {
    Message& source = variables_.make_message("src", Message::Kind::request);
    source.headers.add("a", "1");
    source.headers.add("a", "2");
    source.headers.add("b", "3");
    source.query.add("q", "4");
    source.content = "body";
    source.verb = "PATCH";
    source.path = "/copied";
    struct Case {
        std::string_view name;
        CopyFrom copy;
        std::string headers, query, content, verb, path;
    };
    const Case cases[] = {
        {"everything",
         {.source = "src", .everything = true},
         "a:1 a:2 b:3",
         "q=4",
         "body",
         "PATCH",
         "/copied"},
        {"headers", {.source = "src", .headers = true}, "a:1 a:2 b:3", "", "", "GET", "/"},
        {"one header",
         {.source = "src", .headers = true, .header_names = {"A", "none"}},
         "a:1 a:2",
         "",
         "",
         "GET",
         "/"},
        {"query", {.source = "src", .query_params = true}, "", "q=4", "", "GET", "/"},
        {"payload", {.source = "src", .payload = true}, "", "", "body", "GET", "/"},
        {"verb and path",
         {.source = "src", .verb = true, .path = true},
         "",
         "",
         "",
         "PATCH",
         "/copied"},
        {"unset source", {.source = "none", .everything = true}, "", "", "", "GET", "/"},
    };
    for (const Case& c : cases) {
        Message message = Message::request();
        EXPECT_EQ(edit({c.copy}, message), "") << c.name;
        std::string headers;
        for (const auto& [name, value] : message.headers.items()) {
            headers.append(headers.empty() ? "" : " ")
                .append(name == "A" ? "a" : name)
                .append(":")
                .append(value);
        }
        EXPECT_EQ(headers, c.headers) << c.name;
        EXPECT_EQ(format_query(message.query), c.query) << c.name;
        EXPECT_EQ(message.content, c.content) << c.name;
        EXPECT_EQ(message.verb, c.verb) << c.name;
        EXPECT_EQ(message.path, c.path) << c.name;
    }
}

TEST_F(MessageEditTest, CopiesFormParameters) {
    Message& source = variables_.make_message("src", Message::Kind::request);
    Fields form(FieldCase::sensitive);
    form.add("a", "1");
    form.add("b", "2");
    source.set_form(form);
    edit({CopyFrom{.source = "src", .form_params = true, .form_names = {"b"}}}, request_);
    EXPECT_EQ(format_query(request_.form()), "b=2");
    edit({CopyFrom{.source = "src", .form_params = true}}, request_);
    EXPECT_EQ(request_.form().first("a"), "1");
}

TEST_F(MessageEditTest, CopyBetweenKindsTakesWhatBothHave) {
    Message& source = variables_.make_message("src", Message::Kind::response);
    source.status = 404;
    source.reason = "Nope";
    source.content = "gone";
    edit({CopyFrom{.source = "src", .everything = true}}, request_);
    EXPECT_EQ(request_.content, "gone");
    EXPECT_EQ(request_.status, 200);
    edit({CopyFrom{.source = "src", .status_code = true, .reason_phrase = true}}, response_);
    EXPECT_EQ(response_.status, 404);
    EXPECT_EQ(response_.reason, "Nope");
    EXPECT_EQ(response_.content, "");
}

TEST_F(MessageEditTest, CopyOntoItselfHasNoEffect) {
    Message& message = variables_.request();
    message.headers.add("a", "1");
    message.content = "body";
    EXPECT_EQ(edit({CopyFrom{.everything = true}}, message), "");  // `message` is the request here
    EXPECT_EQ(header(message, "a"), "1");
    EXPECT_EQ(message.content_set_by, "");
}

TEST_F(MessageEditTest, CopyFromAPlainVariableFaults) {
    set("plain", "text");
    EXPECT_EQ(edit({CopyFrom{.source = "plain", .everything = true}}, response_),
              "VariableOfNonMsgType");
}

TEST_F(MessageEditTest, AssignVariableTakesTheFirstThatGivesSomething) {
    set("set", "from ref");
    set("layout", "a {set} template");
    struct Case {
        std::string_view name;
        AssignVariable assign;
        std::string expected;
    };
    const Case cases[] = {
        {"value", {.name = "v", .value = "{set}"}, "{set}"},
        {"ref before value", {.name = "v", .ref = "set", .value = "x"}, "from ref"},
        {"value behind an unset ref", {.name = "v", .ref = "unset", .value = "x"}, "x"},
        {"template before ref",
         {.name = "v", .text = text("<{set}>"), .ref = "set", .value = "x"},
         "<from ref>"},
        {"template ref",
         {.name = "v", .text = text("y"), .template_ref = "layout"},
         "a from ref template"},
        {"text behind an unset template ref",
         {.name = "v", .text = text("y"), .template_ref = "unset"},
         "y"},
        {"ref behind an unset template ref",
         {.name = "v", .template_ref = "unset", .ref = "set"},
         "from ref"},
        {"nothing at all", {.name = "v"}, ""},
    };
    for (const Case& c : cases) {
        set("v", "old");
        EXPECT_EQ(edit({c.assign}, response_), "") << c.name;
        EXPECT_EQ(show("v"), c.expected) << c.name;
        EXPECT_EQ(type_of("v"), grammar::Type::text) << c.name;
    }
    set("v", "old");
    EXPECT_EQ(
        edit({AssignVariable{.name = "v", .ref = "unset"}}, response_, {.ignore_unresolved = true}),
        "");
    EXPECT_EQ(show("v"), "");
}

TEST_F(MessageEditTest, RefKeepsTheType) {
    const Value values[] = {Value::boolean(true), Value::integer(5),
                            Value::long_integer(5'000'000'000), Value::real(0.5), Value::text("t")};
    for (const Value& value : values) {
        variables_.define("source", value);
        EXPECT_EQ(edit({AssignVariable{.name = "copy", .ref = "source"}}, response_), "");
        EXPECT_EQ(variables_.get("copy"), value);
    }
}

TEST_F(MessageEditTest, AssignVariableWritesThroughToMessages) {
    variables_.request().headers.add("a", "one");
    EXPECT_EQ(edit({AssignVariable{.name = "request.header.b", .ref = "request.header.a"},
                    AssignVariable{.name = "request.header.a", .ref = "request.header.a"},
                    AssignVariable{.name = "request.content", .value = "written"}},
                   variables_.request()),
              "");
    EXPECT_EQ(header(variables_.request(), "b"), "one");
    EXPECT_EQ(header(variables_.request(), "a"), "one");
    EXPECT_EQ(variables_.request().content, "written");
    EXPECT_EQ(variables_.request().content_set_by, "p");
}

TEST_F(MessageEditTest, ReadOnlyVariablesAndMessagesCannotBeAssigned) {
    struct Case {
        std::string_view name, fault;
    };
    const Case cases[] = {
        {"fault.name", "SetVariableFailed"},
        {"error.message", "SetVariableFailed"},
        {"request", "SetVariableFailed"},
        {"response.content", "VariableOfNonMsgType"},  // there is no response yet
        {"my.own", ""},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(edit({AssignVariable{.name = std::string(c.name), .value = "x"}}, request_),
                  c.fault)
            << c.name;
    }
}

}  // namespace
}  // namespace catchrule
