// SPDX-License-Identifier: Apache-2.0
#include "engine/environment/load_environment.hpp"

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <boost/json.hpp>

namespace catchrule {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::uintmax_t max_file_bytes = 64 * 1024 * 1024;  // far beyond any organization's export

/// Where problems of one file go.
struct Report {
    std::string file;
    std::vector<std::string>& errors;

    void add(std::string_view what) const { errors.push_back(file + ": " + std::string(what)); }
};

/// One JSON value and where it stands, `[0].quota`; reads members and reports what does not fit. A
/// member that is absent or null keeps the default of the model.
class Node {
public:
    Node(const json::value& value, std::string path, const Report& report)
        : value_(&value), path_(std::move(path)), report_(&report) {}

    bool is_object() const { return value_->is_object(); }

    void complain(const std::string& what) const {
        report_->add(path_.empty() ? what : path_ + ": " + what);
    }

    std::optional<Node> member(std::string_view name) const {
        const json::value* found = value_->get_object().if_contains(name);
        if (found == nullptr || found->is_null()) return std::nullopt;
        return Node(*found, path_ + "." + std::string(name), *report_);
    }

    /// A member that must be an object.
    std::optional<Node> object(std::string_view name) const {
        auto node = member(name);
        if (node && !node->is_object()) {
            node->complain("expected an object");
            node.reset();
        }
        return node;
    }

    /// Text; a whole number is taken as text too, as exports write quotas either way.
    void read(std::string_view name, std::string& out) const {
        const auto node = member(name);
        if (!node) return;
        if (const auto* text = node->value_->if_string()) {
            out.assign(text->data(), text->size());
        } else if (const auto number = node->whole_number()) {
            out = std::to_string(*number);
        } else {
            node->complain("expected text");
        }
    }

    void require(std::string_view name, std::string& out) const {
        if (!member(name)) {
            complain("expected a member \"" + std::string(name) + "\"");
        } else {
            read(name, out);
        }
    }

    /// A whole number from `least` to `most`, or text that is one.
    template <class Integer>
    void read(std::string_view name, Integer& out, Integer least, Integer most) const {
        const auto node = member(name);
        if (!node) return;
        const auto number = node->whole_number();
        if (!number || *number < std::int64_t{least} || *number > std::int64_t{most}) {
            node->complain("expected a whole number from " + std::to_string(least) + " to " +
                           std::to_string(most));
        } else {
            out = static_cast<Integer>(*number);
        }
    }

    /// true or false, also as text.
    void read(std::string_view name, bool& out) const {
        const auto node = member(name);
        if (!node) return;
        if (const auto* flag = node->value_->if_bool()) {
            out = *flag;
        } else if (*node->value_ == "true" || *node->value_ == "false") {
            out = *node->value_ == "true";
        } else {
            node->complain("expected true or false");
        }
    }

    void read(std::string_view name, std::vector<std::string>& out) const {
        for_each(name, [&](const Node& item) {
            if (const auto* text = item.value_->if_string()) {
                out.emplace_back(text->data(), text->size());
            } else {
                item.complain("expected text");
            }
        });
    }

    void read(std::string_view name, Attributes& out) const {
        for_each_object(name, [&](const Node& item) {
            auto& [key, value] = out.emplace_back();
            item.require("name", key);
            item.read("value", value);
        });
    }

    /// Calls `visit(item)` for every object of the array `name`.
    template <class Visit>
    void for_each_object(std::string_view name, Visit visit) const {
        if (const auto node = member(name)) node->each_object(visit);
    }

    template <class Visit>
    void each_object(Visit visit) const {
        each([&](const Node& item) {
            if (item.is_object()) {
                visit(item);
            } else {
                item.complain("expected an object");
            }
        });
    }

private:
    template <class Visit>
    void for_each(std::string_view name, Visit visit) const {
        if (const auto node = member(name)) node->each(visit);
    }

    template <class Visit>
    void each(Visit visit) const {
        const auto* items = value_->if_array();
        if (items == nullptr) return complain("expected an array");
        std::size_t index = 0;
        for (const json::value& item : *items) {
            visit(Node(item, path_ + "[" + std::to_string(index++) + "]", *report_));
        }
    }

    std::optional<std::int64_t> whole_number() const {
        if (const auto* number = value_->if_int64()) return *number;
        const auto* text = value_->if_string();
        if (text == nullptr) return std::nullopt;
        std::int64_t number = 0;
        const char* last = text->data() + text->size();
        const auto [end, error] = std::from_chars(text->data(), last, number);
        if (error != std::errc{} || end != last) return std::nullopt;
        return number;
    }

