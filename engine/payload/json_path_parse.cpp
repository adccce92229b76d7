// SPDX-License-Identifier: Apache-2.0
// Recursive descent over the path text; the first problem ends it.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "engine/payload/json_path.hpp"
#include "engine/payload/json_path_ast.hpp"

namespace catchrule::payload::json {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Spelling {
    std::string_view text;
    Test test;
};

// Longer spellings first.
constexpr std::array<Spelling, 7> comparisons{{
    {"==", Test::equal},
    {"!=", Test::not_equal},
    {"<=", Test::less_equal},
    {">=", Test::greater_equal},
    {"=~", Test::matches},
    {"<", Test::less},
    {">", Test::greater},
}};

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    grammar::Parsed<Path> run() {
        grammar::Parsed<Path> parsed;
        if (text_.size() > JsonPath::max_bytes) {
            fail("a path of at most " + std::to_string(JsonPath::max_bytes) + " bytes");
        } else {
            skip_space();
            Path path;
            read_path(path, false);
            skip_space();
            if (!failed() && at_ != text_.size()) fail("'.', '[' or the end of the path");
            if (!failed()) parsed.value = std::move(path);
        }
        if (failed()) parsed.diagnostics.push_back(std::move(*error_));
        return parsed;
    }

private:
    bool failed() const { return error_.has_value(); }

    bool fail(const std::string& expected) {
        if (failed()) return false;
        const auto at = static_cast<std::uint32_t>(at_);
        const auto end = static_cast<std::uint32_t>(std::min(at_ + 1, text_.size()));
        error_ = grammar::Diagnostic{
            grammar::Severity::error, {}, {at, end}, "expected " + expected, {}};
        return false;
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool starts(std::string_view word) const { return text_.substr(at_).starts_with(word); }
    bool take(std::string_view word) {
        if (!starts(word)) return false;
        at_ += word.size();
        return true;
    }
    void skip_space() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    }
    bool expect(std::string_view word) {
        skip_space();
        return take(word) || fail("'" + std::string(word) + "'");
    }

    // `$` or `@` and the steps. At the top the `$` may be missing: `a.b` is `$.a.b`.
    bool read_path(Path& path, bool in_filter) {
        if (take("$")) {
            path.from_root = true;
        } else if (in_filter && take("@")) {
            path.from_root = false;
        } else if (peek() != '.' && peek() != '[') {
            if (in_filter || at_ == text_.size()) return fail(in_filter ? "'@' or '$'" : "a path");
            if (!read_member(path, in_filter, false)) return false;
        }
        while (!failed() && (peek() == '.' || peek() == '[')) {
            const bool descend = take("..");
            if (!descend) take(".");
            if (peek() == '[') {
                read_bracket(path, descend);
            } else {
                read_member(path, in_filter, descend);
            }
        }
        return !failed();
    }

    bool add(Path& path, Step step) {
        if (++parts_ > JsonPath::max_parts)
            return fail("at most " + std::to_string(JsonPath::max_parts) + " steps");
        if (!path.steps.empty() && std::holds_alternative<Length>(path.steps.back().what))
            return fail("nothing after length()");
        path.steps.push_back(std::move(step));
        return true;
    }

    bool read_member(Path& path, bool in_filter, bool descend) {
        if (take("*")) return add(path, {descend, Wildcard{}});
        const std::string_view stops = in_filter ? ".[] \t\r\n()=!<>~&|,'\"" : ".[] \t\r\n()'\"";
        const std::size_t end = std::min(text_.find_first_of(stops, at_), text_.size());
        if (end == at_) return fail("a name, '*' or '['");
        std::string name(text_.substr(at_, end - at_));
        if (text_.substr(end).starts_with("()")) {
            if (name != "length") return fail("length(), the one function of a path");
            at_ = end + 2;
            return add(path, {descend, Length{}});
        }
        at_ = end;
        return add(path, {descend, Names{{std::move(name)}}});
    }

    bool read_bracket(Path& path, bool descend) {
        take("[");
        skip_space();
        Step step{descend, Wildcard{}};
        if (take("*")) {
            // as it is
        } else if (take("?")) {
            if (!read_filter(step)) return false;
        } else if (peek() == '\'' || peek() == '"') {
            if (!read_names(step)) return false;
        } else if (!read_indexes(step)) {
            return false;
        }
        return expect("]") && add(path, std::move(step));
    }

    bool read_names(Step& step) {
        Names names;
        do {
            skip_space();
            if (peek() != '\'' && peek() != '"') return fail("a name in quotes");
            std::string name;
            if (!read_text(name)) return false;
            names.names.push_back(std::move(name));
            skip_space();
        } while (take(","));
        step.what = std::move(names);
        return true;
    }

    bool read_indexes(Step& step) {
        std::optional<std::int64_t> first = integer();
        skip_space();
        if (take(":")) {
            skip_space();
            step.what = Slice{first, integer()};
            return !failed();
        }
        Indexes indexes;
        while (first) {
            indexes.indexes.push_back(*first);
            skip_space();
            if (!take(",")) break;
            skip_space();
            first = integer();
        }
        if (!first) return fail("an index, a name in quotes, '*' or '?('");
        step.what = std::move(indexes);
        return true;
    }

    std::optional<std::int64_t> integer() {
        std::int64_t value = 0;
        const auto [end, error] =
            std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
        if (error != std::errc()) return std::nullopt;
        at_ = static_cast<std::size_t>(end - text_.data());
        return value;
    }

