// SPDX-License-Identifier: Apache-2.0
#include "grammar/java_regex_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace catchrule::grammar {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_octal(char c) { return c >= '0' && c <= '7'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Escapes of one letter that stand for one character.
constexpr std::string_view named = "tnrfae";
constexpr std::string_view named_codes = "\t\n\r\f\a\x1B";

}  // namespace

void RegexReader::refuse(std::size_t begin, std::size_t end, std::string message,
                         std::string fix) const {
    throw RegexRefusal{Problem::foreign_pattern, begin, std::min(end, text_.size()),
                       std::move(message), std::move(fix)};
}

void RegexReader::reject(std::size_t begin, std::size_t end, std::string message) const {
    throw RegexRefusal{
        Problem::bad_pattern, begin, std::min(end, text_.size()), std::move(message), {}};
}

std::size_t RegexReader::comment_length(std::size_t ahead, JavaFlags flags) const {
    if (!flags.comments) return 0;
    const std::string_view ends = flags.unix_lines ? "\n" : "\n\r";
    const auto is_end = [&](std::size_t i) {
        if (ends.find(peek(i)) != std::string_view::npos || peek(i) == '\0') return true;
        const std::string_view rest = text_.substr(at_ + i);
        return !flags.unix_lines && (rest.starts_with("\xC2\x85") ||      // U+0085
                                     rest.starts_with("\xE2\x80\xA8") ||  // U+2028
                                     rest.starts_with("\xE2\x80\xA9"));
    };
    std::size_t i = ahead;
    while (at_ + i < text_.size()) {
        if (peek(i) == ' ' || (peek(i) >= '\t' && peek(i) <= '\r')) {
            ++i;
        } else if (peek(i) == '#') {
            while (!is_end(i)) ++i;
        } else {
            break;
        }
    }
    return i - ahead;
}

void RegexReader::refuse_split_escape(JavaFlags flags) const {
    std::size_t length = 2;
    if (is_digit(peek(1))) {
        while (is_digit(peek(length))) ++length;
    } else if (peek(1) != 'c') {
        return;
    }
    const std::size_t gap = comment_length(length, flags);
    const bool goes_on = gap != 0 && (peek(1) == 'c' || is_digit(peek(length + gap)));
    if (goes_on) refuse(at_, at_ + length, "expected no white space within an escape under (?x)");
}

std::uint32_t RegexReader::character() {
    const auto byte = [this](std::size_t i) { return static_cast<unsigned char>(peek(i)); };
    const unsigned char lead = byte(0);
    std::size_t length = 1;
    if (lead >= 0xF0) {
        length = 4;
    } else if (lead >= 0xE0) {
        length = 3;
    } else if (lead >= 0xC0) {
        length = 2;
    }
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    std::uint32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    bool valid = lead < 0x80 || (lead >= 0xC2 && lead <= 0xF4);
    for (std::size_t i = 1; i < length; ++i) {
        valid = valid && (byte(i) & 0xC0U) == 0x80U;
        code = code << 6 | (byte(i) & 0x3FU);
    }
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (!valid || code < least[length] || code > last_character || surrogate) {
        reject(at_, at_ + 1, "expected UTF-8");
    }
    at_ += length;
    return code;
}

std::optional<std::uint32_t> RegexReader::hex(std::size_t from, std::size_t digits) const {
    if (from + digits > text_.size() || digits == 0 || digits > 8) return std::nullopt;
    std::uint32_t code = 0;
    const char* end = text_.data() + from + digits;
    const auto read = std::from_chars(text_.data() + from, end, code, 16);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return code;
}

// Takes the `length` bytes that gave `code`.
std::uint32_t RegexReader::checked(std::uint32_t code, std::size_t length) {
    if (code > last_character || (code >= 0xD800 && code <= 0xDFFF)) {
        refuse(at_, at_ + length, "expected a whole Unicode character");
    }
    at_ += length;
    return code;
}

