// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace catchrule {

/// Where an element stands: an index into Bundle::files, and line and column from 1. line 0 =
/// unknown.
struct Location {
    std::uint32_t file = 0;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

}  // namespace catchrule
