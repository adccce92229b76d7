// SPDX-License-Identifier: Apache-2.0
// What an endpoint file becomes.
#include <string>

#include <gtest/gtest.h>

#include "engine/xml/load_bundle.hpp"

namespace catchrule {
namespace {

Loaded load(const std::string& text) {
    Loaded loaded = load_text("endpoint.xml", text);
    for (const Problem& problem : loaded.problems) {
        EXPECT_NE(problem.diagnostic.severity, grammar::Severity::error) << problem.render();
    }
    return loaded;
}

TEST(LoadEndpoint, Faults) {
    const Loaded loaded = load(R"(<ProxyEndpoint name="default">
  <DefaultFaultRule name="d">
    <AlwaysEnforce>true</AlwaysEnforce>
    <Condition>a = "0"</Condition>
    <Step><Name> p.1 </Name></Step>
  </DefaultFaultRule>
  <FaultRules evaluationOrder="top-to-bottom">
    <FaultRule name="one">
      <Step><Condition>b = "1"</Condition><Name>p.1</Name></Step>
      <Step><Name>p.2</Name></Step>
      <Condition>
        a = &quot;1&quot;
      </Condition>
    </FaultRule>
    <FaultRule name="two"/>
  </FaultRules>
</ProxyEndpoint>)");
    ASSERT_NE(loaded.bundle, nullptr);
    const FaultHandling& faults = loaded.bundle->proxy("default")->faults;
    EXPECT_EQ(faults.order, EvaluationOrder::top_to_bottom);
    ASSERT_EQ(faults.rules.size(), 2U);
    const FaultRule& one = faults.rules[0];
    EXPECT_EQ(one.name, "one");
    EXPECT_EQ(one.location.line, 8U);
    EXPECT_EQ(one.location.column, 5U);
    ASSERT_TRUE(one.condition);
    EXPECT_EQ(one.condition->text, R"(a = "1")");
    ASSERT_EQ(one.steps.size(), 2U);
    EXPECT_EQ(one.steps[0].policy, "p.1");
    EXPECT_EQ(one.steps[0].condition->text, R"(b = "1")");
    EXPECT_EQ(one.steps[1].location.line, 10U);
    EXPECT_FALSE(one.steps[1].condition);
    EXPECT_FALSE(faults.rules[1].condition);
    ASSERT_TRUE(faults.default_rule);
    EXPECT_TRUE(faults.default_rule->always_enforce);
    EXPECT_EQ(faults.default_rule->name, "d");
    EXPECT_EQ(faults.default_rule->steps[0].policy, "p.1");
}

TEST(LoadEndpoint, FaultRulesAreJoined) {
    const Loaded loaded = load(R"(<ProxyEndpoint name="default">
  <FaultRules><FaultRule name="a"/><DefaultFaultRule name="d"/></FaultRules>
  <FaultRules evaluationOrder="top-to-bottom"><FaultRule name="b"/></FaultRules>
</ProxyEndpoint>)");
    const FaultHandling& faults = loaded.bundle->proxies[0].faults;
    ASSERT_EQ(faults.rules.size(), 2U);
    EXPECT_EQ(faults.rules[0].name, "a");
    EXPECT_EQ(faults.rules[1].name, "b");
    EXPECT_EQ(faults.default_rule->name, "d");
    EXPECT_EQ(faults.order, EvaluationOrder::top_to_bottom);
}

TEST(LoadEndpoint, Flows) {
    const Loaded loaded = load(R"(<ProxyEndpoint name="default">
  <PostFlow name="last"><Response><Step><Name>d</Name></Step></Response></PostFlow>
  <Flows>
    <Flow name="one"><Description/><Condition>a = "1"</Condition>
      <Request><Step><Name>b</Name></Step></Request>
      <Response><Step><Name>c</Name></Step></Response></Flow>
    <Flow name="two"/>
  </Flows>
  <PreFlow><Request><Step><Name>a</Name></Step></Request><Response/></PreFlow>
  <PostClientFlow><Response><Step><Name>e</Name></Step></Response></PostClientFlow>
</ProxyEndpoint>)");
    EXPECT_TRUE(loaded.problems.empty());
    const ProxyEndpoint& proxy = loaded.bundle->proxies[0];
    EXPECT_EQ(proxy.pre_flow.name, "PreFlow");
    EXPECT_EQ(proxy.pre_flow.request[0].policy, "a");
    ASSERT_EQ(proxy.flows.size(), 2U);
    EXPECT_EQ(proxy.flows[0].condition->text, "a = \"1\"");
    EXPECT_EQ(proxy.flows[0].request[0].policy, "b");
    EXPECT_EQ(proxy.flows[0].response[0].policy, "c");
    EXPECT_EQ(proxy.flows[1].name, "two");
    EXPECT_EQ(proxy.post_flow.name, "last");
    EXPECT_EQ(proxy.post_flow.response[0].policy, "d");
    EXPECT_EQ(proxy.post_client_flow.response[0].policy, "e");
    EXPECT_EQ(proxy.base_path, "/");
}

TEST(LoadEndpoint, AStepWithoutNameIsLeftOut) {
    const Loaded loaded =
        load("<FaultRule name='a'><Step/><Step><Name>p</Name></Step></FaultRule>");
    ASSERT_EQ(loaded.bundle->proxies[0].faults.rules[0].steps.size(), 1U);
}

TEST(LoadEndpoint, Routes) {
    const Loaded loaded = load(R"(<ProxyEndpoint name="default">
  <HTTPProxyConnection>
    <BasePath> /v1/*/x// </BasePath>
    <Properties><Property name="api.timeout"> 10 </Property></Properties>
  </HTTPProxyConnection>
  <RouteRule name="a"><Condition>a = "1"</Condition><TargetEndpoint>t</TargetEndpoint></RouteRule>
  <RouteRule name="b"><URL>http://{host}/</URL></RouteRule>
  <RouteRule name="c"><TargetEndpoint/></RouteRule>
</ProxyEndpoint>)");
    EXPECT_TRUE(loaded.problems.empty());
    const ProxyEndpoint& proxy = loaded.bundle->proxies[0];
    EXPECT_EQ(proxy.base_path, "/v1/*/x");
    EXPECT_EQ(proxy.properties.at("api.timeout"), "10");
    ASSERT_EQ(proxy.routes.size(), 3U);
    EXPECT_TRUE(proxy.routes[0].condition);
    EXPECT_EQ(proxy.routes[0].target, "t");
    EXPECT_EQ(proxy.routes[1].url.text(), "http://{host}/");
    EXPECT_TRUE(loaded.bundle->symbols.find("host"));
    EXPECT_TRUE(proxy.routes[2].target.empty());
    EXPECT_TRUE(proxy.routes[2].url.empty());
}

TEST(LoadEndpoint, Target) {
    const Loaded loaded = load(R"(<TargetEndpoint name="t">
  <HTTPTargetConnection>
    <Path>/x/{y}</Path>
    <URL>https://a.example.com?b=c&amp;d={e:f}</URL>
    <SSLInfo><Enabled>true</Enabled><IgnoreValidationErrors>TRUE</IgnoreValidationErrors></SSLInfo>
    <Properties>
      <Property name="success.codes">2xx,404</Property>
      <Property name="connect.timeout.millis"> 250 </Property>
      <Property name="io.timeout.millis">1000</Property>
      <Property name="request.streaming.enabled">true</Property>
    </Properties>
  </HTTPTargetConnection>
</TargetEndpoint>)");
    EXPECT_TRUE(loaded.problems.empty());
    const TargetEndpoint& target = loaded.bundle->targets[0];
    EXPECT_EQ(target.kind, EndpointKind::target);
    EXPECT_FALSE(target.local);
    EXPECT_EQ(target.http.url.text(), "https://a.example.com?b=c&d={e:f}");
    EXPECT_EQ(target.http.path.text(), "/x/{y}");
    EXPECT_TRUE(target.http.tls.enabled);
    EXPECT_TRUE(target.http.tls.ignore_validation_errors);
    EXPECT_TRUE(target.http.success.contains(404));
    EXPECT_FALSE(target.http.success.contains(301));
    EXPECT_EQ(target.http.connect_timeout_ms, 250);
    EXPECT_EQ(target.http.io_timeout_ms, 1000);
    EXPECT_EQ(target.properties.at("request.streaming.enabled"), "true");
}

TEST(LoadEndpoint, LoadBalancer) {
    const Loaded loaded = load(R"(<TargetEndpoint name="t"><HTTPTargetConnection>
  <LoadBalancer>
    <Algorithm> Weighted </Algorithm>
    <Server name="a"><Weight>3</Weight></Server>
    <Server name="b"><IsEnabled>false</IsEnabled></Server>
    <Server name="c"><IsFallback>true</IsFallback></Server>
    <MaxFailures>5</MaxFailures>
    <RetryEnabled>false</RetryEnabled>
  </LoadBalancer>
  <Path>/x</Path>
</HTTPTargetConnection></TargetEndpoint>)");
    EXPECT_TRUE(loaded.problems.empty());
    ASSERT_TRUE(loaded.bundle->targets[0].http.balancer);
    const LoadBalancer& balancer = *loaded.bundle->targets[0].http.balancer;
    EXPECT_EQ(balancer.algorithm, LoadBalancer::Algorithm::weighted);
    EXPECT_EQ(balancer.max_failures, 5);
    EXPECT_FALSE(balancer.retry);
    ASSERT_EQ(balancer.servers.size(), 2U);  // one that is not enabled does not take part
    EXPECT_EQ(balancer.servers[0].name, "a");
    EXPECT_EQ(balancer.servers[0].weight, 3);
    EXPECT_FALSE(balancer.servers[0].fallback);
    EXPECT_EQ(balancer.servers[1].name, "c");
    EXPECT_TRUE(balancer.servers[1].fallback);
}

TEST(LoadEndpoint, LocalTarget) {
    const Loaded loaded = load(R"(<TargetEndpoint name="t"><LocalTargetConnection>
  <APIProxy>{name}</APIProxy><ProxyEndpoint>default</ProxyEndpoint><Path>/x/{y}</Path>
</LocalTargetConnection></TargetEndpoint>)");
    EXPECT_TRUE(loaded.problems.empty());
    ASSERT_TRUE(loaded.bundle->targets[0].local);
    const LocalConnection& local = *loaded.bundle->targets[0].local;
    EXPECT_EQ(local.api_proxy.text(), "{name}");
    EXPECT_EQ(local.proxy_endpoint.text(), "default");
    EXPECT_EQ(local.path.text(), "/x/{y}");
}

}  // namespace
}  // namespace catchrule
