// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace catchrule::tools {

/// What --help shows below the options of a subcommand; of the program itself for an empty name.
std::string_view examples_of(std::string_view command);

}  // namespace catchrule::tools
