// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/xml/load_bundle.hpp"

namespace catchrule::tools {

// Every subcommand as plain data, so that nothing but command_line.cpp knows CLI11.

/// Exit status (CONTRACTS, "Exit codes").
enum Exit : int { answered = 0, findings = 1, unusable = 2 };

enum class Format { text, json };

/// Where a command prints. Data goes to `out`, messages to `err`.
struct Streams {
    std::ostream& out;
    std::ostream& err;
    int descriptor = 1;     ///< what `out` writes to
    bool terminal = false;  ///< `out` is a terminal: cells are cut to the screen
    bool colour = false;    ///< a terminal, and NO_COLOR is not set
};

/// Ledger switches as given, in order: {"null-greater-than", "documented"}.
using Switches = std::vector<std::pair<std::string, std::string>>;

/// `--var`, `--var-json`, `--vars`.
struct VariableFlags {
    std::vector<std::string> texts;  ///< NAME=TEXT
    std::vector<std::string> jsons;  ///< NAME=JSON
    std::string file;                ///< of a flat JSON object; empty = none
};

struct CheckCommand {
    std::vector<std::string> paths;
    Format format = Format::text;
    LoadOptions load;
    std::optional<std::size_t> max_warnings;  ///< more of them are findings
    Switches switches;
};

struct EvalCommand {
    std::string condition;
    VariableFlags variables;
    Switches switches;
    Format format = Format::text;
    bool explain = false;
    bool exit_status = false;
};

struct RenderCommand {
    std::string condition;
};

/// `--endpoint proxy|target|fault[:NAME]`; `fault` = where the fault occurs.
struct EndpointFlag {
    std::optional<EndpointKind> kind;
    std::string name;
    bool given = false;
};

enum class ExplainFormat { text, json, xml };

struct ExplainCommand {
    std::string path;
    std::string fault;
    std::string policy;
    EndpointFlag endpoint;
    VariableFlags variables;
    Switches switches;
    LoadOptions load;
    ExplainFormat format = ExplainFormat::text;
    bool wide = false;
};

struct TraceDumpCommand {
    std::string file;                    ///< `-` = standard input
    std::optional<std::size_t> message;  ///< only this one, from 1
    Format format = Format::text;
    bool wide = false;
};

struct ServeCommand {
    std::vector<std::string> paths;
    std::vector<std::string> listen;
    std::string admin = "127.0.0.1:9090";
    std::string environment;  ///< directory; empty = nothing is known
    std::string environment_name = "local";
    std::string organization = "local";
    std::string log_folder = "catchrule-logs";
    std::vector<std::string> overrides;
    std::string target_ca;
    std::string trace_file;  ///< gets a line for each call; empty = none
    int workers = 0;
    Switches switches;
    LoadOptions load;
    bool explain = false;
    bool wide = false;
    bool narrow = false;

    struct Limits {
        std::size_t request_line = 8 * 1024;
        std::size_t header_bytes = 32 * 1024;
        std::size_t headers = 100;
        std::size_t body = 10 * 1024 * 1024;
        std::chrono::milliseconds header_timeout{10'000};
        std::chrono::milliseconds idle_timeout{60'000};
        std::chrono::milliseconds connect_timeout{3'000};
        std::chrono::milliseconds io_timeout{55'000};
        std::chrono::milliseconds drain_timeout{30'000};
    } limits;
};

enum class TableFormat { text, json, markdown };

struct SemanticsCommand {
    TableFormat format = TableFormat::text;
};

struct FaultsCommand {
    std::string name;  ///< empty = all
    TableFormat format = TableFormat::text;
};

using Command = std::variant<CheckCommand, EvalCommand, RenderCommand, ExplainCommand,
                             TraceDumpCommand, ServeCommand, SemanticsCommand, FaultsCommand>;

/// A command, or (for --help, --version and bad usage) what to print instead and the exit status.
struct CommandLine {
    std::optional<Command> command;
    int exit = answered;
    std::string out;
    std::string err;
};

CommandLine parse_command_line(int argc, const char* const* argv);

/// Each runs to its end and returns the exit status.
int run(const CheckCommand& command, Streams& streams);
int run(const EvalCommand& command, Streams& streams);
int run(const RenderCommand& command, Streams& streams);
int run(const ExplainCommand& command, Streams& streams);
int run(const TraceDumpCommand& command, Streams& streams);
int run(const ServeCommand& command, Streams& streams);
int run(const SemanticsCommand& command, Streams& streams);
int run(const FaultsCommand& command, Streams& streams);

}  // namespace catchrule::tools
