// SPDX-License-Identifier: Apache-2.0
#include "grammar/replace.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "grammar/regex_code.hpp"

namespace catchrule::grammar {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t character_bytes(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    if (byte < 0xC0) return 1;
    return byte < 0xE0 ? 2 : (byte < 0xF0 ? 3 : 4);
}

// A piece of a replacement: text, or what a group took.
struct Piece {
    std::string text;
    std::optional<std::size_t> group{};
};

class Reader {
public:
    Reader(const RegexCode& regex, std::string_view text) : regex_(regex), text_(text) {}

    // As java.util.regex.Matcher reads it; none where that throws.
    std::optional<std::vector<Piece>> run() {
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c != '\\' && c != '$') {
                add(c);
                continue;
            }
            if (at_ == text_.size()) return std::nullopt;
            if (c == '\\') {
                add(text_[at_++]);
            } else if (!(text_[at_] == '{' ? named() : numbered())) {
                return std::nullopt;
            }
        }
        return std::move(pieces_);
    }

private:
    void add(char c) {
        if (pieces_.empty() || pieces_.back().group) pieces_.emplace_back();
        pieces_.back().text += c;
    }

    bool named() {
        const std::size_t end = text_.find('}', at_);
        if (end == std::string_view::npos) return false;
        const auto found = regex_.names.find(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        if (found == regex_.names.end()) return false;
        pieces_.push_back({{}, found->second});
        return true;
    }

    // The first digit always counts, a further one while such a group exists.
    bool numbered() {
        if (!is_digit(text_[at_])) return false;
        auto number = static_cast<std::size_t>(text_[at_++] - '0');
        if (number > regex_.groups) return false;
        for (; at_ < text_.size() && is_digit(text_[at_]); ++at_) {
            const auto longer = number * 10 + static_cast<std::size_t>(text_[at_] - '0');
            if (longer > regex_.groups) break;
            number = longer;
        }
        pieces_.push_back({{}, number});
        return true;
    }

    const RegexCode& regex_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Piece> pieces_;
};

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t bytes = lead < 0x80 ? 1 : character_bytes(text[at]);
        if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || at + bytes > text.size()) return false;
        std::uint32_t code = lead & (0xFFU >> (bytes + 1));
        for (std::size_t i = 1; i < bytes; ++i) {
            const auto tail = static_cast<unsigned char>(text[at + i]);
            if ((tail & 0xC0U) != 0x80) return false;
            code = code << 6U | (tail & 0x3FU);
        }
        if ((bytes == 3 && (code < 0x800 || (code >= 0xD800 && code <= 0xDFFF))) ||
            (bytes == 4 && (code < 0x10000 || code > 0x10FFFF)))
            return false;
        at += bytes;
    }
    return true;
}

void append(const std::vector<Piece>& pieces, std::string_view text, const PCRE2_SIZE* places,
            std::uint32_t pairs, std::string& out) {
    for (const Piece& piece : pieces) {
        if (!piece.group) {
            out += piece.text;
        } else if (*piece.group < pairs && places[2 * *piece.group] != PCRE2_UNSET) {
            const PCRE2_SIZE begin = places[2 * *piece.group];
            const PCRE2_SIZE end = places[2 * *piece.group + 1];
            out += text.substr(begin, end > begin ? end - begin : 0);
        }
    }
}

}  // namespace

struct Search::Impl {
    RegexCode regex;
};

Search::Search(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Search::Search(Search&&) noexcept = default;
Search& Search::operator=(Search&&) noexcept = default;
Search::~Search() = default;

Parsed<Search> Search::compile(std::string_view pattern, Life life) {
    auto code = compile_java_regex(pattern, RegexUse::search,
                                   life == Life::kept ? RegexLife::kept : RegexLife::once);
    Parsed<Search> result;
    result.diagnostics = std::move(code.diagnostics);
    if (code) result.value = Search(std::make_unique<const Impl>(Impl{std::move(*code)}));
    return result;
}

std::optional<std::string> Search::replace(std::string_view text, std::string_view replacement,
                                           Which which) const {
    const pcre2_code* code = impl_->regex.code.get();
    const auto pieces = Reader(impl_->regex, replacement).run();
    const MatchData data(pcre2_match_data_create_from_pattern(code, nullptr));
    if (!data || !is_utf8(text)) return std::nullopt;

    std::string out;
    std::size_t copied = 0;  // up to where `text` is in `out`
    std::size_t start = 0;
    while (start <= text.size()) {
        const Match match = find_regex(code, text, start, data.get());
        if (match == Match::gave_up || out.size() > max_result_bytes) return std::nullopt;
        if (match == Match::no) break;
        if (!pieces) return std::nullopt;  // Java reads the replacement at the first match
        const PCRE2_SIZE* places = pcre2_get_ovector_pointer(data.get());
        const std::size_t begin = std::max<std::size_t>(places[0], copied);
        const std::size_t end = std::max<std::size_t>(places[1], begin);
        out += text.substr(copied, begin - copied);
        append(*pieces, text, places, pcre2_get_ovector_count(data.get()), out);
        copied = end;
        // After an empty match the search goes on behind the next character.
        start = end > begin || end == text.size() ? end : end + character_bytes(text[end]);
        if (which == Which::first || (begin == end && end == text.size())) break;
    }
    out += text.substr(copied);
    if (out.size() > max_result_bytes) return std::nullopt;
    return out;
}

std::string change_case(std::string_view text, LetterCase to) {
    const bool ascii = std::all_of(text.begin(), text.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!ascii) {
        // PCRE2 knows the other case of every letter; a substitution is what gives it away. Java
        // makes SS of sharp s.
        std::string from(text);
        constexpr std::string_view sharp_s = "\xC3\x9F";
        for (std::size_t at = 0; to == LetterCase::upper && at != std::string::npos;
             at = from.find(sharp_s, at)) {
            if (std::string_view(from).substr(at).starts_with(sharp_s)) from.replace(at, 2, "SS");
        }
        static const auto all = compile_java_regex("(?s).+", RegexUse::search, RegexLife::kept);
        const std::string_view words = to == LetterCase::upper ? "\\U$0" : "\\L$0";
        std::string out(3 * from.size(), '\0');
        PCRE2_SIZE length = out.size();
        const int done = pcre2_substitute(
            all->code.get(), reinterpret_cast<PCRE2_SPTR>(from.data()), from.size(), 0,
            PCRE2_SUBSTITUTE_EXTENDED, nullptr, nullptr, reinterpret_cast<PCRE2_SPTR>(words.data()),
            words.size(), reinterpret_cast<PCRE2_UCHAR*>(out.data()), &length);
        if (done >= 0) {
            out.resize(length);
            return out;
        }
    }
    std::string out(text);
    const char first = to == LetterCase::upper ? 'a' : 'A';
    for (char& c : out) {
        if (c >= first && c <= first + 25) c = static_cast<char>(c ^ 0x20);
    }
    return out;
}

}  // namespace catchrule::grammar
