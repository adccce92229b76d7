// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/raw_xml.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace catchrule::xml {
namespace {

using grammar::Span;

constexpr std::string_view white_space = " \t\r\n";

std::uint32_t offset_of(std::size_t position) { return static_cast<std::uint32_t>(position); }

bool starts(std::string_view raw, std::uint32_t offset, std::string_view what) {
    return raw.substr(offset, what.size()) == what;
}

// A piece that ends with `terminator`.
Token up_to(std::string_view raw, std::uint32_t offset, Piece piece, std::string_view opening,
            std::string_view terminator) {
    const std::size_t found = raw.find(terminator, offset + opening.size());
    if (found == std::string_view::npos) return {piece, {offset, offset_of(raw.size())}, false};
    return {piece, {offset, offset_of(found + terminator.size())}, true};
}

// `<!DOCTYPE ... [ ... ]>`; quotes and nested declarations may hold '>'.
Token doctype(std::string_view raw, std::uint32_t offset) {
    int depth = 0;
    char quote = 0;
    for (std::uint32_t i = offset + 2; i < raw.size(); ++i) {
        const char c = raw[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[' || c == '<') {
            ++depth;
        } else if (c == ']' || (c == '>' && depth > 0)) {
            --depth;
        } else if (c == '>') {
            return {Piece::doctype, {offset, i + 1}, true};
        }
    }
    return {Piece::doctype, {offset, offset_of(raw.size())}, false};
}

Token tag(std::string_view raw, std::uint32_t offset) {
    const bool closing = starts(raw, offset, "</");
    char quote = 0;
    for (std::uint32_t i = offset + 1; i < raw.size(); ++i) {
        const char c = raw[i];
        if (c == '<') return {closing ? Piece::end : Piece::start, {offset, i}, false};
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (!closing && (c == '"' || c == '\'')) {
            quote = c;
        } else if (c == '>') {
            const bool empty = !closing && raw[i - 1] == '/';
            const Piece piece = closing ? Piece::end : empty ? Piece::empty : Piece::start;
            return {piece, {offset, i + 1}, true};
        }
    }
    return {closing ? Piece::end : Piece::start, {offset, offset_of(raw.size())}, false};
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) return put(code);
    if (code < 0x800) {
        put(0xC0 | (code >> 6));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
    }
    put(0x80 | (code & 0x3F));
}

// The character of `#10` or `#x1F600`; 0 when XML does not allow it.
std::uint32_t character(std::string_view reference) {
    const bool hex = reference.size() > 1 && reference[1] == 'x';
    const std::string_view digits = reference.substr(hex ? 2 : 1);
    if (digits.empty()) return 0;
    std::uint32_t code = 0;
    for (const char c : digits) {
        std::uint32_t digit = 0;
        if (c >= '0' && c <= '9') {
            digit = static_cast<std::uint32_t>(c - '0');
        } else if (hex && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
            digit = static_cast<std::uint32_t>((c | 0x20) - 'a') + 10;
        } else {
            return 0;
        }
        code = code * (hex ? 16 : 10) + digit;
        if (code > 0x10FFFF) return 0;
    }
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
    return surrogate || control ? 0 : code;
}

enum class Decode : std::uint8_t { verbatim, content, attribute };

class Decoder {
public:
    explicit Decoder(std::string_view raw) : raw_(raw) {}

    void decode(Span range, Decode how) {
        std::uint32_t i = range.begin;
        while ((i = copy(i, range.end, how)) < range.end) {
            const Reference reference = raw_[i] == '&' ? read_reference(raw_, i) : Reference{};
            if (reference.end != 0 && reference.end <= range.end && !reference.text.empty()) {
                put(reference.text, i);
                i = reference.end;
            } else {
                i = plain(i, range.end, how);
            }
        }
    }

    Text finish(std::uint32_t end) {
        text_.origin.push_back(end);
        return std::move(text_);
    }

private:
    // Copies what stands for itself; returns where something else begins.
    std::uint32_t copy(std::uint32_t i, std::uint32_t end, Decode how) {
        const auto is_special = [how](char c) {
            return c == '\r' || (c == '&' && how != Decode::verbatim) ||
                   (how == Decode::attribute && (c == '\n' || c == '\t'));
        };
        const std::string_view rest = raw_.substr(i, end - i);
        const auto stop = std::find_if(rest.begin(), rest.end(), is_special);
        const auto size = static_cast<std::size_t>(stop - rest.begin());
        text_.value += rest.substr(0, size);
        const std::size_t before = text_.origin.size();
        text_.origin.resize(before + size);
        std::iota(text_.origin.begin() + static_cast<std::ptrdiff_t>(before), text_.origin.end(),
                  i);
        return i + offset_of(size);
    }

    // Line breaks come out as '\n' (XML 1.0, 2.11), in attributes as spaces (3.3.3).
    std::uint32_t plain(std::uint32_t i, std::uint32_t end, Decode how) {
        char c = raw_[i];
        const std::uint32_t begin = i++;
        if (c == '\r') {
            c = '\n';
            if (i < end && raw_[i] == '\n') ++i;
        }
        if (how == Decode::attribute && (c == '\n' || c == '\t')) c = ' ';
        put({&c, 1}, begin);
        return i;
    }

    void put(std::string_view bytes, std::uint32_t origin) {
        text_.value += bytes;
        text_.origin.insert(text_.origin.end(), bytes.size(), origin);
    }

    std::string_view raw_;
    Text text_;
};

}  // namespace

