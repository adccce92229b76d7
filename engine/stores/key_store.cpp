// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/key_store.hpp"

#include <algorithm>
#include <utility>

namespace catchrule {

namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool lists(const std::vector<std::string>& names, std::string_view name) {
    return names.empty() || std::ranges::find(names, name) != names.end();
}

KeyReply refused(std::string_view code) {
    return {.fault_code = std::string(code), .variables = {}};
}

/// Collects what to publish; text that is empty stays unset, as with a key that is not there.
class Published {
public:
    void add(std::string name, const std::string& value) {
        if (!value.empty()) variables_.emplace_back(std::move(name), value);
    }
    void add_all(const std::string& prefix, const Attributes& attributes) {
        for (const auto& [name, value] : attributes) add(prefix + name, value);
    }
    std::vector<std::pair<std::string, std::string>> take() { return std::move(variables_); }

private:
    std::vector<std::pair<std::string, std::string>> variables_;
};

std::string product_names(const Credential& credential) {
    std::string names;
    for (const CredentialProduct& product : credential.products) {
        if (!names.empty()) names += ',';
        names += product.name;
    }
    return names;
}

void publish_history(const std::string& prefix, const History& history, Published& out) {
    out.add(prefix + "created_at", history.created_at);
    out.add(prefix + "created_by", history.created_by);
    out.add(prefix + "last_modified_at", history.last_modified_at);
    out.add(prefix + "last_modified_by", history.last_modified_by);
}

void publish_app(const App& app, const Credential& credential, Published& out) {
    out.add_all("", app.attributes);  // custom attributes go by their bare name too; later ones win
    out.add_all("app.", app.attributes);
    out.add("client_id", credential.key);
    out.add("client_secret", credential.secret);
    out.add("redirection_uris", app.callback_url);
    out.add("developer.app.id", app.id);
    out.add("developer.app.name", app.name);
    out.add("app.id", app.id);
    out.add("app.name", app.name);
    out.add("app.status", app.status);
    out.add("app.callbackUrl", app.callback_url);
    out.add("app.accessType", app.access_type);
    out.add("app.appFamily", app.family);
    out.add("app.appType", app.company.empty() ? "Developer" : "Company");
    out.add("app.apiproducts", product_names(credential));
    publish_history("app.", app.history, out);
}

void publish_developer(const Developer& developer, Published& out) {
    out.add_all("developer.", developer.attributes);
    out.add("developer.id", developer.id);
    out.add("developer.email", developer.email);
    out.add("developer.firstName", developer.first_name);
    out.add("developer.lastName", developer.last_name);
    out.add("developer.userName", developer.user_name);
    out.add("developer.status", developer.status);
    publish_history("developer.", developer.history, out);
}

void publish_company(const Company& company, Published& out) {
    out.add_all("company.", company.attributes);
    out.add("company.name", company.name);
    out.add("company.displayName", company.display_name);
    out.add("company.status", company.status);
}

void publish_product(const Product& product, const OperationConfig* config,
                     const ProductOperation* operation, Published& out) {
    out.add_all("apiproduct.", product.attributes);
    out.add("apiproduct.name", product.name);
    out.add("apiproduct.displayName", product.display_name);
    const bool own_quota = config != nullptr && !config->quota.empty();
    out.add("apiproduct.developer.quota.limit", own_quota ? config->quota : product.quota);
    out.add("apiproduct.developer.quota.interval",
            own_quota ? config->quota_interval : product.quota_interval);
    out.add("apiproduct.developer.quota.timeunit",
            own_quota ? config->quota_time_unit : product.quota_time_unit);
    if (operation != nullptr) out.add("apiproduct.operation.resource", operation->resource);
}

}  // namespace

KeyStore::Resource::Resource(const std::string& text) : every_path(text == "/" || text == "/**") {
    if (every_path) return;
    auto parsed = grammar::Pattern::compile(grammar::Operator::matches_path, text);
    if (parsed) pattern = std::move(*parsed);
}

bool KeyStore::Resource::covers(std::string_view path) const {
    return every_path || (pattern && pattern->matches(path));
}

