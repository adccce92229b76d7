// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace catchrule {

/// A `<Pattern>` of ExtractVariables, parsed at load: text with `{name}` captures and the wild
/// cards
/// `*` and, in paths, `**`; `%` before a character makes it stand for itself (SEM-73).
///
///     /orders/{id}          a capture in a path is one element or a part of one
///     /a/**/{last}          one element or more, then a capture
///     DBN{code}             elsewhere a capture is any text
///     *;charset={encoding}  any text, also none, then a capture
///
/// How it matches: parts are tried from the left, captures and wild cards as short as possible
/// first; of what follows a part, a place that led nowhere is remembered and not tried again. So
/// the time is bounded, and max_steps ends what is left of it.
class TextPattern {
public:
    static constexpr std::size_t max_bytes = 4096;          ///< of a pattern
    static constexpr std::size_t max_parts = 64;            ///< texts, wild cards and captures
    static constexpr std::size_t max_value_bytes = 65'536;  ///< a longer value does not match
    static constexpr std::size_t max_steps = 4'000'000;     ///< beyond, there is no match

    /// `path`: slashes part elements. Gives none, and why in `problem`, for a pattern without a
    /// capture, with a brace too many or too few, a bad or repeated name, or that is too long.
    static std::optional<TextPattern> parse(std::string_view text, bool path, bool ignore_case,
                                            std::string& problem);

    using Captures = std::vector<std::pair<std::string_view, std::string_view>>;

    /// Name and value of each capture, in the order of the pattern; none when it does not match.
    /// The views borrow from this and from `value`.
    std::optional<Captures> match(std::string_view value) const;

    /// The names of its captures.
    std::vector<std::string_view> names() const;

    /// How many path elements it has: of several patterns that match, the longest counts.
    std::size_t elements() const { return elements_; }

private:
    struct Part {
        enum class Kind : std::uint8_t { literal, wild, capture };

        Kind kind = Kind::literal;
        std::string text{};     ///< of a literal, or the name of a capture
        bool slashes = true;    ///< whether it may run over a slash
        std::size_t least = 1;  ///< bytes
    };
    class Reader;
    class Search;

    bool path_ = false;
    bool ignore_case_ = false;
    std::size_t elements_ = 0;
    std::vector<Part> parts_;
};

}  // namespace catchrule
