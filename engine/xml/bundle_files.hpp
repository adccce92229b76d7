// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/xml/load_bundle.hpp"

namespace catchrule::xml {

/// The two kinds of bundles, by what the folder of their files is called.
enum class Layout : std::uint8_t { apiproxy, sharedflowbundle };
std::string_view folder_of(Layout layout);

/// A problem that has no place in a text: of a file or archive as a whole.
struct FileProblem {
    std::string_view code;
    std::string path;
    std::string message;
};

/// One XML file of a bundle, with its text or the reason why there is none.
struct BundleFile {
    std::string folder;  ///< "" = descriptors, "proxies", "targets", "sharedflows" or "policies"
    FilePtr source;      ///< named as in messages; empty when it could not be read
    std::optional<FileProblem> problem;
};

/// The XML files of one bundle, wherever they come from: folder by folder, each by name.
struct BundleFiles {
    Layout layout = Layout::apiproxy;
    std::string name;  ///< what to call a bundle without descriptor
    std::string root;  ///< of `proxies` and so on, as in messages
    std::vector<BundleFile> files;
    std::vector<BundleFile> resources{};  ///< of folders `resources/*`; `folder` is the last part
};

/// The folders below `resources` whose files are texts that a bundle may use.
const std::vector<std::string>& resource_folders();

/// Files, or why there are none; `readable` as in Loaded.
struct ReadBundle {
    std::optional<BundleFiles> files;
    std::vector<FileProblem> problems;
    bool readable = true;
};

/// The bundle that a directory is or holds, or a zip holds. Of a directory with both layouts the
/// proxy bundle counts, unless `layout` says otherwise. At most one file beyond options.max_files
/// is read.
ReadBundle read_bundle(const std::filesystem::path& path, const LoadOptions& options,
                       std::optional<Layout> layout = std::nullopt);

/// The folder with descriptor, endpoints and policies that `directory` is or holds; none when there
/// is no such bundle.
std::optional<std::filesystem::path> find_root(const std::filesystem::path& directory,
                                               Layout layout);

/// The folders of a layout in the order in which problems are shown.
const std::vector<std::string>& folders_of(Layout layout);

/// The bytes of a file, or why there are none.
struct FileText {
    std::optional<std::string> text;
    std::string problem;     ///< "cannot be read: ..." when there is no text
    bool too_large = false;  ///< longer than allowed
};
FileText read_file(const std::filesystem::path& path, std::uint32_t max_bytes);

bool is_folder(const std::filesystem::path& path);

}  // namespace catchrule::xml
