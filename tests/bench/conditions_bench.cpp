// SPDX-License-Identifier: Apache-2.0
// Conditions: parse, compile, and evaluate by operator.
#include <benchmark/benchmark.h>

#include "engine/evaluate.hpp"
#include "grammar/compile.hpp"

namespace catchrule::bench {
namespace {

struct Case {
    const char* name;
    const char* condition;
};

constexpr Case texts[] = {
    {"one", "fault.name = \"InvalidApiKey\""},
    {"three",
     "(request.verb = \"GET\") and (proxy.pathsuffix MatchesPath \"/v1/*/items/**\") and "
     "(request.header.origin != null)"},
    {"regex", "request.header.content-type JavaRegex \"(?i)application/([a-z.]+\\+)?json(;.*)?\""},
    {"ten",
     "a = \"1\" or b = \"2\" or c = \"3\" or d = \"4\" or e = \"5\" or f = \"6\" or "
     "g = \"7\" or h = \"8\" or i = \"9\" or j = \"10\""},
};

constexpr Case operators[] = {
    {"Equals", "t = \"InvalidApiKey\""},
    {"NotEquals", "t != \"InvalidApiKey\""},
    {"EqualsCaseInsensitive", "t := \"INVALIDAPIKEY\""},
    {"StartsWith", "t =| \"Invalid\""},
    {"Equals_number", "n = 404"},
    {"GreaterThan", "n > 400"},
    {"GreaterThan_text", "n > \"400\""},
    {"IsNull", "unset is null"},
    {"Matches_literal", "t ~ \"InvalidApiKey\""},
    {"Matches_contains", "t ~ \"*Api*\""},
    {"MatchesPath_one", "p ~/ \"/v1/*/items/7\""},
    {"MatchesPath_many", "p ~/ \"/v1/**\""},
    {"JavaRegex_literal", "t ~~ \"InvalidApiKey\""},
    {"JavaRegex_classes", "p ~~ \"/v[0-9]+/[a-z]+/items/\\d+\""},
    {"Bare", "b"},
    {"And_second_decides", "t = \"InvalidApiKey\" and n = 405"},
    {"Or_third_decides", "t = \"A\" or t = \"B\" or t = \"InvalidApiKey\""},
};

void parse(benchmark::State& state, const char* condition) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(grammar::parse(condition));
    }
}

void compile(benchmark::State& state, const char* condition) {
    for (auto _ : state) {
        grammar::Symbols symbols;
        benchmark::DoNotOptimize(grammar::compile_condition(condition, symbols));
    }
}

void evaluate_one(benchmark::State& state, const char* condition) {
    Symbols symbols;
    const auto compiled = grammar::compile_condition(condition, symbols);
    if (!compiled) return state.SkipWithError("does not compile");
    const VariableLayout layout(symbols);
    Variables variables(layout);
    variables.define("t", Value::text("InvalidApiKey"));
    variables.define("p", Value::text("/v1/shop/items/7"));
    variables.define("n", Value::integer(404));
    variables.define("b", Value::boolean(true));
    const grammar::ComparisonRules rules;
    for (auto _ : state) {
        benchmark::DoNotOptimize(evaluate(compiled->program, variables, rules));
    }
}

const bool registered = [] {
    const auto add = [](const std::string& group, const Case& one, auto* function) {
        benchmark::RegisterBenchmark((group + '/' + one.name).c_str(), function, one.condition);
    };
    for (const Case& one : texts) add("parse", one, parse);
    for (const Case& one : texts) add("compile", one, compile);
    for (const Case& one : operators) add("evaluate", one, evaluate_one);
    return true;
}();

}  // namespace
}  // namespace catchrule::bench
