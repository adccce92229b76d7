// SPDX-License-Identifier: Apache-2.0
#include "grammar/diagnostic.hpp"

#include <algorithm>

namespace catchrule::grammar {
namespace {

// One output byte per column, so that the caret line fits below the source line.
std::string printable(std::string_view line) {
    std::string out(line);
    for (char& c : out) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\t') {
            c = ' ';
        } else if (byte < 0x20 || byte == 0x7F) {
            c = '?';
        }
    }
    return out;
}

std::string underline(const Source& source, Span span, const Position& from) {
    const std::string_view line = source.line(from.line);
    const std::uint32_t line_end =
        source.line_start(from.line) + static_cast<std::uint32_t>(line.size());
    const std::uint32_t end = std::min(span.end, line_end);
    std::string out(from.column - 1, ' ');
    out += '^';
    if (end > span.begin) {
        const std::uint32_t to = source.position(end).column;
        if (to > from.column + 1) out.append(to - from.column - 1, '~');
    }
    return out;
}

}  // namespace

std::string_view to_string(Severity severity) {
    switch (severity) {
        case Severity::note:
            return "note";
        case Severity::warning:
            return "warning";
        case Severity::error:
            return "error";
    }
    return "error";
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(),
                       [](const Diagnostic& d) { return d.severity == Severity::error; });
}

std::string render(const Source& source, const Diagnostic& diagnostic) {
    const Position from = source.position(diagnostic.span.begin);
    std::string out = source.name();
    out += ':' + std::to_string(from.line) + ':' + std::to_string(from.column) + ": ";
    out += to_string(diagnostic.severity);
    out += ": " + diagnostic.message;
    if (!diagnostic.code.empty()) out += " [" + diagnostic.code + "]";
    out += "\n  " + printable(source.line(from.line));
    out += "\n  " + underline(source, diagnostic.span, from) + '\n';
    if (!diagnostic.fix.empty()) out += "  fix: " + diagnostic.fix + '\n';
    return out;
}

}  // namespace catchrule::grammar
