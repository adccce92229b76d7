// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_bundle.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_endpoint.hpp"
#include "engine/xml/load_faults.hpp"
#include "engine/xml/load_policy.hpp"
#include "engine/xml/load_values.hpp"
#include "engine/xml/read_files.hpp"
#include "engine/xml/reader.hpp"

namespace catchrule {
namespace {

namespace fs = std::filesystem;
using xml::Element;
using xml::File;
namespace code = xml::code;

// Reads the files of one bundle in the order in which problems are shown (descriptor, proxies,
// targets, policies), then loads them in the order in which they need each other.
class BundleLoader {
public:
    explicit BundleLoader(const LoadOptions& options) : options_(options) {}

    Loaded load_directory(const fs::path& apiproxy) {
        bundle_->name = xml::directory_name(apiproxy);
        std::deque<File> descriptors = read_all(apiproxy);
        std::deque<File> proxies = read_all(apiproxy / "proxies");
        std::deque<File> targets = read_all(apiproxy / "targets", &context_.broken_targets);
        std::deque<File> policies = read_all(apiproxy / "policies", &context_.broken_policies);
        if (!too_many_) {
            for (File& file : descriptors) load_descriptor(file);
            for (File& file : policies) load_policy(file);
            for (File& file : targets) load_target(file);
            for (File& file : proxies) load_proxy(file);
            note_unattached(policies);
            if (proxies.empty() && !report_.has_errors()) {
                problem((apiproxy / "proxies").lexically_normal().generic_string(),
                        code::missing_part, "expected a ProxyEndpoint file");
            }
        }
        return finish();
    }

    Loaded load_source(FilePtr source) {
        bundle_->is_fragment = true;
        bundle_->files.push_back(std::move(source));
        File file(bundle_->files.back(), 0, report_);
        bundle_->name = file.stem();
        if (file.parse(options_)) load_roots(file);
        return finish();
    }

    Loaded unreadable(const std::string& path, const std::string& problem) {
        Loaded loaded;
        loaded.readable = false;
        loaded.problems.push_back(
            {nullptr,
             path,
             {grammar::Severity::error, std::string(code::unreadable), {}, problem, {}}});
        return loaded;
    }

private:
    std::deque<File> read_all(const fs::path& directory,
                              std::set<std::string, std::less<>>* broken = nullptr) {
        std::deque<File> files;
        for (const fs::path& path : xml::xml_files(directory)) {
            if (too_many_) return files;
            const std::string name = path.lexically_normal().generic_string();
            if (bundle_->files.size() >= options_.max_files) {
                too_many_ = true;
                problem(name, code::limit,
                        "expected at most " + std::to_string(options_.max_files) + " files");
                return files;
            }
            xml::FileText text = xml::read_file(path, options_.max_file_bytes);
            // A file that cannot be read keeps its place, so that problems stay in order.
            const auto index = static_cast<std::uint32_t>(bundle_->files.size());
            bundle_->files.push_back(
                std::make_shared<const grammar::Source>(name, std::move(text.text).value_or("")));
            if (!text.problem.empty()) {
                problem(name, text.too_large ? code::limit : code::unreadable, text.problem);
            } else if (files.emplace_back(bundle_->files.back(), index, report_).parse(options_)) {
                continue;
            } else {
                files.pop_back();
            }
            if (broken != nullptr) broken->insert(path.stem().string());
        }
        return files;
    }

    void problem(const std::string& path, std::string_view id, std::string message) {
        const auto index = static_cast<std::uint32_t>(bundle_->files.size());
        report_.add(index == 0 ? 0 : index - 1, nullptr, path,
                    {grammar::Severity::error, std::string(id), {}, std::move(message), {}});
    }

    // The only root of a file of a bundle, if it is what should be there.
    std::optional<Element> root(const File& file, std::string_view expected) {
        const std::vector<Element> roots = file.roots();
        if (roots.size() > 1) {
            file.error(code::ill_formed, roots[1].span(),
                       "expected one root element, found another");
            return std::nullopt;
        }
        if (expected.empty() || roots.front().name() == expected) return roots.front();
        file.error(code::unexpected_root, roots.front().span(),
                   "expected root element " + std::string(expected) + ", found " +
                       std::string(roots.front().name()));
        return std::nullopt;
    }

    void load_descriptor(const File& file) {
        const auto element = root(file, "APIProxy");
        if (!element || std::exchange(described_, true)) return;
        file.expect(*element, {{"name", "revision"},
                               {"Basepaths",       "BasePaths",      "ConfigurationVersion",
                                "CreatedAt",       "CreatedBy",      "Description",
                                "DisplayName",     "LastModifiedAt", "LastModifiedBy",
                                "ManifestVersion", "Policies",       "ProxyEndpoints",
                                "Resources",       "Spec",           "TargetServers",
                                "TargetEndpoints", "validate",       "IntegrationEndpoints",
                                "StepDefinitions", "Type",           "ResourceFiles"}});
        bundle_->name = xml::load_name(file, *element);
        if (const auto revision = element->attribute("revision")) {
            bundle_->revision = revision->value.trimmed().value;
        }
    }

