// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/step.hpp"

namespace catchrule::trace {

/// `29-10-15 23:22:59:963`, in UTC; years 2000 to 2099.
std::string format_timestamp(Millis at);
/// None when the text has another form or names no time.
std::optional<Millis> parse_timestamp(std::string_view text);

/// `2015-10-29T23:23:04.140Z`.
std::string iso_timestamp(Millis at);

}  // namespace catchrule::trace
