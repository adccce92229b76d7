// SPDX-License-Identifier: Apache-2.0
#include "engine/target_call.hpp"

#include <gtest/gtest.h>

#include "tests/support/step_fixture.hpp"

namespace catchrule {
namespace {

class TargetCallTest : public testing::StepTest {
protected:
    TargetCallTest() {
        set("proxy.pathsuffix", "/x");
        variables_.request().set_uri("/base/x?q=1&key=k");
    }
};

struct PathCase {
    const char* url;
    bool empty;
};

const PathCase path_cases[] = {
    {"http://a", true},
    {"http://a/", false},
    {"http://a?b=/", true},
    {"http://a/b", false},
    {"https://a:8/", false},
    {"https://a#/", true},
    {"a", true},
    {"", true},
};

TEST(TargetPath, is_empty_when_the_host_ends_the_url) {
    for (const PathCase& test : path_cases)
        EXPECT_EQ(has_empty_path(test.url), test.empty) << test.url;
}

TEST_F(TargetCallTest, a_url_gets_path_suffix_and_query) {
    const TargetUrl configured =
        target_url(text("http://{host:b}/v1/?a=2"), variables_, variables_.request());
    EXPECT_EQ(configured.base, "http://b/v1/?a=2");
    EXPECT_EQ(configured.url, "http://b/v1/x?a=2&q=1&key=k");
    EXPECT_FALSE(configured.overridden);

    set("target.url", "https://other");
    set("target.copy.pathsuffix", "false");
    set("target.copy.queryparams", "false");
    const TargetUrl overridden = target_url(text("http://b"), variables_, variables_.request());
    EXPECT_EQ(overridden.url, "https://other");
    EXPECT_TRUE(overridden.overridden);
}

TEST_F(TargetCallTest, a_local_call_by_path_and_by_name) {
    LocalConnection by_path;
    by_path.path = text("/orders");
    EXPECT_EQ(local_call(by_path, variables_, variables_.request()).path, "/orders/x?q=1&key=k");
    LocalConnection by_name;
    by_name.api_proxy = text("or{ders:ders}");
    const LocalCall call = local_call(by_name, variables_, variables_.request());
    EXPECT_EQ(call.api_proxy, "orders");
    EXPECT_EQ(call.path, "/x?q=1&key=k");
}

struct UrlCase {
    const char* base;
    const char* scheme;
    const char* host;
    const char* port;
    const char* path;
};

const UrlCase url_cases[] = {
    {"http://a.example/v1?q=1", "http", "a.example", "80", "/v1"},
    {"https://a.example", "https", "a.example", "443", ""},
    {"https://a.example:8443/", "https", "a.example", "8443", "/"},
    {"http://[::1]:81/x", "http", "[::1]", "81", "/x"},
    {"http://[::1]/x", "http", "[::1]", "80", "/x"},
    {"no url", "", "", "", ""},
};

TEST_F(TargetCallTest, tells_where_a_call_goes) {
    for (const UrlCase& test : url_cases) {
        SCOPED_TRACE(test.base);
        variables_.clear();
        define_target_variables({.base = test.base, .url = "http://whole/"}, variables_);
        const auto shown = [&](const char* name) { return variables_.get(name).to_text(); };
        EXPECT_EQ(shown("target.url"), test.base);
        EXPECT_EQ(shown("request.url"), "http://whole/");
        EXPECT_EQ(shown("target.scheme"), test.scheme);
        EXPECT_EQ(shown("target.host"), test.host);
        EXPECT_EQ(shown("target.port"), test.port);
        EXPECT_EQ(shown("target.basepath"), test.path);
    }
}

TEST_F(TargetCallTest, retains_what_the_properties_list) {
    Endpoint target;
    Message& request = variables_.request();
    request.headers.add("User-Agent", "test");
    request.headers.add("Cookie", "secret");
    request.headers.add("X-Changed", "before");
    RetainedFields retained;
    retained.begin(target, request);
    EXPECT_EQ(retained.outbound(&request), &request);

    target.properties["request.retain.headers"] = "user-agent, Referer";
    target.properties["retain.queryparams"] = "key";
    retained.begin(target, request);
    request.headers.set("X-Changed", "after");
    request.headers.add("X-New", "1");
    const Message& sent = *retained.outbound(&request);
    EXPECT_EQ(sent.headers.names(),
              (std::vector<std::string_view>{"User-Agent", "X-Changed", "X-New"}));
    EXPECT_EQ(sent.query_text(), "key=k");
    EXPECT_EQ(request.headers.count("Cookie"), 1U);

    target.properties = {{"request.retain.headers.enabled", "false"}};
    retained.begin(target, request);
    EXPECT_TRUE(retained.outbound(&request)->headers.empty());
    EXPECT_EQ(retained.outbound(&request)->query_text(), "q=1&key=k");
}

TEST_F(TargetCallTest, retains_headers_of_the_response) {
    Endpoint target;
    target.properties["response.retain.headers"] = "Content-Type";
    Message response = Message::response(200);
    response.headers.add("Content-Type", "text/plain");
    response.headers.add("Set-Cookie", "a=b");
    RetainedFields::filter_response(target, response);
    EXPECT_EQ(response.headers.names(), (std::vector<std::string_view>{"Content-Type"}));
}

struct FailureCase {
    TargetFailure failure;
    const char* name;
    int status;
    const char* reason;
};

const FailureCase failure_cases[] = {
    {TargetFailure::refused, "ServiceUnavailable", 503, ""},
    {TargetFailure::reset, "ServiceUnavailable", 503, ""},
    {TargetFailure::name_not_found, "ServiceUnavailable", 503, ""},
    {TargetFailure::connect_timeout, "ServiceUnavailable", 503, "TARGET_CONNECT_TIMEOUT"},
    {TargetFailure::read_timeout, "GatewayTimeout", 504, "TARGET_READ_TIMEOUT"},
    {TargetFailure::unexpected_eof, "UnexpectedEOFAtTarget", 502, ""},
    {TargetFailure::bad_reply, "BadGateway", 502, ""},
    {TargetFailure::tls_handshake, "SslHandshakeFailed", 503, ""},
    {TargetFailure::no_active_server, "NoActiveTargets", 503, ""},
};

TEST(TargetFault, each_failure_has_its_own) {
    Semantics edge;
    edge.profile = Profile::edge;
    for (const FailureCase& test : failure_cases) {
        const Fault fault = failure_fault(test.failure, {});
        EXPECT_EQ(fault.name, test.name);
        EXPECT_EQ(fault.status, test.status) << test.name;
        EXPECT_EQ(fault.reason, test.reason) << test.name;
        EXPECT_EQ(failure_fault(test.failure, edge).reason, "");
    }
}

}  // namespace
}  // namespace catchrule
