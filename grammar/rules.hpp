// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tao/pegtl.hpp>

#include "grammar/lexical.hpp"

/// The condition language above its tokens (SEM-07, 08, 11, 12, 34, 35). What is open is on a stack
/// of the actions, so no rule contains itself and no text is too deep to read. Behind a `must`
/// there is no other reading, so its failure is the message.
namespace catchrule::grammar::rules {

struct literal : p::sor<text, number, true_word, false_word, null_word> {};
struct operand : p::sor<literal, quoted_name, variable> {};

struct left_operand : p::seq<operand> {};
struct right_operand : p::seq<operand> {};
struct right_text : p::seq<text> {};

template <bool Negated>
struct value_operator : comparison_operator<RightOperand::literal_or_variable, Negated> {};
template <bool Negated>
struct pattern_operator : comparison_operator<RightOperand::text_literal, Negated> {};

template <bool Negated>
struct operator_and_right : p::sor<p::seq<value_operator<Negated>, space, p::must<right_operand>>,
                                   p::seq<pattern_operator<Negated>, space, p::must<right_text>>> {
};

/// `x not null`, the form traces print, means `x != null`.
struct null_on_the_right : p::seq<null_word> {};
struct not_null : p::seq<word<'n', 'o', 't'>, space, null_on_the_right> {};

/// `x not MatchesPath "p"`, `x !~ "p"`.
struct infix_not : p::seq<not_operator> {};
struct after_infix_not : operator_and_right<true> {};
struct negated : p::seq<infix_not, space, p::must<after_infix_not>> {};

struct comparison : p::sor<not_null, negated, operator_and_right<false>> {};
struct test : p::seq<left_operand, p::opt<space, comparison>> {};

struct open_group : p::one<'('> {};
struct close_group : p::one<')'> {};
struct prefix_not : p::seq<not_operator> {};
struct and_here : p::seq<and_operator> {};
struct or_here : p::seq<or_operator> {};

/// A test with the parentheses and negations that open before it and the parentheses that close
/// behind it; the actions see that they are pairs.
struct opening : p::sor<open_group, prefix_not> {};
struct item : p::seq<p::star<opening, space>, p::must<test>, p::star<space, close_group>> {};

struct connective : p::sor<and_here, or_here> {};
struct whole : p::seq<item, p::star<space, connective, space, item>> {};
struct the_end : p::eof {};
struct condition : p::seq<space, whole, space, p::must<the_end>> {};

}  // namespace catchrule::grammar::rules