std::optional<std::uint32_t> RegexReader::escaped_character() {
    if (at_ + 1 >= text_.size()) reject(at_, at_ + 1, "expected a character after '\\'");
    const char c = peek(1);
    if (!is_letter(c) && !is_digit(c)) {
        ++at_;
        return character();
    }
    if (const std::size_t i = named.find(c); i != std::string_view::npos) {
        at_ += 2;
        return static_cast<unsigned char>(named_codes[i]);
    }
    switch (c) {
        case 'u':
            return unicode_escape();
        case 'x':
            return hex_escape();
        case '0':
            return octal_escape();
        case 'c':
            if (at_ + 2 >= text_.size()) reject(at_, at_ + 2, "expected a character after '\\c'");
            at_ += 2;
            return character() ^ 64U;  // unlike PCRE2, Java does not make the letter upper-case
        default:
            return std::nullopt;
    }
}

std::uint32_t RegexReader::unicode_escape() {
    const auto high = hex(at_ + 2, 4);
    if (!high) refuse(at_, at_ + 2, "expected four hexadecimal digits after '\\u'");
    const bool pair = *high >= 0xD800 && *high < 0xDC00 && text_.substr(at_ + 6).starts_with("\\u");
    const auto low = pair ? hex(at_ + 8, 4) : std::nullopt;
    if (low && *low >= 0xDC00 && *low < 0xE000) {
        return checked(0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00), 12);
    }
    return checked(*high, 6);
}

std::uint32_t RegexReader::hex_escape() {
    if (peek(2) == '{') {
        const std::size_t close = text_.find('}', at_);
        const std::size_t end = close == std::string_view::npos ? at_ + 3 : close;
        const auto code = hex(at_ + 3, end - at_ - 3);
        if (!code) refuse(at_, end + 1, "expected hexadecimal digits and '}' after '\\x{'");
        return checked(*code, end + 1 - at_);
    }
    const auto code = hex(at_ + 2, 2);
    if (!code) refuse(at_, at_ + 2, "expected two hexadecimal digits after '\\x'");
    return checked(*code, 4);
}

std::uint32_t RegexReader::octal_escape() {
    std::size_t digits = 0;
    std::uint32_t code = 0;
    const std::size_t most = peek(2) <= '3' ? 3 : 2;
    while (digits < most && is_octal(peek(2 + digits))) {
        code = code * 8 + static_cast<std::uint32_t>(peek(2 + digits++) - '0');
    }
    if (digits == 0) refuse(at_, at_ + 2, "expected octal digits after '\\0'");
    return checked(code, 2 + digits);
}

std::optional<CharSet> RegexReader::escaped_set(JavaFlags flags) {
    const char c = peek(1);
    if (c == 'p' || c == 'P') return property(flags);
    CharSet set;
    switch (c) {
        case 'd':
        case 'D':
            set.items = flags.unicode_classes ? "\\p{Nd}" : "0-9";
            break;
        case 'w':
        case 'W':
            set.items = flags.unicode_classes
                            ? "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\x{200c}\\x{200d}"
                            : "a-zA-Z0-9_";
            break;
        case 's':
        case 'S':
            set.items = flags.unicode_classes ? "\\p{Z}\\x{9}-\\x{d}\\x{85}" : " \\x{9}-\\x{d}";
            break;
        case 'h':
        case 'H':
            set.items = "\\h";
            break;
        case 'v':
        case 'V':
            set.items = "\\v";
            break;
        default:
            return std::nullopt;
    }
    set.negated = c < 'a';
    at_ += 2;
    return set;
}

CharSet RegexReader::property(JavaFlags flags) {
    std::string_view name = text_.substr(std::min(at_ + 2, text_.size()), 1);
    std::size_t length = 3;
    if (name == "{") {
        const std::size_t close = text_.find('}', at_);
        if (close == std::string_view::npos) {
            refuse(at_, at_ + 3, "expected '}' after the name of a property");
        }
        name = text_.substr(at_ + 3, close - at_ - 3);
        length = close + 1 - at_;
    }
    const auto known = find_java_property(name, flags);
    if (!known) {
        refuse(at_, at_ + length,
               "expected a property that Java and this engine read alike, such as \\p{Alpha}, "
               "\\p{L} or \\p{IsLatin}");
    }
    if (known->cased && flags.ignore_case) {
        refuse(at_, at_ + length,
               "expected no property of letter case under (?i), which Java's releases read "
               "differently");
    }
    CharSet set;
    set.items = known->items;
    set.negated = peek(1) == 'P';
    at_ += length;
    return set;
}

}  // namespace catchrule::grammar
