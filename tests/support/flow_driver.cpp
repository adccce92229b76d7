// SPDX-License-Identifier: Apache-2.0
// The test driver of the flow machine: scripted targets, in-memory stores, a fixed clock.
#include "engine/call_chain.hpp"
#include "engine/stores/memory_stores.hpp"
#include "engine/xml/load_bundle.hpp"
#include "tests/support/flow_case.hpp"

namespace catchrule::testing {

namespace {

// The proxies of a case; the first is the one that is called.
class Proxies {
public:
    Proxies(const FlowCase& flow_case, std::vector<std::string>& problems) {
        LoadOptions options;
        if (!flow_case.rules.empty()) {
            options.fragment_endpoint = flow_case.endpoint;
            add(load_text(flow_case.file, flow_case.rules, options), problems);
            return;
        }
        const BundleFolder folder;
        for (const auto& [name, files] : flow_case.shared_flows)
            folder.add_shared_flow(name, files);
        if (!flow_case.shared_flows.empty()) options.shared_flows = {folder.shared_flows()};
        add(load_bundle(folder.add_proxy("case", flow_case.files), options), problems);
        for (const auto& [name, files] : flow_case.proxies) {
            add(load_bundle(folder.add_proxy(name, files), options), problems);
        }
    }

    const Bundle& bundle() const { return *bundles_.front(); }
    LocalProxy first() const {
        const auto& proxies = bundle().proxies;
        static const ProxyEndpoint none;  // a bare TargetEndpoint has no proxy
        return {bundles_.front(), proxies.empty() ? &none : &proxies.front()};
    }

    LocalProxy find(const LocalCall& call) const {
        for (const auto& bundle : bundles_) {
            if (!call.api_proxy.empty() && bundle->name != call.api_proxy) continue;
            const std::string name = call.proxy_endpoint.empty() ? "default" : call.proxy_endpoint;
            const ProxyEndpoint* proxy =
                call.api_proxy.empty() ? find_proxy(*bundle, call.path) : bundle->proxy(name);
            if (proxy != nullptr) return {bundle, proxy};
        }
        return {};
    }

private:
    void add(const Loaded& loaded, std::vector<std::string>& problems) {
        if (loaded.bundle != nullptr) {
            bundles_.push_back(loaded.bundle);
            return;
        }
        for (const Problem& problem : loaded.problems) problems.push_back(problem.render());
    }

    std::vector<std::shared_ptr<const Bundle>> bundles_;
};

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

std::string text_of(const Callout& call) {
    std::string out = call.wait ? "" : "(no wait) ";
    out += call.request.verb + " " + call.url;
    for (const Field& header : call.request.headers.items()) {
        if (header.name.starts_with("X-")) out += " " + header.name + ":" + header.value;
    }
    if (!call.request.content.empty()) out += " " + call.request.content;
    return out;
}

std::string text_of(const LogRecord& record) {
    static constexpr std::string_view sinks[] = {"syslog", "file", "cloud"};
    static constexpr std::string_view levels[] = {"INFO", "WARN", "ERROR", "ALERT"};
    std::string out(sinks[static_cast<std::size_t>(record.sink)]);
    out.append(" ").append(levels[static_cast<std::size_t>(record.level)]).append(" ");
    if (record.sink == LogRecord::Sink::syslog) {
        out.append(record.tls ? "tls://" : record.tcp ? "tcp://" : "udp://").append(record.host);
        out.append(":").append(std::to_string(record.port));
        if (record.format_message) out += " formatted";
        if (!record.date_format.empty()) out += " dates=" + record.date_format;
        if (record.payload_only) out += " payload-only";
    }
    out += record.name + ": " + record.message;
    if (!record.content_type.empty()) out += " (" + record.content_type + ")";
    if (!record.resource_type.empty()) out += " resource=" + record.resource_type;
    for (const auto& [key, value] : record.labels) {
        out.append(" {").append(key).append("=").append(value).append("}");
    }
    const LogRotation& rotation = record.rotation;
    if (rotation.on_startup) out += " rotates-on-startup";
    if (rotation.max_bytes != 0) out += " max-bytes=" + std::to_string(rotation.max_bytes);
    if (rotation.every_ms != 0) out += " every-ms=" + std::to_string(rotation.every_ms);
    if (rotation.max_files != 0) out += " max-files=" + std::to_string(rotation.max_files);
    return out;
}

// What the case looks at: variables as they were when the reply went out, or were set since.
void take_variables(const Variables& variables, const FlowCase& flow_case, FlowResult& result) {
    for (const auto& [name, unused] : flow_case.expect.variables) {
        const Value value = variables.get(name);
        if (!value.is_null()) result.variables[name] = value.to_text();
    }
    for (const auto& [name, unused] : flow_case.expect.types) {
        result.types[name] = grammar::to_string(variables.get(name).type());
    }
}

// Does what the machine wants; every answer takes its time.
class Driver {
public:
    Driver(CallChain& chain, const FlowCase& flow_case, MemoryStores& stores, FlowResult& result,
           Millis now)
        : chain_(chain), case_(flow_case), stores_(stores), result_(result), now_(now) {}

