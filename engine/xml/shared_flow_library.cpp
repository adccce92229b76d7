// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/shared_flow_library.hpp"

#include <algorithm>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/reader.hpp"
#include "engine/xml/workspace.hpp"

namespace catchrule::xml {
namespace {

Problem as_problem(std::string_view id, std::string path, std::string message) {
    return {nullptr,
            std::move(path),
            {grammar::Severity::error, std::string(id), {}, std::move(message), {}}};
}

}  // namespace

void SharedFlowLibrary::add(const std::string& path, const LoadOptions& options) {
    bool found = false;
    for (const FoundBundle& bundle : find_bundles({path}).bundles) {
        if (!bundle.shared_flow) continue;
        add_bundle(bundle.path, options);
        found = true;
    }
    if (found) return;
    readable_ = false;
    problems_.push_back(as_problem(code::unreadable, path,
                                   "expected a shared flow: a directory or zip that holds "
                                   "sharedflowbundle, or a folder of them"));
}

void SharedFlowLibrary::add_bundle(const std::string& path, const LoadOptions& options) {
    ReadBundle read = read_bundle(path, options, Layout::sharedflowbundle);
    for (const FileProblem& problem : read.problems) {
        problems_.push_back(as_problem(problem.code, problem.path, problem.message));
    }
    if (!read.files) return;
    const std::string name = shared_flow_name(*read.files, options);
    const auto known = flows_.find(name);
    if (known == flows_.end()) {
        folders_.emplace(read.files->name, name);
        flows_.emplace(name, Entry{name, std::move(*read.files)});
    } else if (known->second.files.root != read.files->root) {
        problems_.push_back(as_problem(
            code::duplicate_shared_flow, read.files->root,
            "another shared flow named \"" + name + "\" is in " + known->second.files.root));
    }
}

const SharedFlowLibrary::Entry* SharedFlowLibrary::find(std::string_view name) const {
    const auto found = flows_.find(name);
    if (found != flows_.end()) return &found->second;
    const auto folder = folders_.find(name);
    return folder == folders_.end() ? nullptr : &flows_.at(folder->second);
}

std::string shared_flow_name(const BundleFiles& files, const LoadOptions& options) {
    const auto descriptor =
        std::find_if(files.files.begin(), files.files.end(),
                     [](const BundleFile& file) { return file.folder.empty() && !file.problem; });
    if (descriptor == files.files.end()) return files.name;
    Report ignored(options.max_problems_per_file);
    File file(descriptor->source, 0, ignored);
    if (!file.parse(options)) return files.name;
    const std::vector<Element> roots = file.roots();
    if (roots.empty()) return files.name;
    const auto attribute = roots.front().attribute("name");
    std::string name = attribute ? attribute->value.trimmed().value : std::string();
    return name.empty() ? files.name : name;
}

}  // namespace catchrule::xml
