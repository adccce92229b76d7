// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/loading.hpp"

#include <filesystem>
#include <utility>
#include <variant>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_policy.hpp"
#include "engine/xml/load_resources.hpp"

namespace catchrule::xml {
namespace {

// A file that is not XML may still be the one that is named.
void remember_broken(Context& context, const std::string& folder, const std::string& name) {
    const std::string stem = std::filesystem::path(name).stem().string();
    if (folder == "policies") context.scope.broken_policies.insert(stem);
    if (folder == "targets") context.broken_targets.insert(stem);
}

}  // namespace

Parts Loading::parse(const BundleFiles& files) {
    Parts parts;
    for (const BundleFile& file : files.resources) {
        if (file.problem) problem(*file.problem);
    }
    add_resources(files, bundle_->resources);
    for (const BundleFile& file : files.files) {
        if (bundle_->files.size() >= options_.max_files) {
            too_many_ = true;
            problem({code::limit, file.source->name(),
                     "expected at most " + std::to_string(options_.max_files) + " files"});
            return parts;
        }
        const File* parsed = nullptr;
        if (file.problem) {
            // It keeps its place, so that problems stay in order.
            bundle_->files.push_back(file.source);
            problem(*file.problem);
        } else {
            parsed = parse(file.source);
        }
        if (parsed != nullptr) {
            parts.add(file.folder, parsed);
        } else {
            remember_broken(context_, file.folder, file.source->name());
        }
    }
    return parts;
}

const File* Loading::parse(FilePtr source) {
    const auto index = static_cast<std::uint32_t>(bundle_->files.size());
    bundle_->files.push_back(std::move(source));
    File& file = files_.emplace_back(bundle_->files.back(), index, report_);
    by_index_[index] = &file;
    return file.parse(options_) ? &file : nullptr;
}

std::optional<Element> Loading::root(const File& file, std::string_view expected) const {
    const std::vector<Element> roots = file.roots();
    if (roots.size() > 1) {
        file.error(code::ill_formed, roots[1].span(), "expected one root element, found another");
        return std::nullopt;
    }
    if (expected.empty() || roots.front().name() == expected) return roots.front();
    file.error(code::unexpected_root, roots.front().span(),
               "expected root element " + std::string(expected) + ", found " +
                   std::string(roots.front().name()));
    return std::nullopt;
}

void Loading::load_policies(const std::vector<const File*>& files) {
    for (const File* file : files) load_policy(*file);
}

void Loading::load_policy(const File& file) {
    const auto element = root(file, "");
    if (!element) return;
    Policy policy = xml::load_policy(context_, file, *element);
    policy.shared_flow = context_.scope.shared_flow;
    const auto index = static_cast<int>(bundle_->policies.size());
    const auto [first, added] = context_.scope.policies.emplace(policy.name, index);
    if (!added) {
        const Policy& other = bundle_->policies[static_cast<std::size_t>(first->second)];
        file.error(code::duplicate_policy, element->span(),
                   "policy \"" + policy.name + "\" is also in " + place(other.location));
    }
    bundle_->policies.push_back(std::move(policy));
}

void Loading::problem(const FileProblem& problem) {
    const auto index = static_cast<std::uint32_t>(bundle_->files.size());
    report_.add(index == 0 ? 0 : index - 1, nullptr, problem.path,
                {grammar::Severity::error, std::string(problem.code), {}, problem.message, {}});
}

std::string Loading::place(const Location& location) const {
    return std::string(bundle_->file_name(location)) + ":" + std::to_string(location.line);
}

void Loading::note_unattached() {
    for (std::size_t i = 0; i < bundle_->policies.size(); ++i) {
        const Policy& policy = bundle_->policies[i];
        const auto* unsupported = std::get_if<UnsupportedPolicy>(&policy.config);
        if (unsupported == nullptr || context_.attached.contains(static_cast<int>(i))) continue;
        const File& file = *by_index_.at(policy.location.file);
        file.note(code::unattached_unsupported, file.roots().front().span(),
                  "policy \"" + policy.name + "\" is a " + unsupported->element +
                      ", which this version cannot run; no step attaches it");
    }
}

void Loading::index_rules() {
    const auto index = [this](FaultHandling& faults) {
        faults.index = RuleIndex(faults.rules, bundle_->symbols);
    };
    for (ProxyEndpoint& proxy : bundle_->proxies) index(proxy.faults);
    for (TargetEndpoint& target : bundle_->targets) index(target.faults);
}

Loaded Loading::finish() {
    note_unattached();
    Loaded loaded;
    if (!report_.has_errors()) {
        bundle_->layout = std::make_unique<const VariableLayout>(bundle_->symbols);
        if (options_.rule_index) index_rules();
        loaded.bundle = bundle_;
    }
    loaded.problems = std::move(report_).sorted();
    return loaded;
}

}  // namespace catchrule::xml
