// SPDX-License-Identifier: Apache-2.0
// The only file that knows CLI11: it turns arguments into the structs of command.hpp.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "engine/semantics.hpp"
#include "tools/command.hpp"
#include "tools/examples.hpp"
#include "tools/units.hpp"

namespace catchrule::tools {

namespace {

template <class T>
using Choices = std::vector<std::pair<std::string, T>>;

const Choices<Format> formats{{"text", Format::text}, {"json", Format::json}};
const Choices<ExplainFormat> explain_formats{
    {"text", ExplainFormat::text}, {"json", ExplainFormat::json}, {"xml", ExplainFormat::xml}};
const Choices<TableFormat> table_formats{
    {"text", TableFormat::text}, {"json", TableFormat::json}, {"markdown", TableFormat::markdown}};
const Choices<Unsupported> unsupported_values{
    {"error", Unsupported::error}, {"skip", Unsupported::skip}, {"fault", Unsupported::fault}};

template <class T>
std::string listed(const Choices<T>& choices) {
    std::string names;
    for (const auto& choice : choices) names += (names.empty() ? "" : "|") + choice.first;
    return names;
}

template <class T>
std::optional<T> find(const Choices<T>& choices, const std::string& word) {
    for (const auto& choice : choices) {
        if (choice.first == word) return choice.second;
    }
    return std::nullopt;
}

std::string refusal(const std::string& text, const std::string& expected) {
    return "cannot be \"" + text + "\", expected " + expected;
}

template <class T>
void add_choice(CLI::App& app, const std::string& name, T& value, const Choices<T>& choices,
                const std::string& help) {
    const auto take = [&value, &choices](const std::string& text) { value = *find(choices, text); };
    const auto check = [&choices](const std::string& text) {
        return find(choices, text) ? std::string() : refusal(text, listed(choices));
    };
    app.add_option_function<std::string>(name, take, help)
        ->check(CLI::Validator(check, ""))
        ->type_name(listed(choices));
}

void add_format(CLI::App& app, Format& format) {
    add_choice(app, "--format", format, formats, "how to print");
}

// Each use takes one value; without this a list would swallow what follows it.
void add_list(CLI::App& app, const std::string& name, std::vector<std::string>& list,
              const std::string& value, const std::string& help) {
    app.add_option(name, list, help)->type_name(value)->allow_extra_args(false);
}

std::string take_switch(Switches& switches, const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) return "expected KEY=VALUE, not " + text;
    switches.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    return {};
}

void add_switches(CLI::App& app, Switches& switches) {
    for (const SwitchRow& row : switch_table()) {
        const auto take = [&switches, &row](const std::string& value) {
            switches.emplace_back(row.key, value);
        };
        app.add_option_function<std::string>("--" + std::string(row.key), take,
                                             std::string(row.help))
            ->type_name(std::string(row.values))
            ->group("Semantics (catchrule semantics explains them)");
    }
    app.add_option_function<std::vector<std::string>>(
           "--switch",
           [&switches](const std::vector<std::string>& texts) {
               for (const std::string& text : texts) {
                   const std::string error = take_switch(switches, text);
                   if (!error.empty()) throw CLI::ValidationError("--switch", error);
               }
           },
           "the same by its ledger name; may be repeated")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false)
        ->group("Semantics (catchrule semantics explains them)");
}

void add_variables(CLI::App& app, VariableFlags& flags) {
    add_list(app, "--var", flags.texts, "NAME=TEXT",
             "sets a variable; documented ones take their type; may be repeated");
    add_list(app, "--var-json", flags.jsons, "NAME=JSON",
             "the same as JSON text, number, boolean or null (unset)");
    app.add_option("--vars", flags.file, "JSON file with one flat object, name -> value")
        ->type_name("FILE");
}

void add_unsupported(CLI::App& app, LoadOptions& load) {
    add_choice(app, "--unsupported", load.unsupported, unsupported_values,
               "attached policies we cannot run: refuse, ignore or fault");
}

void add_shared_flows(CLI::App& app, LoadOptions& load) {
    add_list(app, "--shared-flows", load.shared_flows, "DIR",
             "shared flow, or folder of them, for FlowCallouts; may be repeated");
}

