// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "tools/command.hpp"

#ifdef CATCHRULE_WITH_PROXY

#include <csignal>
#include <filesystem>
#include <string>
#include <utility>

#include "engine/analysis/simulate.hpp"
#include "engine/environment/load_environment.hpp"
#include "proxy/gateway/gateway.hpp"
#include "tools/explain_text.hpp"
#include "tools/files.hpp"
#include "tools/output_queue.hpp"

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
        bool good = true;
        for (const std::string& path : command_.paths) {
            auto bundle = load_or_complain(path, command_.load, streams_.err);
            good = good && bundle != nullptr;
            bundles_.push_back(std::move(bundle));
        }
        return good;
    }

    bool load_environment_data() {
        environment_.name = command_.environment_name;
        if (command_.environment.empty()) return true;
        std::error_code ignored;
        if (!std::filesystem::is_directory(command_.environment, ignored)) {
            return fail("--environment: " + command_.environment + " is not a directory");
        }
        LoadedEnvironment loaded =
            load_environment(command_.environment, command_.environment_name);
        for (const std::string& error : loaded.errors) fail(error);
        environment_ = std::move(loaded.environment);
        return loaded.errors.empty();
    }

    bool read_options() {
        const auto semantics = read_switches(command_.switches, streams_.err);
        if (!semantics) return false;
        options_.semantics = *semantics;
        options_.environment_name = command_.environment_name;
        options_.workers = command_.workers;
        options_.target_ca = command_.target_ca;
        copy_limits();
        set_outputs();
        return read_addresses();
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

    const ServeCommand& command_;
    Streams& streams_;
    std::vector<std::shared_ptr<const Bundle>> bundles_;
    Environment environment_;
    proxy::GatewayOptions options_;
    OutputQueue output_;
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
