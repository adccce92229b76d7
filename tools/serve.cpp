// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "tools/command.hpp"

#ifdef CATCHRULE_WITH_PROXY

#include <csignal>
#include <filesystem>
#include <set>
#include <string>
#include <utility>

#include "engine/analysis/simulate.hpp"
#include "engine/environment/load_environment.hpp"
#include "engine/xml/workspace.hpp"
#include "proxy/gateway/gateway.hpp"
#include "tools/explain_text.hpp"
#include "tools/files.hpp"
#include "tools/output_queue.hpp"
#include "tools/parallel.hpp"
#include "tools/trace_file.hpp"

namespace catchrule::tools {

namespace {

// What the gateway is made of; every part complains on `err` and says false when it cannot be had.
class Server {
public:
    Server(const ServeCommand& command, Streams& streams)
        : command_(command), streams_(streams), output_(streams.descriptor) {}

    int run() {
        // Whoever reads the screens may leave; the calls go on.
        std::signal(SIGPIPE, SIG_IGN);
        if (!load_bundles() || !load_environment_data() || !read_options()) return unusable;
        const int status = serve();
        // The end has begun: another signal must not turn the exit status into that of a killed
        // process.
        std::signal(SIGTERM, SIG_IGN);
        std::signal(SIGINT, SIG_IGN);
        if (const std::size_t lost = output_.dropped(); lost != 0) {
            streams_.err << "catchrule: nobody read " << lost << " screens\n";
        }
        if (const std::size_t lost = traces_.close(); lost != 0) {
            streams_.err << "catchrule: " << lost << " traces are not in " << command_.trace_file
                         << '\n';
        }
        return status;
    }

private:
    int serve() {
        proxy::Gateway gateway(bundles_, std::make_shared<MemoryStores>(std::move(environment_)),
                               options_);
        if (const std::string error = gateway.start(); !error.empty()) {
            fail(error);
            return unusable;
        }
        gateway.run();
        return answered;
    }

    bool fail(const std::string& text) {
        streams_.err << "catchrule: " << text << '\n';
        return false;
    }

    bool refuse(const char* option, const std::string& value, const std::string& why) {
        streams_.err << "catchrule: " << option << ' ' << value << ": " << why << '\n';
        return false;
    }

    // All of them, so that every problem is told at once.
    bool load_bundles() {
        LoadedAll all = load_all(command_.paths, command_.load, in_parallel);
        bool good = all.problems.empty();
        for (std::size_t i = 0; i < all.loaded.size(); ++i) {
            const FoundBundle& found = all.workspace.bundles[i];
            for (const Problem& problem : all.loaded[i].problems) tell(problem);
            if (all.loaded[i].bundle == nullptr) good = fail(found.path + " does not load");
            if (!found.shared_flow) bundles_.push_back(std::move(all.loaded[i].bundle));
        }
        for (const Problem& problem : all.problems) tell(problem);
        if (good) tell_unsupported();
        if (good && bundles_.empty()) good = fail("expected a proxy bundle among the PATHs");
        environments_ = std::move(all.workspace.environments);
        return good;
    }

    // A shared flow is read for each bundle that calls it; its problems are told once.
    void tell(const Problem& problem) {
        const std::string text = problem.render();
        if (told_.insert(text).second) streams_.err << text;
    }

    // One line, so that nobody has to find out by calls that go wrong.
    void tell_unsupported() {
        std::set<std::string> policies;
        for (const auto& bundle : bundles_) {
            for (const Policy& policy : bundle->policies) {
                if (!std::holds_alternative<UnsupportedPolicy>(policy.config)) continue;
                policies.insert(std::string(policy.element()) + " \"" + policy.name + '"');
            }
        }
        if (policies.empty()) return;
        std::string list;
        for (const std::string& policy : policies) list += (list.empty() ? "" : ", ") + policy;
        streams_.err << "catchrule: policies that cannot run here: " << list << '\n';
    }

    // Of --environment, else of a workspace among the PATHs.
    std::string environment_folder() const {
        if (!command_.environment.empty()) return command_.environment;
        for (const std::string& folder : environments_) {
            if (std::filesystem::path(folder).filename() == command_.environment_name)
                return folder;
        }
        return {};
    }

