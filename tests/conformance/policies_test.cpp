// SPDX-License-Identifier: Apache-2.0
// Runs every case of tests/conformance/policies/*/*.yaml; a folder for each policy.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "tests/support/flow_case.hpp"

namespace catchrule::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t fewest_cases = 200;

const std::vector<std::string> policies{"AssignMessage",  "ExtractVariables",
                                        "FlowCallout",    "KeyValueMapOperations",
                                        "MessageLogging", "Quota",
                                        "RaiseFault",     "ServiceCallout",
                                        "SpikeArrest",    "VerifyAPIKey"};

struct PolicyCase {
    std::string policy;
    FlowCase flow;
};

std::vector<PolicyCase> all_cases() {
    std::vector<PolicyCase> out;
    for (const std::string& policy : policies) {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(fs::path(CATCHRULE_POLICY_CASES) / policy))
            files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        for (const auto& file : files) {
            for (auto& flow : read_flow_cases(file.string()))
                out.push_back({policy, std::move(flow)});
        }
    }
    return out;
}

std::string test_name(const ::testing::TestParamInfo<PolicyCase>& info) {
    std::string out = info.param.policy + "_" + info.param.flow.name;
    for (char& c : out) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    }
    return out + "_" + std::to_string(info.index);
}

class Policies : public ::testing::TestWithParam<PolicyCase> {};

TEST_P(Policies, behave_as_the_case_says) {
    const FlowCase& flow = GetParam().flow;
    EXPECT_EQ(compare(flow.expect, run_flow_case(flow)), "") << flow.file << ": " << flow.name;
}

INSTANTIATE_TEST_SUITE_P(conformance, Policies, ::testing::ValuesIn(all_cases()), test_name);

TEST(PolicyCases, there_are_enough_for_each_policy) {
    std::map<std::string, std::size_t> count;
    for (const PolicyCase& each : all_cases()) ++count[each.policy];
    std::size_t total = 0;
    for (const std::string& policy : policies) {
        std::cout << "count: " << count[policy] << " cases of " << policy << '\n';
        EXPECT_GE(count[policy], 8U) << policy;
        total += count[policy];
    }
    std::cout << "count: " << total << " cases of tests/conformance/policies\n";
    EXPECT_GE(total, fewest_cases);
}

}  // namespace
}  // namespace catchrule::testing
