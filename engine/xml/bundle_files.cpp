// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/bundle_files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <system_error>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/zip.hpp"

namespace catchrule::xml {
namespace {

namespace fs = std::filesystem;

// The files of a directory, by name, all or the *.xml ones; none when it cannot be listed.
std::vector<fs::path> files_in(const fs::path& directory, bool xml_only) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator i(directory, error), end; !error && i != end; i.increment(error)) {
        const bool wanted = !xml_only || i->path().extension() == ".xml";
        if (wanted && !is_folder(i->path())) files.push_back(i->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<fs::path> xml_files(const fs::path& directory) { return files_in(directory, true); }

// What to call a bundle without descriptor: the directory that holds `apiproxy`.
std::string directory_name(const fs::path& root, Layout layout) {
    std::error_code error;
    fs::path path = fs::absolute(root, error).lexically_normal();
    if (path.filename().empty()) path = path.parent_path();
    if (path.filename() == folder_of(layout)) path = path.parent_path();
    return path.filename().string();
}

BundleFile read_one(const fs::path& path, std::string folder, const LoadOptions& options) {
    const std::string name = path.lexically_normal().generic_string();
    // A pipe or a device may never come to an end; only who names it on purpose may wait for it.
    std::error_code error;
    const bool readable = fs::is_regular_file(path, error) || !fs::exists(path, error);
    FileText text = readable ? read_file(path, options.max_file_bytes)
                             : FileText{std::nullopt, "cannot be read: expected a regular file"};
    BundleFile file{std::move(folder), nullptr, std::nullopt};
    if (!text.text) {
        file.problem =
            FileProblem{text.too_large ? code::limit : code::unreadable, name, text.problem};
    }
    file.source = std::make_shared<const grammar::Source>(name, std::move(text.text).value_or(""));
    return file;
}

BundleFiles read_directory(const fs::path& root, Layout layout, const LoadOptions& options) {
    BundleFiles bundle{
        layout, directory_name(root, layout), root.lexically_normal().generic_string(), {}, {}};
    while (bundle.root.size() > 1 && bundle.root.ends_with('/')) bundle.root.pop_back();
    for (const std::string& folder : folders_of(layout)) {
        for (const fs::path& path : xml_files(folder.empty() ? root : root / folder)) {
            bundle.files.push_back(read_one(path, folder, options));
            if (bundle.files.size() > options.max_files) return bundle;
        }
    }
    for (const std::string& folder : resource_folders()) {
        for (const fs::path& path : files_in(root / "resources" / folder, false)) {
            if (bundle.files.size() + bundle.resources.size() >= options.max_files) return bundle;
            bundle.resources.push_back(read_one(path, folder, options));
        }
    }
    return bundle;
}

bool holds_xml(const fs::path& directory) { return !xml_files(directory).empty(); }

ReadBundle no_bundle(const fs::path& path) {
    return {std::nullopt,
            {{code::unreadable, path.string(),
              "expected a bundle: a directory that holds apiproxy or sharedflowbundle"}},
            false};
}

}  // namespace

std::string_view folder_of(Layout layout) {
    return layout == Layout::apiproxy ? "apiproxy" : "sharedflowbundle";
}

const std::vector<std::string>& folders_of(Layout layout) {
    static const std::vector<std::string> proxy{"", "proxies", "targets", "policies"};
    static const std::vector<std::string> flow{"", "sharedflows", "policies"};
    return layout == Layout::apiproxy ? proxy : flow;
}

const std::vector<std::string>& resource_folders() {
    static const std::vector<std::string> folders{"jsc", "oas", "properties", "py", "xsl"};
    return folders;
}

bool is_folder(const fs::path& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

FileText read_file(const fs::path& path, std::uint32_t max_bytes) {
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    const auto unreadable = [] {
        return FileText{std::nullopt,
                        std::string("cannot be read: ") + std::strerror(errno != 0 ? errno : EIO)};
    };
    if (!stream) return unreadable();
    std::string text;
    std::string chunk(std::size_t{64} * 1024, '\0');
    while (stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) ||
           stream.gcount() > 0) {
        text.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
        if (text.size() > max_bytes)
            return {std::nullopt, "expected at most " + std::to_string(max_bytes) + " bytes", true};
    }
    if (stream.bad()) return unreadable();
    return {std::move(text), {}};
}

std::optional<fs::path> find_root(const fs::path& directory, Layout layout) {
    fs::path inner = directory / folder_of(layout);
    if (is_folder(inner)) return inner;
    if (layout == Layout::sharedflowbundle) {
        // A workspace keeps its shared flows in a folder of the same name.
        if (holds_xml(directory / "sharedflows")) return directory;
        return std::nullopt;
    }
    const bool bundle = is_folder(directory / "proxies") || is_folder(directory / "targets") ||
                        is_folder(directory / "policies");
    if (bundle && !holds_xml(directory / "sharedflows")) return directory;
    return std::nullopt;
}

ReadBundle read_bundle(const fs::path& path, const LoadOptions& options,
                       std::optional<Layout> layout) {
    if (!is_folder(path)) return read_zip(path, options, layout);
    for (const Layout each : {Layout::apiproxy, Layout::sharedflowbundle}) {
        if (layout && *layout != each) continue;
        if (const auto root = find_root(path, each))
            return {read_directory(*root, each, options), {}};
    }
    return no_bundle(path);
}

}  // namespace catchrule::xml
