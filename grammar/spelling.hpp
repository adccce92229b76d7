// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace catchrule::grammar {

/// Letters to insert, remove, replace or swap with a neighbour to make one word of the other, ASCII
/// case ignored: what "did you mean" goes by. Time and memory grow with the product of the lengths,
/// so callers bound what they ask.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace catchrule::grammar