    // In single or double quotes; a backslash takes the next character as it is.
    bool read_text(std::string& text) {
        const std::size_t begin = at_;
        const char quote = text_[at_++];
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == quote) return ++at_, true;
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
            text += text_[at_];
        }
        at_ = begin;
        return fail("a closing quote for the text that begins here");
    }

    bool read_filter(Step& step) {
        auto filter = std::make_shared<Filter>();
        if (!expect("(") || !read_any(*filter) || !expect(")")) return false;
        step.what = Filtered{std::move(filter)};
        return true;
    }

    // a || b
    bool read_any(Filter& filter) {
        return read_joined(filter, "||", Test::disjunction, &Parser::read_all);
    }
    // a && b
    bool read_all(Filter& filter) {
        return read_joined(filter, "&&", Test::conjunction, &Parser::read_one);
    }

    bool read_joined(Filter& filter, std::string_view word, Test test,
                     bool (Parser::*read)(Filter&)) {
        if (!(this->*read)(filter)) return false;
        for (skip_space(); take(word); skip_space()) {
            if (filter.test != test || filter.parts.empty()) {
                Filter joined{.test = test};
                joined.parts.push_back(std::move(filter));
                filter = std::move(joined);
            }
            Filter next;
            if (!(this->*read)(next)) return false;
            filter.parts.push_back(std::move(next));
        }
        return true;
    }

    bool read_one(Filter& filter) {
        if (++nesting_ > JsonPath::max_nesting)
            return fail("at most " + std::to_string(JsonPath::max_nesting) +
                        " filters and parentheses inside each other");
        skip_space();
        bool read = false;
        if (starts("!") && !starts("!=")) {
            take("!");
            filter.test = Test::negation;
            filter.parts.emplace_back();
            read = read_one(filter.parts.back());
        } else if (take("(")) {
            // A group of its own, so that an outer && or || does not add to it.
            filter.test = Test::conjunction;
            filter.parts.emplace_back();
            read = read_any(filter.parts.back()) && expect(")");
        } else {
            read = read_comparison(filter);
        }
        --nesting_;
        return read;
    }

    bool read_comparison(Filter& filter) {
        const std::size_t begin = at_;
        if (!read_operand(filter.left)) return false;
        skip_space();
        const auto* found = std::find_if(comparisons.begin(), comparisons.end(),
                                         [this](const Spelling& s) { return starts(s.text); });
        if (found == comparisons.end()) {
            if (std::holds_alternative<Path>(filter.left)) return true;
            at_ = begin;
            return fail("a path from '@' or '$', or a comparison");
        }
        take(found->text);
        filter.test = found->test;
        skip_space();
        return filter.test == Test::matches ? read_regex(filter.right) : read_operand(filter.right);
    }

    bool read_operand(Operand& operand) {
        if (peek() == '@' || peek() == '$') {
            Path path;
            if (!read_path(path, true)) return false;
            operand = std::move(path);
            return true;
        }
        if (peek() == '\'' || peek() == '"') {
            std::string text;
            if (!read_text(text)) return false;
            operand = std::move(text);
            return true;
        }
        if (take("true")) return operand = true, true;
        if (take("false")) return operand = false, true;
        if (take("null")) return operand = Null{}, true;
        return read_number(operand);
    }

    bool read_number(Operand& operand) {
        if (!is_digit(peek()) && peek() != '-')
            return fail("'@', '$', a text in quotes, a number, true, false or null");
        const char* begin = text_.data() + at_;
        const char* end = text_.data() + text_.size();
        std::int64_t whole = 0;
        double real = 0;
        const auto as_whole = std::from_chars(begin, end, whole);
        const auto as_real = std::from_chars(begin, end, real);
        if (as_real.ec != std::errc()) return fail("a number");
        at_ += static_cast<std::size_t>(as_real.ptr - begin);
        if (as_whole.ec == std::errc() && as_whole.ptr == as_real.ptr) {
            operand = whole;
        } else {
            operand = real;
        }
        return true;
    }

    // /pattern/ or /pattern/i
    bool read_regex(Operand& operand) {
        if (!take("/")) return fail("a regular expression between slashes");
        const std::size_t begin = at_;
        std::size_t end = begin;
        while (end < text_.size() && text_[end] != '/') end += text_[end] == '\\' ? 2U : 1U;
        if (end >= text_.size()) return fail("a '/' to end the regular expression");
        const bool ignore_case = text_.substr(end + 1).starts_with("i");
        const std::string pattern =
            (ignore_case ? "(?i)" : "") + std::string(text_.substr(begin, end - begin));
        auto compiled = grammar::Pattern::compile(grammar::Operator::java_regex, pattern);
        if (!compiled) return fail("a regular expression of Java");
        operand = Regex{std::make_shared<const grammar::Pattern>(std::move(*compiled))};
        at_ = end + (ignore_case ? 2 : 1);
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t parts_ = 0;
    std::size_t nesting_ = 0;
    std::optional<grammar::Diagnostic> error_;
};

}  // namespace

bool Path::definite() const {
    return std::all_of(steps.begin(), steps.end(), [](const Step& step) {
        if (step.descend) return false;
        if (const auto* names = std::get_if<Names>(&step.what)) return names->names.size() == 1;
        if (const auto* indexes = std::get_if<Indexes>(&step.what))
            return indexes->indexes.size() == 1;
        return std::holds_alternative<Length>(step.what);
    });
}

grammar::Parsed<Path> parse(std::string_view text) { return Parser(text).run(); }

}  // namespace catchrule::payload::json
