// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/stores/environment.hpp"

namespace catchrule {

/// What was read, and what was wrong with it; each problem is `file: text` or `file:offset: text`.
struct LoadedEnvironment {
    Environment environment;
    std::vector<std::string> errors;
};

/// Reads products.json, developers.json, companies.json, developerapps.json, kvms.json and
/// targetservers.json of `directory`; a file that is not there is an empty list, a file that does
/// not parse is an error. Unknown keys are ignored.
LoadedEnvironment load_environment(const std::string& directory, const std::string& name = "local");

}  // namespace catchrule