    bool load_environment_data() {
        environment_.name = command_.environment_name;
        const std::string folder = environment_folder();
        if (folder.empty()) return true;
        std::error_code ignored;
        if (!std::filesystem::is_directory(folder, ignored)) {
            return fail("--environment: " + folder + " is not a directory");
        }
        LoadedEnvironment loaded = load_environment(folder, command_.environment_name);
        for (const std::string& error : loaded.errors) fail(error);
        environment_ = std::move(loaded.environment);
        options_.target_servers = environment_.target_servers;
        return loaded.errors.empty();
    }

    bool read_options() {
        const auto semantics = read_switches(command_.switches, streams_.err);
        if (!semantics) return false;
        options_.semantics = *semantics;
        options_.environment_name = command_.environment_name;
        options_.organization = command_.organization;
        options_.log_folder = command_.log_folder;
        options_.workers = command_.workers;
        options_.target_ca = command_.target_ca;
        copy_limits();
        set_outputs();
        return read_addresses() && open_trace_file();
    }

    void copy_limits() {
        const ServeCommand::Limits& from = command_.limits;
        options_.limits = {.request_line = from.request_line,
                           .header_bytes = from.header_bytes,
                           .headers = from.headers,
                           .body = from.body,
                           .header_timeout = from.header_timeout,
                           .idle_timeout = from.idle_timeout,
                           .connect_timeout = from.connect_timeout,
                           .io_timeout = from.io_timeout,
                           .drain_timeout = from.drain_timeout};
    }

    bool read_addresses() {
        std::string error;
        for (const std::string& text : command_.listen) {
            const auto address = proxy::parse_listen_address(text, error);
            if (!address) return refuse("--listen", text, error);
            options_.listen.push_back(*address);
        }
        if (command_.admin != "off") {
            options_.admin = proxy::parse_listen_address(command_.admin, error);
            if (!options_.admin) return refuse("--admin", command_.admin, error);
        }
        for (const std::string& text : command_.overrides) {
            const auto target = proxy::parse_target_override(text, error);
            if (!target) return refuse("--target-override", text, error);
            options_.overrides.push_back(*target);
        }
        return true;
    }

    void set_outputs() {
        options_.announce = [this](std::string_view text) {
            output_.push(std::string(text) + '\n');
        };
        if (!command_.explain) return;
        options_.record_decisions = true;
        options_.on_decision = [this](const Bundle& bundle, const Decision& decision,
                                      const Message& request) {
            const auto hints = analysis::hints_for(bundle, decision, options_.semantics);
            const bool cut = command_.narrow || (streams_.terminal && !command_.wide);
            const ScreenStyle style{.cut = cut, .colour = streams_.colour};
            // The query is left out: keys travel there.
            output_.push("== " + clean(request.verb + ' ' + request.path) + "  " +
                         clean(decision.fault.name) + '\n' +
                         explain_text(bundle, decision, hints, style) + '\n');
        };
    }

    bool open_trace_file() {
        if (command_.trace_file.empty()) return true;
        if (const std::string error = traces_.open(command_.trace_file); !error.empty()) {
            return refuse("--trace-file", command_.trace_file, error);
        }
        options_.on_trace = [this](const trace::Session& session, const trace::Call& call) {
            traces_.push(session, call);
        };
        return true;
    }

    const ServeCommand& command_;
    Streams& streams_;
    std::vector<std::shared_ptr<const Bundle>> bundles_;
    std::vector<std::string> environments_;
    std::set<std::string> told_;
    Environment environment_;
    proxy::GatewayOptions options_;
    OutputQueue output_;
    TraceFile traces_;
};

}  // namespace

int run(const ServeCommand& command, Streams& streams) { return Server(command, streams).run(); }

}  // namespace catchrule::tools

#else

namespace catchrule::tools {

int run(const ServeCommand&, Streams& streams) {
    streams.err << "catchrule: built without the gateway\n";
    return unusable;
}

}  // namespace catchrule::tools

#endif
