// SPDX-License-Identifier: Apache-2.0
// Bundles of several files: names across files, order of problems, limits, what cannot be read.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "engine/xml/workspace.hpp"
#include "tests/unit/engine/xml/temporary_bundle.hpp"

namespace catchrule {
namespace {

using test::heads_of;
using test::TemporaryBundle;
using Files = TemporaryBundle::Files;
using Heads = std::vector<std::string>;

const std::string proxy_file = R"(<ProxyEndpoint name="default">
  <PreFlow><Request><Step><Name>quota</Name></Step></Request></PreFlow>
  <HTTPProxyConnection><BasePath>/p/</BasePath></HTTPProxyConnection>
  <RouteRule name="r"><TargetEndpoint>default</TargetEndpoint></RouteRule>
</ProxyEndpoint>)";
const std::string target_file = R"(<TargetEndpoint name="default">
  <HTTPTargetConnection><URL>http://a.example.com</URL></HTTPTargetConnection>
</TargetEndpoint>)";
const std::string quota_file = R"(<Quota name="quota">
  <Allow count="2"/><Interval>1</Interval><TimeUnit>minute</TimeUnit>
</Quota>)";

TEST(LoadBundle, Whole) {
    const TemporaryBundle files(
        {{"apiproxy/weather.xml", R"(<APIProxy name="weather-v1" revision="7"/>)"},
         {"apiproxy/proxies/default.xml", proxy_file},
         {"apiproxy/targets/default.xml", target_file},
         {"apiproxy/policies/Quota.1.xml", quota_file},
         {"apiproxy/policies/notes.txt", "not read"}});
    const Loaded loaded = files.load();
    EXPECT_EQ(heads_of(loaded), Heads{});
    ASSERT_NE(loaded.bundle, nullptr);
    const Bundle& bundle = *loaded.bundle;
    EXPECT_EQ(bundle.name, "weather-v1");
    EXPECT_EQ(bundle.revision, "7");
    EXPECT_FALSE(bundle.is_fragment);
    EXPECT_EQ(bundle.files.size(), 4U);
    ASSERT_EQ(bundle.proxies.size(), 1U);
    EXPECT_EQ(bundle.proxies[0].base_path, "/p");
    ASSERT_EQ(bundle.proxies[0].pre_flow.request.size(), 1U);
    EXPECT_EQ(bundle.proxies[0].pre_flow.request[0].policy_index, 0);
    EXPECT_EQ(bundle.proxies[0].routes[0].target, "default");
    EXPECT_EQ(bundle.file_name(bundle.policies[0].location), "Quota.1.xml");
    ASSERT_NE(bundle.layout, nullptr);
    EXPECT_EQ(&bundle.layout->symbols(), &bundle.symbols);
}

TEST(LoadBundle, ApiproxyItself) {
    const TemporaryBundle files(
        Files{{"named/apiproxy/proxies/default.xml", R"(<ProxyEndpoint name="p"/>)"}});
    for (const char* path : {"named", "named/", "named/apiproxy", "named/apiproxy/"}) {
        const Loaded loaded = load_bundle((files.root() / path).string());
        ASSERT_NE(loaded.bundle, nullptr) << path;
        EXPECT_EQ(loaded.bundle->name, "named") << path;
        EXPECT_EQ(loaded.bundle->files[0]->name(),
                  (files.root() / "named/apiproxy/proxies/default.xml").string());
    }
}

// Nobody writes to it: reading would never end.
TEST(LoadBundle, PipeInABundle) {
    const TemporaryBundle files(
        Files{{"a/apiproxy/proxies/default.xml", R"(<ProxyEndpoint name="p"/>)"},
              {"a/apiproxy/policies/q.xml", quota_file}});
    ASSERT_EQ(::mkfifo((files.root() / "a/apiproxy/policies/pipe.xml").c_str(), 0600), 0);
    const Loaded loaded = load_bundle((files.root() / "a").string());
    EXPECT_EQ(heads_of(loaded), Heads{"pipe.xml error CR200"});

    ASSERT_EQ(::mkfifo((files.root() / "pipe.zip").c_str(), 0600), 0);
    EXPECT_EQ(load_all({files.root().string()}).workspace.bundles.size(), 1U);
}

