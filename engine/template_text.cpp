// SPDX-License-Identifier: Apache-2.0
#include "engine/template_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace catchrule {
namespace {

// The character at the front of `text`, which is not empty; a byte that begins none stands alone.
struct Character {
    std::uint32_t code = 0;
    std::size_t bytes = 1;
    bool valid = false;
};

Character next_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t bytes = lead >= 0xF0 ? 4 : (lead >= 0xE0 ? 3 : 2);
    if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {lead, 1, false};
    std::uint32_t code = lead & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return {lead, 1, false};
        code = code << 6U | (byte(i) & 0x3FU);
    }
    const bool shortest = bytes == 2 || code >= (bytes == 3 ? 0x800U : 0x10000U);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (!shortest || surrogate || code > 0x10FFFF) return {lead, 1, false};
    return {code, bytes, true};
}

// Calls `use(character, its bytes)` for each character.
template <class Use>
void for_each_character(std::string_view text, Use use) {
    while (!text.empty()) {
        const Character character = next_character(text);
        use(character, text.substr(0, character.bytes));
        text.remove_prefix(character.bytes);
    }
}

std::int64_t utf16_units(const Character& character) { return character.code > 0xFFFF ? 2 : 1; }

void append_reference(std::uint32_t code, std::string& out) {
    out += "&#" + std::to_string(code) + ';';
}

// The entity of XML for a character; empty = none.
std::string_view xml_entity(std::uint32_t code) {
    switch (code) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&apos;";
        default:
            return {};
    }
}

bool is_c1(std::uint32_t code) {
    return (code >= 0x7F && code <= 0x84) || (code >= 0x86 && code <= 0x9F);
}

void escape_xml(std::string_view text, bool keep_controls, std::string& out) {
    for_each_character(text, [&](const Character& character, std::string_view bytes) {
        const std::uint32_t code = character.code;
        const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
        if (character.valid &&
            (code == 0 || code == 0xFFFE || code == 0xFFFF || (control && !keep_controls))) {
            return;
        }
        if (const std::string_view entity = xml_entity(code); !entity.empty()) {
            out += entity;
        } else if (character.valid && (control || is_c1(code))) {
            append_reference(code, out);
        } else {
            out += bytes;
        }
    });
}

}  // namespace

void append_substring(std::string_view text, std::int64_t begin, std::int64_t end,
                      std::string& out) {
    std::int64_t units = 0;
    for_each_character(text,
                       [&](const Character& c, std::string_view) { units += utf16_units(c); });
    const auto place = [units](std::int64_t at) {
        return std::clamp<std::int64_t>(at < 0 ? std::max(at, -units) + units : at, 0, units);
    };
    begin = place(begin);
    end = place(end);
    if (begin >= end) return;
    std::int64_t at = 0;
    for_each_character(text, [&](const Character& character, std::string_view bytes) {
        const std::int64_t first = at;
        at += utf16_units(character);
        if (first >= begin && at <= end) {
            out += bytes;
        } else if (at > begin && first < end) {
            out += '?';
        }
    });
}

void escape_json(std::string_view text, std::string& out) {
    for (const char c : text) {
        constexpr std::string_view special = "\"\\\b\f\n\r\t";
        constexpr std::string_view names = "\"\\bfnrt";
        const std::size_t found = special.find(c);
        if (found != std::string_view::npos) {
            out += '\\';
            out += names[found];
        } else if (static_cast<unsigned char>(c) < 0x20) {
            std::array<char, 8> escaped{};
            std::snprintf(escaped.data(), escaped.size(), "\\u%04X", static_cast<unsigned>(c));
            out += escaped.data();
        } else {
            out += c;
        }
    }
}

void encode_html(std::string_view text, std::string& out) {
    for (const char c : text) {
        if (c == '"' || c == '\'') {
            append_reference(static_cast<unsigned char>(c), out);
        } else if (c == '&' || c == '<' || c == '>') {
            out += xml_entity(static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
}

void escape_xml10(std::string_view text, std::string& out) { escape_xml(text, false, out); }

void escape_xml11(std::string_view text, std::string& out) { escape_xml(text, true, out); }

}  // namespace catchrule
