// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "grammar/value.hpp"

namespace catchrule::grammar {

enum class NumberProblem : std::uint8_t {
    none,
    leading_zero,      ///< 007
    exponent,          ///< 1e5
    fraction_of_long,  ///< 1.5L
    malformed,         ///< 20.20.20, 5x, 5.
    out_of_range,
};

struct Number {
    Value value;
    NumberProblem problem = NumberProblem::none;
};

/// Reads a numeric literal (SEM-18, SEM-36): an optional `-`, digits with an optional fraction, and
/// an optional suffix f, d or l in either case. Without a suffix it is an Integer, a Long beyond 32
/// bits, or a Double when it has a fraction.
Number read_number(std::string_view token);

}  // namespace catchrule::grammar
