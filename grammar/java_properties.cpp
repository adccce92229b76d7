// SPDX-License-Identifier: Apache-2.0
// The properties of java.util.regex (class documentation of Pattern, "Classes for Unicode scripts,
// blocks, categories and binary properties") as the inside of a PCRE2 class.
#include <array>
#include <span>

#include "grammar/java_regex_reader.hpp"

namespace catchrule::grammar {
namespace {

struct Row {
    std::string_view name;
    std::string_view items;
    bool cased = false;
};

constexpr std::string_view java_white_space = "\\p{Z}\\x{9}-\\x{d}\\x{85}";
constexpr std::string_view hex_digits =
    "\\p{Nd}A-Fa-f\\x{ff10}-\\x{ff19}\\x{ff21}-\\x{ff26}\\x{ff41}-\\x{ff46}";
constexpr std::string_view visible = "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Co}";

// Known by these names with or without "Is".
constexpr std::array<Row, 29> plain{{
    {"Lower", "a-z", true},
    {"Upper", "A-Z", true},
    {"ASCII", "\\x{0}-\\x{7f}"},
    {"Alpha", "a-zA-Z"},
    {"Digit", "0-9"},
    {"Alnum", "a-zA-Z0-9"},
    {"Punct", "[:punct:]"},
    {"Graph", "[:graph:]"},
    {"Print", "[:print:]"},
    {"Blank", " \\x{9}"},
    {"Cntrl", "[:cntrl:]"},
    {"XDigit", "0-9a-fA-F"},
    {"Space", " \\x{9}-\\x{d}"},
    {"L1", "\\x{0}-\\x{ff}"},
    {"LC", "\\p{Lu}\\p{Ll}\\p{Lt}"},
    {"LD", "\\p{L}\\p{Nd}"},
    {"all", "\\x{0}-\\x{10ffff}"},
    {"javaLowerCase", "\\p{Lowercase}", true},
    {"javaUpperCase", "\\p{Uppercase}", true},
    {"javaTitleCase", "\\p{Lt}", true},
    {"javaAlphabetic", "\\p{Alphabetic}"},
    {"javaIdeographic", "\\p{Ideographic}"},
    {"javaDigit", "\\p{Nd}"},
    {"javaLetter", "\\p{L}"},
    {"javaLetterOrDigit", "\\p{L}\\p{Nd}"},
    {"javaDefined", "\\P{Cn}"},
    {"javaSpaceChar", "\\p{Z}"},
    {"javaWhitespace",
     "\\x{9}-\\x{d}\\x{1c}-\\x{20}\\x{1680}\\x{2000}-\\x{2006}\\x{2008}-\\x{200a}\\x{2028}"
     "\\x{2029}\\x{205f}\\x{3000}"},
    {"javaISOControl", "\\x{0}-\\x{1f}\\x{7f}-\\x{9f}"},
}};

// Binary properties behind "Is", in any letter case.
constexpr std::array<Row, 16> binary{{
    {"alphabetic", "\\p{Alphabetic}"},
    {"ideographic", "\\p{Ideographic}"},
    {"letter", "\\p{L}"},
    {"lowercase", "\\p{Lowercase}", true},
    {"uppercase", "\\p{Uppercase}", true},
    {"titlecase", "\\p{Lt}", true},
    {"punctuation", "\\p{P}"},
    {"control", "\\p{Cc}"},
    {"white_space", java_white_space},
    {"whitespace", java_white_space},
    {"digit", "\\p{Nd}"},
    {"hex_digit", hex_digits},
    {"hexdigit", hex_digits},
    {"assigned", "\\P{Cn}"},
    {"join_control", "\\x{200c}\\x{200d}"},
    {"joincontrol", "\\x{200c}\\x{200d}"},
}};

// What (?U) makes of the ASCII names.
constexpr std::array<Row, 12> unicode_posix{{
    {"alpha", "\\p{Alphabetic}"},
    {"lower", "\\p{Lowercase}", true},
    {"upper", "\\p{Uppercase}", true},
    {"space", java_white_space},
    {"punct", "\\p{P}"},
    {"xdigit", hex_digits},
    {"alnum", "\\p{Alphabetic}\\p{Nd}"},
    {"cntrl", "\\p{Cc}"},
    {"digit", "\\p{Nd}"},
    {"blank", "\\p{Zs}\\x{9}"},
    {"graph", visible},
    {"print", "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Co}\\p{Zs}"},
}};

// Blocks: the ones that European and East Asian patterns name.
constexpr std::array<Row, 13> blocks{{
    {"BasicLatin", "\\x{0}-\\x{7f}"},
    {"BASIC_LATIN", "\\x{0}-\\x{7f}"},
    {"LATIN_1_SUPPLEMENT", "\\x{80}-\\x{ff}"},
    {"LATIN_EXTENDED_A", "\\x{100}-\\x{17f}"},
    {"LATIN_EXTENDED_B", "\\x{180}-\\x{24f}"},
    {"GREEK", "\\x{370}-\\x{3ff}"},
    {"CYRILLIC", "\\x{400}-\\x{4ff}"},
    {"HEBREW", "\\x{590}-\\x{5ff}"},
    {"ARABIC", "\\x{600}-\\x{6ff}"},
    {"HIRAGANA", "\\x{3040}-\\x{309f}"},
    {"KATAKANA", "\\x{30a0}-\\x{30ff}"},
    {"CJK_UNIFIED_IDEOGRAPHS", "\\x{4e00}-\\x{9fff}"},
    {"HANGUL_SYLLABLES", "\\x{ac00}-\\x{d7af}"},
}};

// Unicode general categories both engines know by these names.
constexpr std::string_view categories =
    " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp"
    " C Cc Cf Cs Co Cn ";

std::optional<JavaProperty> find(std::span<const Row> rows, std::string_view name, bool any_case) {
    for (const Row& row : rows) {
        const bool same = any_case ? equals_ignoring_case(row.name, name) : row.name == name;
        if (same) return JavaProperty{std::string(row.items), row.cased};
    }
    return std::nullopt;
}

std::optional<JavaProperty> category(std::string_view name) {
    const bool known = name.find(' ') == std::string_view::npos &&
                       categories.find(' ' + std::string(name) + ' ') != std::string_view::npos;
    if (!known) return std::nullopt;
    return JavaProperty{"\\p{" + std::string(name) + '}',
                        name == "Lu" || name == "Ll" || name == "Lt"};
}

std::optional<JavaProperty> category_or_class(std::string_view name) {
    if (auto found = category(name)) return found;
    return find(plain, name, false);
}

// PCRE2 says so when it does not know the script.
std::optional<JavaProperty> script(std::string_view name) {
    const auto odd = [](char c) { return !is_name_char(c) || c == '.' || c == '-'; };
    for (const char c : name) {
        if (odd(c)) return std::nullopt;
    }
    if (name.empty()) return std::nullopt;
    return JavaProperty{"\\p{sc:" + std::string(name) + '}'};
}

bool take(std::string_view& name, std::string_view prefix) {
    if (!name.starts_with(prefix)) return false;
    name.remove_prefix(prefix.size());
    return true;
}

}  // namespace

std::optional<JavaProperty> find_java_property(std::string_view name, JavaFlags flags) {
    if (take(name, "general_category=") || take(name, "gc=")) return category_or_class(name);
    if (take(name, "script=") || take(name, "sc=")) return script(name);
    if (take(name, "block=") || take(name, "blk=") || take(name, "In")) {
        return find(blocks, name, true);
    }
    if (take(name, "Is")) {
        if (auto found = find(binary, name, true)) return found;
        if (auto found = find(unicode_posix, name, true); found && flags.unicode_classes) {
            return found;
        }
        if (auto found = category_or_class(name)) return found;
        return script(name);
    }
    if (flags.unicode_classes) {
        if (auto found = find(unicode_posix, name, true)) return found;
    }
    return category_or_class(name);
}

}  // namespace catchrule::grammar
