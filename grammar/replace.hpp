// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "grammar/diagnostic.hpp"

namespace catchrule::grammar {

/// A java.util.regex pattern to search a text with, as `String.replaceAll` does. Compiled within
/// the limits of Pattern; immutable, thread-safe.
class Search {
public:
    static constexpr std::size_t max_result_bytes = 10 * 1024 * 1024;

    /// How often it will be used: `kept` takes longer to make and less to run.
    enum class Life : std::uint8_t { kept, once };
    enum class Which : std::uint8_t { first, all };

    /// A pattern that cannot be compiled or translated faithfully is an error with spans into it.
    static Parsed<Search> compile(std::string_view pattern, Life life);

    /// `text` with the first match, or every one, replaced. In `replacement` `$1` and `${name}`
    /// mean a group (nothing when it took no part) and a backslash takes the next character as it
    /// is. None when the replacement names a group that is not there or is malformed, the text is
    /// not UTF-8, or PatternLimits or max_result_bytes are met.
    std::optional<std::string> replace(std::string_view text, std::string_view replacement,
                                       Which which) const;

    Search(Search&&) noexcept;
    Search& operator=(Search&&) noexcept;
    ~Search();

private:
    struct Impl;
    explicit Search(std::unique_ptr<const Impl> impl);
    std::unique_ptr<const Impl> impl_;
};

/// `text` in upper or lower case, letter by letter as Unicode maps single letters. Text that is not
/// UTF-8 changes its ASCII letters only.
enum class LetterCase : std::uint8_t { upper, lower };
std::string change_case(std::string_view text, LetterCase to);

}  // namespace catchrule::grammar
