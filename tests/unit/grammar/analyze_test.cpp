// SPDX-License-Identifier: Apache-2.0
// PEGTL's own proof that no rule of the grammar can loop without reading anything.
#include <gtest/gtest.h>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

#include "grammar/rules.hpp"

namespace tao::pegtl {

// The two rules of our own each read at least one byte.
template <typename Name, catchrule::grammar::RightOperand Right, bool Negated>
struct analyze_traits<Name, catchrule::grammar::rules::comparison_operator<Right, Negated>>
    : analyze_any_traits<> {};
template <typename Name>
struct analyze_traits<Name, catchrule::grammar::rules::variable> : analyze_any_traits<> {};

}  // namespace tao::pegtl

namespace catchrule::grammar {
namespace {

TEST(Grammar, HasNoEndlessRule) { EXPECT_EQ(tao::pegtl::analyze<rules::condition>(), 0U); }

}  // namespace
}  // namespace catchrule::grammar
