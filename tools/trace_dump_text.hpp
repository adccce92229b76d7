// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "engine/trace.hpp"
#include "tools/screen.hpp"

namespace catchrule::tools {

/// One recorded message as a table: states, rules with their conditions and what these met, steps,
/// and the reply. `number` counts from 1. The call is masked already.
std::string trace_dump_text(const trace::Call& call, std::size_t number, ScreenStyle style);

}  // namespace catchrule::tools
