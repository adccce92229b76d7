// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/key_store.hpp"

#include <functional>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "engine/fault_catalog.hpp"

namespace catchrule {
namespace {

Environment weather() {
    Environment out;
    out.products = {
        {.name = "free",
         .proxies = {"weather"},
         .environments = {"test"},
         .api_resources = {"/"},
         .quota = "10",
         .quota_interval = "1",
         .quota_time_unit = "minute",
         .attributes = {{"tier", "free"}}},
        {.name = "paid", .display_name = "Paid", .api_resources = {"/**"}},
    };
    out.developers = {{.id = "d1",
                       .email = "ann@example.com",
                       .first_name = "Ann",
                       .last_name = "Lee",
                       .user_name = "ann",
                       .attributes = {{"level", "gold"}}}};
    out.apps = {{.id = "a1",
                 .name = "app-1",
                 .developer_id = "d1",
                 .callback_url = "https://example.com/cb",
                 .attributes = {{"DisplayName", "App One"}, {"client_id", "never"}},
                 .credentials = {{.key = "k1", .secret = "s1", .products = {{.name = "free"}}}}}};
    return out;
}

KeyQuery query_of(std::string path_suffix = "/forecast") {
    return {.key = "k1",
            .proxy = "weather",
            .environment = "test",
            .path_suffix = std::move(path_suffix)};
}

std::map<std::string, std::string> published(const KeyReply& reply) {
    std::map<std::string, std::string> out;
    for (const auto& [name, value] : reply.variables) out[name] = value;  // later ones win
    return out;
}

TEST(KeyStore, PublishesAppDeveloperAndProduct) {
    const KeyReply reply = KeyStore(weather()).find(query_of(), 0);
    EXPECT_EQ(reply.fault_code, "");
    const std::map<std::string, std::string> expected = {
        {"DisplayName", "App One"},
        {"apiproduct.developer.quota.interval", "1"},
        {"apiproduct.developer.quota.limit", "10"},
        {"apiproduct.developer.quota.timeunit", "minute"},
        {"apiproduct.name", "free"},
        {"apiproduct.tier", "free"},
        {"app.DisplayName", "App One"},
        {"app.apiproducts", "free"},
        {"app.appType", "Developer"},
        {"app.callbackUrl", "https://example.com/cb"},
        {"app.client_id", "never"},
        {"app.id", "a1"},
        {"app.name", "app-1"},
        {"app.status", "approved"},
        {"client_id", "k1"},
        {"client_secret", "s1"},
        {"developer.app.id", "a1"},
        {"developer.app.name", "app-1"},
        {"developer.email", "ann@example.com"},
        {"developer.firstName", "Ann"},
        {"developer.id", "d1"},
        {"developer.lastName", "Lee"},
        {"developer.level", "gold"},
        {"developer.status", "active"},
        {"developer.userName", "ann"},
        {"redirection_uris", "https://example.com/cb"},
    };
    EXPECT_EQ(published(reply), expected);
}

TEST(KeyStore, RefusesByTheFirstThingThatIsWrong) {
    constexpr std::string_view not_approved =
        "keymanagement.service.invalid_client-app_not_approved";
    constexpr std::string_view expired = "keymanagement.service.consumer_key_expired";
    constexpr std::string_view inactive = "keymanagement.service.DeveloperStatusNotActive";
    constexpr std::string_view elsewhere = "oauth.v2.InvalidApiKeyForGivenResource";
    using Change = std::function<void(Environment&)>;
    struct Case {
        std::string_view name;
        Change change;
        std::string_view code;
    };
    const Case cases[] = {
        {"nothing wrong", [](Environment&) {}, ""},
        {"key unknown", [](Environment& e) { e.apps[0].credentials[0].key = "k2"; },
         "oauth.v2.InvalidApiKey"},
        {"key in other case", [](Environment& e) { e.apps[0].credentials[0].key = "K1"; },
         "oauth.v2.InvalidApiKey"},
        {"app pending", [](Environment& e) { e.apps[0].status = "pending"; }, not_approved},
        {"app Approved", [](Environment& e) { e.apps[0].status = "Approved"; }, ""},
        {"key revoked", [](Environment& e) { e.apps[0].credentials[0].status = "revoked"; },
         not_approved},
        {"key expired", [](Environment& e) { e.apps[0].credentials[0].expires_at = 1000; },
         expired},
        {"key expires next", [](Environment& e) { e.apps[0].credentials[0].expires_at = 1001; },
         ""},
        {"developer inactive", [](Environment& e) { e.developers[0].status = "inactive"; },
         inactive},
        {"developer by mail",
         [](Environment& e) {
             e.apps[0].developer_id = "";
             e.apps[0].developer_email = "ann@example.com";
             e.developers[0].status = "inactive";
         },
         inactive},
        {"developer unknown", [](Environment& e) { e.developers.clear(); }, ""},
        {"product pending",
         [](Environment& e) { e.apps[0].credentials[0].products[0].status = "pending"; },
         elsewhere},
        {"no product", [](Environment& e) { e.apps[0].credentials[0].products.clear(); },
         elsewhere},
        {"product gone", [](Environment& e) { e.products.clear(); }, elsewhere},
        {"other proxy", [](Environment& e) { e.products[0].proxies = {"maps"}; }, elsewhere},
        {"every proxy", [](Environment& e) { e.products[0].proxies.clear(); }, ""},
        {"other environment", [](Environment& e) { e.products[0].environments = {"prod"}; },
         elsewhere},
        {"every environment", [](Environment& e) { e.products[0].environments.clear(); }, ""},
        {"other path", [](Environment& e) { e.products[0].api_resources = {"/alerts"}; },
         elsewhere},
    };
    for (const Case& c : cases) {
        Environment environment = weather();
        c.change(environment);
        const KeyReply reply = KeyStore(std::move(environment)).find(query_of(), 1000);
        EXPECT_EQ(reply.fault_code, c.code) << c.name;
        EXPECT_EQ(reply.variables.empty(), !c.code.empty()) << c.name;
        EXPECT_TRUE(c.code.empty() || find_fault(c.code) != nullptr) << c.code;
    }
}

TEST(KeyStore, ResourcesArePathPatterns) {
    struct Case {
        std::vector<std::string> resources;
        std::string_view path;
        bool covered;
    };
    const Case cases[] = {
        {{}, "/a/b", true},
        {{}, "", true},
        {{"/"}, "", true},
        {{"/"}, "/a/b", true},
        {{"/**"}, "", true},
        {{"/**"}, "/a/b", true},
        {{"/*"}, "/a", true},
        {{"/*"}, "/a/b", false},
        {{"/*"}, "/", false},
        {{"/*"}, "", false},
        {{"/a/**"}, "/a/b/c", true},
        {{"/a/**"}, "/a", false},
        {{"/a/*/c"}, "/a/b/c", true},
        {{"/a/{id}"}, "/a/7", true},
        {{"/a", "/b"}, "/b", true},
        {{"/a", "/b"}, "/c", false},
        {{"/A"}, "/a", false},
    };
    for (const Case& c : cases) {
        Environment environment = weather();
        environment.products[0].api_resources = c.resources;
        const KeyReply reply =
            KeyStore(std::move(environment)).find(query_of(std::string(c.path)), 0);
        EXPECT_EQ(reply.fault_code.empty(), c.covered)
            << c.path << " in " << (c.resources.empty() ? "everything" : c.resources[0]);
    }
}

TEST(KeyStore, OperationConfigurationsWin) {
    Environment environment = weather();
    Product& product = environment.products[0];
    product.proxies = {"other"};
    product.api_resources = {"/other"};
    product.operation_configs = {
        {.proxy = "maps"},
        {.proxy = "weather",
         .operations = {{.resource = "/alerts", .methods = {"GET"}}, {.resource = "/f/*"}},
         .quota = "5",
         .quota_interval = "1",
         .quota_time_unit = "hour"},
    };
    const KeyStore store(std::move(environment));
    struct Case {
        std::string proxy, path, verb, resource;  // empty resource = not covered, "*" = all
    };
    const Case cases[] = {
        {"weather", "/alerts", "GET", "/alerts"},
        {"weather", "/alerts", "POST", ""},
        {"weather", "/f/1", "POST", "/f/*"},
        {"weather", "/other", "GET", ""},
        {"maps", "/any", "PUT", "*"},
        {"other", "/other", "GET", ""},
    };
    for (const Case& c : cases) {
        const KeyReply reply = store.find({"k1", c.proxy, "test", c.path, c.verb}, 0);
        EXPECT_EQ(reply.fault_code.empty(), !c.resource.empty()) << c.proxy << c.path << c.verb;
        auto variables = published(reply);
        EXPECT_EQ(variables["apiproduct.operation.resource"], c.resource == "*" ? "" : c.resource);
        if (c.resource.empty()) continue;
        EXPECT_EQ(variables["apiproduct.developer.quota.limit"], c.proxy == "maps" ? "10" : "5");
    }
}

TEST(KeyStore, TakesTheFirstApprovedProductThatCovers) {
    Environment environment = weather();
    environment.products[0].api_resources = {"/alerts"};
    environment.apps[0].credentials[0].products = {{.name = "free"}, {.name = "paid"}};
    const KeyStore store(std::move(environment));
    auto there = published(store.find(query_of(), 0));
    EXPECT_EQ(there["apiproduct.name"], "paid");
    EXPECT_EQ(there["app.apiproducts"], "free,paid");
    EXPECT_EQ(there.count("apiproduct.developer.quota.limit"),
              0U);  // unset, so that Quota falls back
    EXPECT_EQ(published(store.find(query_of("/alerts"), 0))["apiproduct.name"], "free");
}

}  // namespace
}  // namespace catchrule
