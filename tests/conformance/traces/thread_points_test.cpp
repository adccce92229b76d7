// SPDX-License-Identifier: Apache-2.0
// Our trace of the thread's second set of rules has the FAULT_ points that the thread published.
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/flow_machine.hpp"
#include "engine/traces/timestamp.hpp"
#include "engine/traces/write_trace.hpp"
#include "engine/xml/load_bundle.hpp"
#include "tests/support/table.hpp"

namespace catchrule::trace {
namespace {

// 2 August 2016, 14:11:24.763: when the thread's proxy trace was made.
constexpr Millis recorded_at = 1'470'147'084'763;

struct FaultPoint {
    std::string result;
    std::string expression;
    std::string tree;
    std::vector<Access> accesses;

    friend bool operator==(const FaultPoint&, const FaultPoint&) = default;
};

void PrintTo(const FaultPoint& point, std::ostream* out) {
    *out << point.tree << ' ' << point.expression << ' ' << point.result;
}

Call trace_of(EndpointKind kind, const char* code) {
    LoadOptions options;
    options.fragment_endpoint = kind;
    const Loaded loaded = load_bundle(CATCHRULE_TRACE_DATA "/thread_rules.xml", options);
    if (loaded.bundle == nullptr) return {};
    Variables variables(*loaded.bundle->layout);
    Recorder recorder;
    CallOptions call;
    call.trace = &recorder;
    const ProxyEndpoint none;
    const ProxyEndpoint& proxy =
        loaded.bundle->proxies.empty() ? none : loaded.bundle->proxies.front();
    FlowMachine machine(*loaded.bundle, proxy, variables, call);
    Fault fault = make_fault(code, call.semantics);
    fault.endpoint = kind;
    machine.begin_with_fault({.fault = fault, .now = recorded_at});
    Action action = machine.advance(Started{}, recorded_at);
    while (!std::holds_alternative<Finished>(action)) {
        action = machine.advance(Responded{}, recorded_at);
    }
    return recorder.finish("1");
}

std::vector<FaultPoint> fault_points(const Call& call) {
    std::vector<FaultPoint> out;
    for (const Point& point : call.points) {
        const auto tree = point.property("Tree");
        if (point.id != "Condition" || !tree || !tree->starts_with("FAULT_")) continue;
        EXPECT_EQ(point.properties[0].name, "ExpressionResult");
        EXPECT_EQ(point.properties[1].name, "Expression");
        EXPECT_EQ(point.properties[2].name, "Tree");
        out.push_back({std::string(*point.property("ExpressionResult")),
                       std::string(*point.property("Expression")), std::string(*tree),
                       point.accesses.value_or(std::vector<Access>())});
    }
    return out;
}

std::vector<FaultPoint> published(std::string_view endpoint) {
    std::vector<FaultPoint> out;
    for (const auto& row :
         catchrule::test::read_table(CATCHRULE_TRACE_DATA "/fault_points.tsv", 6)) {
        if (row.fields[0] != endpoint) continue;
        out.push_back({row.fields[1],
                       row.fields[2],
                       row.fields[3],
                       {{.name = row.fields[4], .value = row.fields[5]}}});
    }
    EXPECT_EQ(out.size(), 3U);
    return out;
}

TEST(ThreadPoints, OfTheProxyEndpoint) {
    const Call call = trace_of(EndpointKind::proxy, "oauth.v2.InvalidApiKey");
    EXPECT_EQ(fault_points(call), published("proxy"));
}

TEST(ThreadPoints, OfTheTargetEndpoint) {
    const Call call =
        trace_of(EndpointKind::target, "messaging.adaptors.http.flow.ErrorResponseCode");
    EXPECT_EQ(fault_points(call), published("target"));
}

// The first point of the thread, as it stands there.
TEST(ThreadPoints, AsEdgeWritesThem) {
    const Call call = trace_of(EndpointKind::proxy, "oauth.v2.InvalidApiKey");
    const std::string expected = R"(    <Point id="Condition">
        <DebugInfo>
            <Timestamp>02-08-16 14:11:24:763</Timestamp>
            <Properties>
                <Property name="ExpressionResult">false</Property>
                <Property name="Expression">((fault.name equals &quot;RaiseFault&quot;) and ((&quot;fault.name&quot; equals &quot;RaiseFault&quot;) and (&quot;fault.name&quot; equals &quot;RaiseFault&quot;)))</Property>
                <Property name="Tree">FAULT_raise-fault-3</Property>
            </Properties>
        </DebugInfo>
        <VariableAccess>
            <Get value="InvalidApiKey" name="fault.name"/>
        </VariableAccess>
    </Point>
)";
    EXPECT_NE(edge_xml({}, {&call, 1}).find(expected), std::string::npos);
}

}  // namespace
}  // namespace catchrule::trace
