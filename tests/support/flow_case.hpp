// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/decide.hpp"
#include "engine/flow_machine.hpp"
#include "engine/model.hpp"
#include "engine/stores/environment.hpp"
#include "tests/support/bundle_folder.hpp"

namespace catchrule::testing {

/// What a case wants to see; absent = not looked at.
struct FlowExpectation {
    std::optional<std::string> rule;  ///< "none" = no rule fired
    std::optional<std::vector<std::string>>
        evaluated;  ///< rules whose outer condition was looked at
    std::optional<std::vector<std::string>>
        ran;  ///< policies run by the rule and default rules, in order
    std::optional<std::vector<std::string>> skipped;
    std::optional<std::vector<std::string>> steps;  ///< all policies of the call, in order
    std::optional<bool> default_ran;
    std::optional<bool> proxy_default_ran;
    std::optional<std::string> handled_by;
    std::optional<std::string> fault;  ///< "none" = the call went well
    std::optional<std::string> fault_code;
    std::optional<std::string> fault_text;
    std::optional<std::string> final_fault;
    std::optional<int> status;
    std::optional<std::string> body;
    std::optional<std::size_t> body_length;
    std::optional<std::string> body_contains;
    std::map<std::string, std::string> headers;  ///< all values of a name, joined by ", "
    /// Text form, when the reply went out or as set since; "~" = unset.
    std::map<std::string, std::string> variables;
    std::map<std::string, std::string> types;  ///< of variables: "Long"
    std::optional<std::string> target_url;
    std::map<std::string, std::string> target_headers;  ///< of what the target was sent
    std::optional<std::vector<std::string>> callouts;   ///< see FlowResult
    std::optional<std::vector<std::string>> log;
    std::optional<std::vector<int>> statuses;  ///< of a series, call by call
    std::optional<std::string> load;           ///< part of a problem; the bundle does not load then
};

/// What a target answers.
struct TargetScript {
    std::optional<TargetFailure> failure;
    Message reply = Message::response(200);
    Millis took = 0;  ///< how long it lets us wait
};

/// One of several calls that share their stores.
struct SeriesCall {
    Millis at = 0;                   ///< after FlowCase::now
    std::optional<Message> request;  ///< none = the one of the case
};

/// One case of tests/conformance/flows/*.yaml or tests/conformance/policies/*/*.yaml.
struct FlowCase {
    std::string file;
    std::string name;
    BundleText files;
    std::string rules;                               ///< instead: a bare fragment
    std::map<std::string, BundleText> shared_flows;  ///< by name
    std::map<std::string, BundleText> proxies;       ///< other proxies of the gateway, by name
    Environment environment;

    std::optional<Message> request;
    std::string fault;  ///< instead of a request: begin with this fault
    std::string fault_policy;
    int fault_status = 0;
    EndpointKind endpoint = EndpointKind::proxy;
    std::map<std::string, std::string> variables;
    std::map<std::string, std::string> switches;
    std::map<std::string, TargetScript> targets;
    std::vector<TargetScript> callouts;  ///< what the callouts get, one after the other
    std::vector<SeriesCall> series;      ///< instead of `repeat`
    int repeat = 1;                      ///< the request is sent so often; the last reply counts
    Millis now = 1'700'000'000'000;
    Millis tick = 0;  ///< how long a store takes to answer

    FlowExpectation expect;
};

/// All cases of one file; throws std::runtime_error with file and line for a file that does not
/// parse.
std::vector<FlowCase> read_flow_cases(const std::string& path);

/// What came out.
struct FlowResult {
    std::vector<std::string> load_problems;
    std::optional<Fault> fault;
    std::optional<Decision> decision;
    Message response = Message::response(0);
    std::vector<std::string> steps;
    std::map<std::string, std::string> variables;
    std::map<std::string, std::string> types;
    std::string target_url;
    Message target_request = Message::request();  ///< what it was sent
    std::vector<std::string> callouts;  ///< "POST http://host/path body", "(no wait) GET ..."
    std::vector<std::string> log;       ///< "file INFO name: message {label=value}"
    std::vector<int> statuses;          ///< of all calls
};

/// Loads the case's bundle, drives the flow machine with its scripts and a fixed clock. Without
/// `record` as the gateway runs calls that nobody traces: no decision and no steps come out.
FlowResult run_flow_case(const FlowCase& flow_case, bool record = true);

/// The differences between expectation and result, one a line; empty = as expected.
std::string compare(const FlowExpectation& expected, const FlowResult& result);

}  // namespace catchrule::testing
