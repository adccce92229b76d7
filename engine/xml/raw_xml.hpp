// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/source.hpp"

namespace catchrule::xml {

// XML as bytes: pugixml decodes entities in place and does not say where attributes stand, so what
// needs an exact position walks the file's own text again.

enum class Piece : std::uint8_t { text, start, empty, end, comment, cdata, instruction, doctype };

/// One piece of markup, or the text up to the next one.
struct Token {
    Piece piece = Piece::text;
    grammar::Span span;
    bool closed = true;  ///< false: the end of the piece is missing
};

/// The token that begins at `offset`, which is inside `raw`. A tag ends before the next '<' at the
/// latest.
Token next_token(std::string_view raw, std::uint32_t offset);

/// The name of a start, empty or end tag.
grammar::Span tag_name(std::string_view raw, grammar::Span tag);

/// Decoded text, and where each of its bytes came from.
struct Text {
    std::string value;
    std::vector<std::uint32_t>
        origin;  ///< offset of each byte in the file, and one more for the end

    grammar::OffsetMap map() const { return grammar::OffsetMap::table(origin); }
    /// Where it stands in the file.
    grammar::Span span() const { return {origin.front(), origin.back()}; }
    /// Without white space at both ends.
    Text trimmed() const;
};

/// An attribute as it stands in a tag.
struct RawAttribute {
    grammar::Span name;
    grammar::Span value;  ///< between the quotes
};

/// The attributes of a start or empty tag. `problem` is where one cannot be read; npos = nowhere.
struct RawAttributes {
    static constexpr std::uint32_t npos = 0xFFFF'FFFFU;
    std::vector<RawAttribute> items;
    std::uint32_t problem = npos;
};
RawAttributes scan_attributes(std::string_view raw, grammar::Span tag);

/// Attribute values: entities decoded, white space as spaces.
Text decode_attribute(std::string_view raw, grammar::Span range);

/// Element content: entities decoded, CDATA taken out of its brackets, comments and tags left out.
Text decode_content(std::string_view raw, grammar::Span range);

/// What stands between the tags of the element whose start tag begins at `offset`; the text is
/// well-formed.
grammar::Span content_of(std::string_view raw, std::uint32_t offset);

/// The end of an entity or character reference that begins at `offset`, and what it stands for;
/// `end` is 0 when there is none.
struct Reference {
    std::uint32_t end = 0;
    std::string text;  ///< empty: an entity that XML does not define
};
Reference read_reference(std::string_view raw, std::uint32_t offset);

inline bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_blank(std::string_view text);

}  // namespace catchrule::xml