// A number with a unit, and how to read it.
template <class T>
struct Quantity {
    std::optional<T> (*parse)(std::string_view);
    const char* unit;
    const char* expected;
};

const Quantity<std::size_t> sizes{parse_size, "SIZE", "a size like 4096, 8KiB or 10MiB"};
const Quantity<std::chrono::milliseconds> durations{parse_duration, "TIME",
                                                    "a time like 500ms, 10s or 1m"};

template <class T>
void add_limit(CLI::App& app, const Quantity<T>& quantity, const std::string& name, T& value,
               const std::string& help) {
    const auto take = [&value, &quantity](const std::string& text) {
        value = *quantity.parse(text);
    };
    const auto check = [&quantity](const std::string& text) {
        return quantity.parse(text) ? std::string() : refusal(text, quantity.expected);
    };
    app.add_option_function<std::string>(name, take, help)
        ->check(CLI::Validator(check, ""))
        ->type_name(quantity.unit)
        ->group("Limits");
}

void add_limits(CLI::App& app, ServeCommand::Limits& limits) {
    const auto size = [&](const char* name, std::size_t& value, const char* help) {
        add_limit(app, sizes, name, value, help);
    };
    const auto duration = [&](const char* name, std::chrono::milliseconds& value,
                              const char* help) { add_limit(app, durations, name, value, help); };
    size("--max-request-line", limits.request_line, "else 414 (8KiB)");
    size("--max-header-bytes", limits.header_bytes, "else 431 (32KiB)");
    size("--max-headers", limits.headers, "number of fields, else 431 (100)");
    size("--max-body", limits.body, "buffered body, else 413 (10MiB)");
    duration("--header-timeout", limits.header_timeout, "for the request's header, else 408 (10s)");
    duration("--idle-timeout", limits.idle_timeout, "between two requests (60s)");
    duration("--connect-timeout", limits.connect_timeout, "to a target (3s)");
    duration("--io-timeout", limits.io_timeout, "without progress (55s)");
    duration("--drain-timeout", limits.drain_timeout, "for calls in flight after SIGTERM (30s)");
}

EndpointFlag read_endpoint(const std::string& text) {
    EndpointFlag out;
    out.given = true;
    const auto colon = text.find(':');
    const std::string kind = text.substr(0, colon);
    if (colon != std::string::npos) out.name = text.substr(colon + 1);
    if (kind == "proxy") out.kind = EndpointKind::proxy;
    if (kind == "target") out.kind = EndpointKind::target;
    const bool known = out.kind || kind == "fault";
    if (!known || (colon != std::string::npos && out.name.empty())) {
        throw CLI::ValidationError("--endpoint",
                                   "expected proxy, target or fault, then :NAME if need be");
    }
    return out;
}

// All structs that options write to, and what was chosen.
struct Commands {
    CheckCommand check;
    EvalCommand eval;
    RenderCommand render;
    ExplainCommand explain;
    TraceDumpCommand trace_dump;
    ServeCommand serve;
    SemanticsCommand semantics;
    FaultsCommand faults;
    std::optional<Command> chosen;
};

template <class T>
CLI::App& add_command(CLI::App& app, Commands& commands, const char* name, const char* help,
                      T& into) {
    CLI::App* sub = app.add_subcommand(name, help);
    sub->footer(std::string(examples_of(name)));
    sub->final_callback([&commands, &into] { commands.chosen = std::move(into); });
    return *sub;
}

