// SPDX-License-Identifier: Apache-2.0
// Runs every case of tests/conformance/flows/*.yaml through the flow machine.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include <gtest/gtest.h>

#include "tests/support/flow_case.hpp"

namespace catchrule::testing {
namespace {

std::vector<FlowCase> all_cases() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(CATCHRULE_FLOW_CASES)) {
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<FlowCase> out;
    for (const auto& file : files) {
        for (auto& flow_case : read_flow_cases(file.string())) out.push_back(std::move(flow_case));
    }
    return out;
}

std::string test_name(const ::testing::TestParamInfo<FlowCase>& info) {
    std::string out =
        std::filesystem::path(info.param.file).stem().string() + "_" + info.param.name;
    for (char& c : out) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    }
    return out + "_" + std::to_string(info.index);
}

class Flows : public ::testing::TestWithParam<FlowCase> {};

TEST_P(Flows, behaves_as_the_case_says) {
    EXPECT_EQ(compare(GetParam().expect, run_flow_case(GetParam())), "");
}

// Recording must not change what happens.
TEST_P(Flows, behaves_the_same_when_nobody_looks) {
    const FlowResult seen = run_flow_case(GetParam());
    const FlowResult unseen = run_flow_case(GetParam(), false);
    EXPECT_FALSE(unseen.decision);
    EXPECT_TRUE(unseen.steps.empty());
    EXPECT_EQ(seen.response.status, unseen.response.status);
    EXPECT_EQ(seen.response.reason, unseen.response.reason);
    EXPECT_EQ(seen.response.headers, unseen.response.headers);
    EXPECT_EQ(seen.response.content, unseen.response.content);
    EXPECT_EQ(seen.variables, unseen.variables);
    EXPECT_EQ(seen.target_url, unseen.target_url);
    EXPECT_EQ(seen.fault ? seen.fault->code : "", unseen.fault ? unseen.fault->code : "");
}

INSTANTIATE_TEST_SUITE_P(conformance, Flows, ::testing::ValuesIn(all_cases()), test_name);

constexpr std::size_t fewest_cases = 150;

TEST(FlowCases, there_are_enough) {
    const std::size_t count = all_cases().size();
    std::cout << "count: " << count << " cases of tests/conformance/flows\n";
    EXPECT_GE(count, fewest_cases);
}

// The list of fault-flow vectors F1 to F25: a case for each, or this fails.
TEST(FlowVectors, every_vector_of_the_list_has_a_case) {
    const auto cases = all_cases();
    for (int i = 1; i <= 25; ++i) {
        const std::string id = "F" + std::to_string(i) + " ";
        EXPECT_TRUE(std::any_of(cases.begin(), cases.end(),
                                [&](const FlowCase& c) { return c.name.starts_with(id); }))
            << "no case for " << id;
    }
}

}  // namespace
}  // namespace catchrule::testing
