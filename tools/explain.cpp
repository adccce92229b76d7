// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <ostream>
#include <string>

#include "engine/analysis/simulate.hpp"
#include "engine/traces/timestamp.hpp"
#include "engine/traces/write_trace.hpp"
#include "tools/assignments.hpp"
#include "tools/command.hpp"
#include "tools/explain_json.hpp"
#include "tools/explain_text.hpp"
#include "tools/files.hpp"

namespace catchrule::tools {

namespace {

Millis now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

// Whether the file starts with rules, so that nothing says which endpoint they belong to.
bool is_bare(const Bundle& bundle) {
    if (!bundle.is_fragment || bundle.proxies.size() != 1) return false;
    const Location& at = bundle.proxies.front().location;
    if (at.line == 0 || at.column == 0 || at.file >= bundle.files.size()) return false;
    std::string_view line = bundle.files[at.file]->line(at.line);
    line.remove_prefix(std::min<std::size_t>(at.column - 1, line.size()));
    if (line.starts_with('<')) line.remove_prefix(1);
    return line.starts_with("FaultRule") || line.starts_with("DefaultFaultRule");
}

}  // namespace

int run(const ExplainCommand& command, Streams& streams) {
    const auto semantics = read_switches(command.switches, streams.err);
    if (!semantics) return unusable;
    Assignments given;
    if (const std::string error = given.read(command.variables); !error.empty()) {
        streams.err << "catchrule: " << error << '\n';
        return unusable;
    }
    LoadOptions options = command.load;
    options.fragment_endpoint = command.endpoint.kind.value_or(EndpointKind::proxy);
    if (!command.endpoint.name.empty()) options.fragment_name = command.endpoint.name;
    const auto bundle = load_or_complain(command.path, options, streams.err);
    if (bundle == nullptr) return unusable;

    trace::Recorder recorder;
    const bool traced = command.format == ExplainFormat::xml;
    auto answer = analysis::simulate_fault(*bundle, {.fault = command.fault,
                                                     .policy = command.policy,
                                                     .kind = command.endpoint.kind,
                                                     .endpoint = command.endpoint.name,
                                                     .variables = given.all(),
                                                     .semantics = *semantics,
                                                     .now = now(),
                                                     .trace = traced ? &recorder : nullptr});
    if (!answer.error.empty()) {
        streams.err << "catchrule: " << answer.error << '\n';
        return unusable;
    }
    if (!command.endpoint.given && is_bare(*bundle)) {
        answer.decision.notes.emplace_back(
            "the file does not say which endpoint it belongs to: read as a ProxyEndpoint; "
            "--endpoint target reads it the other way round");
    }
    if (traced) {
        const trace::Call call = recorder.finish("1");
        recorder.session().retrieved = trace::iso_timestamp(now());
        streams.out << trace::edge_xml(recorder.session(), {&call, 1});
    } else if (command.format == ExplainFormat::json) {
        streams.out << json_line(explain_json(*bundle, answer.decision, answer.hints));
    } else {
        const bool cut = streams.terminal && !command.wide;
        streams.out << explain_text(*bundle, answer.decision, answer.hints,
                                    {.cut = cut, .colour = streams.colour});
    }
    return answered;
}

}  // namespace catchrule::tools
