// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

#include "engine/xml/bundle_files.hpp"

namespace catchrule::xml {

/// Whether a file is a zip archive: by its name or its first bytes.
bool is_zip(const std::filesystem::path& path);

/// The bundle in a zip archive: the one folder `apiproxy` or `sharedflowbundle`, at the top or
/// deeper. The whole list of entries is checked before anything is read: names that lead out of the
/// archive, entries given twice, links, encryption and what the limits of `options` forbid refuse
/// the archive. Nothing is ever unpacked to a disk.
ReadBundle read_zip(const std::filesystem::path& path, const LoadOptions& options,
                    std::optional<Layout> layout = std::nullopt);

/// Which bundle a zip archive holds, by its entries' names alone; none when it holds none or cannot
/// be read.
std::optional<Layout> zip_layout(const std::filesystem::path& path);

}  // namespace catchrule::xml
