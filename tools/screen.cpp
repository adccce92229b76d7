// SPDX-License-Identifier: Apache-2.0
#include "tools/screen.hpp"

#include <algorithm>
#include <utility>

#include "engine/utf8.hpp"

namespace catchrule::tools {

namespace {

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::string_view escape(Ink ink) {
    switch (ink) {
        case Ink::plain:
            return {};
        case Ink::good:
            return "\x1b[32m";
        case Ink::bad:
            return "\x1b[31m";
        case Ink::doubtful:
            return "\x1b[33m";
        case Ink::faint:
            return "\x1b[2m";
        case Ink::bold:
            return "\x1b[1m";
    }
    return {};
}

}  // namespace

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

std::string clean(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const auto byte = static_cast<unsigned char>(text[0]);
        // U+0080 to U+009F move the cursor too, in terminals that heed them.
        const bool second_set =
            length == 2 && byte == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0;
        if (text[0] == '\n' || text[0] == '\r' || text[0] == '\t') {
            out += ' ';
        } else if (length == 0 || byte < 0x20 || byte == 0x7F || second_set) {
            out += '?';
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

std::string cut(std::string_view text, std::size_t columns) {
    if (width_of(text) <= columns) return std::string(text);
    const std::size_t kept = columns > 3 ? columns - 3 : 0;
    std::size_t bytes = 0;
    for (std::size_t seen = 0; bytes < text.size(); ++bytes) {
        if (starts_character(text[bytes]) && seen++ == kept) break;
    }
    return std::string(text.substr(0, bytes)) + std::string(std::min<std::size_t>(columns, 3), '.');
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t blank = std::min(text.find(' ', at), text.size());
        const std::string_view word = text.substr(at, blank - at);
        at = blank + 1;
        if (word.empty()) continue;
        if (lines.empty() || width_of(lines.back()) + 1 + width_of(word) > columns) {
            lines.emplace_back(word);
        } else {
            lines.back().append(" ").append(word);
        }
    }
    return lines;
}

Screen& Screen::put(std::string_view text, Ink ink) {
    if (text.empty()) return *this;
    text_.append(std::exchange(blanks_, 0), ' ');
    const std::string_view colour = style_.colour ? escape(ink) : std::string_view();
    text_.append(colour).append(text);
    if (!colour.empty()) text_.append("\x1b[0m");
    column_ += width_of(text);
    return *this;
}

Screen& Screen::to(std::size_t column) {
    const std::size_t gap = column > column_ + 1 ? column - column_ : 2;
    blanks_ += gap;
    column_ += gap;
    return *this;
}

Screen& Screen::cell(std::string_view text, std::size_t columns, Ink ink) {
    return put(style_.cut ? cut(text, columns) : std::string(text), ink);
}

void Screen::end_line() {
    text_ += '\n';
    column_ = 0;
    blanks_ = 0;
}

void Screen::paragraph(std::string_view label, std::string_view text, std::size_t indent, Ink ink) {
    put(label, ink);
    for (const std::string& line : wrap(text, screen_columns - indent)) {
        if (column_ == 0) {
            to(indent);
        } else if (column_ < indent) {
            blanks_ += indent - column_;
            column_ = indent;
        }
        cell(line, screen_columns - indent);
        end_line();
    }
}

}  // namespace catchrule::tools
