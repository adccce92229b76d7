// SPDX-License-Identifier: Apache-2.0
// The first eight bytes choose the values of a..d, the rest is a condition over them: the naive
// walk, evaluate() and evaluate_recorded() agree.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/evaluate.hpp"
#include "tests/support/naive_condition.hpp"

namespace {

using namespace catchrule;
using testing::Variable;

Variable value(std::uint8_t kind, std::uint8_t byte) {
    switch (kind % 8) {
        case 0:
            return {};
        case 1:
            return byte % 2 == 0;
        case 2:
            return static_cast<std::int32_t>(byte) - 100;
        case 3:
            return (static_cast<std::int64_t>(byte) - 100) << (byte % 4 * 16);
        case 4:
            return static_cast<float>(byte) / 4;
        case 5:
            return (static_cast<double>(byte) - 100) / 8;
        case 6:
            return std::to_string(byte % 20);
        default: {
            constexpr std::array<const char*, 8> texts{"",     "true", "a", "/a/b",
                                                       "/a/*", "1.0",  "A", "a\nb"};
            return std::string(texts[byte % texts.size()]);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 9) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 8, size - 8);
    // The naive walk backtracks in globs: keep it short.
    const grammar::Limits limits{
        .max_condition_bytes = 512, .max_nesting = 32, .max_atoms = 32, .max_pattern_bytes = 10};
    Symbols symbols;
    const auto ast = grammar::parse(text, limits);
    const auto condition = grammar::compile_condition(text, symbols, limits);
    if (!ast || !condition) return 0;

    testing::Assignment given;
    constexpr std::array<const char*, 4> names{"a", "b", "c", "d"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        given[names[i]] = value(data[2 * i], data[2 * i + 1]);
    }
    const VariableLayout layout(symbols);
    Variables variables(layout);
    for (const auto& [name, owned] : given) variables.define(name, testing::to_value(owned));
    const grammar::ComparisonRules rules{.null_greater_than_documented = (data[0] & 0x40) != 0};
    const bool expected = testing::naive_evaluate(*ast, given, rules);
    const bool result = evaluate(condition->program, variables, rules);
    const ConditionRecord record = evaluate_recorded(*condition, variables, rules);
    if (record.result != result) std::abort();
    // The naive walk does not know of patterns that give up.
    const bool gave_up = std::any_of(record.atoms.begin(), record.atoms.end(),
                                     [](const AtomRecord& atom) { return atom.gave_up; });
    if (!gave_up && result != expected) std::abort();
    return 0;
}
