// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <boost/json.hpp>

#include "engine/traces/read_trace.hpp"
#include "tools/command.hpp"
#include "tools/explain_json.hpp"
#include "tools/screen.hpp"
#include "tools/trace_dump_json.hpp"
#include "tools/trace_dump_text.hpp"

namespace catchrule::tools {

namespace {

namespace json = boost::json;

// A line of JSON without its end, valid UTF-8.
std::string text_of(const json::value& value) {
    std::string line = json_line(json::object{{"v", value}});
    return line.substr(5, line.size() - 7);
}

// Prints message by message, so that a recording of any length needs the memory of one.
class Dump {
public:
    Dump(const TraceDumpCommand& command, Streams& streams, std::istream& in)
        : command_(command), streams_(streams), reader_(in) {}

    int run() {
        if (is_json()) streams_.out << R"({"schema":"catchrule.trace-dump/1","messages":[)";
        std::size_t number = 0;
        std::size_t shown = 0;
        while (auto call = reader_.next()) {
            ++number;
            if (command_.message && *command_.message != number) continue;
            trace::mask(*call);
            show(*call, number, shown++);
            if (command_.message) break;
        }
        if (is_json()) close_json();
        return conclude(number, shown);
    }

private:
    bool is_json() const { return command_.format == Format::json; }

    void show(const trace::Call& call, std::size_t number, std::size_t shown) {
        if (is_json()) {
            streams_.out << (shown == 0 ? "" : ",") << text_of(trace_dump_json(call, number));
            return;
        }
        const ScreenStyle style{.cut = streams_.terminal && !command_.wide,
                                .colour = streams_.colour};
        streams_.out << (shown == 0 ? "" : "\n") << trace_dump_text(call, number, style);
    }

    void close_json() {
        const trace::Session& session = reader_.session();
        json::array notes;
        for (const std::string& note : reader_.notes()) notes.emplace_back(note);
        const auto format = reader_.format();
        streams_.out << R"(],"format":)"
                     << text_of(format ? json::value(to_string(*format)) : json::value(nullptr))
                     << R"(,"session":)"
                     << text_of(json::object{{"organization", session.organization},
                                             {"environment", session.environment},
                                             {"api", session.api},
                                             {"revision", session.revision},
                                             {"id", session.id},
                                             {"retrieved", session.retrieved}})
                     << R"(,"truncated":)" << (reader_.truncated() ? "true" : "false")
                     << R"(,"notes":)" << text_of(notes) << "}\n";
    }

    int conclude(std::size_t number, std::size_t shown) {
        if (!is_json()) {
            for (const std::string& note : reader_.notes()) {
                streams_.err << "catchrule: note: " << clean(note) << '\n';
            }
        }
        if (const auto& error = reader_.error()) {
            streams_.err << command_.file << ':' << error->line << ':' << error->column
                         << ": error: " << clean(error->message) << '\n';
            return unusable;
        }
        if (reader_.truncated()) {
            streams_.err << "catchrule: " << command_.file
                         << " breaks off; what is shown ends with "
                         << "its last whole message\n";
        }
        if (command_.message && shown == 0) {
            streams_.err << "catchrule: there is no message " << *command_.message << " in "
                         << command_.file << ", which has " << number << '\n';
            return unusable;
        }
        if (number == 0) streams_.err << "catchrule: no message was recorded\n";
        return answered;
    }

    const TraceDumpCommand& command_;
    Streams& streams_;
    trace::Reader reader_;
};

}  // namespace

int run(const TraceDumpCommand& command, Streams& streams) {
    if (command.file == "-") return Dump(command, streams, std::cin).run();
    std::error_code ignored;
    std::ifstream file;
    if (!std::filesystem::is_directory(command.file, ignored)) {
        file.open(command.file, std::ios::binary);
    }
    if (!file.is_open()) {
        streams.err << "catchrule: cannot read " << command.file << '\n';
        return unusable;
    }
    return Dump(command, streams, file).run();
}

}  // namespace catchrule::tools
