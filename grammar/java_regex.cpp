// SPDX-License-Identifier: Apache-2.0
// Everything that the two engines could read differently is spelt out, so that PCRE2 runs without
// options of its own: letter case (Java folds ASCII letters only), line ends, word boundaries,
// classes. What is left is the common core: alternatives, groups, repetitions, look-around.
#include "grammar/java_regex.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "grammar/java_regex_groups.hpp"
#include "grammar/java_regex_reader.hpp"

namespace catchrule::grammar {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A pattern with the bytes of the source it was made from.
struct Mapped {
    std::string text;
    std::vector<std::uint32_t> origin;  // one more than there are bytes
};

// `\Q..\E` as escaped characters; Java does this before anything else.
Mapped without_quotations(std::string_view source) {
    Mapped out;
    const auto put = [&out](char c, std::size_t at) {
        out.text += c;
        out.origin.push_back(static_cast<std::uint32_t>(at));
    };
    for (std::size_t at = 0; at < source.size();) {
        if (source.substr(at).starts_with("\\Q")) {
            at += 2;
            for (; at < source.size() && !source.substr(at).starts_with("\\E"); ++at) {
                const char c = source[at];
                const bool plain =
                    static_cast<unsigned char>(c) >= 0x80 || is_letter(c) || is_digit(c);
                if (!plain) put('\\', at);
                put(c, at);
            }
            at = std::min(at + 2, source.size());
            continue;
        }
        const std::size_t length = source[at] == '\\' && at + 1 < source.size() ? 2 : 1;
        for (std::size_t i = 0; i < length; ++i, ++at) put(source[at], at);
    }
    out.origin.push_back(static_cast<std::uint32_t>(source.size()));
    return out;
}

// What \R takes. Java goes back from \r\n to \r alone, but not within a repetition.
constexpr std::string_view line_end_pattern = "(?:\\r\\n|[\\x{a}-\\x{d}\\x{85}\\x{2028}\\x{2029}])";
constexpr std::string_view repeated_line_end_pattern =
    "(?>\\r\\n|[\\x{a}-\\x{d}\\x{85}\\x{2028}\\x{2029}])";

std::string_view dot_pattern(JavaFlags flags) {
    if (flags.dot_all) return "(?s:.)";
    return flags.unix_lines ? "[^\\n]" : "[^\\n\\r\\x{85}\\x{2028}\\x{2029}]";
}

std::string_view caret_pattern(JavaFlags flags) {
    if (!flags.multiline) return "(?:\\A)";
    if (flags.unix_lines) return "(?:(?!\\z)(?:\\A|(?<=\\n)))";
    return "(?:(?!\\z)(?:\\A|(?<=[\\n\\x{85}\\x{2028}\\x{2029}])|(?<=\\r)(?!\\n)))";
}

std::string_view dollar_pattern(bool multiline, bool unix_lines) {
    if (unix_lines) return multiline ? "(?:(?=\\n|\\z))" : "(?:(?=\\n?\\z))";
    if (multiline) return "(?:\\z|(?=[\\r\\x{85}\\x{2028}\\x{2029}]|(?<!\\r)\\n))";
    return "(?:\\z|(?=\\r\\n\\z|[\\r\\x{85}\\x{2028}\\x{2029}]\\z|(?<!\\r)\\n\\z))";
}

// What `\b` asks for, at the end of a pattern: whether a part of a word stands on the left (_L) and
// on the right (_R). Letters and digits of every script and '_' are, as in Java up to 18 (from 19
// on it is ASCII without (?U)), and a combining mark behind a letter or digit (_M). Java walks back
// over marks as far as they go, PCRE2 has to be told how far: 30 marks on one letter are the most
// in the Stream-Safe Format of Unicode. Java looks at halves of characters beyond U+FFFF when it
// walks, and takes them for no letters and no marks.
std::string word_definitions() {
    constexpr std::size_t most_marks = 30;
    const std::string small = "(?![\\x{10000}-\\x{10ffff}])";
    const std::string letter = "(?<=" + small + "[\\p{L}\\p{Nd}]";
    const std::string mark = "(?<=" + small + "\\p{Mn}";
    std::string marks;
    for (std::size_t behind = 0; behind < most_marks; ++behind) {
        const std::string skipped = ".{" + std::to_string(behind) + "})";
        if (behind > 0) marks += '|';
        marks += mark;
        marks += skipped;
        marks += "(?:";
        marks += letter;
        marks += '.';
        marks += skipped;
    }
    marks.append(most_marks, ')');
    return "(?(DEFINE)(?<_M>(?s)" + marks + ")(?<_L>(?<=[\\p{L}\\p{Nd}_])|(?&_M))" +
           "(?<_R>(?=[\\p{L}\\p{Nd}_])|(?=\\p{Mn})(?:" + letter + ")|(?&_M))))";
}

// To (?U) every mark is part of a word.
std::string boundary_pattern(JavaFlags flags, bool inside) {
    const std::string word = "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\x{200c}\\x{200d}]";
    const std::string left = flags.unicode_classes ? "(?<=" + word + ')' : "(?&_L)";
    const std::string no_left = flags.unicode_classes ? "(?<!" + word + ')' : "(?!(?&_L))";
    const std::string right = flags.unicode_classes ? "(?=" + word + ')' : "(?&_R)";
    const std::string no_right = flags.unicode_classes ? "(?!" + word + ')' : "(?!(?&_R))";
    if (inside) return "(?:" + left + right + '|' + no_left + no_right + ')';
    return "(?:" + left + no_right + '|' + no_left + right + ')';
}

class Translator {
public:
    explicit Translator(std::string_view source)
        : source_(without_quotations(source)), in_(source_.text) {}

