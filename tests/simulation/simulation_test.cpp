// SPDX-License-Identifier: Apache-2.0
// Random bundles, random calls, and laws that hold for all of them. CATCHRULE_SIMULATION_RUNS says
// how many calls (5,000 unless set); CATCHRULE_SIMULATION_SEED=N repeats the one call that a
// failure names, with its bundle.
#include <cstdlib>
#include <ctime>
#include <iostream>

#include <gtest/gtest.h>

#include "engine/xml/load_bundle.hpp"
#include "tests/simulation/invariants.hpp"

namespace catchrule::testing {
namespace {

constexpr std::uint64_t quick_runs = 5'000;
constexpr std::uint64_t calls_of_a_bundle = 20;
constexpr std::uint64_t shards = 4;  // so that they run beside each other

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* const text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct LoadedBundle {
    explicit LoadedBundle(std::uint64_t seed) : plan(random_bundle(seed)) {
        for (const auto& [name, files] : plan.shared_flows) folder.add_shared_flow(name, files);
        LoadOptions options;
        options.shared_flows = {folder.shared_flows()};
        loaded = load_bundle(folder.add_proxy("sim", plan.files), options);
    }

    std::string problems() const {
        std::string out;
        for (const Problem& problem : loaded.problems) out += problem.render();
        return out;
    }

    RandomBundle plan;
    BundleFolder folder;
    Loaded loaded;
};

std::string text_of(const std::string& bundle, const BundleText& files) {
    std::string out;
    for (const auto& [path, text] : files) {
        out.append("== ").append(bundle).append("/").append(path).append("\n").append(text);
    }
    return out;
}

std::string all_text(const RandomBundle& bundle) {
    std::string out = text_of("sim", bundle.files);
    for (const auto& [name, files] : bundle.shared_flows) out += text_of(name, files);
    return out;
}

struct Totals {
    std::uint64_t calls = 0;
    std::uint64_t faults = 0;
    std::uint64_t rules = 0;
    std::clock_t spent = 0;  // of the processor, on unrecorded calls
};

// One call twice, recorded and not; its seed is its number.
void run_call(const LoadedBundle& bundle, std::uint64_t seed, Totals& totals) {
    const std::size_t most = bundle.plan.steps + 10;
    const std::clock_t started = std::clock();
    const CallResult unrecorded = random_call(*bundle.loaded.bundle, seed, false, most);
    totals.spent += std::clock() - started;
    const CallResult recorded = random_call(*bundle.loaded.bundle, seed, true, most);
    ++totals.calls;
    if (recorded.fault) ++totals.faults;
    if (recorded.decision && recorded.decision->fired) ++totals.rules;
    for (const auto& broken :
         {broken_laws(bundle.plan, recorded), differences(recorded, unrecorded)}) {
        for (const std::string& law : broken) ADD_FAILURE() << law;
    }
    if (!::testing::Test::HasFailure()) return;
    std::string steps;
    for (const std::string& step : recorded.steps) steps += " " + step;
    FAIL() << "CATCHRULE_SIMULATION_SEED=" << seed << " repeats it; steps:" << steps
           << "\nfault: " << (recorded.fault ? recorded.fault->name : "none") << "\n"
           << all_text(bundle.plan);
}

Totals run_calls(std::uint64_t first, std::uint64_t end) {
    Totals totals;
    std::unique_ptr<LoadedBundle> bundle;
    for (std::uint64_t seed = first; seed < end; ++seed) {
        if (bundle == nullptr || seed % calls_of_a_bundle == 0) {
            bundle = std::make_unique<LoadedBundle>(seed / calls_of_a_bundle);
            if (bundle->loaded.bundle == nullptr) {
                ADD_FAILURE() << "the bundle of seed " << seed << " does not load\n"
                              << bundle->problems();
                return totals;
            }
        }
        run_call(*bundle, seed, totals);
        if (::testing::Test::HasFailure()) break;
    }
    return totals;
}

class Simulation : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Simulation, no_call_breaks_a_law) {
    if (std::getenv("CATCHRULE_SIMULATION_SEED") != nullptr) {
        const std::uint64_t seed = number_from("CATCHRULE_SIMULATION_SEED", 0);
        run_calls(seed, seed + 1);
        return;
    }
    const std::uint64_t runs = number_from("CATCHRULE_SIMULATION_RUNS", quick_runs) / shards;
    const Totals totals = run_calls(GetParam() * runs, (GetParam() + 1) * runs);
    EXPECT_EQ(totals.calls, runs);
    // Otherwise the laws would hold because nothing happens.
    EXPECT_GT(totals.faults, runs / 3);
    EXPECT_GT(totals.rules, runs / 6);
    EXPECT_LT(totals.faults, runs - runs / 6);
    const double seconds = static_cast<double>(totals.spent) / CLOCKS_PER_SEC;
    std::cout << "count: simulation, " << totals.calls << " calls, " << totals.faults
              << " with a fault, " << totals.rules << " with a rule; "
              << static_cast<double>(totals.calls) / seconds
              << " calls a second of processor time\n";
}

INSTANTIATE_TEST_SUITE_P(shard, Simulation, ::testing::Range(std::uint64_t{0}, shards));

// A referee that never objects is none: each law is broken once.
TEST(SimulationReferee, notices) {
    const LoadedBundle bundle(1);
    ASSERT_TRUE(bundle.loaded.bundle) << bundle.problems();
    const auto sound = [&] { return random_call(*bundle.loaded.bundle, 23, true, 1000); };
    ASSERT_TRUE(broken_laws(bundle.plan, sound()).empty());
    const auto objects = [&](auto spoil) {
        CallResult result = sound();
        spoil(result);
        return !broken_laws(bundle.plan, result).empty();
    };
    EXPECT_TRUE(objects([](CallResult& r) { r.responds = 2; }));
    EXPECT_TRUE(objects([](CallResult& r) { r.finished = false; }));
    EXPECT_TRUE(objects([](CallResult& r) { r.target_calls = 2; }));
    EXPECT_TRUE(objects([](CallResult& r) { r.response.status = 7; }));
    EXPECT_TRUE(objects([](CallResult& r) { r.actions.assign(100'000, "ask store"); }));
    EXPECT_TRUE(objects([](CallResult& r) { r.steps = {"c1", "f1"}; }));
    EXPECT_TRUE(objects([](CallResult& r) { r.variables["is.error"] = "maybe"; }));
    EXPECT_TRUE(objects([](CallResult& r) {
        r.fault.reset();
        r.steps.emplace_back("r1");
    }));
}

}  // namespace
}  // namespace catchrule::testing
