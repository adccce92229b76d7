// SPDX-License-Identifier: Apache-2.0
// Character classes. Java's are set expressions: a class inside a class is a union, `&&` an
// intersection of all that stands on its two sides, '^' negates the whole. PCRE2 has flat classes
// only, so
//
//     [a-z&&[^aeiou]]   becomes   (?:(?=[a-z])[^aeiou])
//     [a[^b]]           becomes   (?:[a]|[^b])
//
// which take one character each, as a class does. java.util.regex.Pattern, method clazz().
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "grammar/java_regex_reader.hpp"

namespace catchrule::grammar {
namespace {

struct Range {
    std::uint32_t low;
    std::uint32_t high;
};

bool holds(Range range, std::uint32_t code) { return range.low <= code && code <= range.high; }

}  // namespace

std::string escaped(std::uint32_t code) {
    const bool plain = holds({'a', 'z'}, code) || holds({'A', 'Z'}, code) ||
                       holds({'0', '9'}, code) || code == '/';
    if (plain) return {static_cast<char>(code)};
    std::array<char, 8> digits{};
    const auto made = std::to_chars(digits.data(), digits.data() + digits.size(), code, 16);
    return "\\x{" + std::string(digits.data(), made.ptr) + '}';
}

void CharSet::add(const CharSet& other) {
    if (other.negated) {
        parts.push_back(other.pattern());
        return;
    }
    items += other.items;
    parts.insert(parts.end(), other.parts.begin(), other.parts.end());
}

std::string CharSet::pattern() const {
    if (parts.empty()) return (negated ? "[^" : "[") + items + ']';
    std::string any;
    if (!items.empty()) any = '[' + items + ']';
    for (const std::string& part : parts) {
        if (!any.empty()) any += '|';
        any += part;
    }
    if (negated) return "(?:(?!" + any + ")(?s:.))";
    return parts.size() == 1 && items.empty() ? any : "(?:" + any + ')';
}

CharSet RegexReader::char_class(JavaFlags flags) { return class_body(flags, true, 0); }

// With `outer` from '[' to behind its ']'; without, the right side of `&&` up to the ']'.
CharSet RegexReader::class_body(JavaFlags flags, bool outer, unsigned depth) {
    if (depth > max_class_nesting) {
        refuse(at_, at_ + 1,
               "expected at most " + std::to_string(max_class_nesting) +
                   " classes inside one another");
    }
    const std::size_t open = at_;
    CharSet set;
    bool negated = false;
    if (outer) {
        skip(1);
        negated = peek() == '^';
        skip(negated ? 1 : 0);
    }
    for (skip_comments(flags); !at_end(); skip_comments(flags)) {
        if (peek() == ']' && !set.empty()) {
            skip(outer ? 1 : 0);
            if (!negated) return set;
            CharSet result;
            result.items = std::move(set.items);
            result.parts = std::move(set.parts);
            result.negated = true;
            return result;
        }
        if (peek() == '[') {
            set.add(class_body(flags, true, depth + 1));
        } else if (peek() == '&' && comment_length(1, flags) != 0) {
            refuse(at_, at_ + 2,
                   "expected no white space behind '&' under (?x), where Java loses it", "\\&");
        } else if (looking_at("&&")) {
            intersect(set, flags, depth);
        } else {
            class_item(set, flags);
        }
    }
    reject(open, open + 1, "expected ']' to close this class");
}

void RegexReader::intersect(CharSet& set, JavaFlags flags, unsigned depth) {
    const std::size_t begin = at_;
    skip(2);
    skip_comments(flags);
    CharSet right;
    while (!at_end() && peek() != ']' && peek() != '&') {
        right.add(class_body(flags, peek() == '[', depth + 1));
        skip_comments(flags);
    }
    // Java lets the operator lose its right side and then counts some characters twice.
    const bool odd = right.empty() || (peek() == '&' && peek(1) != '&');
    if (odd) {
        refuse(begin, begin + 2,
               "expected '&&' between two sets of characters, such as [a-z&&[^aeiou]]", "\\&");
    }
    if (set.empty()) {
        set = std::move(right);
        return;
    }
    std::string both = "(?:(?=" + set.pattern() + ')' + right.pattern() + ')';
    set = CharSet{};
    set.parts.push_back(std::move(both));
}

// One character that a range may start or end with.
std::uint32_t RegexReader::class_character(JavaFlags flags) {
    if (peek() != '\\') return character();
    refuse_split_escape(flags);
    const std::size_t begin = at_;
    if (const auto code = escaped_character()) return *code;
    refuse(begin, begin + 2, "expected an escape that Java and this engine read alike");
}

void RegexReader::class_item(CharSet& set, JavaFlags flags) {
    const std::size_t begin = at_;
    if (peek() == '\\') {
        if (const auto escape = escaped_set(flags)) return set.add(*escape);
    }
    const std::uint32_t low = class_character(flags);
    skip_comments(flags);
    // A '-' before a nested class or at the end is itself.
    if (peek() != '-' || peek(1) == '[' || peek(1) == ']' || peek(1) == '\0') {
        return add_character(set, low, flags);
    }
    skip(1);
    skip_comments(flags);
    if (peek() == '[' || peek() == ']' || at_end()) {
        refuse(at_ - 1, at_, "expected the end of a range behind '-' and white space", "\\-");
    }
    const std::uint32_t high = class_character(flags);
    if (high < low) reject(begin, at_, "expected a range that does not end before its start");
    add_range(set, low, high, flags);
}

}  // namespace catchrule::grammar