TEST(LoadBundle, MissingPolicyAndTarget) {
    const TemporaryBundle files(Files{{"apiproxy/proxies/default.xml", proxy_file}});
    const Loaded loaded = files.load();
    EXPECT_EQ(loaded.bundle, nullptr);
    EXPECT_TRUE(loaded.readable);
    EXPECT_EQ(heads_of(loaded),
              (Heads{"default.xml:2:33 error CR205", "default.xml:4:39 error CR220"}));
    EXPECT_EQ(loaded.problems[0].diagnostic.message, "the bundle has no policy named \"quota\"");
}

TEST(LoadBundle, MissingPolicyInAFileIsOpaque) {
    const TemporaryBundle files({{"apiproxy/proxies/default.xml", proxy_file},
                                 {"apiproxy/policies/quota.xml", quota_file}});
    const Loaded loaded = load_bundle((files.root() / "apiproxy/proxies/default.xml").string());
    EXPECT_EQ(heads_of(loaded), Heads{});
    ASSERT_NE(loaded.bundle, nullptr);
    EXPECT_TRUE(loaded.bundle->is_fragment);
    EXPECT_EQ(loaded.bundle->name, "default");
    EXPECT_EQ(loaded.bundle->proxies[0].pre_flow.request[0].policy_index, -1);
    EXPECT_EQ(loaded.bundle->proxies[0].pre_flow.request[0].policy, "quota");
}

TEST(LoadBundle, Duplicates) {
    const TemporaryBundle files({{"apiproxy/proxies/a.xml", "<ProxyEndpoint name='x'/>"},
                                 {"apiproxy/proxies/b.xml", "\n<ProxyEndpoint name='x'/>"},
                                 {"apiproxy/targets/a.xml", target_file},
                                 {"apiproxy/targets/b.xml", target_file},
                                 {"apiproxy/policies/a.xml", quota_file},
                                 {"apiproxy/policies/b.xml", quota_file}});
    const Loaded loaded = files.load();
    EXPECT_EQ(loaded.bundle, nullptr);
    EXPECT_EQ(heads_of(loaded), (Heads{"b.xml:2:1 error CR232", "b.xml:2:1 error CR207",
                                       "b.xml:1:1 error CR207", "b.xml:1:1 error CR206"}));
    EXPECT_EQ(loaded.problems[3].diagnostic.message, "policy \"quota\" is also in a.xml:1");
}

TEST(LoadBundle, EveryFileIsReportedInOrder) {
    const TemporaryBundle files(
        {{"apiproxy/x.xml", "<APIProxy name='x' revison='1'/>"},
         {"apiproxy/proxies/a.xml", "<ProxyEndpoint name='a'><Flows></ProxyEndpoint>"},
         {"apiproxy/proxies/b.xml", proxy_file},
         {"apiproxy/targets/default.xml", "<TargetEndpoint name='default'>\n&\n</TargetEndpoint>"},
         {"apiproxy/policies/a.xml", "<SpikeArrest name='a'><Rate>fast</Rate><Rte/></SpikeArrest>"},
         {"apiproxy/policies/quota.xml", "<Quota name='quota'>"}});
    // The policy and the target that do not parse are there: their names are not missing.
    EXPECT_EQ(heads_of(files.load()),
              (Heads{"x.xml:1:20 warning CR204", "a.xml:1:32 error CR201",
                     "default.xml:2:1 error CR201", "a.xml:1:29 error CR223",
                     "a.xml:1:40 warning CR203", "quota.xml:1:21 error CR201"}));
}

