// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tests/simulation/random_bundle.hpp"
#include "tests/simulation/random_call.hpp"

namespace catchrule::testing {

/// What a call broke of the laws that hold for every bundle and every call, one a line; empty =
/// nothing. `result` was recorded.
std::vector<std::string> broken_laws(const RandomBundle& bundle, const CallResult& result);

/// Where a call that nobody looked at differs from the same call when it was recorded.
std::vector<std::string> differences(const CallResult& recorded, const CallResult& unrecorded);

}  // namespace catchrule::testing
