// SPDX-License-Identifier: Apache-2.0
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tools/command.hpp"

namespace catchrule::tools {
namespace {

CommandLine parse(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "catchrule");
    return parse_command_line(static_cast<int>(arguments.size()), arguments.data());
}

TEST(CommandLine, EvalTakesOneValuePerOption) {
    const CommandLine line = parse({"eval", "--var", "a=1", "--var", "b=[x,y]", "a = \"1\"",
                                    "--var-json", "c=[1,2]", "--profile", "edge", "--switch",
                                    "proxy-order=top-to-bottom", "--format", "json", "--explain"});
    ASSERT_TRUE(line.command) << line.err;
    const auto& eval = std::get<EvalCommand>(*line.command);
    EXPECT_EQ(eval.condition, "a = \"1\"");
    EXPECT_EQ(eval.variables.texts, (std::vector<std::string>{"a=1", "b=[x,y]"}));
    EXPECT_EQ(eval.variables.jsons, std::vector<std::string>{"c=[1,2]"});
    EXPECT_EQ(eval.format, Format::json);
    EXPECT_TRUE(eval.explain);
    const Switches switches{{"profile", "edge"}, {"proxy-order", "top-to-bottom"}};
    EXPECT_EQ(eval.switches, switches);
}

TEST(CommandLine, Endpoints) {
    struct Case {
        const char* text;
        std::optional<EndpointKind> kind;
        const char* name;
    };
    const std::vector<Case> cases{{"proxy", EndpointKind::proxy, ""},
                                  {"target", EndpointKind::target, ""},
                                  {"target:a:b", EndpointKind::target, "a:b"},
                                  {"fault", std::nullopt, ""},
                                  {"fault:x", std::nullopt, "x"}};
    for (const Case& c : cases) {
        const CommandLine line = parse({"explain", "p", "--fault", "F", "--endpoint", c.text});
        ASSERT_TRUE(line.command) << line.err;
        const auto& explain = std::get<ExplainCommand>(*line.command);
        EXPECT_TRUE(explain.endpoint.given);
        EXPECT_EQ(explain.endpoint.kind, c.kind) << c.text;
        EXPECT_EQ(explain.endpoint.name, c.name) << c.text;
    }
    EXPECT_EQ(parse({"explain", "p", "--fault", "F", "--endpoint", "client"}).exit, unusable);
}

TEST(CommandLine, Serve) {
    const CommandLine defaults = parse({"serve", "a", "b"});
    ASSERT_TRUE(defaults.command) << defaults.err;
    const auto& plain = std::get<ServeCommand>(*defaults.command);
    EXPECT_EQ(plain.paths, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(plain.listen, std::vector<std::string>{"127.0.0.1:8080"});
    EXPECT_EQ(plain.admin, "127.0.0.1:9090");
    EXPECT_EQ(plain.limits.body, 10U * 1024 * 1024);

    const CommandLine line =
        parse({"serve", "--listen", "127.0.0.1:1", "--listen", "127.0.0.1:2", "a", "--max-body",
               "1MiB", "--io-timeout", "250ms", "--workers", "3", "--target-override",
               "h=127.0.0.1:9,tls=off", "--unsupported", "skip", "--explain", "--no-index"});
    ASSERT_TRUE(line.command) << line.err;
    const auto& serve = std::get<ServeCommand>(*line.command);
    EXPECT_EQ(serve.listen, (std::vector<std::string>{"127.0.0.1:1", "127.0.0.1:2"}));
    EXPECT_EQ(serve.overrides, std::vector<std::string>{"h=127.0.0.1:9,tls=off"});
    EXPECT_EQ(serve.limits.body, 1024U * 1024);
    EXPECT_EQ(serve.limits.io_timeout.count(), 250);
    EXPECT_EQ(serve.workers, 3);
    EXPECT_EQ(serve.load.unsupported, Unsupported::skip);
    EXPECT_TRUE(serve.explain);
    EXPECT_TRUE(plain.load.rule_index);
    EXPECT_FALSE(serve.load.rule_index);
    EXPECT_EQ(plain.organization, "local");
    EXPECT_EQ(plain.log_folder, "catchrule-logs");

    const CommandLine named =
        parse({"serve", "a", "--log-folder", "logs", "--organization", "acme"});
    ASSERT_TRUE(named.command) << named.err;
    EXPECT_EQ(std::get<ServeCommand>(*named.command).log_folder, "logs");
    EXPECT_EQ(std::get<ServeCommand>(*named.command).organization, "acme");
}

TEST(CommandLine, HelpFitsTheScreen) {
    for (const char* command : {"check", "eval", "render", "explain", "serve", "semantics"}) {
        const CommandLine line = parse({command, "--help"});
        EXPECT_EQ(line.exit, answered);
        std::istringstream text(line.out);
        for (std::string each; std::getline(text, each);) {
            EXPECT_LE(each.size(), 100U) << command << ": " << each;
        }
    }
}

TEST(CommandLine, BadUsage) {
    const std::vector<std::vector<const char*>> lines{
        {},
        {"nonsense"},
        {"--nonsense"},
        {"eval"},
        {"eval", "a", "b"},
        {"eval", "a", "--var"},
        {"eval", "a", "--format", "xml"},
        {"check"},
        {"check", "a", "--fix"},
        {"check", "a", "--max-warnings", "-1"},
        {"check", "a", "--format", "sarif"},
        {"check", "a", "--unsupported", "perhaps"},
        {"explain", "a"},
        {"serve"},
        {"serve", "a", "--workers", "0"},
        {"serve", "a", "--log-folder", ""},
        {"serve", "a", "--max-body", "much"},
        {"serve", "a", "--idle-timeout", "-1s"},
    };
    for (const auto& arguments : lines) {
        const CommandLine line = parse(arguments);
        EXPECT_FALSE(line.command);
        EXPECT_EQ(line.exit, unusable);
        EXPECT_NE(line.err.find("Try: catchrule"), std::string::npos);
        EXPECT_TRUE(line.out.empty());
    }
}

}  // namespace
}  // namespace catchrule::tools