    void run() {
        std::optional<Event> event = Started{};
        while (event) {
            Action action = chain_.advance(std::move(*event), now_);
            event = std::visit([this](auto& wanted) { return perform(wanted); }, action);
        }
        take_variables(chain_.variables(), case_, result_);
    }

private:
    using Next = std::optional<Event>;

    Next perform(const CallTarget& call) {
        result_.target_url = call.url;
        result_.target_request = *call.request;
        const auto found =
            case_.targets.find(call.endpoint != nullptr ? call.endpoint->name : "url");
        if (found == case_.targets.end()) return TargetReplied{.response = Message::response(200)};
        now_ += found->second.took;
        if (found->second.failure) return TargetFailed{.failure = *found->second.failure};
        return TargetReplied{.response = found->second.reply};
    }
    Next perform(const AskStore& ask) {
        now_ += case_.tick;
        return StoreAnswered{stores_.ask(ask.query, now_)};
    }
    Next perform(const CallOut& out) {
        result_.callouts.push_back(text_of(out.call));
        if (!out.call.wait) return CalloutAnswered{Message::response(200)};
        if (next_callout_ == case_.callouts.size()) return CalloutAnswered{TargetFailure::refused};
        const TargetScript& script = case_.callouts[next_callout_++];
        now_ += script.took;
        if (script.failure) return CalloutAnswered{*script.failure};
        return CalloutAnswered{script.reply};
    }
    Next perform(const WriteLog& write) {
        result_.log.push_back(text_of(write.record));
        return LogWritten{};
    }
    Next perform(const Respond& respond) {
        result_.response = *respond.response;
        take_variables(chain_.variables(), case_, result_);
        return Responded{};
    }
    Next perform(const Finished&) { return std::nullopt; }

    CallChain& chain_;
    const FlowCase& case_;
    MemoryStores& stores_;
    FlowResult& result_;
    Millis now_;
    std::size_t next_callout_ = 0;
};

}  // namespace

FlowResult run_flow_case(const FlowCase& flow_case, bool record) {
    FlowResult result;
    const Semantics semantics = semantics_of(flow_case, result.load_problems);
    const Proxies proxies(flow_case, result.load_problems);
    if (!result.load_problems.empty()) return result;

    MemoryStores stores(flow_case.environment);
    std::vector<SeriesCall> calls = flow_case.series;
    if (calls.empty()) calls.resize(static_cast<std::size_t>(flow_case.repeat));
    std::vector<int> statuses;
    for (const SeriesCall& call : calls) {
        const std::optional<Message>& request = call.request ? call.request : flow_case.request;
        CallOptions options;
        options.semantics = semantics;
        options.record = record;
        CallChain chain(proxies.first(), options,
                        [&](const LocalCall& local) { return proxies.find(local); });
        Variables& variables = chain.variables();
        FlowMachine& machine = chain.machine();
        if (request) variables.request() = *request;
        if (!flow_case.fault.empty()) machine.begin_with_fault(fault_of(flow_case, semantics));
        for (const auto& [name, value] : flow_case.variables) {
            variables.define(name, typed_value(name, value));
        }
        result = FlowResult();
        Driver(chain, flow_case, stores, result, flow_case.now + call.at).run();
        statuses.push_back(result.response.status);
        result.statuses = statuses;
        if (machine.fault() != nullptr) result.fault = *machine.fault();
        if (machine.decision() != nullptr) result.decision = *machine.decision();
        result.steps = machine.steps_run();
    }
    return result;
}

}  // namespace catchrule::testing
