// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace catchrule::tools {

/// Calls `each(0)` ... `each(count - 1)` from as many threads as there are cores, and returns when
/// all are done. `each` does not throw.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& each);

}  // namespace catchrule::tools
