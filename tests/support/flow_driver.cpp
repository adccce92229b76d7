// SPDX-License-Identifier: Apache-2.0
// The test driver of the flow machine: scripted targets, in-memory stores, a fixed clock.
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "engine/stores/memory_stores.hpp"
#include "engine/xml/load_bundle.hpp"
#include "tests/support/flow_case.hpp"

namespace catchrule::testing {

namespace {

// A bundle directory that lives as long as this.
class TemporaryBundle {
public:
    explicit TemporaryBundle(const std::map<std::string, std::string>& files) {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "catchrule-flow-XXXXXX").string();
        root_ = ::mkdtemp(pattern.data());
        for (const auto& [path, text] : files) {
            const auto file = root_ / "apiproxy" / path;
            std::filesystem::create_directories(file.parent_path());
            std::ofstream(file) << text;
        }
    }
    TemporaryBundle(const TemporaryBundle&) = delete;
    TemporaryBundle& operator=(const TemporaryBundle&) = delete;
    ~TemporaryBundle() { std::filesystem::remove_all(root_); }

    std::string path() const { return root_.string(); }

private:
    std::filesystem::path root_;
};

Loaded load(const FlowCase& flow_case) {
    if (!flow_case.rules.empty()) {
        LoadOptions options;
        options.fragment_endpoint = flow_case.endpoint;
        return load_text(flow_case.file, flow_case.rules, options);
    }
    const TemporaryBundle files(flow_case.files);
    return load_bundle(files.path());
}

Semantics semantics_of(const FlowCase& flow_case, std::vector<std::string>& problems) {
    Semantics out;
    for (const auto& [key, value] : flow_case.switches) {
        if (const auto error = out.set(key, value); !error.empty()) problems.push_back(error);
    }
    return out;
}

Fault fault_of(const FlowCase& flow_case, const Semantics& semantics) {
    Fault fault;
    if (const FaultRow* row = find_fault(flow_case.fault)) {
        fault = make_fault(row->code, semantics);
    } else {
        fault.name = flow_case.fault;
        fault.code = "test." + flow_case.fault;
    }
    if (flow_case.fault_status != 0) fault.status = flow_case.fault_status;
    fault.endpoint = flow_case.endpoint;
    fault.policy = flow_case.fault_policy;
    return fault;
}

Event perform(const CallTarget& call, const FlowCase& flow_case, FlowResult& result) {
    result.target_url = call.url;
    const auto found =
        flow_case.targets.find(call.endpoint != nullptr ? call.endpoint->name : "url");
    if (found == flow_case.targets.end()) return TargetReplied{Message::response(200)};
    if (found->second.failure) return TargetFailed{*found->second.failure};
    return TargetReplied{found->second.reply};
}

void drive(FlowMachine& machine, const FlowCase& flow_case, MemoryStores& stores,
           FlowResult& result) {
    Event event = Started{};
    for (;;) {
        const Action action = machine.advance(std::move(event), flow_case.now);
        if (const auto* ask = std::get_if<AskStore>(&action)) {
            event = StoreAnswered{stores.ask(ask->query, flow_case.now)};
        } else if (const auto* call = std::get_if<CallTarget>(&action)) {
            event = perform(*call, flow_case, result);
        } else if (const auto* reply = std::get_if<Respond>(&action)) {
            result.response = *reply->response;
            event = Responded{};
        } else {
            return;
        }
    }
}

}  // namespace

FlowResult run_flow_case(const FlowCase& flow_case, bool record) {
    FlowResult result;
    const Semantics semantics = semantics_of(flow_case, result.load_problems);
    const Loaded loaded = load(flow_case);
    if (!loaded.bundle) {
        for (const Problem& problem : loaded.problems)
            result.load_problems.push_back(problem.render());
    }
    if (!result.load_problems.empty()) return result;

    const Bundle& bundle = *loaded.bundle;
    MemoryStores stores(flow_case.environment);
    const ProxyEndpoint no_proxy;  // a bare TargetEndpoint has none
    const ProxyEndpoint& proxy = bundle.proxies.empty() ? no_proxy : bundle.proxies.front();
    for (int i = 0; i < flow_case.repeat; ++i) {
        Variables variables(*bundle.layout);
        if (flow_case.request) variables.request() = *flow_case.request;
        CallOptions options;
        options.semantics = semantics;
        options.record = record;
        FlowMachine machine(bundle, proxy, variables, options);
        if (!flow_case.fault.empty()) machine.begin_with_fault(fault_of(flow_case, semantics));
        for (const auto& [name, value] : flow_case.variables) {
            variables.define(name, typed_value(name, value));
        }
        result = FlowResult();
        drive(machine, flow_case, stores, result);
        if (machine.fault() != nullptr) result.fault = *machine.fault();
        if (machine.decision() != nullptr) result.decision = *machine.decision();
        result.steps = machine.steps_run();
        for (const auto& [name, unused] : flow_case.expect.variables) {
            const Value value = variables.get(name);
            if (!value.is_null()) result.variables[name] = value.to_text();
        }
    }
    return result;
}

}  // namespace catchrule::testing
