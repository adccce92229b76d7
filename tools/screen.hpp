// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace catchrule::tools {

/// How a screen is drawn (CONTRACTS, "Screens").
struct ScreenStyle {
    bool cut = false;     ///< cells that would pass column 100 end in "..."; else they run on
    bool colour = false;  ///< ANSI colours of the key words
};

/// Column widths of every screen, counted in characters.
inline constexpr std::size_t screen_columns = 100;
inline constexpr std::size_t state_column = 82;  ///< where TRUE, UNSET, [verified], file:line stand

enum class Ink { plain, good, bad, doubtful, faint, bold };

/// Characters of UTF-8 text.
std::size_t width_of(std::string_view text);

/// `text` with control characters and bytes that are not UTF-8 as '?', and line breaks as blanks:
/// what comes from files and requests cannot move the cursor.
std::string clean(std::string_view text);

/// At most `columns` characters; what is longer ends in "...".
std::string cut(std::string_view text, std::size_t columns);

/// Words broken into lines of at most `columns` characters; a longer word stands alone.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

/// Draws one screen line by line, left to right.
class Screen {
public:
    explicit Screen(ScreenStyle style) : style_(style) {}

    /// Appends to the line.
    Screen& put(std::string_view text, Ink ink = Ink::plain);
    /// Fills the line with blanks up to `column`; at least two when it is already there.
    Screen& to(std::size_t column);
    /// A cell that may take `columns`: cut when the style says so, not filled up.
    Screen& cell(std::string_view text, std::size_t columns, Ink ink = Ink::plain);
    void end_line();

    /// A paragraph behind a left-hand label, broken at the screen's edge and indented by `indent`.
    void paragraph(std::string_view label, std::string_view text, std::size_t indent, Ink ink);

    const ScreenStyle& style() const { return style_; }
    std::string take() { return std::move(text_); }

private:
    ScreenStyle style_;
    std::string text_;
    std::size_t column_ = 0;
    std::size_t blanks_ = 0;  // written only when something follows
};

}  // namespace catchrule::tools