    void load_policy(const File& file) {
        const auto element = root(file, "");
        if (!element) return;
        Policy policy = xml::load_policy(context_, file, *element);
        const auto index = static_cast<int>(bundle_->policies.size());
        const auto [first, added] = context_.policies.emplace(policy.name, index);
        if (!added) {
            const Policy& other = bundle_->policies[static_cast<std::size_t>(first->second)];
            file.error(code::duplicate_policy, element->span(),
                       "policy \"" + policy.name + "\" is also in " + place(other.location));
        }
        bundle_->policies.push_back(std::move(policy));
    }

    void load_target(const File& file) {
        if (const auto element = root(file, "TargetEndpoint")) {
            add_endpoint(bundle_->targets, file, *element,
                         xml::load_target_endpoint(context_, file, *element));
        } else {
            context_.broken_targets.insert(file.stem());
        }
    }

    void load_proxy(const File& file) {
        if (const auto element = root(file, "ProxyEndpoint")) {
            add_endpoint(bundle_->proxies, file, *element,
                         xml::load_proxy_endpoint(context_, file, *element));
        }
    }

    template <class T>
    void add_endpoint(std::vector<T>& endpoints, const File& file, const Element& element,
                      T endpoint) {
        for (const T& other : endpoints) {
            if (other.name != endpoint.name) continue;
            file.error(code::duplicate_endpoint, element.span(),
                       std::string(element.name()) + " \"" + endpoint.name + "\" is also in " +
                           place(other.location));
            break;
        }
        endpoints.push_back(std::move(endpoint));
    }

    std::string place(const Location& location) const {
        return std::string(bundle_->file_name(location)) + ":" + std::to_string(location.line);
    }

    void note_unattached(const std::deque<File>& files) {
        std::map<std::uint32_t, const File*> by_index;
        for (const File& file : files) by_index[file.index()] = &file;
        for (std::size_t i = 0; i < bundle_->policies.size(); ++i) {
            const Policy& policy = bundle_->policies[i];
            const auto* unsupported = std::get_if<UnsupportedPolicy>(&policy.config);
            if (unsupported == nullptr || context_.attached.contains(static_cast<int>(i))) continue;
            const File& file = *by_index.at(policy.location.file);
            file.note(code::unattached_unsupported, file.roots().front().span(),
                      "policy \"" + policy.name + "\" is a " + unsupported->element +
                          ", which this version cannot run; no step attaches it");
        }
    }

    // An endpoint file or a bare fragment.
    void load_roots(const File& file) {
        const std::vector<Element> roots = file.roots();
        const std::string_view first = roots.front().name();
        if (first == "ProxyEndpoint" || first == "TargetEndpoint") {
            if (!root(file, first)) return;
            if (first == "ProxyEndpoint") return load_proxy(file);
            return load_target(file);
        }
        for (const Element& element : roots) {
            const std::string_view name = element.name();
            if (name == "FaultRules" || name == "DefaultFaultRule" || name == "FaultRule") continue;
            file.error(code::unexpected_root, element.span(),
                       "expected ProxyEndpoint, TargetEndpoint, FaultRules, DefaultFaultRule or "
                       "FaultRule, found " +
                           std::string(name),
                       name == "APIProxy" ? "name the directory of the bundle instead" : "");
            return;
        }
        if (options_.fragment_endpoint == EndpointKind::proxy) {
            add_fragment(bundle_->proxies, file, roots);
        } else {
            add_fragment(bundle_->targets, file, roots);
        }
    }

    template <class T>
    void add_fragment(std::vector<T>& endpoints, const File& file,
                      const std::vector<Element>& roots) {
        T endpoint;
        endpoint.kind = options_.fragment_endpoint;
        endpoint.name = options_.fragment_name;
        endpoint.location = file.location(roots.front());
        endpoint.faults = xml::load_faults(context_, file, roots);
        endpoints.push_back(std::move(endpoint));
    }

    Loaded finish() {
        Loaded loaded;
        if (!report_.has_errors()) {
            bundle_->layout = std::make_unique<const VariableLayout>(bundle_->symbols);
            loaded.bundle = bundle_;
        }
        loaded.problems = std::move(report_).sorted();
        return loaded;
    }

    const LoadOptions& options_;
    std::shared_ptr<Bundle> bundle_ = std::make_shared<Bundle>();
    xml::Report report_{options_.max_problems_per_file};
    xml::Context context_{*bundle_, options_, report_};
    bool described_ = false;
    bool too_many_ = false;
};

}  // namespace

std::string Problem::render() const {
    if (source != nullptr) return grammar::render(*source, diagnostic);
    return path + ": " + std::string(grammar::to_string(diagnostic.severity)) + ": " +
           diagnostic.message + " [" + diagnostic.code + "]\n";
}

Loaded load_bundle(const std::string& path, const LoadOptions& options) {
    BundleLoader loader(options);
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) return loader.unreadable(path, "cannot be read: " + error.message());
    if (fs::is_directory(status)) {
        const std::optional<fs::path> apiproxy = xml::find_apiproxy(path);
        if (apiproxy) return loader.load_directory(*apiproxy);
        return loader.unreadable(path, "expected a bundle: a directory that holds apiproxy");
    }
    xml::FileText text = xml::read_file(path, options.max_file_bytes);
    if (!text.text) return loader.unreadable(path, text.problem);
    return loader.load_source(std::make_shared<const grammar::Source>(path, std::move(*text.text)));
}

Loaded load_text(const std::string& name, std::string text, const LoadOptions& options) {
    return BundleLoader(options).load_source(
        std::make_shared<const grammar::Source>(name, std::move(text)));
}

}  // namespace catchrule
