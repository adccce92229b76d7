// SPDX-License-Identifier: Apache-2.0
#include "engine/step_sequence.hpp"

#include <gtest/gtest.h>

namespace catchrule {
namespace {

constexpr Millis start = 1'700'000'000'000;

// A bundle made by hand: policies and shared flows by name.
class StepSequenceTest : public ::testing::Test {
protected:
    StepSequenceTest() { bundle_.name = "weather"; }

    void add(std::string name, PolicyConfig config, bool continue_on_error = false) {
        Policy policy;
        policy.name = std::move(name);
        policy.config = std::move(config);
        policy.continue_on_error = continue_on_error;
        bundle_.policies.push_back(std::move(policy));
    }

    // An AssignMessage that appends its name to the variable `trail`.
    void add_trail(const std::string& name) {
        AssignVariable append;
        append.name = "trail";
        append.text = text("{trail}" + name + " ");
        AssignMessage config;
        config.operations.emplace_back(append);
        config.ignore_unresolved = true;
        add(name, std::move(config));
    }

    void add_quota(const std::string& name) {
        Quota config;
        config.allow_count = 1;
        config.interval = 1;
        config.unit = QuotaQuery::Unit::minute;
        add(name, std::move(config));
    }

    void add_callout(const std::string& name, int index, bool continue_on_error = false) {
        FlowCallout callout;
        callout.shared_flow = "flow" + std::to_string(index);
        callout.index = index;
        add(name, std::move(callout), continue_on_error);
    }

    FlowCallout& callout(std::string_view name) {
        for (Policy& policy : bundle_.policies) {
            if (policy.name == name) return std::get<FlowCallout>(policy.config);
        }
        throw std::out_of_range("no such policy");
    }

    void add_shared_flow(const std::vector<std::string>& names) {
        SharedFlow flow;
        flow.name = "flow" + std::to_string(bundle_.shared_flows.size());
        flow.steps = steps(names);
        bundle_.shared_flows.push_back(std::move(flow));
    }

    std::vector<Step> steps(const std::vector<std::string>& names) const {
        std::vector<Step> out;
        for (const std::string& name : names) {
            Step step;
            step.policy = name;
            for (std::size_t i = 0; i < bundle_.policies.size(); ++i) {
                if (bundle_.policies[i].name == name) step.policy_index = static_cast<int>(i);
            }
            out.push_back(std::move(step));
        }
        return out;
    }

    Template text(std::string_view source) { return *Template::parse(source, symbols_).value; }

    // Begins with these steps; records are kept.
    void begin(const std::vector<std::string>& names, StepSequence::Settings settings = {}) {
        steps_ = steps(names);
        records_.clear();
        for (const Step& step : steps_) records_.push_back(describe_step(bundle_, step));
        settings.records = &records_;
        sequence_.begin(steps_, settings);
    }

    std::string show(std::string_view name) const { return variables_.get(name).to_text(); }

    // "done", "waits", or the name of the fault, in brackets when it is tolerated.
    static std::string came_to(const SequenceResult& result) {
        if (std::holds_alternative<Completed>(result)) return "done";
        if (std::holds_alternative<StepRequest>(result)) return "waits";
        const auto& fault = std::get<StepFault>(result);
        return fault.tolerated ? "(" + fault.fault.name + ")" : fault.fault.name;
    }

    // "a ran, b failed Fault, flow0/c skipped: note"
    std::string record() const {
        std::string out;
        for (const StepRecord& each : records_) {
            if (!out.empty()) out += ", ";
            if (!each.shared_flow.empty()) out += each.shared_flow + "/";
            out += each.policy;
            out += each.failed ? " failed " + each.fault : each.ran ? " ran" : " skipped";
            if (!each.note.empty()) out += ": " + each.note;
        }
        return out;
    }

