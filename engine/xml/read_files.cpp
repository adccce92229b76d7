// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/read_files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace catchrule::xml {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

}  // namespace

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

std::vector<fs::path> xml_files(const fs::path& directory) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator i(directory, error), end; !error && i != end; i.increment(error)) {
        if (i->path().extension() == ".xml" && !is_folder(i->path())) files.push_back(i->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::optional<fs::path> find_apiproxy(const fs::path& directory) {
    if (is_folder(directory / "apiproxy")) return directory / "apiproxy";
    const bool bundle = is_folder(directory / "proxies") || is_folder(directory / "targets") ||
                        is_folder(directory / "policies");
    if (bundle) return directory;
    return std::nullopt;
}

std::string directory_name(const fs::path& apiproxy) {
    std::error_code error;
    fs::path path = fs::absolute(apiproxy, error).lexically_normal();
    if (path.filename().empty()) path = path.parent_path();
    if (path.filename() == "apiproxy") path = path.parent_path();
    return path.filename().string();
}

}  // namespace catchrule::xml
