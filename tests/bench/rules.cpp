// SPDX-License-Identifier: Apache-2.0
// One rule set as text for other engines, what we decide on its inputs, or how long that takes;
// see `usage`. side_by_side runs it.
#include <cstdlib>
#include <ctime>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "tests/bench/rules_engine.hpp"

namespace catchrule::bench {
namespace {

constexpr const char* usage = R"(usage: catchrule_rules [--no-index] [--seed N] SET WHAT
  SET   seed, a number of mixed rules, or 1000u: 5 % of them without fault.name
  WHAT  xml, lua, lua-by-name, javascript, javascript-by-name, javascript-json: the rules as text
        answers: rule, steps and default steps for each input
        uniform SECONDS, repeated SECONDS: nanoseconds a decision
        decisions N: N of them, inputs in rotation, to count instructions
)";

struct Arguments {
    bool index = true;
    std::uint64_t seed = 1;
    std::string set;
    std::string what;
    double limit = 1;
};

/// Processor time, which a busy neighbour stretches less than time on the wall.
double now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::uint64_t decide(const RulesEngine& engine, std::size_t input) {
    const Verdict verdict = engine.decide(input);
    return static_cast<std::uint64_t>(verdict.rule) + verdict.steps;
}

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
            sum += decide(engine, rotate ? (decisions + i) % engine.inputs() : 0);
        }
        decisions += batch;
        elapsed = now() - started;
        if (elapsed < seconds / 20) batch *= 2;
    } while (elapsed < seconds);
    if (sum == 1) std::cerr << ' ';  // so that no decision is optimized away
    return elapsed / static_cast<double>(decisions) * 1e9;
}

bool print_text(const RuleSet& set, const std::string& what) {
    if (what == "xml") {
        std::cout << to_xml(set);
    } else if (what == "lua") {
        std::cout << to_lua(set, Shape::closures);
    } else if (what == "lua-by-name") {
        std::cout << to_lua(set, Shape::by_name);
    } else if (what == "javascript") {
        std::cout << to_javascript(set, Shape::closures);
    } else if (what == "javascript-by-name") {
        std::cout << to_javascript(set, Shape::by_name);
    } else if (what == "javascript-json") {
        std::cout << to_javascript(set, Shape::json);
    } else {
        return false;
    }
    return true;
}

bool run(const Arguments& arguments) {
    const RuleSet set = rule_set(arguments.set, arguments.seed);
    if (print_text(set, arguments.what)) return true;
    const RulesEngine engine(set, arguments.index);
    const bool rotate = arguments.what == "uniform";
    if (arguments.what == "answers") {
        std::cout << engine.answers();
    } else if (rotate || arguments.what == "repeated") {
        nanoseconds(engine, rotate, arguments.limit / 4);
        std::cout << nanoseconds(engine, rotate, arguments.limit) << '\n';
    } else if (arguments.what == "decisions") {
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < static_cast<std::size_t>(arguments.limit); ++i) {
            sum += decide(engine, i % engine.inputs());
        }
        std::cout << sum << '\n';
    } else {
        return false;
    }
    return true;
}

Arguments read(std::vector<std::string> words) {
    Arguments out;
    while (!words.empty() && words.front().starts_with("--")) {
        const bool seed = words.front() == "--seed" && words.size() > 1;
        if (seed) out.seed = std::strtoull(words[1].c_str(), nullptr, 10);
        if (words.front() == "--no-index") out.index = false;
        words.erase(words.begin(), words.begin() + (seed ? 2 : 1));
    }
    words.resize(3);
    out.set = words[0];
    out.what = words[1];
    if (!words[2].empty()) out.limit = std::atof(words[2].c_str());
    return out;
}

}  // namespace
}  // namespace catchrule::bench

int main(int argc, char** argv) {
    using namespace catchrule::bench;
    try {
        if (run(read({argv + 1, argv + argc}))) return 0;
        std::cerr << usage;
    } catch (const std::exception& error) {
        std::cerr << "catchrule_rules: " << error.what() << '\n' << usage;
    }
    return 2;
}
