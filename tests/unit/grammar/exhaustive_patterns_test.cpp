// SPDX-License-Identifier: Apache-2.0
// Every short pattern against every short subject: the bitset matcher and the backtracking one
// agree.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "grammar/pattern.hpp"
#include "tests/support/naive_condition.hpp"

namespace catchrule::grammar {
namespace {

using catchrule::testing::naive_matches;
using catchrule::testing::naive_matches_path;

// All words over `alphabet` of at most `length` letters, shortest first.
std::vector<std::string> words(std::string_view alphabet, std::size_t length) {
    std::vector<std::string> all{""};
    std::size_t begin = 0;
    for (std::size_t size = 1; size <= length; ++size) {
        const std::size_t end = all.size();
        for (std::size_t i = begin; i < end; ++i) {
            for (const char c : alphabet) all.push_back(all[i] + c);
        }
        begin = end;
    }
    return all;
}

// `prefix` is put before both, so that the interesting states lie where machine words meet.
std::size_t disagreements(Operator op, const std::vector<std::string>& patterns,
                          const std::vector<std::string>& subjects,
                          const std::string& prefix = "") {
    const auto naive = op == Operator::matches ? naive_matches : naive_matches_path;
    std::size_t wrong = 0;
    for (const std::string& pattern : patterns) {
        const auto compiled = Pattern::compile(op, prefix + pattern);
        if (!compiled) {
            ADD_FAILURE() << pattern;
            continue;
        }
        for (const std::string& subject : subjects) {
            const bool expected = naive(prefix + pattern, prefix + subject);
            if (compiled->matches(prefix + subject) == expected) continue;
            if (++wrong <= 10) {
                ADD_FAILURE() << "pattern '" << prefix + pattern << "' subject '"
                              << prefix + subject << "' expected " << expected;
            }
        }
    }
    return wrong;
}

TEST(ExhaustivePatterns, Matches) {
    EXPECT_EQ(disagreements(Operator::matches, words("a/*%", 5), words("a/*%", 4)), 0U);
}

TEST(ExhaustivePatterns, MatchesPath) {
    EXPECT_EQ(disagreements(Operator::matches_path, words("a/*%", 5), words("a/*%", 4)), 0U);
}

TEST(ExhaustivePatterns, MatchesPathLongerSubjects) {
    EXPECT_EQ(disagreements(Operator::matches_path, words("/*", 7), words("a/", 7)), 0U);
}

TEST(ExhaustivePatterns, MatchesPathWithPlaceholders) {
    EXPECT_EQ(disagreements(Operator::matches_path, words("a/*{}", 4), words("a/{}", 4)), 0U);
}

TEST(ExhaustivePatterns, AcrossMachineWords) {
    for (std::size_t length = 60; length <= 64; ++length) {
        const std::string prefix(length, 'x');
        for (const Operator op : {Operator::matches, Operator::matches_path}) {
            EXPECT_EQ(disagreements(op, words("a/*", 4), words("a/", 4), prefix), 0U);
            EXPECT_EQ(disagreements(op, words("a/*", 4), words("a/", 4), prefix + '/'), 0U);
        }
    }
}

}  // namespace
}  // namespace catchrule::grammar
