// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/random_policy.hpp"

#include <string_view>

#include "tests/simulation/random_condition.hpp"

namespace catchrule::testing {

namespace {

// %A: name and flags, %N: the name, %1: a digit, %V: a variable to set, %S: a status.
struct Shape {
    unsigned weight;  // how often, beside the others
    bool in_flow;     // also outside of fault rules
    bool in_rule;
    std::string_view text;
};

constexpr Shape shapes[] = {
    // AssignMessage
    {8, true, true,
     "<AssignMessage%A><AssignVariable><Name>%V</Name><Value>a</Value></AssignVariable>"
     "</AssignMessage>"},
    {4, true, true,
     "<AssignMessage%A><AssignVariable><Name>%V</Name><Template>b{fault.name:}{request.verb}"
     "</Template></AssignVariable></AssignMessage>"},
    {4, true, true,
     "<AssignMessage%A><Set><Headers><Header name=\"X-%1\">%N</Header></Headers></Set>"
     "</AssignMessage>"},
    {3, true, true,
     "<AssignMessage%A><Add><Headers><Header name=\"X-%1\">%N {request.queryparam.q1:none}"
     "</Header></Headers></Add><Remove><Headers><Header name=\"X-2\"/></Headers></Remove>"
     "</AssignMessage>"},
    {3, false, true,
     "<AssignMessage%A><Set><StatusCode>%S</StatusCode><Payload contentType=\"text/plain\">%N "
     "{fault.name} {error.content}</Payload></Set></AssignMessage>"},
    {1, true, true,
     "<AssignMessage%A><AssignVariable><Name>%V</Name><Ref>no.such.variable</Ref>"
     "</AssignVariable></AssignMessage>"},
    {1, true, false,
     "<AssignMessage%A><AssignTo createNew=\"true\" type=\"response\">response</AssignTo>"
     "<Set><StatusCode>%S</StatusCode><Payload>%N</Payload></Set></AssignMessage>"},
    // RaiseFault
    {1, true, true,
     "<RaiseFault%A><FaultResponse><Set><StatusCode>%S</StatusCode><Headers><Header "
     "name=\"X-%1\">%N</Header></Headers><Payload contentType=\"text/plain\">%N</Payload></Set>"
     "</FaultResponse></RaiseFault>"},
    {1, true, true, "<RaiseFault%A/>"},
    {4, false, true,
     "<RaiseFault%A><FaultResponse><Set><StatusCode>%S</StatusCode></Set></FaultResponse>"
     "</RaiseFault>"},
    // those that ask a store
    {4, true, false, "<VerifyAPIKey%A><APIKey ref=\"request.queryparam.q1\"/></VerifyAPIKey>"},
    {4, true, true,
     "<Quota%A><Allow count=\"%1\"/><Interval>1</Interval><TimeUnit>minute</TimeUnit></Quota>"},
    {2, true, true,
     "<Quota%A><Allow count=\"%1\"/><Interval ref=\"request.queryparam.q2\">1</Interval><TimeUnit>"
     "hour</TimeUnit><Identifier ref=\"request.queryparam.q1\"/></Quota>"},
    {4, true, true, "<SpikeArrest%A><Rate>%1ps</Rate></SpikeArrest>"},
    {3, true, true,
     "<KeyValueMapOperations%A mapIdentifier=\"m\"><Scope>environment</Scope><Get "
     "assignTo=\"%V\"><Key><Parameter>k</Parameter></Key></Get></KeyValueMapOperations>"},
    // those that ask others
    {3, true, true,
     "<ServiceCallout%A><Request variable=\"%N.request\"><Set><Verb>GET</Verb></Set></Request>"
     "<Response>%N.reply</Response><HTTPTargetConnection><URL>http://callout.example.com/%1</URL>"
     "</HTTPTargetConnection></ServiceCallout>"},
    {2, true, true,
     "<MessageLogging%A><CloudLogging><LogName>l</LogName><Message>%N {messageid}</Message>"
     "</CloudLogging></MessageLogging>"},
    // those that read the message
    {1, true, true,
     "<ExtractVariables%A><Source>message</Source><Header name=\"X-1\"><Pattern>{%N.found}"
     "</Pattern></Header></ExtractVariables>"},
    {3, true, true,
     "<ExtractVariables%A><Header name=\"X-1\"><Pattern>{%N.found}</Pattern></Header>"
     "<IgnoreUnresolvedVariables>true</IgnoreUnresolvedVariables></ExtractVariables>"},
};

constexpr std::string_view call_shape =
    "<FlowCallout%A><SharedFlowBundle>%F</SharedFlowBundle><Parameters><Parameter name=\"p%1\">"
    "%N</Parameter></Parameters></FlowCallout>";

bool fits(const Shape& shape, char kind) {
    if (kind == 'f') return shape.in_flow;
    if (kind != 'c') return shape.in_rule;
    return shape.in_flow && shape.in_rule && shape.text.starts_with("<AssignMessage");
}

std::string_view random_shape(Random& random, char kind) {
    std::uint64_t sum = 0;
    for (const Shape& shape : shapes) sum += fits(shape, kind) ? shape.weight : 0;
    std::uint64_t drawn = random.below(sum);
    for (const Shape& shape : shapes) {
        if (!fits(shape, kind)) continue;
        if (drawn < shape.weight) return shape.text;
        drawn -= shape.weight;
    }
    return call_shape;
}

}  // namespace

std::string random_policy(Random& random, const PolicyPlace& place) {
    static constexpr std::string_view statuses[] = {"200", "302", "400", "418", "468", "503"};
    const std::string digit = std::to_string(1 + random.below(3));
    const std::string status(pick(random, statuses));
    std::string out;
    std::string_view shape =
        place.shared_flow.empty() ? random_shape(random, place.kind) : call_shape;
    while (!shape.empty()) {
        const auto mark = shape.find('%');
        out += shape.substr(0, mark);
        if (mark == std::string_view::npos) break;
        switch (shape[mark + 1]) {
            case 'A':
                out += place.attributes;
                break;
            case 'N':
                out += place.name;
                break;
            case 'F':
                out += place.shared_flow;
                break;
            case 'S':
                out += status;
                break;
            case 'V':
                out += (place.kind == 'f' ? "v" : "own.v") + digit;
                break;
            default:
                out += digit;
                break;
        }
        shape.remove_prefix(mark + 2);
    }
    return out;
}

}  // namespace catchrule::testing
