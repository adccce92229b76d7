// SPDX-License-Identifier: Apache-2.0
// Reads tokens as XPath 1.0 section 3.7 says: whether `*` is an operator and `div` a name depends
// on the token before; a name before '(' is a function or a type of nodes, before '::' an axis.
//
//     a      a[namespace-uri()='']
//     p:a    *[local-name()='a' and namespace-uri()='http://p']
//     p:*    *[namespace-uri()='http://p']
//     @a     @a, as an attribute without a prefix has no namespace
#include "engine/payload/xpath_rewrite.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace catchrule::payload {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_char(char c) { return is_name_start(c) || is_digit(c) || c == '-' || c == '.'; }

constexpr std::array<std::string_view, 4> operator_words{"and", "or", "div", "mod"};

template <class List>
bool contains(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

class Rewriter {
public:
    Rewriter(std::string_view text, const Namespaces& namespaces)
        : text_(text), namespaces_(namespaces) {}

    grammar::Parsed<Rewritten> run() {
        grammar::Parsed<Rewritten> parsed;
        while (!error_ && at_ < text_.size()) token();
        if (!error_ && nesting_ != 0) fail(at_, at_, "a bracket to close the one opened before");
        if (error_) {
            parsed.diagnostics.push_back(std::move(*error_));
            return parsed;
        }
        out_.origin.push_back(static_cast<std::uint32_t>(text_.size()));
        parsed.value = std::move(out_);
        return parsed;
    }

private:
    // What the last token was, as far as the next one depends on it.
    enum class Last : std::uint8_t { nothing, operand, attribute_axis, other };

    void fail(std::size_t begin, std::size_t end, const std::string& expected) {
        if (error_) return;
        error_ = grammar::Diagnostic{
            grammar::Severity::error,
            {},
            {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
            "expected " + expected,
            {}};
    }

    void put(std::string_view words, std::size_t from) {
        out_.text += words;
        out_.origin.insert(out_.origin.end(), words.size(), static_cast<std::uint32_t>(from));
    }
    void copy(std::size_t end) {
        for (; at_ < end; ++at_) put(text_.substr(at_, 1), at_);
    }

    void token() {
        const char c = text_[at_];
        if (is_space(c)) {
            copy(at_ + 1);
        } else if (c == '\'' || c == '"') {
            const std::size_t end = text_.find(c, at_ + 1);
            if (end == std::string_view::npos) return fail(at_, at_ + 1, "a closing quote");
            copy(end + 1);
            last_ = Last::operand;
        } else if (is_digit(c) ||
                   (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
            number();
        } else if (is_name_start(c)) {
            name();
        } else {
            symbol(c);
        }
    }

    void number() {
        std::size_t end = at_;
        while (end < text_.size() && (is_digit(text_[end]) || text_[end] == '.')) ++end;
        copy(end);
        last_ = Last::operand;
    }

    void symbol(char c) {
        if (c == '$') return fail(at_, at_ + 1, "no variable: there are none here");
        if (c == '(' || c == '[') {
            if (++nesting_ > XPath::max_nesting)
                return fail(at_, at_ + 1,
                            "at most " + std::to_string(XPath::max_nesting) +
                                " brackets inside each other");
        } else if (c == ')' || c == ']') {
            if (nesting_ == 0) return fail(at_, at_ + 1, "an expression, not a closing bracket");
            --nesting_;
        }
        const bool star_test = c == '*' && last_ != Last::operand;
        copy(at_ + 1);
        if (c == '@') {
            last_ = Last::attribute_axis;
        } else if (c == ')' || c == ']' || c == '.' || star_test) {
            last_ = Last::operand;
        } else {
            last_ = Last::other;
        }
    }

    std::size_t name_end(std::size_t at) const {
        while (at < text_.size() && is_name_char(text_[at])) ++at;
        return at;
    }
    std::string_view behind(std::size_t at) const {
        while (at < text_.size() && is_space(text_[at])) ++at;
        return text_.substr(at);
    }

    void name() {
        const std::size_t begin = at_;
        const std::size_t end = name_end(at_);
        const std::string_view word = text_.substr(begin, end - begin);
        const bool operation = last_ == Last::operand && contains(operator_words, word);
        if (!operation && behind(end).starts_with("::")) {
            copy(end);
            while (text_[at_] != ':') copy(at_ + 1);
            copy(at_ + 2);
            last_ = word == "attribute" ? Last::attribute_axis : Last::other;
        } else if (!operation && end < text_.size() && text_[end] == ':') {
            prefixed(word, end + 1);
        } else if (operation || behind(end).starts_with("(")) {
            copy(end);
            last_ = Last::other;
        } else {
            const bool attribute = last_ == Last::attribute_axis;
            copy(end);
            if (!attribute) put("[namespace-uri()='']", begin);
            last_ = Last::operand;
        }
    }

    void prefixed(std::string_view prefix, std::size_t local_begin) {
        const std::size_t begin = at_;
        const auto uri = namespaces_.find(prefix);
        if (uri == namespaces_.end())
            return fail(begin, local_begin - 1,
                        "a prefix with a namespace, found \"" + std::string(prefix) + "\"");
        const bool any = text_.substr(local_begin).starts_with("*");
        const std::size_t end = any ? local_begin + 1 : name_end(local_begin);
        if (end == local_begin || (!any && !is_name_start(text_[local_begin])))
            return fail(local_begin, std::min(local_begin + 1, text_.size()),
                        "a name or '*' after the prefix");
        if (behind(end).starts_with("(")) return fail(begin, end, "a function of XPath 1.0");
        const char quote = uri->second.find('\'') == std::string::npos ? '\'' : '"';
        if (uri->second.find(quote) != std::string::npos)
            return fail(begin, end, "a namespace without both kinds of quotes");
        std::string test = "*[";
        if (!any) {
            test += "local-name()='";
            test += text_.substr(local_begin, end - local_begin);
            test += "' and ";
        }
        test += "namespace-uri()=";
        test += quote + uri->second + quote + ']';
        put(test, begin);
        at_ = end;
        last_ = Last::operand;
    }

    std::string_view text_;
    const Namespaces& namespaces_;
    std::size_t at_ = 0;
    std::size_t nesting_ = 0;
    Last last_ = Last::nothing;
    Rewritten out_;
    std::optional<grammar::Diagnostic> error_;
};

}  // namespace

grammar::Parsed<Rewritten> rewrite_names(std::string_view text, const Namespaces& namespaces) {
    return Rewriter(text, namespaces).run();
}

}  // namespace catchrule::payload
