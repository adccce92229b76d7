// SPDX-License-Identifier: Apache-2.0
#include "engine/environment/load_environment.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <unistd.h>

namespace catchrule {
namespace {

namespace fs = std::filesystem;

class LoadEnvironment : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "catchrule-environment-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
    }
    void TearDown() override { fs::remove_all(folder_); }

    void write(std::string_view file, std::string_view text) const {
        std::ofstream(folder_ / file, std::ios::binary) << text;
    }
    LoadedEnvironment load() const { return load_environment(folder_.string()); }

    /// The one error, without the folder.
    std::string error() const {
        const LoadedEnvironment loaded = load();
        if (loaded.errors.size() != 1) return std::to_string(loaded.errors.size()) + " errors";
        return loaded.errors[0].substr(folder_.string().size() + 1);
    }

    fs::path folder_;
};

TEST_F(LoadEnvironment, AnEmptyDirectoryIsAnEmptyEnvironment) {
    const LoadedEnvironment loaded = load_environment(folder_.string(), "test");
    EXPECT_TRUE(loaded.errors.empty());
    EXPECT_EQ(loaded.environment.name, "test");
    EXPECT_TRUE(loaded.environment.products.empty());
    EXPECT_TRUE(loaded.environment.apps.empty());
}

TEST_F(LoadEnvironment, NoDirectoryIsAnError) {
    const LoadedEnvironment loaded = load_environment((folder_ / "none").string());
    ASSERT_EQ(loaded.errors.size(), 1U);
    EXPECT_EQ(loaded.errors[0], (folder_ / "none").string() + ": not a directory");
}

TEST_F(LoadEnvironment, ReadsKeyValueMaps) {
    write("kvms.json", R"([{"name":"config","entry":[{"name":"a","value":"1"}]},
        {"name":"secrets","encrypted":true,"keyValueEntries":[{"name":"p","value":"hush"}]},
        {"name":"all","scope":"organization"},
        {"name":"own","scope":"apiproxy","apiproxy":"weather"}])");
    const LoadedEnvironment loaded = load();
    ASSERT_TRUE(loaded.errors.empty()) << loaded.errors[0];
    const auto& maps = loaded.environment.maps;
    ASSERT_EQ(maps.size(), 4U);
    EXPECT_EQ(maps[0].owner, "environment");
    EXPECT_EQ(maps[0].entries, (Attributes{{"a", "1"}}));
    EXPECT_FALSE(maps[0].encrypted);
    EXPECT_TRUE(maps[1].encrypted);
    EXPECT_EQ(maps[1].entries, (Attributes{{"p", "hush"}}));
    EXPECT_EQ(maps[2].owner, "organization");
    EXPECT_EQ(maps[3].owner, "apiproxy/weather");
}

TEST_F(LoadEnvironment, AMapMustSayWhereItBelongs) {
    write("kvms.json", R"([{"name":"m","scope":"galaxy"}])");
    EXPECT_EQ(error(),
              "kvms.json: [0]: expected organization, environment or apiproxy for \"scope\"");
    write("kvms.json", R"([{"name":"m","scope":"apiproxy"}])");
    EXPECT_EQ(error(), "kvms.json: [0]: expected a member \"apiproxy\"");
    write("kvms.json", R"([{"scope":"organization"}])");
    EXPECT_EQ(error(), "kvms.json: [0]: expected a member \"name\"");
}

TEST_F(LoadEnvironment, ReadsCompanies) {
    write("companies.json", R"([{"name":"acme","displayName":"Acme","status":"inactive",
        "attributes":[{"name":"country","value":"AT"}]}])");
    write("developerapps.json", R"([{"name":"a","companyName":"acme","appFamily":"f",
        "accessType":"read","createdAt":1,"createdBy":"me"}])");
    const LoadedEnvironment loaded = load();
    ASSERT_TRUE(loaded.errors.empty()) << loaded.errors[0];
    ASSERT_EQ(loaded.environment.companies.size(), 1U);
    EXPECT_EQ(loaded.environment.companies[0].display_name, "Acme");
    EXPECT_EQ(loaded.environment.companies[0].status, "inactive");
    EXPECT_EQ(loaded.environment.apps[0].company, "acme");
    EXPECT_EQ(loaded.environment.apps[0].family, "f");
    EXPECT_EQ(loaded.environment.apps[0].history.created_at, "1");
    EXPECT_EQ(loaded.environment.apps[0].history.created_by, "me");
}

