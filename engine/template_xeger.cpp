// SPDX-License-Identifier: Apache-2.0
#include "engine/template_xeger.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace catchrule {
namespace {

using Node = Xeger::Node;
using Ranges = std::vector<Xeger::Range>;

constexpr Xeger::Range printable{0x20, 0x7E};

Ranges inverted(Ranges ranges) {
    std::sort(ranges.begin(), ranges.end());
    Ranges rest;
    std::uint32_t next = printable.first;
    for (const auto& [first, last] : ranges) {
        if (first > next) rest.emplace_back(next, std::min(first - 1, printable.second));
        next = std::max(next, last + 1);
        if (next > printable.second) return rest;
    }
    rest.emplace_back(next, printable.second);
    return rest;
}

void append_utf8(std::uint32_t c, std::string& out) {
    const auto tail = [&out, c](unsigned shift) {
        out += static_cast<char>(0x80U | (c >> shift & 0x3FU));
    };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0U | c >> 6U);
        tail(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0U | c >> 12U);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0U | c >> 18U);
        tail(12);
        tail(6);
        tail(0);
    }
}

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    std::optional<grammar::Diagnostic> run(Node& root) {
        if (text_.size() > Xeger::max_pattern_bytes) {
            fail(0, "a pattern of at most " + std::to_string(Xeger::max_pattern_bytes) + " bytes");
        } else {
            if (peek() == '^') ++at_;
            read_alternatives(root);
            if (!error_ && at_ != text_.size()) fail(at_, "the end of the pattern");
        }
        return std::move(error_);
    }