    TranslatedRegex run() {
        try {
            for (in_.skip_comments(flags_); !in_.at_end(); in_.skip_comments(flags_)) item();
            check_references();
        } catch (const RegexRefusal& r) {
            out_.diagnostics.push_back(make_diagnostic(
                r.problem, {source_.origin[r.begin], source_.origin[r.end]}, r.message, r.fix));
        }
        if (asks_for_words_) put(word_definitions(), in_.at());
        out_.groups = groups_.count();
        out_.names = std::move(names_);
        out_.origin.push_back(source_.origin.back());
        return std::move(out_);
    }

private:
    // Writes `part` for what the source holds from `begin` on.
    void put(std::string_view part, std::size_t begin) {
        out_.pattern += part;
        out_.origin.insert(out_.origin.end(), part.size(), source_.origin[begin]);
    }
    void copy(std::size_t count) {
        put(in_.rest().substr(0, count), in_.at());
        in_.skip(count);
    }
    void replace(std::size_t count, std::string_view part) {
        put(part, in_.at());
        in_.skip(count);
    }

    bool is_repeated(std::size_t ahead) const {
        const char next = in_.peek(ahead + in_.comment_length(ahead, flags_));
        return next == '*' || next == '+' || next == '?' || next == '{';
    }

    void item() {
        const std::size_t begin = in_.at();
        switch (in_.peek()) {
            case '\\':
                escape();
                break;
            case '[':
                put(in_.char_class(flags_).pattern(), begin);
                break;
            case '(':
                open_group();
                break;
            case ')':
                close_group();
                break;
            case '{':
                repetition();
                break;
            case '.':
                replace(1, dot_pattern(flags_));
                break;
            case '^':
                replace(1, caret_pattern(flags_));
                break;
            case '$':
                replace(1, dollar_pattern(flags_.multiline, flags_.unix_lines));
                break;
            case '|':
                groups_.alternative();
                copy(1);
                break;
            case '*':
            case '+':
            case '?':
                copy(1);
                break;
            default:
                literal(in_.character(), begin);
        }
    }

    void literal(std::uint32_t code, std::size_t begin) {
        if (!flags_.ignore_case) return put(escaped(code), begin);
        CharSet set;
        add_character(set, code, flags_);
        put(set.pattern(), begin);
    }

    // Remembers a group that opens at this place.
    void enter(RegexGroups::Kind kind, JavaFlags outer) {
        constexpr std::size_t deepest = 250;  // of PCRE2
        if (outer_flags_.size() >= deepest) {
            in_.reject(
                in_.at(), in_.at() + 1,
                "expected at most " + std::to_string(deepest) + " groups inside one another");
        }
        outer_flags_.push_back(outer);
        groups_.open(kind);
    }
    void open(std::string_view start, RegexGroups::Kind kind, JavaFlags outer) {
        enter(kind, outer);
        copy(start.size());
    }

