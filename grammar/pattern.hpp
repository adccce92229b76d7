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
/// and is case-sensitive (SEM-13, SEM-14, SEM-15). matches() is thread-safe, does not allocate, and
/// never stalls: the first two kinds run in linear time, a JavaRegex that exceeds its step limit
/// does not match.
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
