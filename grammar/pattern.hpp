// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/operators.hpp"

namespace catchrule::grammar {

/// What one match of a JavaRegex may take; beyond it the pattern gives up (SEM-13).
struct PatternLimits {
    static constexpr std::uint32_t steps = 100'000;             ///< places tried, backtracking
    static constexpr std::uint32_t heap_kib = 4 * 1024;         ///< where there is no JIT
    static constexpr std::size_t subject_bytes = 1024 * 1024;   ///< length of the value
    static constexpr std::size_t jit_stack_bytes = 512 * 1024;  ///< of each thread
};

/// `gave_up`: a limit was met, so nobody knows; a condition counts it as false and says so.
enum class Match : std::uint8_t { no, yes, gave_up };

/// A pattern of Matches, MatchesPath or JavaRegex, compiled at load. It must match the whole value
/// and is case-sensitive (SEM-13, SEM-14, SEM-15). match() is thread-safe, does not allocate (but
/// for a thread's first JavaRegex), and never stalls: the first two kinds run in linear time and
/// take any bytes; a JavaRegex matches no text that is not UTF-8 and gives up at PatternLimits.
class Pattern {
public:
    /// `op` is matches, matches_path or java_regex. A pattern that cannot be compiled or translated
    /// faithfully is an error with spans into `text`.
    static Parsed<Pattern> compile(Operator op, std::string_view text);

    Match match(std::string_view subject) const;
    /// Giving up counts as no match.
    bool matches(std::string_view subject) const { return match(subject) == Match::yes; }

    /// The memory that the compiled pattern takes.
    std::size_t bytes() const;

    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

private:
    struct Impl;
    explicit Pattern(std::unique_ptr<const Impl> impl);
    std::unique_ptr<const Impl> impl_;
};

}  // namespace catchrule::grammar
