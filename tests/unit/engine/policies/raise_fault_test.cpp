// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/raise_fault.hpp"

#include "tests/support/step_fixture.hpp"

namespace catchrule {
namespace {

class RaiseFaultTest : public testing::StepTest {
protected:
    RaisedFault run(const RaiseFault& policy) {
        StepContext step = context();
        return raise(policy, step);
    }
};

TEST_F(RaiseFaultTest, SetsNothing) {
    const RaisedFault raised = run({});
    EXPECT_EQ(raised.fault.code, "steps.raisefault.RaiseFault");
    EXPECT_EQ(raised.fault.name, "RaiseFault");
    EXPECT_EQ(raised.fault.text, "Raising fault. Fault name : p");
    EXPECT_EQ(raised.fault.category, "Step");
    EXPECT_EQ(raised.fault.policy, "p");
    EXPECT_EQ(raised.fault.status, 500);
    EXPECT_EQ(raised.response.status, 500);
    EXPECT_EQ(raised.response.content, default_fault_body(raised.fault));
    EXPECT_EQ(raised.response.headers.first("content-type"), "application/json");
    EXPECT_FALSE(raised.set_status);
    EXPECT_FALSE(raised.set_reason);
    EXPECT_FALSE(raised.set_content);
    EXPECT_EQ(show("raisefault.failed"), "true");
    EXPECT_EQ(show("raisefault.p.failed"), "true");
}

TEST_F(RaiseFaultTest, StatusAloneKeepsTheDefaultBody) {  // F17
    RaiseFault policy;
    policy.response = {SetStatusCode{text("403")}};
    StepContext step{variables_, semantics_, "RaiseFault.Forbidden", "weather", 0};
    const RaisedFault raised = raise(policy, step);
    EXPECT_EQ(raised.response.status, 403);
    EXPECT_EQ(raised.fault.status, 403);
    EXPECT_EQ(raised.response.content.size(), 129U);
    EXPECT_TRUE(raised.set_status);
    EXPECT_FALSE(raised.set_content);
    EXPECT_EQ(show("raisefault.RaiseFault.Forbidden.failed"), "true");
}

TEST_F(RaiseFaultTest, SaysWhatItSet) {
    struct Case {
        std::string_view name;
        std::vector<EditOperation> response;
        bool status, reason, content;
    };
    variables_.request().content = "asked";
    variables_.make_message("reply", Message::Kind::response).status = 404;
    variables_.message("reply")->reason = "Nope";
    const Case cases[] = {
        {"payload", {SetPayload{text("x"), std::nullopt}}, false, false, true},
        {"empty payload", {SetPayload{text(""), std::nullopt}}, false, false, true},
        {"reason", {SetReasonPhrase{text("Nope")}}, false, true, false},
        {"status 500", {SetStatusCode{text("500")}}, true, false, false},
        {"reason and status",
         {SetReasonPhrase{text("Nope")}, SetStatusCode{text("404")}},
         true,
         true,
         false},
        {"copied status", {CopyFrom{.source = "reply", .status_code = true}}, true, false, false},
        {"copied reply", {CopyFrom{.source = "reply", .everything = true}}, true, true, true},
        {"copied payload", {CopyFrom{.source = "request", .payload = true}}, false, false, true},
        {"headers",
         {SetFields{FieldKind::headers, {{.name = "a", .value = text("1")}}}},
         false,
         false,
         false},
    };
    for (const Case& c : cases) {
        const RaisedFault raised = run({.response = c.response});
        EXPECT_EQ(raised.set_status, c.status) << c.name;
        EXPECT_EQ(raised.set_reason, c.reason) << c.name;
        EXPECT_EQ(raised.set_content, c.content) << c.name;
        EXPECT_EQ(raised.response.status, raised.fault.status) << c.name;
        EXPECT_NE(raised.response.status, 0) << c.name;
    }
}

TEST_F(RaiseFaultTest, ShortFaultReasonIsThePolicyName) {
    EXPECT_EQ(run({.response = {}, .short_fault_reason = true}).fault.text, "p");
}

TEST_F(RaiseFaultTest, AssignsVariables) {
    run({.response = {AssignVariable{.name = "flow.reason", .value = "because"}}});
    EXPECT_EQ(show("flow.reason"), "because");
}

TEST_F(RaiseFaultTest, UnresolvedVariablesAreEmptyUnlessAsked) {
    RaiseFault policy;
    policy.response = {SetStatusCode{text("403")}, SetPayload{text("<{missing}>"), std::nullopt}};
    EXPECT_EQ(run(policy).response.content, "<>");
    policy.ignore_unresolved = false;
    const RaisedFault raised = run(policy);
    EXPECT_EQ(raised.fault.name, "UnresolvedVariable");
    EXPECT_EQ(raised.fault.policy, "p");
    EXPECT_EQ(raised.response.status, 500);
    EXPECT_EQ(raised.response.content, "");
    EXPECT_FALSE(raised.set_status || raised.set_reason || raised.set_content);
    EXPECT_EQ(show("raisefault.p.failed"), "true");
}

}  // namespace
}  // namespace catchrule
