// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/assign_message.hpp"

#include "tests/support/step_fixture.hpp"

namespace catchrule {
namespace {

class AssignMessageTest : public testing::StepTest {
protected:
    AssignMessage marking(std::string assign_to, std::optional<bool> create_new = std::nullopt) {
        AssignMessage policy;
        policy.assign_to = std::move(assign_to);
        policy.create_new = create_new;
        policy.operations = {SetPayload{text("mark"), std::nullopt}};
        return policy;
    }
    StepResult run(const AssignMessage& policy, const Fields* raised = nullptr) {
        StepContext step = context();
        return execute(policy, step, raised);
    }
};

TEST_F(AssignMessageTest, WithoutANameEditsTheAmbientMessage) {
    AssignMessage policy = marking("");
    policy.type = Message::Kind::request;  // does not count
    for (const Context where : {Context::request, Context::response, Context::error}) {
        variables_.enter(where);
        run(policy);
        EXPECT_EQ(variables_.current().content, "mark");
        EXPECT_EQ(variables_.current().content_set_by, "p");
        variables_.current().content.clear();
    }
}

TEST_F(AssignMessageTest, CreateNewWithoutANameReplacesTheAmbientMessageOfItsType) {
    variables_.request().headers.add("a", "1");
    AssignMessage policy = marking("", true);
    run(policy);
    EXPECT_TRUE(variables_.request().headers.empty());
    EXPECT_EQ(variables_.request().content, "mark");

    EXPECT_FALSE(variables_.has(Context::response));
    policy.type = Message::Kind::response;
    run(policy);
    ASSERT_NE(variables_.message("response"), nullptr);
    EXPECT_EQ(variables_.response().content, "mark");
    EXPECT_EQ(variables_.response().status, 200);
}

TEST_F(AssignMessageTest, NameAndCreateNewChooseTheMessage) {
    struct Case {
        std::string name;
        std::optional<bool> create_new;
        std::string fault;   // empty = the message of that name holds the mark
        std::string header;  // of that message; it had "old"
    };
    const Case cases[] = {
        {"mine", std::nullopt, "", "old"},
        {"mine", false, "", "old"},
        {"mine", true, "", ""},
        {"request", std::nullopt, "", "old"},
        {"request", true, "", ""},
        {"fresh", std::nullopt, "", ""},
        {"fresh", true, "", ""},
        {"fresh", false, "UnresolvedVariable", ""},
        {"plain", std::nullopt, "", ""},
        {"plain", false, "VariableOfNonMsgType", ""},
        {"error", false, "UnresolvedVariable", ""},  // not in the error flow
    };
    for (const Case& c : cases) {
        variables_.clear();
        set("plain", "text");
        variables_.make_message("mine", Message::Kind::request).headers.add("a", "old");
        variables_.request().headers.add("a", "old");
        const StepResult result = run(marking(c.name, c.create_new));
        EXPECT_EQ(fault_name(result), c.fault) << c.name;
        EXPECT_EQ(show("assignmessage.p.failed"), c.fault.empty() ? "false" : "true") << c.name;
        if (!c.fault.empty()) continue;
        const Message* message = variables_.message(c.name);
        ASSERT_NE(message, nullptr) << c.name;
        EXPECT_EQ(message->content, "mark") << c.name;
        EXPECT_EQ(message->headers.first("a").value_or(""), c.header) << c.name;
    }
}

TEST_F(AssignMessageTest, ANewMessageHasTheTypeAsked) {
    AssignMessage policy = marking("made", true);
    policy.type = Message::Kind::response;
    policy.operations = {SetStatusCode{text("418")}};
    run(policy);
    EXPECT_EQ(variables_.message("made")->status, 418);
    policy.operations.clear();
    run(policy);
    EXPECT_EQ(variables_.message("made")->status, 200);
}

TEST_F(AssignMessageTest, SetsItsFlags) {
    AssignMessage policy;
    policy.operations = {AssignVariable{.name = "fault.name", .value = "x"}};
    EXPECT_EQ(fault_name(run(policy)), "SetVariableFailed");
    EXPECT_EQ(show("assignmessage.failed"), "true");
    EXPECT_EQ(show("assignmessage.p.failed"), "true");
    policy.operations.clear();
    EXPECT_EQ(fault_name(run(policy)), "");
    EXPECT_EQ(show("assignmessage.failed"), "false");
    EXPECT_EQ(type_of("assignmessage.p.failed"), grammar::Type::boolean);
}

TEST_F(AssignMessageTest, IgnoreUnresolvedGivesEmptyText) {
    AssignMessage policy;
    policy.operations = {SetPayload{text("<{missing}>"), std::nullopt}};
    EXPECT_EQ(fault_name(run(policy)), "UnresolvedVariable");
    policy.ignore_unresolved = true;
    EXPECT_EQ(fault_name(run(policy)), "");
    EXPECT_EQ(variables_.request().content, "<>");
}

TEST_F(AssignMessageTest, RaisedHeadersMatterOnThePendingErrorOnly) {  // SEM-31, F14
    Fields raised(FieldCase::insensitive);
    raised.add("errorNote", "woops");
    variables_.enter(Context::error);
    variables_.error().headers.add("errorNote", "woops");
    AssignMessage policy;
    FieldEdit gremlins{.name = "errorNote", .value = text("gremlins")};
    policy.operations = {SetFields{FieldKind::headers, {gremlins}}};
    run(policy, &raised);
    EXPECT_EQ(variables_.error().headers.count("errorNote"), 2U);
    policy.assign_to = "request";
    run(policy, &raised);
    EXPECT_EQ(variables_.request().headers.count("errorNote"), 1U);
}

}  // namespace
}  // namespace catchrule
