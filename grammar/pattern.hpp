// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/operators.hpp"

namespace catchrule::grammar {

/// A pattern of Matches, MatchesPath or JavaRegex, compiled at load. It must match the whole value
/// and is case-sensitive (SEM-13, SEM-14, SEM-15). matches() is thread-safe, does not allocate (but
/// for a thread's first JavaRegex), and never stalls: the first two kinds run in linear time and
/// take any bytes; a JavaRegex matches no text that is not UTF-8, and none on which it exceeds its
/// step limit.
class Pattern {
public:
    /// `op` is matches, matches_path or java_regex. A pattern that cannot be compiled or translated
    /// faithfully is an error with spans into `text`.
    static Parsed<Pattern> compile(Operator op, std::string_view text);

    bool matches(std::string_view subject) const;

    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

private:
    struct Impl;
    explicit Pattern(std::unique_ptr<const Impl> impl);
    std::unique_ptr<const Impl> impl_;
};

}  // namespace catchrule::grammar