private:
    bool fail(std::size_t at, const std::string& expected) {
        if (error_) return false;
        const auto begin = static_cast<std::uint32_t>(at);
        const auto end = static_cast<std::uint32_t>(std::min(at + 1, text_.size()));
        error_ = grammar::Diagnostic{
            grammar::Severity::error, {}, {begin, end}, "expected " + expected, {}};
        return false;
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool more() const { return at_ < text_.size(); }

    bool read_alternatives(Node& node) {
        if (++nesting_ > Xeger::max_nesting)
            return fail(
                at_, "at most " + std::to_string(Xeger::max_nesting) + " groups inside each other");
        do {
            node.alternatives.emplace_back();
            if (!read_sequence(node.alternatives.back())) return false;
        } while (peek() == '|' && ++at_ != 0);
        --nesting_;
        return true;
    }

    bool read_sequence(std::vector<Node>& sequence) {
        while (more() && peek() != '|' && peek() != ')') {
            if (peek() == '$' && at_ + 1 == text_.size()) {
                ++at_;
                break;
            }
            Node node;
            if (!read_atom(node) || !read_repetition(node)) return false;
            sequence.push_back(std::move(node));
        }
        return true;
    }

    bool read_atom(Node& node) {
        const char c = peek();
        switch (c) {
            case '(':
                return read_group(node);
            case '[':
                return read_class(node.characters);
            case '.':
                ++at_;
                node.characters.push_back(printable);
                return true;
            case '\\':
                return read_escape(node.characters);
            case '*':
            case '+':
            case '?':
            case '{':
                return fail(at_, "something to repeat");
            case '^':
            case '$':
                return fail(at_, "an anchor only at the ends of the pattern");
            default: {
                const std::uint32_t character = read_character();
                node.characters.emplace_back(character, character);
                return !error_;
            }
        }
    }

    bool read_group(Node& node) {
        const std::size_t begin = at_++;
        if (peek() == '?') {
            if (text_.substr(at_, 2) != "?:") return fail(begin, "a plain group or (?:...)");
            at_ += 2;
        }
        if (!read_alternatives(node)) return false;
        if (peek() != ')') return fail(begin, "a ')' for this group");
        ++at_;
        return true;
    }

    // One UTF-8 character.
    std::uint32_t read_character() {
        const auto lead = static_cast<unsigned char>(text_[at_]);
        const std::size_t length = lead < 0x80 ? 1 : (lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4));
        if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || at_ + length > text_.size()) {
            fail(at_, "UTF-8");
            return 0;
        }
        std::uint32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t i = 1; i < length; ++i)
            code = code << 6U | (static_cast<unsigned char>(text_[at_ + i]) & 0x3FU);
        at_ += length;
        return code;
    }

    bool read_escape(Ranges& ranges) {
        const std::size_t begin = at_++;
        if (!more()) return fail(begin, "a character after the backslash");
        const char c = text_[at_++];
        switch (c) {
            case 'd':
                ranges.emplace_back('0', '9');
                return true;
            case 'D':
                return append(ranges, inverted({{'0', '9'}}));
            case 'w':
                return append(ranges, {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}});
            case 'W':
                return append(ranges, inverted({{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}));
            case 's':
                return append(ranges, {{' ', ' '}});
            case 'S':
                return append(ranges, inverted({{' ', ' '}}));
            case 't':
                return append(ranges, {{'\t', '\t'}});
            case 'n':
                return append(ranges, {{'\n', '\n'}});
            case 'r':
                return append(ranges, {{'\r', '\r'}});
            case 'f':
                return append(ranges, {{'\f', '\f'}});
            case 'x':
            case 'u':
                return read_code(ranges, begin, c == 'x' ? 2 : 4);
            default:
                break;
        }
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                           (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
        if (plain) return fail(begin, "an escape that stands for characters");
        const std::uint32_t code = static_cast<unsigned char>(c);
        return append(ranges, {{code, code}});
    }

    static bool append(Ranges& ranges, const Ranges& more) {
        ranges.insert(ranges.end(), more.begin(), more.end());
        return true;
    }

    bool read_code(Ranges& ranges, std::size_t begin, std::size_t digits) {
        const std::string_view hex = text_.substr(at_, digits);
        std::uint32_t code = 0;
        const char* end = hex.data() + hex.size();
        const auto [stop, error] = std::from_chars(hex.data(), end, code, 16);
        const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
        if (hex.size() != digits || error != std::errc() || stop != end || surrogate)
            return fail(begin, "the code of a character in hexadecimal");
        at_ += digits;
        return append(ranges, {{code, code}});
    }

    bool read_class(Ranges& ranges) {
        const std::size_t begin = at_++;
        const bool negated = peek() == '^';
        if (negated) ++at_;
        bool first = true;
        while (more() && (peek() != ']' || first)) {
            first = false;
            if (peek() == '[' || text_.substr(at_).starts_with("&&"))
                return fail(at_, "a class without another one in it");
            Ranges one;
            if (!read_class_item(one)) return false;
            const bool single = one.size() == 1 && one.front().first == one.front().second;
            if (single && peek() == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
                const std::size_t dash = at_++;
                Ranges last;
                if (!read_class_item(last)) return false;
                if (last.size() != 1 || last.front().first < one.front().first)
                    return fail(dash, "a range from a lower to a higher character");
                one.front().second = last.front().second;
            }
            append(ranges, one);
        }
        if (!more()) return fail(begin, "a ']' for this class");
        ++at_;
        if (negated) ranges = inverted(std::move(ranges));
        return !ranges.empty() || fail(begin, "a class with a printable ASCII character");
    }

    bool read_class_item(Ranges& ranges) {
        if (peek() == '\\') return read_escape(ranges);
        const std::uint32_t character = read_character();
        ranges.emplace_back(character, character);
        return !error_;
    }

    bool read_repetition(Node& node) {
        const char c = peek();
        const std::size_t begin = at_;
        if (c == '?') {
            node.least = 0;
            ++at_;
        } else if (c == '*' || c == '+') {
            node.least = c == '*' ? 0 : 1;
            node.most = node.least + Xeger::unbounded_extra;
            ++at_;
        } else if (c == '{') {
            if (!read_counts(node)) return false;
        } else {
            return true;
        }
        if (peek() == '?') ++at_;  // a lazy one makes the same texts
        if (peek() == '+' || peek() == '*' || peek() == '{' || peek() == '?')
            return fail(begin, "one repetition that is not possessive");
        return true;
    }

    // {n}, {n,} or {n,m}
    bool read_counts(Node& node) {
        const std::size_t begin = at_++;
        if (!read_count(node.least)) return fail(begin, "{n}, {n,} or {n,m}");
        node.most = node.least;
        if (peek() == ',') {
            ++at_;
            if (peek() == '}') {
                node.most = node.least + Xeger::unbounded_extra;
            } else if (!read_count(node.most) || node.most < node.least) {
                return fail(begin, "{n}, {n,} or {n,m}");
            }
        }
        if (peek() != '}') return fail(begin, "{n}, {n,} or {n,m}");
        ++at_;
        return true;
    }

    bool read_count(std::uint32_t& count) {
        const char* end = text_.data() + text_.size();
        const auto [stop, error] = std::from_chars(text_.data() + at_, end, count);
        at_ = static_cast<std::size_t>(stop - text_.data());
        return error == std::errc() && count <= Xeger::max_repeat;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t nesting_ = 0;
    std::optional<grammar::Diagnostic> error_;
};

// One text in the making.
struct Making {
    Random& random;
    std::string& out;
    std::size_t end;                  // of what `out` may hold
    std::uint32_t parts = 1'000'000;  // left to visit; `(){1000}` makes nothing and takes long
};

void append_one_of(const Ranges& ranges, Making& making) {
    std::uint64_t size = 0;
    for (const auto& [first, last] : ranges) size += last - first + 1U;
    std::uint64_t chosen = making.random.below(size);
    for (const auto& [first, last] : ranges) {
        const std::uint64_t here = last - first + 1U;
        if (chosen < here) {
            const auto code = static_cast<std::uint32_t>(first + chosen);
            append_utf8(code >= 0xD800 && code <= 0xDFFF ? first : code, making.out);
            return;
        }
        chosen -= here;
    }
}

bool append_node(const Node& node, Making& making) {
    const std::uint64_t times = node.least + making.random.below(node.most - node.least + 1U);
    for (std::uint64_t i = 0; i < times; ++i) {
        if (making.out.size() > making.end || making.parts == 0) return false;
        --making.parts;
        if (node.alternatives.empty()) {
            append_one_of(node.characters, making);
            continue;
        }
        const auto& sequence = node.alternatives[making.random.below(node.alternatives.size())];
        for (const Node& part : sequence) {
            if (!append_node(part, making)) return false;
        }
    }
    return true;
}

}  // namespace

grammar::Parsed<Xeger> Xeger::compile(std::string_view pattern) {
    grammar::Parsed<Xeger> parsed;
    Xeger made;
    if (auto error = Reader(pattern).run(made.root_)) {
        parsed.diagnostics.push_back(std::move(*error));
    } else {
        parsed.value = std::move(made);
    }
    return parsed;
}

bool Xeger::append(Random& random, std::string& out) const {
    const std::size_t begin = out.size();
    Making making{random, out, begin + max_text_bytes};
    if (append_node(root_, making) && out.size() <= making.end) return true;
    out.resize(begin);
    return false;
}

}  // namespace catchrule
