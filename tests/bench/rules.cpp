// SPDX-License-Identifier: Apache-2.0
// catchrule_rules SET xml|lua|javascript|answers, or SET uniform|repeated SECONDS: one rule set as
// text, what we decide on its inputs, or nanoseconds a decision. side_by_side runs it.
#include <cstdlib>
#include <ctime>
#include <exception>
#include <iostream>
#include <string>

#include "tests/bench/rules_engine.hpp"

namespace catchrule::bench {
namespace {

/// Processor time, which a busy neighbour stretches less than time on the wall.
double now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// All inputs in rotation, or always the first of them. The clock is asked once in `batch`
/// decisions, and `batch` grows until that costs nothing.
double nanoseconds(const RulesEngine& engine, bool rotate, double seconds) {
    std::size_t batch = 1;
    const double started = now();
    std::size_t decisions = 0;
    std::uint64_t sum = 0;
    double elapsed = 0;
    do {
        for (std::size_t i = 0; i < batch; ++i) {
            const Verdict verdict = engine.decide(rotate ? (decisions + i) % engine.inputs() : 0);
            sum += static_cast<std::uint64_t>(verdict.rule) + verdict.steps;
        }
        decisions += batch;
        elapsed = now() - started;
        if (elapsed < seconds / 20) batch *= 2;
    } while (elapsed < seconds);
    if (sum == 1) std::cerr << ' ';  // so that no decision is optimized away
    return elapsed / static_cast<double>(decisions) * 1e9;
}

int run(const std::string& set_name, const std::string& what, double seconds) {
    const RuleSet set = rule_set(set_name);
    if (what == "xml") {
        std::cout << to_xml(set);
    } else if (what == "lua") {
        std::cout << to_lua(set);
    } else if (what == "javascript") {
        std::cout << to_javascript(set);
    } else if (what == "answers") {
        std::cout << RulesEngine(set).answers();
    } else if (what == "uniform" || what == "repeated") {
        const RulesEngine engine(set);
        nanoseconds(engine, what == "uniform", seconds / 4);
        std::cout << nanoseconds(engine, what == "uniform", seconds) << '\n';
    } else {
        return 2;
    }
    return 0;
}

}  // namespace
}  // namespace catchrule::bench

int main(int argc, char** argv) {
    try {
        const int status =
            argc < 3 ? 2
                     : catchrule::bench::run(argv[1], argv[2], argc > 3 ? std::atof(argv[3]) : 1.0);
        if (status == 2) {
            std::cerr << "usage: catchrule_rules SET xml|lua|javascript|answers\n"
                         "       catchrule_rules SET uniform|repeated SECONDS\n";
        }
        return status;
    } catch (const std::exception& error) {
        std::cerr << "catchrule_rules: " << error.what() << '\n';
        return 2;
    }
}
