// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace catchrule::testing {

/// How often this thread has called operator new since it began. Linking allocations.cpp replaces
/// the global operators of the whole program.
std::size_t allocations();

}  // namespace catchrule::testing
