// SPDX-License-Identifier: Apache-2.0
#include "engine/model.hpp"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

TEST(SuccessCodes, DefaultsToHundredsBelow400) {
    const SuccessCodes codes;
    for (const int status : {100, 200, 299, 301, 399})
        EXPECT_TRUE(codes.contains(status)) << status;
    for (const int status : {0, 99, 400, 404, 500, 599, 600, -1})
        EXPECT_FALSE(codes.contains(status)) << status;
}

TEST(SuccessCodes, ReplacesTheDefault) {
    const auto codes = SuccessCodes::parse("2xx, 4XX ,503");
    ASSERT_TRUE(codes);
    for (const int status : {200, 404, 503}) EXPECT_TRUE(codes->contains(status)) << status;
    for (const int status : {100, 301, 500, 502}) EXPECT_FALSE(codes->contains(status)) << status;
}

TEST(SuccessCodes, RefusesWhatIsNoStatus) {
    for (const std::string_view text : {"", " ", "2x", "2xxx", "6xx", "0xx", "20x", "2xx,", ",2xx",
                                        "2xx 3xx", "abc", "99", "1000", "-20"}) {
        EXPECT_FALSE(SuccessCodes::parse(text)) << text;
    }
}

TEST(Bundle, FindsByName) {
    Bundle bundle;
    bundle.proxies.resize(2);
    bundle.proxies[1].name = "b";
    bundle.targets.resize(1);
    bundle.targets[0].name = "b";
    bundle.policies.resize(1);
    bundle.policies[0].name = "p";
    EXPECT_EQ(bundle.proxy("b"), &bundle.proxies[1]);
    EXPECT_EQ(bundle.proxy("c"), nullptr);
    EXPECT_EQ(bundle.target("b"), bundle.targets.data());
    EXPECT_EQ(bundle.policy("p"), bundle.policies.data());
    EXPECT_EQ(bundle.policy("P"), nullptr);
}

TEST(Bundle, FileNameIsTheLastPathElement) {
    Bundle bundle;
    bundle.files.push_back(std::make_shared<const grammar::Source>("a/b/c.xml", ""));
    bundle.files.push_back(std::make_shared<const grammar::Source>("c.xml", ""));
    EXPECT_EQ(bundle.file_name({0, 1, 1}), "c.xml");
    EXPECT_EQ(bundle.file_name({1, 1, 1}), "c.xml");
    EXPECT_EQ(bundle.file_name({2, 1, 1}), "");
}

}  // namespace
}  // namespace catchrule
