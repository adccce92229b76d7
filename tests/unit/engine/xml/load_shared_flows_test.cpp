// SPDX-License-Identifier: Apache-2.0
// Shared flows as part of the bundle that calls them: scopes, indexes, what is loaded and what not.
#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "engine/xml/workspace.hpp"
#include "tests/unit/engine/xml/temporary_bundle.hpp"

namespace catchrule {
namespace {

using test::heads_of;
using test::TemporaryBundle;
using Files = TemporaryBundle::Files;

std::string callout(const std::string& name, const std::string& flow) {
    return "<FlowCallout name='" + name + "'><SharedFlowBundle> " + flow +
           " </SharedFlowBundle></FlowCallout>";
}

std::string step(const std::string& policy) { return "<Step><Name>" + policy + "</Name></Step>"; }

std::string flow(const std::string& steps) {
    return "<SharedFlow name='default'>" + steps + "</SharedFlow>";
}

const std::string arrest = "<SpikeArrest name='AM-x'><Rate>1ps</Rate></SpikeArrest>";
const std::string raise = "<RaiseFault name='AM-x'/>";

// A proxy that calls `one` from a fault rule; `one` calls `two`; `three` is never called.
const Files files{
    {"p/apiproxy/proxies/default.xml",
     "<ProxyEndpoint name='default'><PreFlow><Request>" + step("AM-x") +
         "</Request></PreFlow><FaultRules><FaultRule name='f'>" + step("FC.one") +
         "</FaultRule></FaultRules></ProxyEndpoint>"},
    {"p/apiproxy/policies/AM-x.xml", arrest},
    {"p/apiproxy/policies/other-name.xml", callout("FC.one", "one")},
    {"flows/a/sharedflowbundle/a.xml", "<SharedFlowBundle name='one' revision='2'/>"},
    {"flows/a/sharedflowbundle/sharedflows/default.xml", flow(step("AM-x") + step("FC.two"))},
    {"flows/a/sharedflowbundle/policies/AM-x.xml", raise},
    {"flows/a/sharedflowbundle/policies/FC.two.xml", callout("FC.two", "two")},
    {"flows/two/sharedflowbundle/sharedflows/sf.xml", flow("<Policy><Name>AM-x</Name></Policy>")},
    {"flows/two/sharedflowbundle/policies/AM-x.xml", arrest},
    {"flows/two/sharedflowbundle/policies/js.xml", "<Javascript name='js'/>"},
    {"flows/three/sharedflowbundle/sharedflows/default.xml", "<Broken/>"},
};

TEST(SharedFlows, BelongToTheBundleThatCallsThem) {
    const TemporaryBundle tree(files);
    LoadOptions options;
    options.shared_flows = {(tree.root() / "flows").string()};
    const Loaded loaded = load_bundle((tree.root() / "p").string(), options);
    EXPECT_EQ(heads_of(loaded), std::vector<std::string>{"js.xml:1:1 note CR219"});
    ASSERT_NE(loaded.bundle, nullptr);
    const Bundle& bundle = *loaded.bundle;
    ASSERT_EQ(bundle.shared_flows.size(), 2U);
    EXPECT_EQ(bundle.shared_flows[0].name, "one");
    EXPECT_EQ(bundle.shared_flows[1].name, "two");
    EXPECT_EQ(bundle.name, "p");

    // Three policies of one name; each step runs that of its own scope.
    EXPECT_EQ(bundle.policy("AM-x")->element(), "SpikeArrest");
    EXPECT_EQ(bundle.policy("FC.two"), nullptr);
    const auto policy = [&](const Step& each) -> const Policy& {
        return bundle.policies.at(static_cast<std::size_t>(each.policy_index));
    };
    EXPECT_EQ(&policy(bundle.proxies[0].pre_flow.request[0]), bundle.policy("AM-x"));
    EXPECT_EQ(policy(bundle.shared_flows[0].steps[0]).element(), "RaiseFault");
    EXPECT_EQ(policy(bundle.shared_flows[0].steps[0]).shared_flow, "one");
    EXPECT_EQ(policy(bundle.shared_flows[1].steps[0]).element(), "SpikeArrest");
    EXPECT_EQ(policy(bundle.shared_flows[1].steps[0]).shared_flow, "two");

    const auto& rule = bundle.proxies[0].faults.rules[0];
    EXPECT_EQ(std::get<FlowCallout>(policy(rule.steps[0]).config).index, 0);
    EXPECT_EQ(std::get<FlowCallout>(policy(bundle.shared_flows[0].steps[1]).config).index, 1);
}

TEST(SharedFlows, AreAlsoFoundByTheirFolder) {
    Files renamed = files;
    renamed[2].second = callout("FC.one", "a");  // a is the folder of the flow `one`
    const TemporaryBundle tree(renamed);
    LoadOptions options;
    options.shared_flows = {(tree.root() / "flows").string()};
    const Loaded loaded = load_bundle((tree.root() / "p").string(), options);
    ASSERT_NE(loaded.bundle, nullptr);
    EXPECT_EQ(loaded.bundle->shared_flows[0].name, "one");
}

TEST(SharedFlows, LoadAlone) {
    const TemporaryBundle tree(files);
    const Loaded loaded = load_bundle((tree.root() / "flows/a").string());
    EXPECT_EQ(heads_of(loaded), std::vector<std::string>{"FC.two.xml:1:47 warning CR229"});
    ASSERT_NE(loaded.bundle, nullptr);
    EXPECT_EQ(loaded.bundle->name, "one");
    EXPECT_TRUE(loaded.bundle->proxies.empty());
    ASSERT_EQ(loaded.bundle->shared_flows.size(), 1U);
    EXPECT_EQ(loaded.bundle->shared_flows[0].steps.size(), 2U);
    EXPECT_EQ(std::get<FlowCallout>(loaded.bundle->policies[1].config).index, -1);
}

TEST(SharedFlows, Parameters) {
    const TemporaryBundle tree({{"sharedflowbundle/sharedflows/default.xml", flow("")},
                                {"sharedflowbundle/policies/f.xml",
                                 R"(<FlowCallout name="f" async="false"><Parameters
      ignoreUnresolvedVariables="true"><Parameter name="a" ref="b">c{d}</Parameter>
      <Parameter name="e" value="f"/></Parameters>
      <SharedFlowBundle>x</SharedFlowBundle><Properties/><DisplayName/></FlowCallout>)"}});
    const Loaded loaded = tree.load();
    EXPECT_EQ(heads_of(loaded), std::vector<std::string>{});
    const auto& policy = std::get<FlowCallout>(loaded.bundle->policies.at(0).config);
    EXPECT_EQ(policy.shared_flow, "x");
    EXPECT_TRUE(policy.ignore_unresolved);
    ASSERT_EQ(policy.parameters.size(), 2U);
    EXPECT_EQ(policy.parameters[0].name, "a");
    EXPECT_EQ(policy.parameters[0].ref, "b");
    EXPECT_EQ(policy.parameters[0].value.text(), "c{d}");
    EXPECT_EQ(policy.parameters[1].value.text(), "f");
    for (const char* name : {"a", "b", "d"}) EXPECT_TRUE(loaded.bundle->symbols.find(name)) << name;
}

TEST(Workspace, FindsBundlesFlowsAndEnvironments) {
    const TemporaryBundle tree({{"src/main/apigee/apiproxies/p/apiproxy/proxies/d.xml", ""},
                                {"src/main/apigee/sharedflows/f/sharedflowbundle/f.xml", ""},
                                {"src/main/apigee/environments/test/flowhooks.json", ""},
                                {"src/main/apigee/environments/local/kvms.json", ""}});
    const std::string root = tree.root().string();
    const Workspace found = find_bundles({root, root + "/src/main/apigee/", "nowhere"});
    ASSERT_EQ(found.bundles.size(), 3U);
    EXPECT_EQ(found.bundles[0].path, root + "/src/main/apigee/apiproxies/p");
    EXPECT_FALSE(found.bundles[0].shared_flow);
    EXPECT_EQ(found.bundles[1].path, root + "/src/main/apigee/sharedflows/f");
    EXPECT_TRUE(found.bundles[1].shared_flow);
    EXPECT_EQ(found.bundles[2].path, "nowhere");
    const std::vector<std::string> environments{root + "/src/main/apigee/environments/local",
                                                root + "/src/main/apigee/environments/test"};
    EXPECT_EQ(found.environments, environments);
}

TEST(Workspace, AsksForEachBundleOnce) {
    const TemporaryBundle tree(files);
    std::vector<std::size_t> asked;
    const LoadedAll all =
        load_all({tree.root().string()}, {},
                 [&](std::size_t count, const std::function<void(std::size_t)>& each) {
                     for (std::size_t i = count; i > 0; --i) {
                         asked.push_back(i - 1);
                         each(i - 1);
                     }
                 });
    EXPECT_EQ(asked, (std::vector<std::size_t>{3, 2, 1, 0}));
    ASSERT_EQ(all.loaded.size(), 4U);
    EXPECT_TRUE(all.problems.empty());
    // In the order of the paths: flows/a, flows/three, flows/two, p.
    ASSERT_NE(all.loaded[3].bundle, nullptr);
    EXPECT_EQ(all.loaded[3].bundle->shared_flows.size(), 2U);
    EXPECT_EQ(all.loaded[1].bundle, nullptr);
}

TEST(Zip, DeflatedByAnotherWriter) {
    const Loaded loaded = load_bundle(CATCHRULE_XML_DATA "/deflated.zip");
    EXPECT_EQ(heads_of(loaded), std::vector<std::string>{});
    ASSERT_NE(loaded.bundle, nullptr);
    EXPECT_EQ(loaded.bundle->name, "weather");
    EXPECT_EQ(loaded.bundle->proxies.at(0).routes.size(), 40U);
    EXPECT_EQ(loaded.bundle->files[0]->name(),
              CATCHRULE_XML_DATA "/deflated.zip/apiproxy/weather.xml");
}

}  // namespace
}  // namespace catchrule
