// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace catchrule {

// What an organization's environment holds, in the shapes of the management API (CONTRACTS,
// "Environment data"). Plain data; proxy/ and tools/ read it from JSON files.

using Attributes = std::vector<std::pair<std::string, std::string>>;

/// One entry of an operation configuration.
struct ProductOperation {
    std::string resource;              ///< as in Product::api_resources
    std::vector<std::string> methods;  ///< empty = all
};

/// `operationGroup.operationConfigs[]` of a product: what it grants on one proxy.
struct OperationConfig {
    std::string proxy;                         ///< apiSource
    std::vector<ProductOperation> operations;  ///< empty = every path and method
    std::string quota;                         ///< empty = the product's own three
    std::string quota_interval;
    std::string quota_time_unit;
};

struct Product {
    std::string name;
    std::string display_name;
    std::vector<std::string> proxies;       ///< empty = all
    std::vector<std::string> environments;  ///< empty = all
    std::vector<std::string>
        api_resources;  ///< MatchesPath patterns on proxy.pathsuffix; empty = all
    std::string quota;
    std::string quota_interval;
    std::string quota_time_unit;
    std::vector<std::string> scopes;
    Attributes attributes;
    std::vector<OperationConfig> operation_configs;  ///< win over proxies and api_resources
};

/// Who made and changed something, and when; as the exports say it.
struct History {
    std::string created_at;
    std::string created_by;
    std::string last_modified_at;
    std::string last_modified_by;
};

struct Developer {
    std::string id;
    std::string email;
    std::string first_name;
    std::string last_name;
    std::string user_name;
    std::string status = "active";
    Attributes attributes;
    History history;
};

/// A company that apps may belong to instead of a developer.
struct Company {
    std::string name;
    std::string display_name;
    std::string status = "active";
    Attributes attributes;
};

struct CredentialProduct {
    std::string name;
    std::string status = "approved";
};

struct Credential {
    std::string key;
    std::string secret;
    std::string status = "approved";
    std::int64_t expires_at = -1;  ///< milliseconds since 1970; -1 = never
    std::vector<CredentialProduct> products;
};

struct App {
    std::string id;
    std::string name;
    std::string developer_id;
    std::string developer_email;
    std::string company;  ///< its name; empty = a developer's app
    std::string status = "approved";
    std::string callback_url;
    std::string access_type;
    std::string family;
    Attributes attributes;
    std::vector<Credential> credentials;
    History history;
};

struct TargetServer {
    std::string name;
    std::string host;
    std::uint16_t port = 80;
    bool enabled = true;
    bool tls = false;
};

/// A key value map that exists before any policy writes to it.
struct KeyValueMapData {
    std::string name;
    std::string owner;  ///< as MapQuery::owner
    bool encrypted = false;
    Attributes entries;
};

struct Environment {
    std::string name = "local";
    std::vector<Product> products;
    std::vector<Developer> developers;
    std::vector<Company> companies;
    std::vector<App> apps;
    std::vector<KeyValueMapData> maps;
    std::vector<TargetServer> target_servers;
};

}  // namespace catchrule
