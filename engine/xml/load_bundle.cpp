// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_bundle.hpp"

#include <filesystem>
#include <memory>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_endpoint.hpp"
#include "engine/xml/load_faults.hpp"
#include "engine/xml/load_values.hpp"
#include "engine/xml/loading.hpp"
#include "engine/xml/reader.hpp"
#include "engine/xml/zip.hpp"

namespace catchrule {
namespace {

namespace fs = std::filesystem;
using xml::Element;
using xml::File;
namespace code = xml::code;

// A proxy bundle: reads its files in the order in which problems are shown (descriptor, proxies,
// targets, policies), then loads them in the order in which they need each other.
class ProxyLoader {
public:
    explicit ProxyLoader(xml::Loading& loading) : loading_(loading) {}

    void load(const xml::BundleFiles& files) {
        bundle_.name = files.name;
        const xml::Parts parts = loading_.parse(files);
        if (loading_.too_many()) return;
        for (const File* file : parts.in("")) load_descriptor(*file);
        loading_.load_policies(parts.in("policies"));
        for (const File* file : parts.in("targets")) load_target(*file);
        for (const File* file : parts.in("proxies")) load_proxy(*file);
        if (parts.in("proxies").empty() && !loading_.has_errors()) {
            loading_.problem(
                {code::missing_part, files.root + "/proxies", "expected a ProxyEndpoint file"});
        }
    }

    void load_source(FilePtr source) {
        bundle_.is_fragment = true;
        const File* file = loading_.parse(std::move(source));
        bundle_.name = fs::path(bundle_.files.back()->name()).stem().string();
        if (file != nullptr) load_roots(*file);
    }

private:
    void load_descriptor(const File& file) {
        const auto element = loading_.root(file, "APIProxy");
        if (!element || std::exchange(described_, true)) return;
        file.expect(*element, {{"name", "revision"},
                               {"Basepaths",       "BasePaths",      "ConfigurationVersion",
                                "CreatedAt",       "CreatedBy",      "Description",
                                "DisplayName",     "LastModifiedAt", "LastModifiedBy",
                                "ManifestVersion", "Policies",       "ProxyEndpoints",
                                "Resources",       "Spec",           "TargetServers",
                                "TargetEndpoints", "validate",       "IntegrationEndpoints",
                                "StepDefinitions", "Type",           "ResourceFiles"}});
        bundle_.name = xml::load_name(file, *element);
        if (const auto revision = element->attribute("revision")) {
            bundle_.revision = revision->value.trimmed().value;
        }
    }

    void load_target(const File& file) {
        if (const auto element = loading_.root(file, "TargetEndpoint")) {
            add_endpoint(bundle_.targets, file, *element,
                         xml::load_target_endpoint(context_, file, *element));
        } else {
            context_.broken_targets.insert(file.stem());
        }
    }

    void load_proxy(const File& file) {
        if (const auto element = loading_.root(file, "ProxyEndpoint")) {
            ProxyEndpoint endpoint = xml::load_proxy_endpoint(context_, file, *element);
            check_base_path(file, *element, endpoint);
            add_endpoint(bundle_.proxies, file, *element, std::move(endpoint));
        }
    }

    template <class T>
    void add_endpoint(std::vector<T>& endpoints, const File& file, const Element& element,
                      T endpoint) {
        for (const T& other : endpoints) {
            if (other.name != endpoint.name) continue;
            file.error(code::duplicate_endpoint, element.span(),
                       std::string(element.name()) + " \"" + endpoint.name + "\" is also in " +
                           loading_.place(other.location));
            break;
        }
        endpoints.push_back(std::move(endpoint));
    }

    // Only one of two endpoints that answer to the same paths can be reached.
    void check_base_path(const File& file, const Element& element, const ProxyEndpoint& endpoint) {
        for (const ProxyEndpoint& other : bundle_.proxies) {
            if (other.base_path != endpoint.base_path) continue;
            grammar::Span at = element.span();
            for (const Element& connection : element.children("HTTPProxyConnection")) {
                for (const Element& path : connection.children("BasePath")) at = path.span();
            }
            file.error(code::duplicate_base_path, at,
                       "base path " + endpoint.base_path + " is also that of ProxyEndpoint \"" +
                           other.name + "\" in " + loading_.place(other.location));
            return;
        }
    }

    // An endpoint file or a bare fragment.
    void load_roots(const File& file) {
        const std::vector<Element> roots = file.roots();
        const std::string_view first = roots.front().name();
        if (first == "ProxyEndpoint" || first == "TargetEndpoint") {
            if (!loading_.root(file, first)) return;
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
            add_fragment(bundle_.proxies, file, roots);
        } else {
            add_fragment(bundle_.targets, file, roots);
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

    xml::Loading& loading_;
    Bundle& bundle_ = loading_.bundle();
    xml::Context& context_ = loading_.context();
    const LoadOptions& options_ = loading_.options();
    bool described_ = false;
};

Loaded unreadable(const std::vector<xml::FileProblem>& problems, bool readable) {
    Loaded loaded;
    loaded.readable = readable;
    for (const xml::FileProblem& problem : problems) {
        loaded.problems.push_back(
            {nullptr,
             problem.path,
             {grammar::Severity::error, std::string(problem.code), {}, problem.message, {}}});
    }
    return loaded;
}

}  // namespace

std::string Problem::render() const {
    if (source != nullptr) return grammar::render(*source, diagnostic);
    return path + ": " + std::string(grammar::to_string(diagnostic.severity)) + ": " +
           diagnostic.message + " [" + diagnostic.code + "]\n";
}

namespace xml {

Loaded load_one(const std::string& path, std::optional<Layout> layout, const LoadOptions& options,
                const SharedFlowLibrary& library) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        return unreadable({{code::unreadable, path, "cannot be read: " + error.message()}}, false);
    }
    Loading loading(options);
    if (!fs::is_directory(status) && !is_zip(path)) {
        FileText text = read_file(path, options.max_file_bytes);
        if (!text.text) return unreadable({{code::unreadable, path, text.problem}}, false);
        ProxyLoader(loading).load_source(
            std::make_shared<const grammar::Source>(path, std::move(*text.text)));
        return loading.finish();
    }
    const ReadBundle read = read_bundle(path, options, layout);
    if (!read.files) return unreadable(read.problems, read.readable);
    if (read.files->layout == Layout::apiproxy) {
        ProxyLoader(loading).load(*read.files);
    } else {
        const std::string name = shared_flow_name(*read.files, options);
        loading.bundle().name = name;
        loading.load_shared_flow(name, *read.files);
    }
    loading.resolve_calls(library);
    return loading.finish();
}

}  // namespace xml

Loaded load_bundle(const std::string& path, const LoadOptions& options) {
    xml::SharedFlowLibrary library;
    for (const std::string& flows : options.shared_flows) library.add(flows, options);
    Loaded loaded = xml::load_one(path, std::nullopt, options, library);
    if (library.problems().empty()) return loaded;
    loaded.bundle = nullptr;
    loaded.readable = loaded.readable && library.readable();
    loaded.problems.insert(loaded.problems.begin(), library.problems().begin(),
                           library.problems().end());
    return loaded;
}

Loaded load_text(const std::string& name, std::string text, const LoadOptions& options) {
    xml::Loading loading(options);
    ProxyLoader(loading).load_source(
        std::make_shared<const grammar::Source>(name, std::move(text)));
    return loading.finish();
}

}  // namespace catchrule
