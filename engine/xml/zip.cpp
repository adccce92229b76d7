// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/zip.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <map>
#include <memory>
#include <system_error>
#include <utility>

#include <zip.h>

#include "engine/xml/codes.hpp"

namespace catchrule::xml {
namespace {

namespace fs = std::filesystem;

struct CloseArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;
using EntryReader = std::unique_ptr<zip_file_t, CloseEntry>;

// Why an entry's name cannot be taken; empty when it can.
std::string name_problem(std::string_view name) {
    if (name.empty()) return "an empty name";
    for (const char c : name) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "a control character";
    }
    if (name.find('\\') != std::string_view::npos) return "a backslash";
    if (name.front() == '/') return "an absolute path";
    const bool letter = std::isalpha(static_cast<unsigned char>(name.front())) != 0;
    if (letter && name.size() > 1 && name[1] == ':') return "a drive letter";
    const fs::path path(name);
    if (std::find(path.begin(), path.end(), "..") != path.end()) return "\"..\"";
    return {};
}

std::string printable(std::string_view name) {
    std::string out(name.substr(0, 200));
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
    }
    return out;
}

// The entries of one archive that have passed the checks: path -> index.
using Entries = std::map<std::string, zip_uint64_t>;

class ZipReader {
public:
    ZipReader(const fs::path& path, const LoadOptions& options)
        : path_(path.lexically_normal().generic_string()), options_(options) {}

    ReadBundle read(std::optional<Layout> layout) {
        if (open()) check_entries();
        if (!result_.problems.empty()) return std::move(result_);
        const auto root = find_bundle_root(layout);
        if (!root) {
            if (result_.problems.empty()) {
                result_.readable = false;
                problem(code::unreadable,
                        "expected a bundle: an archive that holds apiproxy or sharedflowbundle");
            }
            return std::move(result_);
        }
        read_files(root->first, root->second);
        return std::move(result_);
    }

    std::optional<Layout> layout() {
        if (open()) check_entries();
        if (!result_.problems.empty()) return std::nullopt;
        const auto root = find_bundle_root(std::nullopt);
        return root ? std::optional(root->second) : std::nullopt;
    }

private:
    void problem(std::string_view id, std::string message) {
        result_.problems.push_back({id, path_, std::move(message)});
    }

    bool open() {
        std::error_code error;
        const std::uintmax_t size = fs::file_size(path_, error);
        if (!error && size > options_.max_archive_bytes) {
            problem(code::limit,
                    "expected at most " + std::to_string(options_.max_archive_bytes) + " bytes");
            return false;
        }
        int failure = 0;
        archive_.reset(zip_open(path_.c_str(), ZIP_RDONLY, &failure));
        if (archive_ != nullptr) return true;
        zip_error_t why;
        zip_error_init_with_code(&why, failure);
        result_.readable = failure != ZIP_ER_NOENT && failure != ZIP_ER_OPEN;
        problem(result_.readable ? code::bad_archive : code::unreadable,
                result_.readable
                    ? "expected a zip archive: " + std::string(zip_error_strerror(&why))
                    : "cannot be read: " + std::string(zip_error_strerror(&why)));
        zip_error_fini(&why);
        return false;
    }

    // Every entry before any is read. The first problem of each entry is told.
    void check_entries() {
        const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
        if (static_cast<std::uint64_t>(count) > options_.max_archive_entries) {
            return problem(code::limit, "expected at most " +
                                            std::to_string(options_.max_archive_entries) +
                                            " entries, found " + std::to_string(count));
        }
        std::uint64_t unpacked = 0;
        std::uint64_t packed = 0;
        for (zip_int64_t i = 0; i < count; ++i) {
            zip_stat_t stat;
            zip_stat_init(&stat);
            const auto index = static_cast<zip_uint64_t>(i);
            if (zip_stat_index(archive_.get(), index, 0, &stat) != 0 || stat.name == nullptr) {
                return problem(code::bad_archive, "expected entry " + std::to_string(i + 1) +
                                                      " to have a name and a size");
            }
            if (const std::string why = entry_problem(index, stat); !why.empty()) {
                problem(code::bad_archive,
                        "entry \"" + printable(stat.name) + "\" is refused: " + why);
            }
            unpacked += std::min<std::uint64_t>(stat.size, UINT32_MAX);
            packed += std::min<std::uint64_t>(stat.comp_size, UINT32_MAX);
        }
        if (unpacked > options_.max_archive_bytes) {
            problem(code::limit, "expected at most " + std::to_string(options_.max_archive_bytes) +
                                     " bytes when unpacked, found " + std::to_string(unpacked));
        } else if (unpacked > packed * options_.max_archive_ratio) {
            problem(code::limit, "expected at most " + std::to_string(options_.max_archive_ratio) +
                                     " bytes for each packed one, found " +
                                     std::to_string(unpacked) + " for " + std::to_string(packed));
        }
    }