    Bundle bundle_;
    Symbols symbols_;
    VariableLayout layout_{symbols_};
    Variables variables_{layout_};
    CallOptions options_{.record = true};
    StepSequence sequence_{bundle_, variables_, options_};
    std::vector<Step> steps_;
    std::vector<StepRecord> records_;
};

TEST_F(StepSequenceTest, runs_shared_flows_in_place) {
    add_trail("a");
    add_trail("b");
    add_trail("c");
    add_shared_flow({"b"});
    add_callout("inner", 0);
    add_shared_flow({"a", "inner", "b"});
    add_callout("outer", 1);
    begin({"a", "outer", "c"});
    EXPECT_EQ(came_to(sequence_.run(start)), "done");
    EXPECT_EQ(show("trail"), "a a b b c ");
    EXPECT_EQ(record(),
              "a ran, outer ran, flow1/a ran, flow1/inner ran, flow0/b ran, flow1/b ran, c ran");
    EXPECT_EQ(sequence_.policies_run(),
              (std::vector<std::string>{"a", "outer", "a", "inner", "b", "b", "c"}));
}

TEST_F(StepSequenceTest, runs_nothing_twice_and_an_empty_list_not_at_all) {
    add_trail("a");
    begin({});
    EXPECT_EQ(came_to(sequence_.run(start)), "done");
    begin({"a"});
    EXPECT_EQ(came_to(sequence_.run(start)), "done");
    EXPECT_EQ(came_to(sequence_.run(start)), "done");
    EXPECT_EQ(show("trail"), "a ");
}

TEST_F(StepSequenceTest, an_unknown_shared_flow_is_a_fault) {
    add_callout("gone", -1);
    callout("gone").shared_flow = "errors-v1";
    begin({"gone"});
    const SequenceResult result = sequence_.run(start);
    ASSERT_EQ(came_to(result), "SharedFlowNotFound");
    EXPECT_EQ(std::get<StepFault>(result).fault.text, "Shared Flow errors-v1 Not Found");
    EXPECT_EQ(std::get<StepFault>(result).fault.policy, "gone");
    EXPECT_EQ(record(), "gone failed SharedFlowNotFound");
}

struct FaultCase {
    const char* name;
    bool inner_continues;
    bool callout_continues;
    const char* first;  // what the first run came to
    const char* trail;  // after all runs
    const char* record;
};

const FaultCase fault_cases[] = {
    {"leaves_the_shared_flow", false, false, "RaiseFault", "a c ",
     "outer failed RaiseFault, flow0/a ran, flow0/stop failed RaiseFault, "
     "flow0/b skipped: not reached: stop stopped it, c ran"},
    {"is_tolerated_by_the_callout", false, true, "(RaiseFault)", "a c ",
     "outer failed RaiseFault, flow0/a ran, flow0/stop failed RaiseFault, "
     "flow0/b skipped: not reached: stop stopped it, c ran"},
    {"is_tolerated_by_its_policy", true, false, "(RaiseFault)", "a b c ",
     "outer ran, flow0/a ran, flow0/stop failed RaiseFault, flow0/b ran, c ran"},
};

TEST_F(StepSequenceTest, a_fault_in_a_shared_flow) {
    for (const FaultCase& test : fault_cases) {
        SCOPED_TRACE(test.name);
        bundle_ = Bundle();
        variables_.clear();
        add_trail("a");
        add_trail("b");
        add_trail("c");
        add("stop", RaiseFault{}, test.inner_continues);
        add_shared_flow({"a", "stop", "b"});
        add_callout("outer", 0, test.callout_continues);
        begin({"outer", "c"});
        const SequenceResult result = sequence_.run(start);
        ASSERT_EQ(came_to(result), test.first);
        EXPECT_EQ(std::get<StepFault>(result).fault.policy, "stop");
        EXPECT_TRUE(std::get<StepFault>(result).raised);
        EXPECT_EQ(came_to(sequence_.run(start)), "done");
        EXPECT_EQ(show("trail"), test.trail);
        EXPECT_EQ(record(), test.record);
    }
}

TEST_F(StepSequenceTest, a_raise_fault_that_does_not_end_a_rule_does_not_end_its_shared_flow) {
    add_trail("b");
    add("stop", RaiseFault{});
    add_shared_flow({"stop", "b"});
    add_callout("outer", 0);
    begin({"outer", "b"}, {.raise_ends_shared_flow = false});
    EXPECT_EQ(came_to(sequence_.run(start)), "RaiseFault");
    EXPECT_EQ(came_to(sequence_.run(start)), "done");
    EXPECT_EQ(show("trail"), "b b ");
}

TEST_F(StepSequenceTest, stop_leaves_out_what_is_left_of_every_list) {
    add_trail("a");
    add_quota("quota");
    add_shared_flow({"quota", "a"});
    add_callout("outer", 0);
    begin({"outer", "a"});
    EXPECT_EQ(came_to(sequence_.run(start)), "waits");
    sequence_.stop("given up");
    EXPECT_EQ(came_to(sequence_.run(start)), "done");
    EXPECT_EQ(show("trail"), "");
    EXPECT_EQ(record(),
              "outer ran, flow0/quota ran, flow0/a skipped: given up, "
              "a skipped: given up");
}

TEST_F(StepSequenceTest, waits_inside_a_shared_flow) {
    add_trail("a");
    add_quota("quota");
    add_shared_flow({"quota", "a"});
    add_callout("outer", 0);
    begin({"outer", "a"});
    ASSERT_EQ(came_to(sequence_.run(start)), "waits");
    EXPECT_EQ(came_to(sequence_.resume(StoreReply(QuotaReply{.used = 1}), start)), "done");
    EXPECT_EQ(show("trail"), "a a ");
    EXPECT_EQ(show("ratelimit.quota.used.count"), "1");
}

TEST_F(StepSequenceTest, parameters_have_their_former_values_back_afterwards) {
    AssignVariable copy;
    copy.name = "seen";
    copy.text = text("{who}/{what}/{request.header.x}/{many}");
    AssignMessage config;
    config.operations.emplace_back(copy);
    add("look", std::move(config));
    add_shared_flow({"look"});
    add_callout("outer", 0);
    callout("outer").parameters = {
        {.name = "who", .ref = "name", .value = {}},
        {.name = "what", .ref = {}, .value = text("<{name}>")},
        {.name = "request.header.x", .ref = "not.set", .value = text("fallback")},
        {.name = "many", .ref = "count", .value = {}},
    };
    variables_.define("name", Value::text("Ann"));
    variables_.define("who", Value::text("nobody"));
    variables_.define("count", Value::integer(3));
    variables_.request().headers.set("x", "client's");
    begin({"outer"});
    EXPECT_EQ(came_to(sequence_.run(start)), "done");
    EXPECT_EQ(show("seen"), "Ann/<Ann>/fallback/3");
    EXPECT_EQ(show("who"), "nobody");
    EXPECT_TRUE(variables_.get("what").is_null());
    EXPECT_TRUE(variables_.get("many").is_null());
    EXPECT_EQ(show("request.header.x"), "client's");
}

TEST_F(StepSequenceTest, a_parameter_without_a_value) {
    add_trail("a");
    add_shared_flow({"a"});
    add_callout("outer", 0);
    callout("outer").parameters = {
        {.name = "first", .ref = {}, .value = text("1")},
        {.name = "who", .ref = "not.set", .value = {}},
    };
    begin({"outer"});
    const SequenceResult result = sequence_.run(start);
    ASSERT_EQ(came_to(result), "UnresolvedVariable");
    EXPECT_EQ(std::get<StepFault>(result).fault.text,
              "FlowCallout[outer]: unable to resolve variable not.set");
    EXPECT_TRUE(variables_.get("first").is_null());

    callout("outer").ignore_unresolved = true;
    begin({"outer"});
    EXPECT_EQ(came_to(sequence_.run(start)), "done");
    EXPECT_EQ(show("trail"), "a ");
}

TEST_F(StepSequenceTest, a_parameter_that_may_not_be_set_is_a_fault) {
    add_shared_flow({});
    add_callout("outer", 0);
    callout("outer").parameters = {{.name = "fault.name", .ref = {}, .value = text("x")}};
    begin({"outer"});
    EXPECT_EQ(came_to(sequence_.run(start)), "SetVariableFailed");
}

// flow0 holds the trail; flow n calls flow n - 1.
TEST_F(StepSequenceTest, callouts_nest_up_to_the_limit) {
    add_trail("a");
    add_shared_flow({"a"});
    for (std::size_t i = 0; i <= max_flow_callouts; ++i) {
        add_callout("call" + std::to_string(i), static_cast<int>(i));
        add_shared_flow({"call" + std::to_string(i)});
    }
    begin({"call" + std::to_string(max_flow_callouts - 1)});
    EXPECT_EQ(came_to(sequence_.run(start)), "done");
    EXPECT_EQ(show("trail"), "a ");

    begin({"call" + std::to_string(max_flow_callouts)});
    const SequenceResult result = sequence_.run(start);
    ASSERT_EQ(came_to(result), "TooManyFlowCallouts");
    EXPECT_EQ(std::get<StepFault>(result).fault.text,
              "Shared Flow flow0 is called behind more than 32 FlowCallouts");
    EXPECT_EQ(show("trail"), "a ");
    EXPECT_EQ(came_to(sequence_.run(start)), "done");
}

// flow n calls flow n - 1 twice: 2^20 steps, unless something ends them.
TEST_F(StepSequenceTest, callouts_do_not_multiply_without_end) {
    for (const bool tolerated : {false, true}) {
        bundle_ = Bundle();
        add_trail("a");
        add_shared_flow({});
        for (int i = 0; i < 20; ++i) {
            const std::string name = "call" + std::to_string(i);
            add_callout(name, i, tolerated);
            add_shared_flow({name, name});
        }
        begin({"call19", "a"}, {});
        SequenceResult result = sequence_.run(start);
        EXPECT_EQ(came_to(result), tolerated ? "(TooManyFlowCallouts)" : "TooManyFlowCallouts");
        EXPECT_EQ(std::get<StepFault>(result).fault.text.substr(0, 16), "Shared Flow flow");
        int faults = 1;
        while (!std::holds_alternative<Completed>(result = sequence_.run(start))) ++faults;
        EXPECT_LT(faults, 50);
    }
}

TEST_F(StepSequenceTest, the_deadline_is_looked_at_when_a_policy_has_run) {
    add_trail("a");
    add_quota("quota");
    add_shared_flow({"quota", "a"});
    add_callout("outer", 0, true);  // continueOnError does not hold back a time-out of the call
    begin({"outer", "a"}, {.deadline = start + 100});
    ASSERT_EQ(came_to(sequence_.run(start + 99)), "waits");
    const auto result = sequence_.resume(StoreReply(QuotaReply{.used = 1}), start + 100);
    ASSERT_EQ(came_to(result), "APITimedOut");
    EXPECT_EQ(std::get<StepFault>(result).fault.status, 504);
    EXPECT_EQ(std::get<StepFault>(result).fault.policy, "");
    EXPECT_EQ(came_to(sequence_.run(start + 100)), "done");
    EXPECT_EQ(show("trail"), "");

    begin({}, {.deadline = start});
    EXPECT_EQ(came_to(sequence_.run(start + 1)), "done");
    begin({"a"}, {.deadline = start});
    EXPECT_EQ(came_to(sequence_.run(start - 1)), "done");
}

TEST_F(StepSequenceTest, an_unsupported_policy_that_faults_sets_the_flags_of_its_type) {
    add("check", UnsupportedPolicy{.element = "OAuthV2", .faults = true});
    add("java", UnsupportedPolicy{.element = "JavaCallout", .faults = true});
    begin({"check", "java"});
    EXPECT_EQ(came_to(sequence_.run(start)), "UnsupportedPolicy");
    EXPECT_EQ(came_to(sequence_.run(start)), "UnsupportedPolicy");
    EXPECT_EQ(show("oauthV2.check.failed"), "true");
    EXPECT_EQ(show("oauthV2.failed"), "true");
}

}  // namespace
}  // namespace catchrule