    void close_group() {
        if (!outer_flags_.empty()) {
            flags_ = outer_flags_.back();
            outer_flags_.pop_back();
        }
        const std::size_t begin = in_.at();
        copy(1);
        using Repeated = RegexGroups::Repeated;
        Repeated repeated = Repeated::once;
        std::size_t at = in_.comment_length(0, flags_);
        bool twice = false;  // at least
        switch (in_.peek(at)) {
            case '?':
                repeated = Repeated::optional;
                break;
            case '*':
                repeated = Repeated::any;
                break;
            case '+':
                repeated = Repeated::some;
                break;
            case '{': {
                const std::string_view inside = repetition_at(at);
                const std::string_view least = inside.substr(0, inside.find(','));
                const std::size_t first = least.find_first_not_of('0');
                repeated = least.size() == inside.size() ? Repeated::exactly : Repeated::some;
                if (first == std::string_view::npos) repeated = Repeated::any;
                twice = first != std::string_view::npos && least.substr(first) != "1";
                at += inside.size() + 1;
                break;
            }
            default:
                groups_.close(Repeated::once, false);
                return;
        }
        const std::size_t gap = in_.comment_length(at + 1, flags_);
        const bool possessive = in_.peek(at + 1 + gap) == '+';
        if (possessive && twice) {
            in_.refuse(begin, in_.at() + at + gap + 2,
                       "expected no possessive repetition of a group from {2} on, which Java takes "
                       "for one of an atomic group",
                       "(?>...){2}");
        }
        groups_.close(repeated, possessive);
    }

    // The inside of the braces that open `ahead`; to the end when they do not close.
    std::string_view repetition_at(std::size_t ahead) const {
        const std::string_view rest = in_.rest().substr(ahead + 1);
        return rest.substr(0, rest.find('}'));
    }

    void repetition() {
        const std::string_view rest = in_.rest();
        const std::size_t close = rest.find('}');
        const std::string_view inside =
            close == std::string_view::npos ? "" : rest.substr(1, close - 1);
        const std::size_t comma = std::min(inside.find(','), inside.size());
        const auto digits = [](std::string_view part) {
            return part.find_first_not_of("0123456789") == std::string_view::npos;
        };
        const bool valid = comma > 0 && digits(inside.substr(0, comma)) &&
                           (comma == inside.size() || digits(inside.substr(comma + 1)));
        if (!valid) {
            in_.refuse(in_.at(), in_.at() + 1,
                       "expected a repetition such as {2} or {2,5} after '{'", "\\{");
        }
        copy(close + 1);
    }

    // Groups both engines know; the rest means something to PCRE2 only.
    void open_group() {
        const JavaFlags outer = flags_;
        const std::size_t begin = in_.at();
        const std::size_t gap = in_.comment_length(1, flags_);
        const char next = in_.peek(1 + gap);
        if (next == '*' || (gap != 0 && next == '?')) {
            in_.refuse(begin, begin + 2 + gap,
                       "expected something to repeat before '" + std::string(1, next) + "'");
        }
        using Kind = RegexGroups::Kind;
        if (next != '?') return open("(", Kind::capturing, outer);
        struct Start {
            std::string_view text;
            Kind kind;
        };
        for (const Start& start :
             {Start{"(?:", Kind::plain}, Start{"(?>", Kind::atomic},
              Start{"(?=", Kind::look_around}, Start{"(?<=", Kind::look_around},
              Start{"(?!", Kind::negative_look_around},
              Start{"(?<!", Kind::negative_look_around}}) {
            if (in_.looking_at(start.text)) return open(start.text, start.kind, outer);
        }
        if (in_.looking_at("(?<") && is_letter(in_.peek(3))) {
            return named_group(outer);
        }
        flags(outer);
    }

    std::string_view group_name(std::size_t from) const {
        const std::string_view rest = in_.rest().substr(from);
        std::size_t length = 0;
        while (length < rest.size() && (is_letter(rest[length]) || is_digit(rest[length]))) {
            ++length;
        }
        const bool closed = length < rest.size() && rest[length] == '>';
        if (!closed || length == 0 || !is_letter(rest[0])) {
            in_.reject(in_.at(), in_.at() + from + length,
                       "expected the name of a group, letters and digits, and '>'");
        }
        return rest.substr(0, length);
    }

    // A named group becomes a numbered one: PCRE2 limits the length of names.
    void named_group(JavaFlags outer) {
        const std::string_view name = group_name(3);
        enter(RegexGroups::Kind::capturing, outer);
        if (!names_.emplace(name, groups_.count()).second) {
            in_.reject(in_.at(), in_.at() + 4 + name.size(),
                       "expected a new name, this group exists already");
        }
        replace(4 + name.size(), "(");
    }

    bool set_flag(char flag, bool on) {
        switch (flag) {
            case 'i':
                flags_.ignore_case = on;
                return true;
            case 'm':
                flags_.multiline = on;
                return true;
            case 's':
                flags_.dot_all = on;
                return true;
            case 'u':
                flags_.unicode_case = on;
                return true;
            case 'd':
                flags_.unix_lines = on;
                return true;
            case 'x':
                flags_.comments = on;
                return true;
            case 'U':
                flags_.unicode_classes = on;
                flags_.unicode_case = on;
                return true;
            default:
                return false;
        }
    }

