// SPDX-License-Identifier: Apache-2.0
#include "grammar/glob.hpp"

#include <algorithm>
#include <utility>

namespace catchrule::grammar {
namespace {

// The bytes a state consumes.
enum class Run : std::uint8_t { none, any, no_slash };

bool covers(Run run, unsigned char byte) {
    return run == Run::any || (run == Run::no_slash && byte != '/');
}

struct StateSpec {
    bool literal = false;
    unsigned char byte = 0;
    Run step = Run::none;
    Run stay = Run::none;
    bool back = false;
    bool skip = false;
};

}  // namespace

class GlobBuilder {
public:
    void literal(char c) {
        StateSpec spec;
        spec.literal = true;
        spec.byte = static_cast<unsigned char>(c);
        specs_.push_back(spec);
    }

    void zero_or_more(Run run) {
        // Merged with a run just before, so that skips do not touch each other.
        if (!specs_.empty() && specs_.back().skip) {
            if (run == Run::any) specs_.back().stay = Run::any;
            return;
        }
        StateSpec spec;
        spec.stay = run;
        spec.skip = true;
        specs_.push_back(spec);
    }

    void one_or_more(Run run) {
        StateSpec spec;
        spec.step = run;
        specs_.push_back(spec);
        zero_or_more(run);
    }

    // [^/]+(/[^/]+)*, always followed by a literal slash
    void elements() {
        one_or_more(Run::no_slash);
        specs_.back().back = true;
    }

    Glob build() const {
        Glob glob;
        glob.states_ = specs_.size() + 1;
        glob.words_ = (glob.states_ + Glob::word_bits - 1) / Glob::word_bits;
        number_bytes(glob);
        const std::size_t rows = *std::max_element(glob.kind_.begin(), glob.kind_.end()) + 1U;
        glob.step_.resize(rows * glob.words_);
        glob.stay_.resize(rows * glob.words_);
        glob.back_.resize(glob.words_);
        glob.skip_.resize(glob.words_);
        for (std::size_t i = 0; i < specs_.size(); ++i) {
            const std::size_t word = i / Glob::word_bits;
            const Glob::Word bit = Glob::Word{1} << (i % Glob::word_bits);
            const StateSpec& spec = specs_[i];
            for (unsigned value = 0; value < 256; ++value) {
                const auto byte = static_cast<unsigned char>(value);
                const std::size_t at = glob.kind_[byte] * glob.words_ + word;
                const bool step = spec.literal ? spec.byte == byte : covers(spec.step, byte);
                if (step) glob.step_[at] |= bit;
                if (covers(spec.stay, byte)) glob.stay_[at] |= bit;
            }
            if (spec.back) glob.back_[word] |= bit;
            if (spec.skip) glob.skip_[word] |= bit;
        }
        return glob;
    }

private:
    // Kind 0: bytes the pattern does not name; 1: the slash; then one for each byte named.
    void number_bytes(Glob& glob) const {
        glob.kind_['/'] = 1;
        unsigned next = 2;
        for (const StateSpec& spec : specs_) {
            // With all 256 bytes named, kind 0 is left for the last of them.
            if (!spec.literal || glob.kind_[spec.byte] != 0 || next == 256) continue;
            glob.kind_[spec.byte] = static_cast<std::uint8_t>(next++);
        }
    }

    std::vector<StateSpec> specs_;
};

Glob Glob::matches(std::string_view text) {
    GlobBuilder builder;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '*') {
            builder.zero_or_more(Run::any);
        } else {
            if (text[i] == '%' && i + 1 < text.size())
                ++i;  // a lone % at the end is itself: SEM-41
            builder.literal(text[i]);
        }
    }
    return builder.build();
}

namespace {

// `{name}` at the start of `text`: its length, or 0.
std::size_t placeholder(std::string_view text) {
    if (!text.starts_with('{')) return 0;
    const std::size_t end = text.find_first_of("/}");
    return end != std::string_view::npos && text[end] == '}' ? end + 1 : 0;
}

void add_stars(GlobBuilder& builder, std::string_view text, std::size_t begin, std::size_t end) {
    const bool starts_element = begin > 0 && text[begin - 1] == '/';
    const bool ends_pattern = end == text.size();
    const bool ends_element = ends_pattern || text[end] == '/';
    const bool whole_element = (begin == 0 || starts_element) && ends_element;
    if (end - begin == 1) {
        whole_element ? builder.one_or_more(Run::no_slash) : builder.zero_or_more(Run::no_slash);
    } else if (!starts_element || !ends_element) {
        builder.zero_or_more(Run::any);  // leading, or glued to text
    } else if (ends_pattern) {
        builder.one_or_more(Run::any);
    } else {
        builder.elements();
    }
}

}  // namespace

Glob Glob::matches_path(std::string_view text) {
    GlobBuilder builder;
    for (std::size_t i = 0; i < text.size();) {
        if (const std::size_t length = placeholder(text.substr(i)); length > 0) {
            builder.one_or_more(Run::no_slash);
            i += length;
        } else if (text[i] == '*') {
            std::size_t end = text.find_first_not_of('*', i);
            if (end == std::string_view::npos) end = text.size();
            add_stars(builder, text, i, end);
            i = end;
        } else {
            if (text[i] == '%' && i + 1 < text.size()) ++i;
            builder.literal(text[i++]);
        }
    }
    return builder.build();
}

bool Glob::match(std::string_view subject) const {
    return words_ == 1 ? match_one_word(subject) : match_words(subject);
}

bool Glob::match_one_word(std::string_view subject) const {
    const Word skip = skip_[0];
    const Word back = back_[0];
    Word now = 1;
    now |= (now & skip) << 1;
    for (const char c : subject) {
        const std::size_t kind = kind_[static_cast<unsigned char>(c)];
        Word next = ((now & step_[kind]) << 1) | (now & stay_[kind]);
        if (c == '/') next |= (now & back) >> 1;
        next |= (next & skip) << 1;
        if (next == 0) return false;
        now = next;
    }
    return (now >> (states_ - 1) & 1U) != 0;
}

bool Glob::match_words(std::string_view subject) const {
    std::array<Word, max_words> buffers[2];
    Word* now = buffers[0].data();
    Word* next = buffers[1].data();
    for (std::size_t w = 0; w < words_; ++w) now[w] = 0;
    now[0] = 1;
    now[0] |= (now[0] & skip_[0]) << 1;
    for (const char c : subject) {
        const std::size_t row = kind_[static_cast<unsigned char>(c)] * words_;
        Word any = 0;
        Word step_carry = 0;
        Word skip_carry = 0;
        for (std::size_t w = 0; w < words_; ++w) {
            const Word stepped = now[w] & step_[row + w];
            Word moved = (stepped << 1) | step_carry | (now[w] & stay_[row + w]);
            step_carry = stepped >> (word_bits - 1);
            if (c == '/') {
                moved |= (now[w] & back_[w]) >> 1;
                if (w + 1 < words_) moved |= (now[w + 1] & back_[w + 1]) << (word_bits - 1);
            }
            const Word skipped = moved & skip_[w];
            moved |= (skipped << 1) | skip_carry;
            skip_carry = skipped >> (word_bits - 1);
            next[w] = moved;
            any |= moved;
        }
        if (any == 0) return false;
        std::swap(now, next);
    }
    const std::size_t accept = states_ - 1;
    return (now[accept / word_bits] >> (accept % word_bits) & 1U) != 0;
}

}  // namespace catchrule::grammar
