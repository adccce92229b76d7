// SPDX-License-Identifier: Apache-2.0
// Any bytes as a template, the same bytes as the values of a..d: no crash, problems point into the
// text, a literal renders as it is written, and a seed decides what is random.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/template.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace catchrule;
    if (size > 1024) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    Symbols symbols;
    const auto parsed = Template::parse(text, symbols);
    require(parsed.value.has_value());
    require(parsed->text() == text);
    for (const grammar::Diagnostic& diagnostic : parsed.diagnostics) {
        require(diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= size);
    }
    const VariableLayout layout(symbols);
    Variables variables(layout);
    variables.define("a", Value::text(text));
    variables.define("b", Value::text(text.substr(size / 2)));
    variables.define("c", Value::long_integer(static_cast<std::int64_t>(size) - 100));
    variables.define("d", Value::text(text.substr(0, size / 3)));
    variables.random().seed(size);
    const std::string rendered = parsed->render(variables);
    require(!parsed->is_literal() || rendered == text);
    variables.random().seed(size);
    require(parsed->render(variables) == rendered);
    return 0;
}
