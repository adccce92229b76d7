// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace catchrule::xml {

/// The bytes of a file, or why there are none.
struct FileText {
    std::optional<std::string> text;
    std::string problem;     ///< "cannot be read: ..." when there is no text
    bool too_large = false;  ///< longer than allowed
};
FileText read_file(const std::filesystem::path& path, std::uint32_t max_bytes);

/// The *.xml files of a directory, by name; none when it cannot be listed.
std::vector<std::filesystem::path> xml_files(const std::filesystem::path& directory);

/// The directory with descriptor, proxies, targets and policies that `directory` is or holds; none
/// when this is no bundle.
std::optional<std::filesystem::path> find_apiproxy(const std::filesystem::path& directory);

/// What to call a bundle without descriptor: the directory that holds `apiproxy`.
std::string directory_name(const std::filesystem::path& apiproxy);

}  // namespace catchrule::xml
