// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/target_url.hpp"

#include <gtest/gtest.h>

namespace catchrule::proxy {
namespace {

struct Case {
    const char* url;
    const char* host;  // null = no URL of ours
    int port;
    bool tls;
    const char* host_field;
    const char* target;
};

TEST(TargetUrl, Parts) {
    const Case cases[] = {
        {"http://a.example.com", "a.example.com", 80, false, "a.example.com", "/"},
        {"http://a:8080/x/y?q=1#f", "a", 8080, false, "a:8080", "/x/y?q=1"},
        {"HTTPS://A/", "A", 443, true, "A", "/"},
        {"https://a:443", "a", 443, true, "a", "/"},
        {"https://a:80?q", "a", 80, true, "a:80", "/?q"},
        {"http://[::1]:81/", "::1", 81, false, "[::1]:81", "/"},
        {"http://127.0.0.1", "127.0.0.1", 80, false, "127.0.0.1", "/"},
        // What a path holds is not ours to judge.
        {"http://a/{x}|\"<\xff", "a", 80, false, "a", "/{x}|\"<\xff"},
        {"http://user:secret@a/", "a", 80, false, "a", "/"},
        {"ftp://a/", nullptr, 0, false, "", ""},
        {"a/b", nullptr, 0, false, "", ""},
        {"http://", nullptr, 0, false, "", ""},
        {"http:///x", nullptr, 0, false, "", ""},
        {"http://a:0/", nullptr, 0, false, "", ""},
        {"http://a:99999/", nullptr, 0, false, "", ""},
        {"http://a b/", nullptr, 0, false, "", ""},
        {"http://a\r\nX: y/", nullptr, 0, false, "", ""},
        {"", nullptr, 0, false, "", ""},
    };
    for (const Case& each : cases) {
        const auto address = parse_target_url(each.url, {});
        ASSERT_EQ(address.has_value(), each.host != nullptr) << each.url;
        if (!address) continue;
        EXPECT_EQ(address->host, each.host);
        EXPECT_EQ(address->name, each.host);
        EXPECT_EQ(address->port, each.port) << each.url;
        EXPECT_EQ(address->tls, each.tls);
        EXPECT_EQ(address->host_field, each.host_field);
        EXPECT_EQ(address->target, each.target);
    }
}

TEST(TargetUrl, Overrides) {
    const std::vector<TargetOverride> overrides = {
        {"a", 8443, "127.0.0.1", 1, true},
        {"a", 0, "::1", 2, false},
        {"a", 0, "never", 3, false},
    };
    auto address = parse_target_url("https://A:8443/x", overrides);
    ASSERT_TRUE(address);
    EXPECT_EQ(address->host, "127.0.0.1");
    EXPECT_EQ(address->port, 1);
    EXPECT_FALSE(address->tls);
    EXPECT_EQ(address->host_field, "A:8443");
    address = parse_target_url("https://a/x", overrides);
    ASSERT_TRUE(address);
    EXPECT_EQ(address->host, "::1");
    EXPECT_TRUE(address->tls);
    EXPECT_EQ(address->name, "a");
    EXPECT_EQ(parse_target_url("http://b/x", overrides)->host, "b");
}

TEST(TargetUrl, ConnectionsAreSharedByKey) {
    const auto key = [](const char* url) { return parse_target_url(url, {})->pool_key(); };
    EXPECT_EQ(key("http://a/x"), key("http://a/y"));
    EXPECT_NE(key("http://a"), key("https://a:80"));
    EXPECT_NE(key("http://a"), key("http://a:81"));
    // Behind one address, but with different certificates.
    const std::vector<TargetOverride> both = {{"a", 0, "::1", 1, false}, {"b", 0, "::1", 1, false}};
    EXPECT_NE(parse_target_url("https://a", both)->pool_key(),
              parse_target_url("https://b", both)->pool_key());
}

}  // namespace
}  // namespace catchrule::proxy
