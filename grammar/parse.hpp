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
    std::uint32_t max_condition_bytes =
        64 * 1024;  ///< the linter warns above 256; the vendor names no limit
    /// Open parentheses and negations at one place, of the text and of its canonical form, which
    /// nests a chain of one operator to the right: so what parses also parses as printed.
    std::uint32_t max_nesting = 512;
    std::uint32_t max_atoms = 16 * 1024;         ///< comparisons and bare operands of one condition
    std::uint32_t max_pattern_bytes = 8 * 1024;  ///< one Matches, MatchesPath or JavaRegex pattern
};

/// Reads a condition (SEMANTICS 1, SEM-07..37). Errors carry codes CR1xx and byte spans into
/// `text`; warnings may come with a value. Thread-safe, no state.
Parsed<Ast> parse(std::string_view text, const Limits& limits = {});

/// Every code that parse(), Pattern::compile() and compile() report, in ascending order.
std::span<const Finding> condition_findings();

}  // namespace catchrule::grammar