    const json::value* value_;
    std::string path_;
    const Report* report_;
};

OperationConfig read_operation_config(const Node& node) {
    OperationConfig config;
    node.require("apiSource", config.proxy);
    node.for_each_object("operations", [&](const Node& item) {
        ProductOperation& operation = config.operations.emplace_back();
        item.require("resource", operation.resource);
        item.read("methods", operation.methods);
    });
    if (const auto quota = node.object("quota")) {
        quota->read("limit", config.quota);
        quota->read("interval", config.quota_interval);
        quota->read("timeUnit", config.quota_time_unit);
    }
    return config;
}

Product read_product(const Node& node) {
    Product product;
    node.require("name", product.name);
    node.read("displayName", product.display_name);
    node.read("proxies", product.proxies);
    node.read("environments", product.environments);
    node.read("apiResources", product.api_resources);
    node.read("quota", product.quota);
    node.read("quotaInterval", product.quota_interval);
    node.read("quotaTimeUnit", product.quota_time_unit);
    node.read("scopes", product.scopes);
    node.read("attributes", product.attributes);
    if (const auto group = node.object("operationGroup")) {
        group->for_each_object("operationConfigs", [&](const Node& item) {
            product.operation_configs.push_back(read_operation_config(item));
        });
    }
    return product;
}

History read_history(const Node& node) {
    History history;
    node.read("createdAt", history.created_at);
    node.read("createdBy", history.created_by);
    node.read("lastModifiedAt", history.last_modified_at);
    node.read("lastModifiedBy", history.last_modified_by);
    return history;
}

Company read_company(const Node& node) {
    Company company;
    node.require("name", company.name);
    node.read("displayName", company.display_name);
    node.read("status", company.status);
    node.read("attributes", company.attributes);
    return company;
}

Developer read_developer(const Node& node) {
    Developer developer;
    node.read("developerId", developer.id);
    node.read("email", developer.email);
    node.read("firstName", developer.first_name);
    node.read("lastName", developer.last_name);
    node.read("userName", developer.user_name);
    node.read("status", developer.status);
    node.read("attributes", developer.attributes);
    developer.history = read_history(node);
    if (developer.id.empty() && developer.email.empty()) {
        node.complain("expected a member \"developerId\" or \"email\"");
    }
    return developer;
}

Credential read_credential(const Node& node) {
    Credential credential;
    node.require("consumerKey", credential.key);
    node.read("consumerSecret", credential.secret);
    node.read("status", credential.status);
    node.read("expiresAt", credential.expires_at, std::int64_t{-1},
              std::numeric_limits<std::int64_t>::max());
    node.for_each_object("apiProducts", [&](const Node& item) {
        CredentialProduct& product = credential.products.emplace_back();
        item.require("apiproduct", product.name);
        item.read("status", product.status);
    });
    return credential;
}

App read_app(const Node& node) {
    App app;
    node.require("name", app.name);
    node.read("appId", app.id);
    node.read("developerId", app.developer_id);
    node.read("developerEmail", app.developer_email);
    node.read("status", app.status);
    node.read("companyName", app.company);
    node.read("callbackUrl", app.callback_url);
    node.read("accessType", app.access_type);
    node.read("appFamily", app.family);
    app.history = read_history(node);
    node.read("attributes", app.attributes);
    node.for_each_object(
        "credentials", [&](const Node& item) { app.credentials.push_back(read_credential(item)); });
    return app;
}

// `scope` is ours: exports have a file for each, here one file holds all maps.
KeyValueMapData read_map(const Node& node) {
    KeyValueMapData map;
    node.require("name", map.name);
    node.read("encrypted", map.encrypted);
    map.owner = "environment";
    std::string proxy;
    node.read("scope", map.owner);
    node.read("apiproxy", proxy);
    if (map.owner == "apiproxy") {
        if (proxy.empty()) node.require("apiproxy", proxy);
        map.owner += "/" + proxy;
    } else if (map.owner != "environment" && map.owner != "organization") {
        node.complain("expected organization, environment or apiproxy for \"scope\"");
    }
    node.read("entry", map.entries);
    node.read("keyValueEntries", map.entries);
    return map;
}

TargetServer read_target_server(const Node& node) {
    TargetServer server;
    node.require("name", server.name);
    node.require("host", server.host);
    node.read("port", server.port, std::uint16_t{1}, std::numeric_limits<std::uint16_t>::max());
    node.read("isEnabled", server.enabled);
    auto tls = node.object("sSLInfo");
    if (!tls) tls = node.object("sslInfo");
    if (tls) tls->read("enabled", server.tls);
    return server;
}

/// The text of a file; none when it is not there or, with an error, when it cannot be read.
std::optional<std::string> read_text(const Report& report) {
    const fs::path file(report.file);
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (status.type() == fs::file_type::not_found) return std::nullopt;
    if (!fs::is_regular_file(status)) {
        report.add("not a file");
        return std::nullopt;
    }
    if (fs::file_size(file, error) > max_file_bytes) {
        report.add("larger than " + std::to_string(max_file_bytes) + " bytes");
        return std::nullopt;
    }
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) {
        report.add("cannot be read");
        return std::nullopt;
    }
    return text;
}

template <class Item>
void load_list(const fs::path& file, Item (*read)(const Node&), std::vector<Item>& out,
               std::vector<std::string>& errors) {
    const Report report{file.string(), errors};
    const auto text = read_text(report);
    if (!text) return;
    json::parser parser;
    json::error_code error;
    const std::size_t offset = parser.write(text->data(), text->size(), error);
    if (error) {
        errors.push_back(report.file + ":" + std::to_string(offset) + ": " + error.message());
        return;
    }
    const json::value value = parser.release();
    const Node root(value, {}, report);
    root.each_object([&](const Node& item) { out.push_back(read(item)); });
}

}  // namespace

LoadedEnvironment load_environment(const std::string& directory, const std::string& name) {
    LoadedEnvironment loaded;
    loaded.environment.name = name;
    std::error_code error;
    const fs::path folder(directory);
    if (!fs::is_directory(folder, error)) {
        loaded.errors.push_back(directory + ": not a directory");
        return loaded;
    }
    Environment& out = loaded.environment;
    load_list(folder / "products.json", read_product, out.products, loaded.errors);
    load_list(folder / "developers.json", read_developer, out.developers, loaded.errors);
    load_list(folder / "companies.json", read_company, out.companies, loaded.errors);
    load_list(folder / "developerapps.json", read_app, out.apps, loaded.errors);
    load_list(folder / "kvms.json", read_map, out.maps, loaded.errors);
    load_list(folder / "targetservers.json", read_target_server, out.target_servers, loaded.errors);
    return loaded;
}

}  // namespace catchrule
