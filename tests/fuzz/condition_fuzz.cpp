// SPDX-License-Identifier: Apache-2.0
// Any bytes as a condition: no crash, errors point into the text, and what parses has a canonical
// form that parses to itself within the same limits.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "grammar/compile.hpp"

namespace {

using namespace catchrule::grammar;

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Limits limits{.max_condition_bytes = 4096, .max_nesting = 64, .max_atoms = 64};
    Symbols symbols;
    const auto condition = compile_condition(text, symbols, limits);
    for (const Diagnostic& diagnostic : condition.diagnostics) {
        require(diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= size);
        render(Source("fuzz", std::string(text)), diagnostic);
    }
    require(condition || has_errors(condition.diagnostics));
    if (!condition) return 0;
    disassemble(condition->program, symbols);
    for (const Pattern& pattern : condition->program.patterns()) pattern.matches(text);

    const auto again = compile_condition(condition->rendered, symbols, limits);
    require(static_cast<bool>(again));
    require(again->rendered == condition->rendered);
    require(again->program.tests().size() == condition->program.tests().size() ||
            condition->program.tests().empty());
    return 0;
}