void add_check(CLI::App& app, Commands& commands) {
    auto& command = commands.check;
    auto& sub =
        add_command(app, commands, "check", "Load bundles and report every problem", command);
    sub.add_option("PATH", command.paths,
                   "bundle or zip, folder of bundles, endpoint file, fragment, or -")
        ->required()
        ->type_name("");
    add_format(sub, command.format);
    sub.add_flag("--strict", command.load.strict,
                 "a warning fails too; tolerated oddities are errors");
    sub.add_option("--max-warnings", command.max_warnings, "more warnings than that fail too")
        ->check(CLI::Range(0, 1'000'000'000).description(""))
        ->type_name("N");
    add_unsupported(sub, command.load);
    add_shared_flows(sub, command.load);
    add_switches(sub, command.switches);
}

void add_eval(CLI::App& app, Commands& commands) {
    auto& command = commands.eval;
    auto& sub = add_command(app, commands, "eval", "Evaluate a condition: true or false", command);
    sub.add_option("CONDITION", command.condition, "as it stands in a bundle, without XML escapes")
        ->required()
        ->type_name("");
    add_variables(sub, command.variables);
    sub.add_flag("--explain", command.explain, "also print what each comparison met");
    add_format(sub, command.format);
    sub.add_flag("--exit-status", command.exit_status, "exit 1 when it is false");
    add_switches(sub, command.switches);
}

void add_render(CLI::App& app, Commands& commands) {
    auto& command = commands.render;
    auto& sub =
        add_command(app, commands, "render", "Print the canonical form of a condition", command);
    sub.add_option("CONDITION", command.condition, "as it stands in a bundle")
        ->required()
        ->type_name("");
}

void add_explain(CLI::App& app, Commands& commands) {
    auto& command = commands.explain;
    auto& sub = add_command(app, commands, "explain",
                            "Simulate a fault: which rule fires, what runs, and why", command);
    sub.add_option("PATH", command.path,
                   "bundle (directory or zip), endpoint file, bare fragment, or -")
        ->required()
        ->type_name("");
    sub.add_option("--fault", command.fault, "fault.name or full error code")
        ->required()
        ->type_name("NAME");
    sub.add_option("--policy", command.policy, "who raised it; default: the only one that can")
        ->type_name("NAME");
    sub.add_option_function<std::string>(
           "--endpoint",
           [&command](const std::string& text) { command.endpoint = read_endpoint(text); },
           "where it happened; fault = where that fault occurs (default)")
        ->type_name("proxy|target|fault[:NAME]");
    add_variables(sub, command.variables);
    add_choice(sub, "--format", command.format, explain_formats,
               "how to print; xml = a debug session as Apigee Edge records it");
    sub.add_flag("--wide", command.wide, "do not cut long cells on a terminal");
    add_unsupported(sub, command.load);
    add_shared_flows(sub, command.load);
    add_switches(sub, command.switches);
}

void add_trace_dump(CLI::App& app, Commands& commands) {
    auto& command = commands.trace_dump;
    auto& sub = add_command(app, commands, "trace-dump",
                            "Print a recorded session: which rule fired in each message", command);
    sub.add_option("FILE", command.file, "Edge XML, X JSON, catchrule.trace/1, or -")
        ->required()
        ->type_name("");
    sub.add_option("--message", command.message, "only this one, counted from 1")
        ->check(CLI::Range(1, 1'000'000'000).description(""))
        ->type_name("N");
    add_format(sub, command.format);
    sub.add_flag("--wide", command.wide, "do not cut long cells on a terminal");
}

void add_serve(CLI::App& app, Commands& commands) {
    auto& command = commands.serve;
    auto& sub = add_command(app, commands, "serve", "Serve bundles as an HTTP gateway", command);
    sub.add_option("PATH", command.paths, "bundles (directories or zips) or folders of them")
        ->required()
        ->type_name("");
    add_list(sub, "--listen", command.listen, "ADDR:PORT",
             "may be repeated; port 0 picks a free one (127.0.0.1:8080)");
    sub.add_option("--admin", command.admin, "health and version, or off (127.0.0.1:9090)")
        ->type_name("ADDR:PORT");
    sub.add_option("--environment", command.environment,
                   "directory of products.json, developers.json and so on")
        ->type_name("DIR");
    sub.add_option("--environment-name", command.environment_name, "environment.name (local)")
        ->type_name("NAME");
    sub.add_option("--organization", command.organization, "organization.name (local)")
        ->type_name("NAME");
    sub.add_option("--log-folder", command.log_folder,
                   "where MessageLogging writes its files (catchrule-logs)")
        ->check(CLI::Validator(
            [](const std::string& text) { return text.empty() ? refusal(text, "a folder") : ""; },
            ""))
        ->type_name("DIR");
    add_list(sub, "--target-override", command.overrides, "HOST[:PORT]=ADDR:PORT[,tls=off]",
             "sends a target host somewhere else; may be repeated");
    sub.add_option("--target-ca", command.target_ca, "PEM file of one more trust anchor")
        ->type_name("FILE");
    sub.add_option("--workers", command.workers, "threads (number of cores)")
        ->check(CLI::Range(1, 1024).description(""))
        ->type_name("N");
    sub.add_flag("--explain", command.explain, "print the explain screen of every faulted call");
    sub.add_option("--trace-file", command.trace_file,
                   "append a line of catchrule.trace/1 for each call; secrets are masked")
        ->type_name("FILE");
    auto* wide = sub.add_flag("--wide", command.wide, "do not cut long cells on a terminal");
    sub.add_flag("--narrow", command.narrow, "cut them at 100 columns elsewhere too")
        ->excludes(wide);
    sub.add_flag("!--no-index", command.load.rule_index,
                 "try fault rules in turn, do not look them up by fault.name");
    add_unsupported(sub, command.load);
    add_shared_flows(sub, command.load);
    add_limits(sub, command.limits);
    add_switches(sub, command.switches);
}

void add_tables(CLI::App& app, Commands& commands) {
    auto& semantics =
        add_command(app, commands, "semantics", "Print every decision where the sources disagree",
                    commands.semantics);
    add_choice(semantics, "--format", commands.semantics.format, table_formats,
               "how to print; docs/semantics.md is the markdown");
    auto& faults =
        add_command(app, commands, "faults", "Print the faults that are known", commands.faults);
    faults.add_option("NAME", commands.faults.name, "only this fault.name or error code")
        ->type_name("");
    add_choice(faults, "--format", commands.faults.format, table_formats,
               "how to print; docs/faults.md is the markdown");
}

bool is_command(const CLI::App& app, std::string_view word) {
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (sub->get_name() == word) return true;
    }
    return false;
}

// CLI11 only says that a subcommand is required.
std::string first_word_problem(const CLI::App& app, int argc, const char* const* argv) {
    if (argc < 2) return "expected a command";
    const std::string_view word = argv[1];
    if (!word.starts_with('-')) {
        return is_command(app, word) ? "" : "there is no command \"" + std::string(word) + '"';
    }
    const bool known = word == "-h" || word == "--help" || word == "--version";
    return known ? "" : "expected a command before " + std::string(word);
}

CommandLine refused(const CLI::App& app, const CLI::Error& error) {
    CommandLine out;
    out.exit = unusable;
    std::string command = "catchrule";
    for (const CLI::App* sub : app.get_subcommands()) command += ' ' + sub->get_name();
    out.err = command + ": " + error.what() + "\nTry: " + command + " --help\n";
    return out;
}

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
    Commands commands;
    CLI::App app("Fault rules as Apigee runs them, and tools that say why a rule fired.",
                 "catchrule");
    app.set_version_flag("--version", "catchrule " CATCHRULE_VERSION);
    app.require_subcommand(1);
    app.footer(std::string(examples_of("")));
    add_check(app, commands);
    add_eval(app, commands);
    add_render(app, commands);
    add_explain(app, commands);
    add_trace_dump(app, commands);
    add_serve(app, commands);
    add_tables(app, commands);

    CommandLine out;
    if (const std::string wrong = first_word_problem(app, argc, argv); !wrong.empty()) {
        out.exit = unusable;
        out.err = "catchrule: " + wrong + "\nTry: catchrule --help\n";
        return out;
    }
    try {
        app.parse(argc, argv);
        auto* serve = std::get_if<ServeCommand>(&*commands.chosen);
        if (serve != nullptr && serve->listen.empty()) serve->listen.emplace_back("127.0.0.1:8080");
        out.command = std::move(commands.chosen);
    } catch (const CLI::CallForHelp&) {
        const auto subs = app.get_subcommands();
        out.out = subs.empty() ? app.help() : subs.front()->help("catchrule");
        if (!out.out.ends_with('\n')) out.out += '\n';
    } catch (const CLI::CallForVersion& version) {
        out.out = std::string(version.what()) + '\n';
    } catch (const CLI::Error& error) {
        return refused(app, error);
    }
    return out;
}

}  // namespace catchrule::tools
