// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "engine/xml/workspace.hpp"
#include "tools/command.hpp"
#include "tools/explain_json.hpp"
#include "tools/files.hpp"
#include "tools/parallel.hpp"

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

// Prints or collects what was found. A shared flow is read for each bundle that calls it; its
// problems are told once.
class Report {
public:
    Report(const CheckCommand& command, Streams& streams) : command_(command), streams_(streams) {}

    void add(const std::vector<Problem>& problems, bool readable) {
        readable_ = readable_ && readable;
        for (const Problem& problem : problems) {
            std::string text = problem.render();
            if (!told_.insert(text).second) continue;
            counts_.add(problem.diagnostic.severity);
            if (command_.format == Format::json) {
                rows_.emplace_back(finding_json(problem));
            } else {
                (readable ? streams_.out : streams_.err) << text;
            }
        }
    }

    int finish() {
        if (command_.format == Format::json) {
            streams_.out << json_line({{"schema", "catchrule.check/1"},
                                       {"errors", counts_.errors},
                                       {"warnings", counts_.warnings},
                                       {"findings", std::move(rows_)}});
        } else if (counts_.errors + counts_.warnings > 0) {
            streams_.err << counted(counts_.errors, "error") << ", "
                         << counted(counts_.warnings, "warning") << '\n';
        }
        if (!readable_) return unusable;
        const std::size_t most =
            command_.load.strict ? 0 : command_.max_warnings.value_or(SIZE_MAX);
        const bool found = counts_.errors > 0 || counts_.warnings > most;
        return found ? findings : answered;
    }

private:
    const CheckCommand& command_;
    Streams& streams_;
    Counts counts_;
    std::set<std::string> told_;
    json::array rows_;
    bool readable_ = true;
};

}  // namespace

int run(const CheckCommand& command, Streams& streams) {
    if (!read_switches(command.switches, streams.err)) return unusable;
    std::vector<std::string> paths = command.paths;
    const bool from_stdin = std::erase(paths, "-") != 0;
    Report report(command, streams);
    const LoadedAll all = load_all(paths, command.load, in_parallel);
    for (const Loaded& loaded : all.loaded) report.add(loaded.problems, loaded.readable);
    report.add(all.problems, all.readable);
    if (from_stdin) {
        const Loaded loaded = load_path("-", command.load);
        report.add(loaded.problems, loaded.readable);
        if (!loaded.readable) streams.err << "catchrule: cannot read -\n";
    }
    return report.finish();
}

}  // namespace catchrule::tools