TEST_F(LoadEnvironment, ReadsProducts) {
    write("products.json", R"([{"name":"free","displayName":"Free","proxies":["weather"],
        "environments":["test","prod"],"apiResources":["/**"],"quota":"10","quotaInterval":1,
        "quotaTimeUnit":"minute","scopes":["read"],"attributes":[{"name":"tier","value":"free"}],
        "approvalType":"auto"},{"name":"bare","proxies":null}])");
    const LoadedEnvironment loaded = load();
    ASSERT_TRUE(loaded.errors.empty()) << loaded.errors[0];
    ASSERT_EQ(loaded.environment.products.size(), 2U);
    const Product& free = loaded.environment.products[0];
    EXPECT_EQ(free.name, "free");
    EXPECT_EQ(free.display_name, "Free");
    EXPECT_EQ(free.proxies, std::vector<std::string>{"weather"});
    EXPECT_EQ(free.environments.size(), 2U);
    EXPECT_EQ(free.api_resources, std::vector<std::string>{"/**"});
    EXPECT_EQ(free.quota, "10");
    EXPECT_EQ(free.quota_interval, "1");
    EXPECT_EQ(free.quota_time_unit, "minute");
    EXPECT_EQ(free.scopes, std::vector<std::string>{"read"});
    EXPECT_EQ(free.attributes, (Attributes{{"tier", "free"}}));
    EXPECT_TRUE(loaded.environment.products[1].proxies.empty());
}

TEST_F(LoadEnvironment, ReadsOperationGroups) {
    write("products.json", R"([{"name":"ops","operationGroup":{"operationConfigs":[
        {"apiSource":"weather","operations":[{"resource":"/alerts","methods":["GET","POST"]}],
         "quota":{"limit":"5","interval":"1","timeUnit":"hour"}},{"apiSource":"maps"}]}}])");
    const LoadedEnvironment loaded = load();
    ASSERT_TRUE(loaded.errors.empty()) << loaded.errors[0];
    const auto& configs = loaded.environment.products[0].operation_configs;
    ASSERT_EQ(configs.size(), 2U);
    EXPECT_EQ(configs[0].proxy, "weather");
    ASSERT_EQ(configs[0].operations.size(), 1U);
    EXPECT_EQ(configs[0].operations[0].resource, "/alerts");
    EXPECT_EQ(configs[0].operations[0].methods, (std::vector<std::string>{"GET", "POST"}));
    EXPECT_EQ(configs[0].quota, "5");
    EXPECT_EQ(configs[0].quota_interval, "1");
    EXPECT_EQ(configs[0].quota_time_unit, "hour");
    EXPECT_TRUE(configs[1].operations.empty());
}

TEST_F(LoadEnvironment, ReadsDevelopersAndApps) {
    write("developers.json", R"([{"email":"ann@example.com","developerId":"d1","firstName":"Ann",
        "lastName":"Lee","userName":"ann","status":"inactive"},{"email":"bob@example.com"}])");
    write("developerapps.json", R"([{"name":"app-1","appId":"a1","developerId":"d1",
        "callbackUrl":"https://example.com/cb","attributes":[{"name":"DisplayName","value":"App"}],
        "credentials":[{"consumerKey":"k1","consumerSecret":"s1","status":"revoked","expiresAt":-1,
        "apiProducts":[{"apiproduct":"free","status":"pending"}]},
        {"consumerKey":"k2","expiresAt":"1700000000000"}]},
        {"name":"app-2","developerEmail":"bob@example.com","status":"pending"}])");
    const LoadedEnvironment loaded = load();
    ASSERT_TRUE(loaded.errors.empty()) << loaded.errors[0];
    const auto& developers = loaded.environment.developers;
    ASSERT_EQ(developers.size(), 2U);
    EXPECT_EQ(developers[0].id, "d1");
    EXPECT_EQ(developers[0].last_name, "Lee");
    EXPECT_EQ(developers[0].user_name, "ann");
    EXPECT_EQ(developers[0].status, "inactive");
    EXPECT_EQ(developers[1].status, "active");
    const auto& apps = loaded.environment.apps;
    ASSERT_EQ(apps.size(), 2U);
    EXPECT_EQ(apps[0].id, "a1");
    EXPECT_EQ(apps[0].developer_id, "d1");
    EXPECT_EQ(apps[0].status, "approved");
    EXPECT_EQ(apps[0].callback_url, "https://example.com/cb");
    EXPECT_EQ(apps[0].attributes, (Attributes{{"DisplayName", "App"}}));
    ASSERT_EQ(apps[0].credentials.size(), 2U);
    EXPECT_EQ(apps[0].credentials[0].secret, "s1");
    EXPECT_EQ(apps[0].credentials[0].status, "revoked");
    EXPECT_EQ(apps[0].credentials[0].expires_at, -1);
    EXPECT_EQ(apps[0].credentials[0].products[0].status, "pending");
    EXPECT_EQ(apps[0].credentials[1].expires_at, 1'700'000'000'000);
    EXPECT_EQ(apps[1].developer_email, "bob@example.com");
    EXPECT_EQ(apps[1].status, "pending");
}