TEST(LoadBundle, WrongRoots) {
    const TemporaryBundle files(
        {{"apiproxy/a.xml", "<SharedFlowBundle name='a'/>"},
         {"apiproxy/proxies/a.xml", "<TargetEndpoint name='a'/>"},
         {"apiproxy/targets/a.xml", "<ProxyEndpoint name='a'/><ProxyEndpoint name='b'/>"}});
    EXPECT_EQ(heads_of(files.load()),
              (Heads{"a.xml:1:1 error CR202", "a.xml:1:1 error CR202", "a.xml:1:26 error CR201"}));
}

TEST(LoadBundle, NoProxy) {
    const TemporaryBundle files(Files{{"apiproxy/targets/default.xml", target_file}});
    EXPECT_EQ(heads_of(files.load()), Heads{"proxies error CR227"});
}

const Files javascript{
    {"apiproxy/proxies/a.xml",
     "<ProxyEndpoint "
     "name='a'><PreFlow><Request><Step><Name>js</Name></Step></Request></PreFlow></ProxyEndpoint>"},
    {"apiproxy/policies/js.xml",
     "<Javascript name='js' timeLimit='200'><ResourceURL>jsc://a</ResourceURL></Javascript>"},
    {"apiproxy/policies/other.xml", "<Script name='py'/>"}};

TEST(LoadBundle, Unsupported) {
    const TemporaryBundle files(javascript);
    LoadOptions options;
    const Loaded refused = files.load(options);
    EXPECT_EQ(refused.bundle, nullptr);
    EXPECT_EQ(heads_of(refused), (Heads{"a.xml:1:55 error CR218", "other.xml:1:1 note CR219"}));
    EXPECT_EQ(refused.problems[0].diagnostic.message,
              "policy \"js\" is a Javascript, which this version cannot run");
    for (const Unsupported unsupported : {Unsupported::skip, Unsupported::fault}) {
        options.unsupported = unsupported;
        const Loaded loaded = files.load(options);
        EXPECT_EQ(heads_of(loaded),
                  (Heads{"a.xml:1:55 warning CR218", "other.xml:1:1 note CR219"}));
        ASSERT_NE(loaded.bundle, nullptr);
        EXPECT_EQ(std::get<UnsupportedPolicy>(loaded.bundle->policy("js")->config).element,
                  "Javascript");
    }
}

TEST(LoadBundle, Limits) {
    const TemporaryBundle files({{"apiproxy/proxies/default.xml", proxy_file},
                                 {"apiproxy/targets/default.xml", target_file},
                                 {"apiproxy/policies/quota.xml", quota_file}});
    LoadOptions options;
    options.max_files = 2;
    EXPECT_EQ(heads_of(files.load(options)), Heads{"quota.xml error CR224"});
    options = {};
    options.max_file_bytes = static_cast<std::uint32_t>(target_file.size());
    EXPECT_EQ(heads_of(files.load(options)), Heads{"default.xml error CR224"});
    EXPECT_FALSE(
        load_bundle((files.root() / "apiproxy/proxies/default.xml").string(), options).readable);
}

TEST(LoadBundle, ProblemsBeyondTheLimitAreCounted) {
    const auto text = [](int unknown, const char* last) {
        std::string out = "<FaultRules>";
        for (int i = 0; i < unknown; ++i) out += "<U/>";
        return out + last + "</FaultRules>";
    };
    LoadOptions options;
    options.max_problems_per_file = 3;
    EXPECT_EQ(load_text("f.xml", text(3, ""), options).problems.size(), 3U);

    const Loaded beyond = load_text("f.xml", text(5, ""), options);
    ASSERT_EQ(beyond.problems.size(), 4U);
    EXPECT_NE(beyond.bundle, nullptr);
    EXPECT_EQ(beyond.problems.back().diagnostic.message,
              "and 2 more problems in this file, which are not listed");

    // An error among those not listed is still an error.
    const Loaded wrong = load_text(
        "f.xml", text(5, "<FaultRule name=\"r\"><Condition>a =</Condition></FaultRule>"), options);
    EXPECT_EQ(wrong.bundle, nullptr);
    EXPECT_EQ(wrong.problems.back().diagnostic.severity, grammar::Severity::error);
}

