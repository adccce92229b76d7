// SPDX-License-Identifier: Apache-2.0
#include "grammar/java_regex.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "grammar/messages.hpp"

namespace catchrule::grammar {
namespace {

struct Refusal {
    Problem problem;
    std::size_t begin;
    std::size_t end;
    std::string message;
    std::string fix;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_octal(char c) { return c >= '0' && c <= '7'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Java's names of ASCII classes and the POSIX classes that hold the same bytes without UCP.
struct AsciiClass {
    std::string_view java;
    std::string_view posix;
};
constexpr std::array<AsciiClass, 13> ascii_classes{{{"Lower", "lower"},
                                                    {"Upper", "upper"},
                                                    {"ASCII", "ascii"},
                                                    {"Alpha", "alpha"},
                                                    {"Digit", "digit"},
                                                    {"Alnum", "alnum"},
                                                    {"Punct", "punct"},
                                                    {"Graph", "graph"},
                                                    {"Print", "print"},
                                                    {"Blank", "blank"},
                                                    {"Cntrl", "cntrl"},
                                                    {"XDigit", "xdigit"},
                                                    {"Space", "space"}}};

// Unicode general categories both engines know by these names.
constexpr std::string_view categories =
    " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp"
    " C Cc Cf Cs Co Cn ";

bool is_category(std::string_view name) {
    return name.find(' ') == std::string_view::npos &&
           categories.find(' ' + std::string(name) + ' ') != std::string_view::npos;
}

class Translator {
public:
    explicit Translator(std::string_view text) : text_(text) {}

    TranslatedRegex run() {
        try {
            while (at_ < text_.size()) item();
        } catch (const Refusal& r) {
            const Span span{static_cast<std::uint32_t>(r.begin), static_cast<std::uint32_t>(r.end)};
            out_.diagnostics.push_back(make_diagnostic(r.problem, span, r.message, r.fix));
        }
        out_.origin.push_back(static_cast<std::uint32_t>(text_.size()));
        return std::move(out_);
    }

private:
    [[noreturn]] void refuse(std::size_t begin, std::size_t end, std::string message,
                             std::string fix = {}) const {
        throw Refusal{Problem::foreign_pattern, begin, std::min(end, text_.size()),
                      std::move(message), std::move(fix)};
    }

    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    bool looking_at(std::string_view part) const { return text_.substr(at_).starts_with(part); }

    // Writes `part` for the next `consumed` bytes of the source.
    void put(std::string_view part, std::size_t consumed) {
        out_.pattern += part;
        out_.origin.insert(out_.origin.end(), part.size(), static_cast<std::uint32_t>(at_));
        at_ += consumed;
    }
    void copy(std::size_t count) { put(text_.substr(at_, count), count); }

    void item() {
        switch (peek()) {
            case '\\':
                escape(false);
                break;
            case '[':
                char_class();
                break;
            case '(':
                open_group();
                break;
            case ')':
                if (!dot_all_.empty()) {
                    dot_matches_all_ = dot_all_.back();
                    dot_all_.pop_back();
                }
                copy(1);
                break;
            case '{':
                repetition();
                break;
            case '.':
                // Java's `.` stops at five line ends, PCRE2's at fewer or more.
                dot_matches_all_ ? put("(?s:.)", 1) : put("[^\\n\\r\\x{85}\\x{2028}\\x{2029}]", 1);
                break;
            default:
                copy(1);
        }
    }

    void repetition() {
        const std::size_t close = text_.find('}', at_);
        const std::string_view inside =
            close == std::string_view::npos ? "" : text_.substr(at_ + 1, close - at_ - 1);
        const std::size_t comma = std::min(inside.find(','), inside.size());
        const auto digits = [](std::string_view part) {
            return part.find_first_not_of("0123456789") == std::string_view::npos;
        };
        const bool valid = comma > 0 && digits(inside.substr(0, comma)) &&
                           (comma == inside.size() || digits(inside.substr(comma + 1)));
        if (!valid) {
            refuse(at_, at_ + 1, "expected a repetition such as {2} or {2,5} after '{'", "\\{");
        }
        copy(close + 1 - at_);
    }

    // Groups both engines know; the rest means something to PCRE2 only.
    void open_group() {
        const bool outer = dot_matches_all_;
        if (peek(1) == '*') refuse(at_, at_ + 2, "expected something to repeat before '*'");
        if (peek(1) != '?') {
            dot_all_.push_back(outer);
            ++groups_;
            copy(1);
            return;
        }
        for (const std::string_view start : {"(?:", "(?=", "(?!", "(?>", "(?<=", "(?<!"}) {
            if (!looking_at(start)) continue;
            dot_all_.push_back(outer);
            copy(start.size());
            return;
        }
        if (looking_at("(?<") && is_letter(peek(3))) {
            dot_all_.push_back(outer);
            ++groups_;
            copy(3);
            return;
        }
        flags(outer);
    }

    // (?i), (?s-i), (?m:...). The flags that stay are written without the ones PCRE2 does not need.
    void flags(bool outer) {
        std::size_t end = at_ + 2;
        bool on = true;
        bool dot_all = dot_matches_all_;
        std::string kept = "(?";
        for (; end < text_.size() && (is_letter(text_[end]) || text_[end] == '-'); ++end) {
            const char flag = text_[end];
            switch (flag) {
                case '-':
                    on = false;
                    kept += '-';
                    break;
                case 'i':
                case 'm':
                    kept += flag;
                    break;
                case 's':
                    dot_all = on;
                    break;
                case 'u':
                    break;  // case folding beyond ASCII: PCRE2 does it for every (?i)
                default:
                    refuse(at_, end + 1,
                           "expected only the flags i, m, s and u, found '" + std::string(1, flag) +
                               "'");
            }
        }
        const char close = end < text_.size() ? text_[end] : '\0';
        if ((close != ')' && close != ':') || end == at_ + 2) {
            refuse(at_, at_ + 3, "expected a group that Java knows after '(?'");
        }
        if (kept == "(?" || kept == "(?-") kept = "(?:";
        if (close == ':') {
            dot_all_.push_back(outer);
            if (kept != "(?:") kept += ':';
        } else {
            kept += kept == "(?:" ? ")" : std::string(1, close);
        }
        put(kept, end + 1 - at_);
        dot_matches_all_ = dot_all;
    }

    void char_class() {
        const std::size_t open = at_;
        copy(1);
        if (peek() == '^') copy(1);
        bool first = true;
        while (at_ < text_.size()) {
            if (peek() == ']' && !first) {
                copy(1);
                return;
            }
            first = false;
            if (peek() == '[') {
                refuse(at_, at_ + 1, "expected no class inside a class (Java's union)", "\\[");
            }
            if (looking_at("&&")) {
                refuse(at_, at_ + 2, "expected no '&&' inside a class (Java's intersection)",
                       "\\&");
            }
            peek() == '\\' ? escape(true) : copy(1);
        }
        throw Refusal{Problem::bad_pattern, open, open + 1, "expected ']' to close this class", ""};
    }

    void escape(bool in_class) {
        const char c = peek(1);
        if (at_ + 1 >= text_.size()) {
            throw Refusal{Problem::bad_pattern, at_, at_ + 1, "expected a character after '\\'",
                          ""};
        }
        if (!is_letter(c) && !is_digit(c)) return copy_escaped();
        switch (c) {
            case 'Q':
                return quotation();
            case 'u':
                return unicode_escape();
            case 'p':
            case 'P':
                return property(in_class);
            case '0':
                return octal_escape();
            case 'x':
                return hex_escape();
            default:
                break;
        }
        if (c == 'c' && at_ + 2 < text_.size() && is_letter(peek(2))) return copy(3);
        if (!in_class && is_digit(c)) return back_reference();
        if (!in_class && c == 'k' && peek(2) == '<') return copy(2);
        constexpr std::string_view everywhere = "tnrfaedDsSwWhHvV";
        constexpr std::string_view outside = "bBAGZzRX";
        const bool known = everywhere.find(c) != std::string_view::npos ||
                           (!in_class && outside.find(c) != std::string_view::npos);
        if (!known) {
            refuse(at_, at_ + 2, "expected an escape that Java and this engine read alike");
        }
        copy(2);
    }

    // An escaped character that is no letter is itself; keep a multibyte one whole.
    void copy_escaped() {
        std::size_t length = 2;
        while ((static_cast<unsigned char>(peek(length)) & 0xC0U) == 0x80U) ++length;
        copy(length);
    }

    void quotation() {
        at_ += 2;
        while (at_ < text_.size()) {
            if (looking_at("\\E")) {
                at_ += 2;
                return;
            }
            const auto byte = static_cast<unsigned char>(peek());
            const bool plain = byte >= 0x80 || is_letter(peek()) || is_digit(peek());
            plain ? copy(1) : put(std::string{'\\', peek()}, 1);
        }
    }

    std::optional<std::uint32_t> hex(std::size_t from, std::size_t digits) const {
        if (from + digits > text_.size() || digits == 0 || digits > 8) return std::nullopt;
        std::uint32_t code = 0;
        const char* end = text_.data() + from + digits;
        const auto read = std::from_chars(text_.data() + from, end, code, 16);
        if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
        return code;
    }

    void put_code(std::uint32_t code, std::size_t consumed) {
        constexpr std::uint32_t last_code = 0x10FFFF;
        if (code > last_code || (code >= 0xD800 && code <= 0xDFFF)) {
            refuse(at_, at_ + consumed, "expected a whole Unicode character");
        }
        std::array<char, 8> digits{};
        const auto made = std::to_chars(digits.data(), digits.data() + digits.size(), code, 16);
        put("\\x{" + std::string(digits.data(), made.ptr) + '}', consumed);
    }

    void unicode_escape() {
        const auto high = hex(at_ + 2, 4);
        if (!high) refuse(at_, at_ + 2, "expected four hexadecimal digits after '\\u'");
        const bool pair =
            *high >= 0xD800 && *high < 0xDC00 && text_.substr(at_ + 6).starts_with("\\u");
        const auto low = pair ? hex(at_ + 8, 4) : std::nullopt;
        if (low && *low >= 0xDC00 && *low < 0xE000) {
            return put_code(0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00), 12);
        }
        put_code(*high, 6);
    }

    void hex_escape() {
        if (peek(2) == '{') {
            const std::size_t close = text_.find('}', at_);
            const std::size_t end = close == std::string_view::npos ? at_ + 3 : close;
            const auto code = hex(at_ + 3, end - at_ - 3);
            if (!code) refuse(at_, end + 1, "expected hexadecimal digits and '}' after '\\x{'");
            return put_code(*code, end + 1 - at_);
        }
        const auto code = hex(at_ + 2, 2);
        if (!code) refuse(at_, at_ + 2, "expected two hexadecimal digits after '\\x'");
        put_code(*code, 4);
    }

    void octal_escape() {
        std::size_t digits = 0;
        std::uint32_t code = 0;
        const std::size_t most = peek(2) <= '3' ? 3 : 2;
        while (digits < most && is_octal(peek(2 + digits))) {
            code = code * 8 + static_cast<std::uint32_t>(peek(2 + digits++) - '0');
        }
        if (digits == 0) refuse(at_, at_ + 2, "expected octal digits after '\\0'");
        put_code(code, 2 + digits);
    }

    // Java takes further digits only while that many groups are open before them.
    void back_reference() {
        std::size_t digits = 1;
        auto number = static_cast<std::size_t>(peek(1) - '0');
        while (is_digit(peek(1 + digits))) {
            const std::size_t longer =
                number * 10 + static_cast<std::size_t>(peek(1 + digits) - '0');
            if (longer > groups_) break;
            number = longer;
            ++digits;
        }
        put("\\g{" + std::to_string(number) + '}', 1 + digits);
    }

    void property(bool in_class) {
        const bool negated = peek(1) == 'P';
        std::string_view name = text_.substr(at_ + 2, 1);
        std::size_t length = 3;
        if (name == "{") {
            const std::size_t close = text_.find('}', at_);
            if (close == std::string_view::npos) {
                refuse(at_, at_ + 3, "expected '}' after the name of a property");
            }
            name = text_.substr(at_ + 3, close - at_ - 3);
            length = close + 1 - at_;
        }
        for (const AsciiClass& ascii : ascii_classes) {
            if (ascii.java != name) continue;
            const std::string posix = (negated ? "[:^" : "[:") + std::string(ascii.posix) + ":]";
            return put(in_class ? posix : '[' + posix + ']', length);
        }
        const std::string start = negated ? "\\P{" : "\\p{";
        for (const std::string_view prefix : {"general_category=", "gc=", "Is", ""}) {
            if (!name.starts_with(prefix)) continue;
            const std::string_view rest = name.substr(prefix.size());
            if (is_category(rest)) return put(start + std::string(rest) + '}', length);
        }
        // A script; PCRE2 says so when it does not know it.
        for (const std::string_view prefix : {"script=", "sc=", "Is"}) {
            if (!name.starts_with(prefix)) continue;
            const std::string_view script = name.substr(prefix.size());
            if (!is_binary_property(script)) {
                return put(start + "sc:" + std::string(script) + '}', length);
            }
        }
        refuse(
            at_, at_ + length,
            "expected a property that Java and this engine read alike, such as \\p{Alpha}, \\p{L} "
            "or \\p{IsLatin}");
    }

    // Java's \p{IsAlphabetic} and its like would pass for script names.
    static bool is_binary_property(std::string_view name) {
        constexpr std::array<std::string_view, 13> names{
            "alphabetic",  "ideographic", "letter",      "lowercase", "uppercase",
            "titlecase",   "digit",       "punctuation", "control",   "hex_digit",
            "white_space", "assigned",    "emoji"};
        for (const std::string_view known : names) {
            if (equals_ignoring_case(name, known)) return true;
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t groups_ = 0;
    bool dot_matches_all_ = false;
    std::vector<bool> dot_all_;  // what `.` meant before each open group
    TranslatedRegex out_;
};

}  // namespace

TranslatedRegex translate_java_regex(std::string_view text) { return Translator(text).run(); }

}  // namespace catchrule::grammar
