// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/semantics.hpp"
#include "engine/xml/load_bundle.hpp"
#include "tools/command.hpp"

namespace catchrule::tools {

/// Bytes of a file of variables.
inline constexpr std::size_t most_file_bytes = 64 * 1024 * 1024;

/// The whole of a file, or of standard input for `-`; none when it cannot be read, or is longer
/// than `most` bytes.
std::optional<std::string> read_file(const std::string& path, std::size_t most = most_file_bytes);

/// load_bundle, or load_text of standard input for `-`.
Loaded load_path(const std::string& path, const LoadOptions& options);

/// Loads what cannot be done without: prints every problem on `err`; null when there is no bundle.
std::shared_ptr<const Bundle> load_or_complain(const std::string& path, const LoadOptions& options,
                                               std::ostream& err);

/// Sets the switches in order; complains on `err` and returns none when one is wrong.
std::optional<Semantics> read_switches(const Switches& switches, std::ostream& err);

}  // namespace catchrule::tools