bool is_blank(std::string_view text) {
    return text.find_first_not_of(white_space) == std::string_view::npos;
}

Token next_token(std::string_view raw, std::uint32_t offset) {
    if (raw[offset] != '<') {
        const std::size_t end = std::min(raw.find('<', offset), raw.size());
        return {Piece::text, {offset, offset_of(end)}, true};
    }
    const bool is_tag = !starts(raw, offset, "<!") && !starts(raw, offset, "<?");
    if (is_tag) return tag(raw, offset);
    if (starts(raw, offset, "<!--")) return up_to(raw, offset, Piece::comment, "<!--", "-->");
    if (starts(raw, offset, "<![CDATA["))
        return up_to(raw, offset, Piece::cdata, "<![CDATA[", "]]>");
    if (starts(raw, offset, "<?")) return up_to(raw, offset, Piece::instruction, "<?", "?>");
    return doctype(raw, offset);
}

Span tag_name(std::string_view raw, Span tag) {
    const std::uint32_t begin = tag.begin + (starts(raw, tag.begin, "</") ? 2 : 1);
    std::uint32_t end = begin;
    while (end < tag.end && !is_space(raw[end]) && raw[end] != '>' && raw[end] != '/') ++end;
    return {begin, end};
}

Text Text::trimmed() const {
    const std::size_t first = value.find_first_not_of(white_space);
    if (first == std::string::npos) return {"", {origin.front()}};
    const std::size_t last = value.find_last_not_of(white_space) + 1;
    const auto begin = origin.begin();
    return {value.substr(first, last - first),
            {begin + static_cast<std::ptrdiff_t>(first),
             begin + static_cast<std::ptrdiff_t>(last) + 1}};
}

RawAttributes scan_attributes(std::string_view raw, Span tag) {
    RawAttributes result;
    std::uint32_t i = tag_name(raw, tag).end;
    const auto skip_space = [&] {
        const std::uint32_t begin = i;
        while (i < tag.end && is_space(raw[i])) ++i;
        return i > begin;
    };
    const auto fail = [&] {
        result.problem = i;
        return result;
    };
    while (true) {
        const bool spaced = skip_space();
        if (i >= tag.end || raw[i] == '>' || starts(raw, i, "/>")) return result;
        if (!spaced) return fail();
        const std::uint32_t name = i;
        while (i < tag.end && !is_space(raw[i]) && raw[i] != '=' && raw[i] != '>' &&
               raw[i] != '/' && raw[i] != '"' && raw[i] != '\'')
            ++i;
        RawAttribute attribute{{name, i}, {}};
        if (i == name) return fail();
        skip_space();
        if (i >= tag.end || raw[i] != '=') return fail();
        ++i;
        skip_space();
        if (i >= tag.end || (raw[i] != '"' && raw[i] != '\'')) return fail();
        const std::size_t close = raw.substr(0, tag.end).find(raw[i], i + 1);
        if (close == std::string_view::npos) return fail();
        attribute.value = {i + 1, offset_of(close)};
        result.items.push_back(attribute);
        i = offset_of(close) + 1;
    }
}

Text decode_attribute(std::string_view raw, Span range) {
    Decoder decoder(raw);
    decoder.decode(range, Decode::attribute);
    return decoder.finish(range.end);
}

Text decode_content(std::string_view raw, Span range) {
    constexpr std::uint32_t opening = std::string_view("<![CDATA[").size();
    constexpr std::uint32_t closing = std::string_view("]]>").size();
    Decoder decoder(raw);
    for (std::uint32_t i = range.begin; i < range.end;) {
        const Token token = next_token(raw, i);
        if (token.piece == Piece::text) {
            decoder.decode({i, std::min(token.span.end, range.end)}, Decode::content);
        } else if (token.piece == Piece::cdata) {
            decoder.decode({token.span.begin + opening, token.span.end - closing},
                           Decode::verbatim);
        }
        i = token.span.end;
    }
    return decoder.finish(range.end);
}

Span content_of(std::string_view raw, std::uint32_t offset) {
    const Token open = next_token(raw, offset);
    if (open.piece != Piece::start) return {open.span.end, open.span.end};
    int depth = 1;
    for (std::uint32_t i = open.span.end; i < raw.size();) {
        const Token token = next_token(raw, i);
        if (token.piece == Piece::start) ++depth;
        if (token.piece == Piece::end && --depth == 0) return {open.span.end, token.span.begin};
        i = token.span.end;
    }
    return {open.span.end, offset_of(raw.size())};
}

Reference read_reference(std::string_view raw, std::uint32_t offset) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> entities{
        {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}}};
    constexpr std::size_t longest = 64;
    const std::size_t semicolon = raw.substr(offset, longest).find(';');
    if (semicolon == std::string_view::npos) return {};
    const std::string_view name = raw.substr(offset + 1, semicolon - 1);
    const bool spelled =
        !name.empty() && name.find_first_of(" \t\r\n&<>\"'=()") == std::string_view::npos;
    if (!spelled) return {};
    const std::uint32_t end = offset + offset_of(semicolon) + 1;
    if (name.front() == '#') {
        const std::uint32_t code = character(name);
        if (code == 0) return {};
        Reference reference{end, {}};
        append_utf8(reference.text, code);
        return reference;
    }
    for (const auto& [entity, text] : entities) {
        if (name == entity) return {end, std::string(text)};
    }
    return {end, {}};
}

}  // namespace catchrule::xml
