// SPDX-License-Identifier: Apache-2.0
// Rule sets: load, and one decision (rule, its steps, the steps of the default rule).
#include <benchmark/benchmark.h>
#include <malloc.h>
#include <pugixml.hpp>

#include "tests/bench/rules_engine.hpp"

namespace catchrule::bench {
namespace {

void decide(benchmark::State& state, const char* set) {
    const RulesEngine engine(rule_set(set));
    std::size_t input = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(engine.decide(input));
        input = (input + 1) % engine.inputs();
    }
}

void load(benchmark::State& state, const char* set) {
    const std::string text = to_xml(rule_set(set));
    for (auto _ : state) {
        benchmark::DoNotOptimize(load_text("rules.xml", text));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

// What reading the same text as XML takes at least.
void parse_xml(benchmark::State& state, const char* set) {
    const std::string text = to_xml(rule_set(set));
    for (auto _ : state) {
        pugi::xml_document document;
        benchmark::DoNotOptimize(document.load_buffer(text.data(), text.size()));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

// Memory of a loaded bundle, its source text included.
void memory(benchmark::State& state, const char* set) {
    const RuleSet rules = rule_set(set);
    const std::string text = to_xml(rules);
    double bytes = 0;
    for (auto _ : state) {
        const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
        const Loaded loaded = load_text("rules.xml", text);
        bytes = static_cast<double>(mallinfo2().uordblks + mallinfo2().hblkhd - before);
    }
    state.counters["bytes_a_rule"] = bytes / static_cast<double>(rules.rules.size());
    state.counters["of_text"] =
        static_cast<double>(text.size()) / static_cast<double>(rules.rules.size());
}

BENCHMARK_CAPTURE(decide, seed, "seed");
BENCHMARK_CAPTURE(decide, mixed_10, "10");
BENCHMARK_CAPTURE(decide, mixed_1000, "1000");
BENCHMARK_CAPTURE(decide, mixed_10000, "10000");
BENCHMARK_CAPTURE(decide, ungated_10000, "10000u");
BENCHMARK_CAPTURE(load, mixed_1000, "1000")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load, mixed_10000, "10000")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(parse_xml, mixed_10000, "10000")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(memory, mixed_10000, "10000")->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace catchrule::bench
