// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "grammar/ast.hpp"
#include "grammar/diagnostic.hpp"

namespace catchrule::grammar {

/// What an untrusted condition may ask of us.
struct Limits {
    /// The text, and its canonical form, which is up to six times as long: so what parses also
    /// parses as printed. The linter warns above 256; the vendor names no limit.
    std::uint32_t max_condition_bytes = 512 * 1024;
    /// Parentheses and negations inside one another, in the text and in its canonical form. A chain
    /// of one operator counts once although the form nests it to the right: `(a or (b or c))`.
    /// Whoever walks an Ast recurses about as deep as this.
    std::uint32_t max_nesting = 512;
    std::uint32_t max_atoms = 16 * 1024;         ///< comparisons and bare operands of one condition
    std::uint32_t max_pattern_bytes = 8 * 1024;  ///< one Matches, MatchesPath or JavaRegex pattern
    /// All patterns of one condition as they are compiled; a repetition takes the room of all its
    /// copies.
    std::uint32_t max_compiled_bytes = 16 * 1024 * 1024;
};

/// Reads a condition (SEMANTICS 1, SEM-07..37). Errors carry codes CR1xx and byte spans into
/// `text`; warnings may come with a value. Thread-safe, no state.
Parsed<Ast> parse(std::string_view text, const Limits& limits = {});

/// Every code that parse(), Pattern::compile() and compile() report, in ascending order.
std::span<const Finding> condition_findings();

}  // namespace catchrule::grammar
