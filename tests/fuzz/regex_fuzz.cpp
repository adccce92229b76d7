// SPDX-License-Identifier: Apache-2.0
// Any bytes as a JavaRegex and, behind the first line break, a subject: the translation refuses or
// compiles, errors point into the pattern, and a match ends.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "grammar/pattern.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace catchrule::grammar;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string_view source = text.substr(0, std::min(text.find('\n'), size));
    if (source.size() > 1024) return 0;
    const auto pattern = Pattern::compile(Operator::java_regex, source);
    for (const Diagnostic& diagnostic : pattern.diagnostics) {
        const Span span = diagnostic.span;
        if (span.begin > span.end || span.end > source.size()) std::abort();
    }
    if (!pattern && !has_errors(pattern.diagnostics)) std::abort();
    if (pattern) pattern->match(text.substr(std::min(source.size() + 1, size)));
    return 0;
}
