// SPDX-License-Identifier: Apache-2.0
#include "grammar/diagnostic.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace catchrule::grammar {
namespace {

// What a screen of 100 columns has room for behind the indent.
constexpr std::size_t widest_line = 96;
constexpr std::string_view clipped = "...";

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// A character that is shown as it is: printable ASCII, or a UTF-8 sequence of the right length that
// is no control character.
bool is_shown(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    if (lead < 0x80) return character.size() == 1 && lead >= 0x20 && lead != 0x7F;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || character.size() != length) return false;
    // Controls, long forms, surrogates and what lies beyond the last character.
    const auto second = static_cast<unsigned char>(character[1]);
    const bool too_low = (lead == 0xC2 || lead == 0xE0) && second < 0xA0;
    const bool too_far = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
    return !too_low && !too_far && !(lead == 0xF0 && second < 0x90);
}

// A line as it is shown, one element a column: characters as Source::position counts them.
std::vector<std::string> columns_of(std::string_view line) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < line.size();) {
        std::size_t end = i + 1;
        while (end < line.size() && is_continuation(line[end])) ++end;
        const std::string_view character = line.substr(i, end - i);
        if (character == "\t" || character == "\n" || character == "\r") {
            out.emplace_back(" ");
        } else {
            out.emplace_back(is_shown(character) ? character : "?");
        }
        i = end;
    }
    return out;
}

// The part of a line round byte `at` that a screen may show, whole characters of it.
struct Slice {
    std::size_t begin;
    std::size_t end;
};

Slice slice_round(std::string_view line, std::size_t at) {
    constexpr std::size_t reach = 4 * widest_line;  // a character has four bytes at most
    Slice slice{at > reach ? at - reach : 0, std::min(at + reach, line.size())};
    while (slice.begin > 0 && is_continuation(line[slice.begin])) --slice.begin;
    while (slice.end < line.size() && is_continuation(line[slice.end])) ++slice.end;
    return slice;
}

// The source line and the line with the caret; of a long line the part round the caret.
std::string excerpt(const Source& source, Span span, const Position& from) {
    const std::uint32_t line_start = source.line_start(from.line);
    const std::string_view line = source.line(from.line);
    const std::size_t at = std::min<std::size_t>(span.begin - line_start, line.size());
    const std::size_t mark_end =
        std::min<std::size_t>(std::max(span.end, line_start) - line_start, line.size());
    const Slice slice = slice_round(line, at);
    const auto columns = columns_of(line.substr(slice.begin, slice.end - slice.begin));
    const std::size_t caret = columns_of(line.substr(slice.begin, at - slice.begin)).size();
    std::size_t begin = 0;
    std::size_t end = columns.size();
    if (columns.size() > widest_line) {
        const std::size_t room = widest_line - 2 * clipped.size();
        begin = caret > room / 2 ? std::min(caret - room / 2, columns.size() - room) : 0;
        end = begin + room;
    }
    std::string text = begin > 0 ? std::string(clipped) : std::string();
    std::string marks(text.size() + caret - std::min(begin, caret), ' ');
    for (std::size_t i = begin; i < end; ++i) text += columns[i];
    if (end < columns.size()) text += clipped;

    marks += '^';
    const std::size_t marked_to = std::min(mark_end, slice.end);
    if (marked_to > at) {
        const std::size_t to = caret + columns_of(line.substr(at, marked_to - at)).size();
        if (std::min(to, end) > caret + 1) marks.append(std::min(to, end) - caret - 1, '~');
    }
    return "\n  " + text + "\n  " + marks + '\n';
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

std::string shown(std::string_view text) {
    std::string out;
    for (const std::string& column : columns_of(text)) out += column;
    return out;
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
    out += ": " + shown(diagnostic.message);
    if (!diagnostic.code.empty()) out += " [" + diagnostic.code + "]";
    out += excerpt(source, diagnostic.span, from);
    if (!diagnostic.fix.empty()) out += "  fix: " + shown(diagnostic.fix) + '\n';
    return out;
}

}  // namespace catchrule::grammar
