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

struct Developer {
    std::string id;
    std::string email;
    std::string first_name;
    std::string last_name;
    std::string user_name;
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
    std::string status = "approved";
    std::string callback_url;
    Attributes attributes;
    std::vector<Credential> credentials;
};

struct TargetServer {
    std::string name;
    std::string host;
    std::uint16_t port = 80;
    bool enabled = true;
    bool tls = false;
};

struct Environment {
    std::string name = "local";
    std::vector<Product> products;
    std::vector<Developer> developers;
    std::vector<App> apps;
    std::vector<TargetServer> target_servers;
};

}  // namespace catchrule
