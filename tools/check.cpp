// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "tools/command.hpp"
#include "tools/explain_json.hpp"
#include "tools/files.hpp"

namespace catchrule::tools {

namespace {

namespace json = boost::json;
using grammar::Severity;

struct Counts {
    std::size_t errors = 0;
    std::size_t warnings = 0;

    void add(Severity severity) {
        errors += severity == Severity::error ? 1 : 0;
        warnings += severity == Severity::warning ? 1 : 0;
    }
};

json::object finding_json(const Problem& problem) {
    const grammar::Diagnostic& diagnostic = problem.diagnostic;
    json::object out;
    out["id"] = diagnostic.code;
    out["severity"] = grammar::to_string(diagnostic.severity);
    out["file"] = problem.source ? problem.source->name() : problem.path;
    grammar::Position position{0, 0};
    if (problem.source) position = problem.source->position(diagnostic.span.begin);
    out["line"] = position.line;
    out["column"] = position.column;
    out["message"] = diagnostic.message;
    if (!diagnostic.fix.empty()) out["fix"] = diagnostic.fix;
    return out;
}

std::string counted(std::size_t count, const char* noun) {
    return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

}  // namespace

int run(const CheckCommand& command, Streams& streams) {
    if (!read_switches(command.switches, streams.err)) return unusable;
    Counts counts;
    bool readable = true;
    json::array rows;
    for (const std::string& path : command.paths) {
        const Loaded loaded = load_path(path, command.load);
        readable = readable && loaded.readable;
        for (const Problem& problem : loaded.problems) {
            counts.add(problem.diagnostic.severity);
            if (command.format == Format::json) {
                rows.emplace_back(finding_json(problem));
            } else {
                (loaded.readable ? streams.out : streams.err) << problem.render();
            }
        }
        if (!loaded.readable && loaded.problems.empty()) {
            streams.err << "catchrule: cannot read " << path << '\n';
        }
    }
    if (command.format == Format::json) {
        streams.out << json_line({{"schema", "catchrule.check/1"},
                                  {"errors", counts.errors},
                                  {"warnings", counts.warnings},
                                  {"findings", std::move(rows)}});
    } else if (counts.errors + counts.warnings > 0) {
        streams.err << counted(counts.errors, "error") << ", "
                    << counted(counts.warnings, "warning") << '\n';
    }
    if (!readable) return unusable;
    const std::size_t most = command.load.strict ? 0 : command.max_warnings.value_or(SIZE_MAX);
    const bool found = counts.errors > 0 || counts.warnings > most;
    return found ? findings : answered;
}

}  // namespace catchrule::tools