TEST(LoadBundle, Unreadable) {
    const TemporaryBundle files({{"empty/notes.txt", ""}, {"b/proxies/default.xml", proxy_file}});
    for (const char* path : {"nowhere", "nowhere/apiproxy", "empty", "empty/notes.txt/x"}) {
        const Loaded loaded = load_bundle((files.root() / path).string());
        EXPECT_FALSE(loaded.readable) << path;
        EXPECT_EQ(loaded.bundle, nullptr) << path;
        ASSERT_EQ(loaded.problems.size(), 1U) << path;
        EXPECT_EQ(loaded.problems[0].diagnostic.code, "CR200") << path;
        EXPECT_NE(loaded.problems[0].render().find(path), std::string::npos);
    }
    EXPECT_EQ(load_bundle("").readable, false);
    std::filesystem::create_symlink("nowhere.xml", files.root() / "b/proxies/link.xml");
    EXPECT_EQ(heads_of(load_bundle((files.root() / "b").string())).back(), "link.xml error CR200");
}

TEST(LoadBundle, FragmentOptions) {
    LoadOptions options;
    options.fragment_endpoint = EndpointKind::target;
    options.fragment_name = "weather";
    const Loaded loaded =
        load_text("<stdin>", "<FaultRules><FaultRule name='a'/></FaultRules>", options);
    ASSERT_NE(loaded.bundle, nullptr);
    EXPECT_TRUE(loaded.bundle->proxies.empty());
    ASSERT_EQ(loaded.bundle->targets.size(), 1U);
    EXPECT_EQ(loaded.bundle->targets[0].name, "weather");
    EXPECT_EQ(loaded.bundle->targets[0].kind, EndpointKind::target);
    EXPECT_EQ(loaded.bundle->files[0]->name(), "<stdin>");
}

TEST(LoadBundle, ConditionLimitsApply) {
    LoadOptions options;
    options.limits.max_condition_bytes = 4;
    EXPECT_EQ(
        load_text("t", "<FaultRule name='a'><Condition>a = 1</Condition></FaultRule>", options)
            .bundle,
        nullptr);
}

TEST(LoadBundle, IndexesRulesUnlessToldNotTo) {
    for (const EndpointKind kind : {EndpointKind::proxy, EndpointKind::target}) {
        for (const bool wanted : {true, false}) {
            LoadOptions options;
            options.fragment_endpoint = kind;
            options.rule_index = wanted;
            const Loaded loaded = load_text("t", "<FaultRule name='a'/>", options);
            ASSERT_NE(loaded.bundle, nullptr);
            const Bundle& bundle = *loaded.bundle;
            const FaultHandling& faults =
                kind == EndpointKind::proxy ? bundle.proxies[0].faults : bundle.targets[0].faults;
            EXPECT_EQ(faults.index.is_built(), wanted);
        }
    }
}

TEST(LoadCodes, AreUniqueAndExplained) {
    std::set<std::string_view> ids;
    for (const LoadCode& code : load_codes()) {
        EXPECT_TRUE(code.id.starts_with("CR2")) << code.id;
        EXPECT_TRUE(ids.insert(code.id).second) << code.id;
        EXPECT_FALSE(code.name.empty()) << code.id;
        EXPECT_FALSE(code.meaning.empty()) << code.id;
    }
    EXPECT_TRUE(std::is_sorted(load_codes().begin(), load_codes().end(),
                               [](const LoadCode& a, const LoadCode& b) { return a.id < b.id; }));
}

}  // namespace
}  // namespace catchrule
