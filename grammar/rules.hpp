// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tao/pegtl.hpp>

#include "grammar/lexical.hpp"

/// The condition language above its tokens (SEM-07, 08, 11, 12, 34, 35). Every construct has one
/// `must`: behind it there is no other reading, so its failure is the message.
namespace catchrule::grammar::rules {

struct or_chain;
struct negation;

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
struct inside_group : p::seq<space, or_chain, space> {};
struct group : p::seq<open_group, p::must<inside_group>, p::must<close_group>> {};

struct unary : p::sor<group, negation, test> {};

struct prefix_not : p::seq<not_operator> {};
struct after_not : p::seq<unary> {};
struct negation : p::seq<prefix_not, space, p::must<after_not>> {};

struct begin_and : p::success {};
struct and_here : p::seq<and_operator> {};
struct after_and : p::seq<unary> {};
struct and_chain : p::seq<begin_and, unary, p::star<space, and_here, space, p::must<after_and>>> {};

struct begin_or : p::success {};
struct or_here : p::seq<or_operator> {};
struct after_or : p::seq<and_chain> {};
struct or_chain : p::seq<begin_or, and_chain, p::star<space, or_here, space, p::must<after_or>>> {};

struct whole : p::seq<or_chain> {};
struct condition : p::seq<space, p::must<whole>, space, p::must<p::eof>> {};

}  // namespace catchrule::grammar::rules
