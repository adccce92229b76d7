// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/messages.hpp"

namespace catchrule::grammar {

/// Java's embedded flags, as they stand at one place of a pattern.
struct JavaFlags {
    bool ignore_case = false;      ///< (?i): ASCII letters only, unless unicode_case
    bool multiline = false;        ///< (?m)
    bool dot_all = false;          ///< (?s)
    bool unicode_case = false;     ///< (?u)
    bool unix_lines = false;       ///< (?d): only \n ends a line
    bool unicode_classes = false;  ///< (?U), which sets unicode_case too
    bool comments = false;         ///< (?x)
};

/// Why a pattern is refused; spans count in the text the reader was given.
struct RegexRefusal {
    Problem problem;
    std::size_t begin;
    std::size_t end;
    std::string message;
    std::string fix;
};

/// A set of characters in PCRE2's words: what is in `items`, or what one of `parts` takes.
struct CharSet {
    std::string items;               ///< the inside of [...]
    std::vector<std::string> parts;  ///< patterns that take exactly one character
    bool negated = false;

    bool empty() const { return items.empty() && parts.empty(); }
    void add(const CharSet& other);
    /// A pattern that takes one character of the set.
    std::string pattern() const;
};

/// The last Unicode character.
inline constexpr std::uint32_t last_character = 0x10FFFF;

/// `code` as PCRE2 reads it anywhere, also inside a class.
std::string escaped(std::uint32_t code);

/// Adds the characters from `low` to `high` with the other letter cases that Java's flags call for.
void add_range(CharSet& set, std::uint32_t low, std::uint32_t high, JavaFlags flags);
/// Adds one character with its other letter cases; Java does not take it for a range of one.
void add_character(CharSet& set, std::uint32_t code, JavaFlags flags);

/// The set Java means by `\p{name}`; none when it is unknown here. `cased` tells that Java's
/// releases read the property differently under (?i).
struct JavaProperty {
    std::string items;
    bool cased = false;
};
std::optional<JavaProperty> find_java_property(std::string_view name, JavaFlags flags);

/// Reads a java.util.regex pattern piece by piece. Every function throws RegexRefusal.
class RegexReader {
public:
    explicit RegexReader(std::string_view text) : text_(text) {}

    std::size_t at() const { return at_; }
    bool at_end() const { return at_ >= text_.size(); }
    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    bool looking_at(std::string_view part) const { return text_.substr(at_).starts_with(part); }
    std::string_view rest() const { return text_.substr(at_); }
    void skip(std::size_t count) { at_ += count; }

    /// The bytes of white space and #-comments `ahead`; 0 but under (?x).
    std::size_t comment_length(std::size_t ahead, JavaFlags flags) const;
    void skip_comments(JavaFlags flags) { at_ += comment_length(0, flags); }
    /// Refuses an escape that Java would go on with behind white space: `\01 1`, `\c A`.
    void refuse_split_escape(JavaFlags flags) const;

    /// Refuses the bytes from `begin` to `end`: Java reads them in a way that is not ours.
    [[noreturn]] void refuse(std::size_t begin, std::size_t end, std::string message,
                             std::string fix = {}) const;
    /// Refuses what Java would not compile either.
    [[noreturn]] void reject(std::size_t begin, std::size_t end, std::string message) const;

    /// The next character, which means itself.
    std::uint32_t character();
    /// `\t`, `\x41`, `\-`: the character behind a backslash; none when the escape is something
    /// else.
    std::optional<std::uint32_t> escaped_character();
    /// `\d`, `\p{Alpha}`: the set behind a backslash; none when the escape is something else.
    std::optional<CharSet> escaped_set(JavaFlags flags);
    /// From '[' to its ']'.
    CharSet char_class(JavaFlags flags);

private:
    static constexpr unsigned max_class_nesting = 64;

    std::optional<std::uint32_t> hex(std::size_t from, std::size_t digits) const;
    std::uint32_t checked(std::uint32_t code, std::size_t length);
    std::uint32_t unicode_escape();
    std::uint32_t hex_escape();
    std::uint32_t octal_escape();
    CharSet property(JavaFlags flags);
    CharSet class_body(JavaFlags flags, bool outer, unsigned depth);
    void intersect(CharSet& set, JavaFlags flags, unsigned depth);
    void class_item(CharSet& set, JavaFlags flags);
    std::uint32_t class_character(JavaFlags flags);

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace catchrule::grammar
