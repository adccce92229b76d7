// SPDX-License-Identifier: Apache-2.0
#include "engine/call_setup.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

struct SuffixCase {
    const char* base_path;
    const char* path;
    const char* suffix;  // null = the base path does not cover the path
};

const std::vector<SuffixCase> suffix_cases{
    {"/", "/", "/"},
    {"/", "/a/b", "/a/b"},
    {"/a", "/a", ""},
    {"/a", "/a/", "/"},
    {"/a", "/a/b/c", "/b/c"},
    {"/a", "/ab", nullptr},
    {"/a", "/A", nullptr},
    {"/a", "/", nullptr},
    {"/a/b", "/a", nullptr},
    {"/a/b", "/a//b", nullptr},
    {"/a", "/a/%62", "/%62"},
    {"/*", "/x", ""},
    {"/*", "/x/y", "/y"},
    {"/*", "/", nullptr},
    {"/*", "//y", nullptr},
    {"/v1/*/orders", "/v1/acme/orders/7", "/7"},
    {"/v1/*/orders", "/v1/acme/order", nullptr},
    {"/v1/*/orders", "/v1//orders", nullptr},
    {"/v1/*/orders", "/v1/a/b/orders", nullptr},
    {"/v1/x*", "/v1/xy", nullptr},  // a star is a wildcard only as a whole element
    {"/v1/x*", "/v1/x*/z", "/z"},
};

TEST(CallSetup, BasePathsCoverWholeElements) {
    for (const SuffixCase& c : suffix_cases) {
        SCOPED_TRACE(std::string(c.base_path) + " and " + c.path);
        const bool covered = covers(c.base_path, c.path);
        EXPECT_EQ(covered, c.suffix != nullptr);
        if (!covered || c.suffix == nullptr) continue;
        EXPECT_EQ(path_suffix(c.base_path, c.path), c.suffix);
    }
}

struct ProxyCase {
    const char* path;
    const char* base_path;  // null = no proxy
};

const std::vector<ProxyCase> proxy_cases{
    {"/a", "/a"},      {"/a/c", "/a/*"},     {"/a/c/d", "/a/*"}, {"/a/b", "/a/b"},
    {"/a/b/", "/a/b"}, {"/a/b/c", "/a/b/c"}, {"/ab", nullptr},   {"/", nullptr},
};

TEST(CallSetup, TheLongestBasePathIsFoundAndAFixedOneBeforeAWildcard) {
    Bundle bundle;
    for (const char* base_path : {"/a/*", "/a", "/a/b", "/a/b/c", "/a/b/*"}) {
        bundle.proxies.emplace_back().base_path = base_path;
    }
    for (const ProxyCase& c : proxy_cases) {
        const ProxyEndpoint* found = find_proxy(bundle, c.path);
        const std::string base_path = found == nullptr ? "none" : found->base_path;
        EXPECT_EQ(base_path, c.base_path == nullptr ? "none" : c.base_path) << c.path;
    }
}

}  // namespace
}  // namespace catchrule
