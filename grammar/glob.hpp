// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace catchrule::grammar {

/// A compiled Matches or MatchesPath pattern.
///
/// How it works: a pattern is a row of states 0..n, n accepts. In state i one byte may be consumed
/// to reach i + 1 (`step`), to stay in i (`stay`: the inside of a `*`), or, for a slash inside an
/// inner `**`, to go back to i - 1; a state that may match nothing is left without a byte (`skip`).
/// All states that can be reached are kept as the bits of a row of words, and a byte moves all of
/// them with a few shifts:
///
///     next = ((now & step) << 1) | (now & stay) | ((now & back) >> 1);  next |= (next & skip) << 1
///
/// (Baeza-Yates and Gonnet's shift-and method). So the time is bytes x words whatever the pattern,
/// and nothing is allocated. Two skip states never stand side by side, so one shift closes the set.
/// Texts are taken byte by byte: a run in a pattern may cover any bytes, valid UTF-8 or not.
class Glob {
public:
    /// `text` is at most `max_bytes` long.
    static constexpr std::size_t max_bytes = 8 * 1024;

    static Glob matches(std::string_view text);       ///< SEM-14
    static Glob matches_path(std::string_view text);  ///< SEM-15

    bool match(std::string_view subject) const;

    /// The memory it takes.
    std::size_t bytes() const {
        return sizeof *this +
               (step_.size() + stay_.size() + back_.size() + skip_.size()) * sizeof(Word);
    }

private:
    friend class GlobBuilder;
    using Word = std::uint64_t;
    static constexpr std::size_t word_bits = 64;
    // A byte of the pattern makes two states at most.
    static constexpr std::size_t max_words = 2 * max_bytes / word_bits + 1;

    bool match_one_word(std::string_view subject) const;
    bool match_words(std::string_view subject) const;

    std::size_t states_ = 1;  // with the accepting one
    std::size_t words_ = 1;
    std::array<std::uint8_t, 256> kind_{};  // byte -> row of step_ and stay_
    std::vector<Word> step_;                // rows of `words_` words
    std::vector<Word> stay_;
    std::vector<Word> back_;  // one row, for a slash
    std::vector<Word> skip_;  // one row
};

}  // namespace catchrule::grammar
