// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace catchrule::grammar {

/// A half-open byte range [begin, end) of one text.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    friend bool operator==(const Span&, const Span&) = default;
};

/// A place for people: both counts start at 1; `column` counts UTF-8 characters, not bytes.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;

    friend bool operator==(const Position&, const Position&) = default;
};

/// A named text with its line starts: a file, or a condition given on the command line.
/// Immutable after construction, so it may be read from several threads.
class Source {
public:
    /// `name` is what messages print before the line (a path, or `<condition>`).
    Source(std::string name, std::string text);

    const std::string& name() const { return name_; }
    const std::string& text() const { return text_; }

    /// The position of byte `offset`; an offset beyond the end gives the position after the last
    /// byte.
    Position position(std::uint32_t offset) const;

    /// The text of line `line` (from 1) without its line break; empty when there is no such line.
    std::string_view line(std::uint32_t line) const;

    /// The offset of the first byte of line `line` (from 1).
    std::uint32_t line_start(std::uint32_t line) const;

private:
    std::uint32_t characters_before(std::uint32_t offset) const;

    std::string name_;
    std::string text_;
    std::vector<std::uint32_t> line_starts_;
    std::vector<std::uint32_t> characters_;  // before each block: a line may be very long
};

/// Where each byte of a text taken out of a Source came from: an XML element's text has its
/// entities decoded, so one byte of it may stand for `&quot;` in the file.
class OffsetMap {
public:
    /// Byte i of the inner text is byte base + i of the outer one.
    static OffsetMap shifted(std::uint32_t base);

    /// `origin[i]` is the outer offset of inner byte i; the last element stands for the end.
    static OffsetMap table(std::vector<std::uint32_t> origin);

    std::uint32_t operator()(std::uint32_t inner) const;
    Span operator()(Span inner) const { return {(*this)(inner.begin), (*this)(inner.end)}; }

private:
    std::uint32_t base_ = 0;
    std::vector<std::uint32_t> origin_;
};

}  // namespace catchrule::grammar
