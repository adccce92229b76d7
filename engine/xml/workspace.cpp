// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/workspace.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "engine/xml/bundle_files.hpp"
#include "engine/xml/codes.hpp"
#include "engine/xml/loading.hpp"
#include "engine/xml/shared_flow_library.hpp"
#include "engine/xml/zip.hpp"

namespace catchrule {
namespace {

namespace fs = std::filesystem;
using xml::Layout;

constexpr std::size_t deepest_folder = 32;

std::string shown(const fs::path& path) {
    std::string name = path.lexically_normal().generic_string();
    while (name.size() > 1 && name.ends_with('/')) name.pop_back();
    return name;
}

// What lies in a folder, by name.
std::vector<fs::directory_entry> entries_of(const fs::path& folder) {
    std::vector<fs::directory_entry> entries;
    std::error_code error;
    for (fs::directory_iterator i(folder, error), end; !error && i != end; i.increment(error)) {
        entries.push_back(*i);
    }
    std::sort(entries.begin(), entries.end());
    return entries;
}

bool is_real_folder(const fs::directory_entry& entry) {
    std::error_code error;
    return !entry.is_symlink(error) && entry.is_directory(error);
}

class Finder {
public:
    explicit Finder(Workspace& workspace) : workspace_(workspace) {}

    void add(const std::string& path) {
        const std::size_t before = workspace_.bundles.size();
        if (!xml::is_folder(path)) {
            if (!add_zip(path)) workspace_.bundles.push_back({path, false});
            return;
        }
        add_bundle(path);
        if (workspace_.bundles.size() == before) walk(path, 0);
        if (workspace_.bundles.size() == before) workspace_.bundles.push_back({path, false});
    }

private:
    // What the folder itself is, or holds under the usual name.
    void add_bundle(const std::string& path) {
        if (xml::find_root(path, Layout::apiproxy)) workspace_.bundles.push_back({path, false});
        if (xml::find_root(path, Layout::sharedflowbundle))
            workspace_.bundles.push_back({path, true});
    }

    // False when it is no zip, or one without a bundle in it, or broken: loading says so.
    bool add_zip(const fs::path& path) {
        if (!xml::is_zip(path)) return false;
        const std::optional<Layout> layout = xml::zip_layout(path);
        if (!layout) return false;
        workspace_.bundles.push_back({path.string(), *layout == Layout::sharedflowbundle});
        return true;
    }

    void walk(const fs::path& folder, std::size_t depth) {
        if (depth == deepest_folder) return;
        for (const Layout layout : {Layout::apiproxy, Layout::sharedflowbundle}) {
            if (xml::is_folder(folder / xml::folder_of(layout)))
                workspace_.bundles.push_back({shown(folder), layout != Layout::apiproxy});
        }
        const bool in_workspace = fs::path(shown(folder)).filename() == "apigee";
        for (const fs::directory_entry& entry : entries_of(folder)) {
            const std::string name = entry.path().filename().string();
            if (!is_real_folder(entry)) {
                std::error_code error;
                const bool is_file = entry.is_regular_file(error);  // a pipe may never end
                if (is_file && entry.path().extension() == ".zip") add_zip(shown(entry.path()));
                continue;
            }
            if (name == "apiproxy" || name == "sharedflowbundle" || name == "node_modules" ||
                name.starts_with('.')) {
                continue;
            }
            if (in_workspace && name == "environments") {
                for (const fs::directory_entry& each : entries_of(entry.path())) {
                    if (is_real_folder(each)) workspace_.environments.push_back(shown(each.path()));
                }
                continue;
            }
            walk(entry.path(), depth + 1);
        }
    }

    Workspace& workspace_;
};

// The same bundle may be named by two paths; the first counts.
void drop_repeated(std::vector<FoundBundle>& bundles) {
    std::set<std::pair<std::string, bool>> seen;
    std::erase_if(bundles, [&](const FoundBundle& bundle) {
        std::error_code error;
        const fs::path canonical = fs::weakly_canonical(bundle.path, error);
        const std::string key = error ? bundle.path : shown(canonical);
        return !seen.emplace(key, bundle.shared_flow).second;
    });
}

void load_one_by_one(std::size_t count, const std::function<void(std::size_t)>& each) {
    for (std::size_t i = 0; i < count; ++i) each(i);
}

grammar::Span span_of(const grammar::Source& source, const Location& location) {
    const auto at = source.line_start(location.line) + location.column - 1;
    return {at, at + 1};
}

}  // namespace

Workspace find_bundles(const std::vector<std::string>& paths) {
    Workspace workspace;
    Finder finder(workspace);
    for (const std::string& path : paths) finder.add(path);
    drop_repeated(workspace.bundles);
    std::set<std::string> seen;
    std::erase_if(workspace.environments,
                  [&](const std::string& folder) { return !seen.insert(folder).second; });
    return workspace;
}

LoadedAll load_all(const std::vector<std::string>& paths, const LoadOptions& options,
                   const ForEach& for_each) {
    LoadedAll all;
    all.workspace = find_bundles(paths);
    const std::vector<FoundBundle>& bundles = all.workspace.bundles;
    xml::SharedFlowLibrary library;
    for (const FoundBundle& bundle : bundles) {
        if (bundle.shared_flow) library.add(bundle.path, options);
    }
    for (const std::string& path : options.shared_flows) library.add(path, options);
    all.loaded.resize(bundles.size());
    const auto load = [&](std::size_t i) {
        const Layout layout = bundles[i].shared_flow ? Layout::sharedflowbundle : Layout::apiproxy;
        const bool folder = xml::is_folder(bundles[i].path);
        all.loaded[i] = xml::load_one(
            bundles[i].path, folder ? std::optional(layout) : std::nullopt, options, library);
    };
    (for_each ? for_each : load_one_by_one)(bundles.size(), load);
    all.problems = library.problems();
    all.readable = library.readable();
    for (Problem& problem : shared_base_paths(all.loaded)) {
        all.problems.push_back(std::move(problem));
    }
    return all;
}

std::vector<Problem> shared_base_paths(std::span<const Loaded> loaded) {
    struct Holder {
        const Bundle* bundle;
        const ProxyEndpoint* endpoint;
    };
    std::map<std::string_view, Holder> first;
    std::vector<Problem> problems;
    for (const Loaded& each : loaded) {
        if (each.bundle == nullptr || each.bundle->is_fragment) continue;
        const Bundle& bundle = *each.bundle;
        for (const ProxyEndpoint& endpoint : bundle.proxies) {
            const auto [known, added] =
                first.emplace(endpoint.base_path, Holder{&bundle, &endpoint});
            const Bundle& other = *known->second.bundle;
            if (added || &other == &bundle || other.name == bundle.name) continue;
            const FilePtr& file = bundle.files[endpoint.location.file];
            const Location& there = known->second.endpoint->location;
            problems.push_back(
                {file,
                 file->name(),
                 {grammar::Severity::error, std::string(xml::code::duplicate_base_path),
                  span_of(*file, endpoint.location),
                  "base path " + endpoint.base_path + " of proxy \"" + bundle.name +
                      "\" is also that of proxy \"" + other.name + "\" in " +
                      other.files[there.file]->name() + ':' + std::to_string(there.line),
                  "change one of them, or do not load both"}});
        }
    }
    return problems;
}

}  // namespace catchrule
