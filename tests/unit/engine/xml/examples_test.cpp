// SPDX-License-Identifier: Apache-2.0
// The bundles we ship load without a word, and the thread's variants differ only where they should.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "engine/xml/load_bundle.hpp"

namespace catchrule {
namespace {

namespace fs = std::filesystem;

const fs::path examples = CATCHRULE_EXAMPLE_BUNDLES;

std::string read(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

class Example : public testing::TestWithParam<const char*> {};

TEST_P(Example, LoadsInSilence) {
    LoadOptions options;
    options.strict = true;
    const Loaded loaded = load_bundle((examples / GetParam()).string(), options);
    for (const Problem& problem : loaded.problems) ADD_FAILURE() << problem.render();
    ASSERT_NE(loaded.bundle, nullptr);
    EXPECT_FALSE(loaded.bundle->proxies.empty());
}

INSTANTIATE_TEST_SUITE_P(Bundles, Example,
                         testing::Values("community-thread/as-published",
                                         "community-thread/condition-moved",
                                         "community-thread/fixed", "demo-target"),
                         [](const auto& param) {
                             std::string name = fs::path(param.param).filename().string();
                             for (char& c : name) c = c == '-' ? '_' : c;
                             return name;
                         });

TEST(CommunityThread, VariantsShareEverythingButTheRules) {
    const fs::path first = examples / "community-thread/as-published/apiproxy";
    for (const char* variant : {"condition-moved", "fixed"}) {
        const fs::path other = examples / "community-thread" / variant / "apiproxy";
        for (const auto& entry : fs::recursive_directory_iterator(first)) {
            const fs::path name = fs::relative(entry.path(), first);
            if (entry.is_directory() || name == "proxies/default.xml" ||
                name == "community-thread.xml")
                continue;
            EXPECT_EQ(read(entry.path()), read(other / name)) << variant << " " << name;
        }
    }
}

TEST(CommunityThread, HasTheRulesOfTheThread) {
    const Loaded loaded = load_bundle((examples / "community-thread/as-published").string());
    ASSERT_NE(loaded.bundle, nullptr);
    const ProxyEndpoint* proxy = loaded.bundle->proxy("default");
    ASSERT_NE(proxy, nullptr);
    std::string rules;
    for (const FaultRule& rule : proxy->faults.rules) {
        rules += rule.name + ": " + (rule.condition ? rule.condition->text : "-") + "\n";
        for (const Step& step : rule.steps) {
            rules +=
                "  " + step.policy + ": " + (step.condition ? step.condition->text : "-") + "\n";
        }
    }
    EXPECT_EQ(rules, R"(api_key_faults: -
  fault_invalid_key: (fault.name = "InvalidApiKey")
  fault_missing_key: (fault.name = "FailedToResolveAPIKey")
no_routes_matched_rule: (fault.name = "NoRoutesMatched" || )"
                     R"(fault.name = "RouteFailed" || fault.name = "NotFound")
  fault_no_route: -
quota_rule: (fault.name = "QuotaViolation")
  fault_developer_quota_exceeded: (ratelimit.check_developer_quota.exceed.count > 0)
  fault_global_quota_exceeded: (ratelimit.check_global_quota.exceed.count > 0)
spike_arrest: (fault.name = "SpikeArrestViolation")
  fault_spike_arrest: spikearrest.spike_protection.failed = "true"
  fault_revalidate_spike_arrest: (spikearrest.revalidate_spike_protection.failed = "true")
)");
    std::string flow;
    for (const Step& step : proxy->pre_flow.request) flow += step.policy + " ";
    EXPECT_EQ(flow,
              "verify_key spike_protection revalidate_spike_protection check_developer_quota "
              "check_global_quota ");
    for (const RouteRule& route : proxy->routes) EXPECT_TRUE(route.condition) << route.name;
    EXPECT_TRUE(proxy->faults.default_rule->always_enforce);
}

}  // namespace
}  // namespace catchrule