KeyStore::Offer KeyStore::offer_of(const Product& product) {
    Offer offer{.product = &product, .grants = {}};
    for (const OperationConfig& config : product.operation_configs) {
        Grant& grant = offer.grants.emplace_back();
        grant.proxies = {config.proxy};
        grant.operations = &config;
        for (const ProductOperation& operation : config.operations) {
            grant.resources.emplace_back(operation.resource);
        }
    }
    if (!offer.grants.empty()) return offer;
    Grant& grant = offer.grants.emplace_back();
    grant.proxies = product.proxies;
    for (const std::string& resource : product.api_resources)
        grant.resources.emplace_back(resource);
    return offer;
}

std::optional<KeyStore::Match> KeyStore::match(const Offer& offer, const KeyQuery& query) {
    if (!lists(offer.product->environments, query.environment)) return std::nullopt;
    for (const Grant& grant : offer.grants) {
        if (!lists(grant.proxies, query.proxy)) continue;
        if (grant.resources.empty()) return Match{offer.product, grant.operations, nullptr};
        for (std::size_t i = 0; i < grant.resources.size(); ++i) {
            if (!grant.resources[i].covers(query.path_suffix)) continue;
            if (grant.operations == nullptr) return Match{offer.product, nullptr, nullptr};
            const ProductOperation& operation = grant.operations->operations[i];
            if (lists(operation.methods, query.verb)) {
                return Match{offer.product, grant.operations, &operation};
            }
        }
    }
    return std::nullopt;
}

KeyStore::KeyStore(Environment environment) : environment_(std::move(environment)) {
    for (const Product& product : environment_.products) {
        offers_.emplace(product.name, offer_of(product));
    }
    std::unordered_map<std::string_view, const Developer*> by_id;
    std::unordered_map<std::string_view, const Developer*> by_email;
    for (const Developer& developer : environment_.developers) {
        by_id.emplace(developer.id, &developer);
        by_email.emplace(developer.email, &developer);
    }
    std::unordered_map<std::string_view, const Company*> companies;
    for (const Company& company : environment_.companies) companies.emplace(company.name, &company);
    const auto find_in = [](const auto& table, std::string_view name) {
        const auto found = table.find(name);
        return name.empty() || found == table.end() ? nullptr : found->second;
    };
    for (const App& app : environment_.apps) {
        const Developer* developer = find_in(by_id, app.developer_id);
        if (developer == nullptr) developer = find_in(by_email, app.developer_email);
        for (const Credential& credential : app.credentials) {
            holders_.emplace(credential.key,
                             Holder{&app, &credential, developer, find_in(companies, app.company)});
        }
    }
}

std::optional<KeyStore::Match> KeyStore::product_for(const Credential& credential,
                                                     const KeyQuery& query) const {
    for (const CredentialProduct& granted : credential.products) {
        if (!equal_ignoring_case(granted.status, "approved")) continue;
        const auto offer = offers_.find(granted.name);
        if (offer == offers_.end()) continue;
        if (const auto found = match(offer->second, query)) return found;
    }
    return std::nullopt;
}

KeyReply KeyStore::find(const KeyQuery& query, Millis now) const {
    const auto found = holders_.find(query.key);
    if (found == holders_.end()) return refused("oauth.v2.InvalidApiKey");
    const auto& [app, credential, developer, company] = found->second;
    if (!equal_ignoring_case(app->status, "approved")) {
        return refused("keymanagement.service.invalid_client-app_not_approved");
    }
    if (!equal_ignoring_case(credential->status, "approved")) {
        return refused("keymanagement.service.invalid_client-app_not_approved");
    }
    if (credential->expires_at >= 0 && now >= credential->expires_at) {
        return refused("keymanagement.service.consumer_key_expired");
    }
    if (developer != nullptr && !equal_ignoring_case(developer->status, "active")) {
        return refused("keymanagement.service.DeveloperStatusNotActive");
    }
    if (company != nullptr && !equal_ignoring_case(company->status, "active")) {
        return refused("keymanagement.service.CompanyStatusNotActive");
    }
    const auto match = product_for(*credential, query);
    if (!match) return refused("oauth.v2.InvalidApiKeyForGivenResource");

    Published out;
    publish_app(*app, *credential, out);
    if (developer != nullptr) publish_developer(*developer, out);
    if (company != nullptr) publish_company(*company, out);
    publish_product(*match->product, match->config, match->operation, out);
    return {.fault_code = {}, .variables = out.take()};
}

}  // namespace catchrule