TEST_F(LoadEnvironment, ReadsTargetServers) {
    write("targetservers.json", R"([
        {"name":"a","host":"a.example.com","port":8443,"isEnabled":false,
         "sSLInfo":{"enabled":true}},
        {"name":"b","host":"b.example.com","sslInfo":{"enabled":"true"}},
        {"name":"c","host":"c.example.com","sSLInfo":{}}])");
    const LoadedEnvironment loaded = load();
    ASSERT_TRUE(loaded.errors.empty()) << loaded.errors[0];
    const auto& servers = loaded.environment.target_servers;
    ASSERT_EQ(servers.size(), 3U);
    EXPECT_EQ(servers[0].port, 8443);
    EXPECT_FALSE(servers[0].enabled);
    EXPECT_TRUE(servers[0].tls);
    EXPECT_EQ(servers[1].port, 80);
    EXPECT_TRUE(servers[1].enabled);
    EXPECT_TRUE(servers[1].tls);
    EXPECT_FALSE(servers[2].tls);
}

TEST_F(LoadEnvironment, NamesFileAndOffsetOfBadJson) {
    struct Case {
        std::string_view text, error;
    };
    const Case cases[] = {
        {"", "products.json:0: incomplete JSON"},
        {R"([{"name" 5}])", "products.json:9: syntax error"},
        {R"([{"name":)", "products.json:9: incomplete JSON"},
        {R"([{"name":"a"}]x)", "products.json:14: extra data"},
    };
    for (const Case& c : cases) {
        write("products.json", c.text);
        EXPECT_EQ(error(), c.error) << c.text;
    }
}

TEST_F(LoadEnvironment, NamesTheMemberThatDoesNotFit) {
    struct Case {
        std::string_view file, text, error;
    };
    const Case cases[] = {
        {"products.json", "{}", "expected an array"},
        {"products.json", "[5]", "[0]: expected an object"},
        {"products.json", "[{}]", "[0]: expected a member \"name\""},
        {"products.json", R"([{"name":"a"},{"name":true}])", "[1].name: expected text"},
        {"products.json", R"([{"name":"a","quota":1.5}])", "[0].quota: expected text"},
        {"products.json", R"([{"name":"a","proxies":"x"}])", "[0].proxies: expected an array"},
        {"products.json", R"([{"name":"a","proxies":["x",1]}])", "[0].proxies[1]: expected text"},
        {"products.json", R"([{"name":"a","attributes":[{"value":"v"}]}])",
         "[0].attributes[0]: expected a member \"name\""},
        {"products.json", R"([{"name":"a","operationGroup":{"operationConfigs":[{}]}}])",
         "[0].operationGroup.operationConfigs[0]: expected a member \"apiSource\""},
        {"products.json", R"([{"name":"a","operationGroup":[]}])",
         "[0].operationGroup: expected an object"},
        {"developers.json", R"([{"firstName":"Ann"}])",
         "[0]: expected a member \"developerId\" or \"email\""},
        {"developerapps.json", R"([{"name":"a","credentials":[{}]}])",
         "[0].credentials[0]: expected a member \"consumerKey\""},
        {"developerapps.json",
         R"([{"name":"a","credentials":[{"consumerKey":"k",
              "expiresAt":"soon"}]}])",
         "[0].credentials[0].expiresAt: expected a whole number from -1 to 9223372036854775807"},
        {"developerapps.json",
         R"([{"name":"a","credentials":[{"consumerKey":"k","apiProducts":["free"]}]}])",
         "[0].credentials[0].apiProducts[0]: expected an object"},
        {"targetservers.json", R"([{"name":"a"}])", "[0]: expected a member \"host\""},
        {"targetservers.json", R"([{"name":"a","host":"h","port":65536}])",
         "[0].port: expected a whole number from 1 to 65535"},
        {"targetservers.json", R"([{"name":"a","host":"h","port":0}])",
         "[0].port: expected a whole number from 1 to 65535"},
        {"targetservers.json", R"([{"name":"a","host":"h","isEnabled":"yes"}])",
         "[0].isEnabled: expected true or false"},
        {"targetservers.json", R"([{"name":"a","host":"h","sSLInfo":true}])",
         "[0].sSLInfo: expected an object"},
    };
    for (const Case& c : cases) {
        write(c.file, c.text);
        EXPECT_EQ(error(), std::string(c.file) + ": " + std::string(c.error)) << c.text;
        fs::remove(folder_ / c.file);
    }
}

TEST_F(LoadEnvironment, ReportsEveryProblemAndKeepsTheRest) {
    write("products.json", R"([{"name":5.5,"quota":[]},{"name":"good"}])");
    write("developers.json", "[");
    const LoadedEnvironment loaded = load();
    EXPECT_EQ(loaded.errors.size(), 3U);
    EXPECT_EQ(loaded.environment.products.size(), 2U);
    EXPECT_EQ(loaded.environment.products[1].name, "good");
}

TEST_F(LoadEnvironment, AFolderInPlaceOfAFileIsAnError) {
    fs::create_directory(folder_ / "products.json");
    EXPECT_EQ(error(), "products.json: not a file");
}

}  // namespace
}  // namespace catchrule
