// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/text_pattern.hpp"

#include <algorithm>
#include <utility>

namespace catchrule {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_name_char);
}

}  // namespace

/// Takes a pattern apart.
class TextPattern::Reader {
public:
    Reader(std::string_view text, TextPattern& out) : text_(text), out_(out) {}

    /// What is wrong, or an empty text.
    std::string read() {
        if (text_.size() > max_bytes)
            return "expected at most " + std::to_string(max_bytes) + " bytes";
        for (; at_ < text_.size(); ++at_) {
            if (std::string problem = read_one(); !problem.empty()) return problem;
        }
        if (captures_ == 0) return "expected a variable in braces";
        if (out_.parts_.size() > max_parts)
            return "expected at most " + std::to_string(max_parts) + " parts";
        return {};
    }

private:
    std::string read_one() {
        const char c = text_[at_];
        if (c == '{') return read_capture();
        if (c == '}') return "expected { before }";
        if (c == '*') {
            read_wild();
        } else {
            // A lone % at the end stands for itself.
            if (c == '%' && at_ + 1 < text_.size()) ++at_;
            add_literal(text_[at_]);
        }
        return {};
    }

    std::string read_capture() {
        const std::size_t close = text_.find('}', at_);
        if (close == std::string_view::npos) return "expected } after {";
        const std::string_view name = text_.substr(at_ + 1, close - at_ - 1);
        if (!is_name(name))
            return "expected the name of a variable in braces, found \"" + std::string(name) + "\"";
        for (const Part& part : out_.parts_) {
            if (part.kind == Part::Kind::capture && part.text == name)
                return "expected each variable once, found \"" + std::string(name) + "\" again";
        }
        out_.parts_.push_back(
            {.kind = Part::Kind::capture, .text = std::string(name), .slashes = !out_.path_});
        ++captures_;
        at_ = close;
        return {};
    }

    // `**` runs over slashes; a `*` alone between slashes is an element, which is never empty.
    void read_wild() {
        const std::size_t begin = at_;
        while (at_ + 1 < text_.size() && text_[at_ + 1] == '*') ++at_;
        const bool alone = (begin == 0 || text_[begin - 1] == '/') &&
                           (at_ + 1 == text_.size() || text_[at_ + 1] == '/');
        Part part{.kind = Part::Kind::wild, .slashes = !out_.path_ || at_ > begin};
        part.least = out_.path_ && alone ? 1 : 0;
        out_.parts_.push_back(std::move(part));
    }

    void add_literal(char c) {
        if (c == '/') ++out_.elements_;
        if (out_.parts_.empty() || out_.parts_.back().kind != Part::Kind::literal)
            out_.parts_.push_back({.kind = Part::Kind::literal});
        out_.parts_.back().text += c;
    }

    std::string_view text_;
    TextPattern& out_;
    std::size_t at_ = 0;
    std::size_t captures_ = 0;
};

/// One match.
class TextPattern::Search {
public:
    Search(const TextPattern& pattern, std::string_view value)
        : pattern_(pattern),
          value_(value),
          ends_(pattern.parts_.size()),
          dead_(pattern.parts_.size() * (value.size() + 1)) {}

    // Whether the parts from `part` on cover the value from `at` on. As deep as there are parts.
    bool run(std::size_t part, std::size_t at) {
        if (part == pattern_.parts_.size()) return at == value_.size();
        const std::size_t place = part * (value_.size() + 1) + at;
        if (dead_[place]) return false;
        if (try_ends(part, at)) return true;
        dead_[place] = true;
        return false;
    }

    std::size_t end_of(std::size_t part) const { return ends_[part]; }

private:
    bool try_ends(std::size_t part, std::size_t at) {
        const Part& here = pattern_.parts_[part];
        if (here.kind == Part::Kind::literal) {
            return starts_with(here.text, at) && try_end(part, at + here.text.size());
        }
        for (std::size_t end = at; end <= value_.size(); ++end) {
            if (end > at && !here.slashes && value_[end - 1] == '/') return false;
            if (end - at < here.least) continue;
            if (++steps_ > max_steps) return false;
            if (try_end(part, end)) return true;
        }
        return false;
    }

    bool try_end(std::size_t part, std::size_t end) {
        ends_[part] = end;
        return run(part + 1, end);
    }

    bool starts_with(std::string_view text, std::size_t at) const {
        const std::string_view found = value_.substr(at, text.size());
        if (!pattern_.ignore_case_) return found == text;
        return std::ranges::equal(found, text, {}, lower, lower);
    }

    const TextPattern& pattern_;
    std::string_view value_;
    std::vector<std::size_t> ends_;
    std::vector<bool> dead_;
    std::size_t steps_ = 0;
};

std::optional<TextPattern> TextPattern::parse(std::string_view text, bool path, bool ignore_case,
                                              std::string& problem) {
    TextPattern made;
    made.path_ = path;
    made.ignore_case_ = ignore_case;
    problem = Reader(text, made).read();
    if (!problem.empty()) return std::nullopt;
    return made;
}

std::vector<std::string_view> TextPattern::names() const {
    std::vector<std::string_view> out;
    for (const Part& part : parts_) {
        if (part.kind == Part::Kind::capture) out.emplace_back(part.text);
    }
    return out;
}

std::optional<TextPattern::Captures> TextPattern::match(std::string_view value) const {
    if (value.size() > max_value_bytes) return std::nullopt;
    Search search(*this, value);
    if (!search.run(0, 0)) return std::nullopt;
    Captures captures;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        const std::size_t end = search.end_of(i);
        if (parts_[i].kind == Part::Kind::capture)
            captures.emplace_back(parts_[i].text, value.substr(begin, end - begin));
        begin = end;
    }
    return captures;
}

}  // namespace catchrule