    std::string entry_problem(zip_uint64_t index, const zip_stat_t& stat) {
        if (std::string why = name_problem(stat.name); !why.empty()) return "its name holds " + why;
        const std::string name = fs::path(stat.name).lexically_normal().generic_string();
        if (!entries_.emplace(name, index).second) return "it stands in the archive twice";
        if (stat.encryption_method != ZIP_EM_NONE) return "it is encrypted";
        zip_uint8_t system = 0;
        zip_uint32_t attributes = 0;
        constexpr zip_uint32_t kind_of_file = 0170000;
        constexpr zip_uint32_t link = 0120000;
        const bool known =
            zip_file_get_external_attributes(archive_.get(), index, 0, &system, &attributes) == 0;
        if (known && system == ZIP_OPSYS_UNIX && ((attributes >> 16U) & kind_of_file) == link) {
            return "it is a symbolic link";
        }
        return {};
    }

    // Where the files of the bundle begin: "apiproxy/", or "name/apiproxy/".
    std::optional<std::pair<std::string, Layout>> find_bundle_root(std::optional<Layout> wanted) {
        std::map<std::string, Layout> roots;
        for (const auto& [name, index] : entries_) {
            for (const Layout layout : {Layout::apiproxy, Layout::sharedflowbundle}) {
                if (wanted && *wanted != layout) continue;
                const std::string folder = std::string(folder_of(layout)) + '/';
                const std::size_t at = name.starts_with(folder) ? 0 : name.find('/' + folder) + 1;
                if (at == 0 && !name.starts_with(folder)) continue;
                roots.emplace(name.substr(0, at + folder.size()), layout);
            }
        }
        if (roots.empty()) return std::nullopt;
        const auto shallow =
            std::min_element(roots.begin(), roots.end(), [](const auto& a, const auto& b) {
                return std::count(a.first.begin(), a.first.end(), '/') <
                       std::count(b.first.begin(), b.first.end(), '/');
            });
        return *shallow;
    }

    void read_files(const std::string& root, Layout layout) {
        BundleFiles& bundle = result_.files.emplace();
        bundle.layout = layout;
        bundle.root = path_ + '/' + root.substr(0, root.size() - 1);
        const fs::path parent = fs::path(root).parent_path().parent_path();
        bundle.name = parent.empty() ? fs::path(path_).stem().string() : parent.filename().string();
        for (const std::string& folder : folders_of(layout)) {
            std::string prefix = root;
            if (!folder.empty()) prefix.append(folder).append("/");
            read_folder(prefix, folder, ".xml", bundle.files);
        }
        for (const std::string& folder : resource_folders()) {
            std::string prefix = root;
            prefix.append("resources/").append(folder).append("/");
            read_folder(prefix, folder, "", bundle.resources);
        }
    }

    // The entries right below `prefix` whose names have that ending.
    void read_folder(const std::string& prefix, const std::string& folder, std::string_view ending,
                     std::vector<BundleFile>& out) {
        for (auto entry = entries_.lower_bound(prefix);
             entry != entries_.end() && entry->first.starts_with(prefix); ++entry) {
            const std::string_view rest = std::string_view(entry->first).substr(prefix.size());
            if (rest.empty() || rest.find('/') != std::string_view::npos || !rest.ends_with(ending))
                continue;
            if (out.size() > options_.max_files) return;
            out.push_back(read_entry(entry->first, entry->second, folder));
        }
    }

    BundleFile read_entry(const std::string& name, zip_uint64_t index, const std::string& folder) {
        BundleFile file{folder, nullptr, std::nullopt};
        const std::string shown = path_ + '/' + name;
        std::string text;
        if (const auto why = unpack(index, text)) {
            file.problem = FileProblem{why->first, shown, why->second};
            text.clear();
        }
        file.source = std::make_shared<const grammar::Source>(shown, std::move(text));
        return file;
    }

    // Code and message of what went wrong.
    std::optional<std::pair<std::string_view, std::string>> unpack(zip_uint64_t index,
                                                                   std::string& text) {
        const EntryReader reader(zip_fopen_index(archive_.get(), index, 0));
        if (reader == nullptr) return broken(zip_strerror(archive_.get()));
        std::array<char, std::size_t{64} * 1024> chunk;
        for (;;) {
            const zip_int64_t got = zip_fread(reader.get(), chunk.data(), chunk.size());
            if (got < 0) return broken(zip_file_strerror(reader.get()));
            if (got == 0) return std::nullopt;
            text.append(chunk.data(), static_cast<std::size_t>(got));
            if (text.size() > options_.max_file_bytes) {
                return std::pair(
                    code::limit,
                    "expected at most " + std::to_string(options_.max_file_bytes) + " bytes");
            }
        }
    }

    static std::pair<std::string_view, std::string> broken(const char* why) {
        return {code::bad_archive, std::string("cannot be unpacked: ") + why};
    }

    std::string path_;
    const LoadOptions& options_;
    Archive archive_;
    Entries entries_;
    ReadBundle result_;
};

}  // namespace

bool is_zip(const fs::path& path) {
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (extension == ".zip") return true;
    std::ifstream stream(path, std::ios::binary);
    std::array<char, 4> first{};
    stream.read(first.data(), first.size());
    const std::string_view magic(first.data(), static_cast<std::size_t>(stream.gcount()));
    return magic == "PK\x03\x04" || magic == "PK\x05\x06";
}

ReadBundle read_zip(const fs::path& path, const LoadOptions& options,
                    std::optional<Layout> layout) {
    return ZipReader(path, options).read(layout);
}

std::optional<Layout> zip_layout(const fs::path& path) {
    const LoadOptions by_default;
    return ZipReader(path, by_default).layout();
}

}  // namespace catchrule::xml
