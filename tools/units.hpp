// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace catchrule::tools {

/// `500ms`, `10s`, `1m`, `2h`; a plain number is seconds. None when it is anything else, negative,
/// or more than a year.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// `4096`, `8KiB`, `10MiB`, `1GiB`. None when it is anything else or does not fit.
std::optional<std::size_t> parse_size(std::string_view text);

}  // namespace catchrule::tools
