// SPDX-License-Identifier: Apache-2.0
// Letter case in character classes. To Java a letter stands in a range under (?iu) when itself, its
// capital or the small letter of that capital does (java.util.regex.Pattern, CIRangeU), while PCRE2
// takes all letters that are cases of one another. The two part where a pair of letters has a third
// form: the sign Kelvin has the small letter k, but is not the capital of k, so [a-z] takes it and
// [A-Z] does not.
#include <algorithm>
#include <array>

#include "grammar/java_regex_reader.hpp"

namespace catchrule::grammar {
namespace {

struct Range {
    std::uint32_t low;
    std::uint32_t high;
};

constexpr Range small{'a', 'z'};
constexpr Range capital{'A', 'Z'};
constexpr std::uint32_t between_cases = 'a' - 'A';

bool holds(Range range, std::uint32_t code) { return range.low <= code && code <= range.high; }

void put_range(std::string& items, Range range) {
    items += escaped(range.low);
    if (range.low != range.high) items += '-' + escaped(range.high);
}

// The part of `range` within `letters`, moved to the other case.
void put_other_case(std::string& items, Range range, Range letters, std::uint32_t distance) {
    const Range part{std::max(range.low, letters.low), std::min(range.high, letters.high)};
    if (part.low <= part.high) put_range(items, {part.low + distance, part.high + distance});
}

// Another form of a letter; one that is a capital is its own capital to Java.
struct Form {
    std::uint32_t form;
    std::uint32_t capital;
    std::uint32_t small;
    bool is_capital = false;
    bool known_to_pcre2 = true;
};

constexpr std::array<Form, 33> forms{{
    {0xB5, 0x39C, 0x3BC},
    {0x130, 'I', 'i', true, false},
    {0x131, 'I', 'i', false, false},
    {0x17F, 'S', 's'},
    {0x1C5, 0x1C4, 0x1C6},
    {0x1C8, 0x1C7, 0x1C9},
    {0x1CB, 0x1CA, 0x1CC},
    {0x1F2, 0x1F1, 0x1F3},
    {0x345, 0x399, 0x3B9},
    {0x3C2, 0x3A3, 0x3C3},
    {0x3D0, 0x392, 0x3B2},
    {0x3D1, 0x398, 0x3B8},
    {0x3D5, 0x3A6, 0x3C6},
    {0x3D6, 0x3A0, 0x3C0},
    {0x3F0, 0x39A, 0x3BA},
    {0x3F1, 0x3A1, 0x3C1},
    {0x3F4, 0x398, 0x3B8, true},
    {0x3F5, 0x395, 0x3B5},
    {0x1C80, 0x412, 0x432},
    {0x1C81, 0x414, 0x434},
    {0x1C82, 0x41E, 0x43E},
    {0x1C83, 0x421, 0x441},
    {0x1C84, 0x422, 0x442},
    {0x1C85, 0x422, 0x442},
    {0x1C86, 0x42A, 0x44A},
    {0x1C87, 0x462, 0x463},
    {0x1C88, 0xA64A, 0xA64B},
    {0x1E9B, 0x1E60, 0x1E61},
    {0x1E9E, 0xDF, 0xDF, true},
    {0x1FBE, 0x399, 0x3B9},
    {0x2126, 0x3A9, 0x3C9, true},
    {0x212A, 'K', 'k', true},
    {0x212B, 0xC5, 0xE5, true},
}};

// What PCRE2 folds of `range`: all but the forms, which would fold into their letters.
std::string without_forms(Range range) {
    std::string items;
    std::uint32_t low = range.low;
    for (const Form& form : forms) {
        if (!holds(range, form.form)) continue;
        if (low < form.form) put_range(items, {low, form.form - 1});
        low = form.form + 1;
    }
    if (low <= range.high) put_range(items, {low, range.high});
    return items;
}

void add_unicode_range(CharSet& set, Range range) {
    std::string excluded;
    for (const Form& form : forms) {
        const bool small_in = holds(range, form.small);
        const bool capital_in = holds(range, form.capital);
        const bool java = holds(range, form.form) || small_in || (capital_in && !form.is_capital);
        const bool folded = form.known_to_pcre2 && (small_in || capital_in);
        if (java && !folded) set.items += escaped(form.form);
        if (folded && !java) excluded += escaped(form.form);
    }
    const std::string items = without_forms(range);
    if (items.empty()) return;
    std::string part = "(?i:[" + items + "])";
    if (!excluded.empty()) part = "(?:(?![" + excluded + "])" + part + ')';
    set.parts.push_back(std::move(part));
}

}  // namespace

void add_range(CharSet& set, std::uint32_t low, std::uint32_t high, JavaFlags flags) {
    const Range range{low, high};
    if (flags.ignore_case && flags.unicode_case) return add_unicode_range(set, range);
    put_range(set.items, range);
    if (!flags.ignore_case) return;
    put_other_case(set.items, range, small, 0U - between_cases);
    put_other_case(set.items, range, capital, between_cases);
}

void add_character(CharSet& set, std::uint32_t code, JavaFlags flags) {
    if (!flags.ignore_case || !flags.unicode_case) return add_range(set, code, code, flags);
    if (code == 0xDF) {  // sharp s is no case of its capital, only the other way
        set.items += escaped(code);
        return;
    }
    // PCRE2 folds the rest, but to Java the two Turkish letters i are cases of i as well.
    const bool dotted = code == 'i' || code == 'I' || code == 0x130 || code == 0x131;
    set.parts.push_back("(?i:[" + (dotted ? "iI\\x{130}\\x{131}" : escaped(code)) + "])");
}

}  // namespace catchrule::grammar