    // (?i), (?s-i), (?m:...): nothing of them is left, the flags are in what follows.
    void flags(JavaFlags outer) {
        const std::size_t begin = in_.at();
        std::size_t length = 2;
        bool on = true;
        for (; is_letter(in_.peek(length)) || in_.peek(length) == '-'; ++length) {
            const char flag = in_.peek(length);
            if (flag == '-') {
                on = false;
            } else if (!set_flag(flag, on)) {
                in_.refuse(begin, begin + length + 1,
                           "expected only the flags i, m, s, u, d, x and U, found '" +
                               std::string(1, flag) + "'");
            }
        }
        const char close = in_.peek(length);
        if ((close != ')' && close != ':') || length == 2) {
            in_.refuse(begin, begin + 3, "expected a group that Java knows after '(?'");
        }
        if (close == ':') {
            enter(RegexGroups::Kind::plain, outer);
            replace(length + 1, "(?:");
        } else {
            in_.skip(length + 1);
            if (is_repeated(0)) {
                in_.reject(in_.at(), in_.at() + 1, "expected something to repeat, found flags");
            }
        }
    }

    void escape() {
        const std::size_t begin = in_.at();
        in_.refuse_split_escape(flags_);
        if (const auto code = in_.escaped_character()) return literal(*code, begin);
        if (const auto set = in_.escaped_set(flags_)) return put(set->pattern(), begin);
        const char c = in_.peek(1);
        if (is_digit(c)) return back_reference();
        switch (c) {
            case 'k':
                return named_reference();
            case 'b':
            case 'B':
                if (in_.peek(2) == '{') break;  // \b{g}
                asks_for_words_ = asks_for_words_ || !flags_.unicode_classes;
                return replace(2, boundary_pattern(flags_, c == 'B'));
            case 'A':
            case 'G':
            case 'z':
            case 'X':
                return copy(2);
            case 'Z':
                return replace(2, dollar_pattern(false, flags_.unix_lines));
            case 'R':
                return replace(2, is_repeated(2) ? repeated_line_end_pattern : line_end_pattern);
            default:
                break;
        }
        in_.refuse(begin, begin + 2, "expected an escape that Java and this engine read alike");
    }

    // Java takes further digits only while that many groups are open before them.
    void back_reference() {
        std::size_t digits = 1;
        auto number = static_cast<std::size_t>(in_.peek(1) - '0');
        while (is_digit(in_.peek(1 + digits))) {
            const std::size_t longer =
                number * 10 + static_cast<std::size_t>(in_.peek(1 + digits) - '0');
            if (longer > groups_.count()) break;
            number = longer;
            ++digits;
        }
        reference(number, 1 + digits);
    }

    void named_reference() {
        if (in_.peek(2) != '<') in_.reject(in_.at(), in_.at() + 2, "expected '<' after '\\k'");
        const std::string_view name = group_name(3);
        const auto known = names_.find(name);
        if (known == names_.end()) {
            in_.reject(in_.at(), in_.at() + 4 + name.size(),
                       "expected the name of a group before this place");
        }
        reference(known->second, 4 + name.size());
    }

    void reference(std::size_t group, std::size_t length) {
        if (flags_.ignore_case) {
            in_.refuse(in_.at(), in_.at() + length,
                       "expected no reference to a group under (?i), this engine would fold other "
                       "letters");
        }
        groups_.refer({group, in_.at(), in_.at() + length});
        replace(length, "\\g{" + std::to_string(group) + '}');
    }

    void check_references() const {
        if (const auto none = groups_.without_group()) {
            in_.reject(none->begin, none->end, "expected a reference to a group of this pattern");
        }
        if (const auto stale = groups_.doubtful()) {
            in_.refuse(stale->begin, stale->end,
                       "expected a reference that every way reaches through its group, Java may "
                       "remember what a way captured that led nowhere");
        }
    }

    const Mapped source_;
    RegexReader in_;
    RegexGroups groups_;
    bool asks_for_words_ = false;
    std::map<std::string, std::size_t, std::less<>> names_;
    JavaFlags flags_;
    std::vector<JavaFlags> outer_flags_;
    TranslatedRegex out_;
};

}  // namespace

TranslatedRegex translate_java_regex(std::string_view text) { return Translator(text).run(); }

}  // namespace catchrule::grammar
