// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include <tao/pegtl.hpp>

#include "grammar/messages.hpp"
#include "grammar/operators.hpp"

/// The tokens of the condition language (SEMANTICS 1.3; SEM-16, 17, 18, 32, 34).
namespace catchrule::grammar::rules {

namespace p = tao::pegtl;

struct space : p::star<p::space> {};

struct name_char : p::sor<p::alnum, p::one<'-', '_', '.'>> {};

/// A word operator ends where a name could not go on: `andb` is a name, `"x"and(` is not.
template <char... Chars>
struct word : p::seq<p::istring<Chars...>, p::not_at<name_char>> {};

struct and_operator : p::sor<p::string<'&', '&'>, word<'a', 'n', 'd'>> {};
struct or_operator : p::sor<p::string<'|', '|'>, word<'o', 'r'>> {};

/// `!=` is an operator of its own, `!=|` is a negated StartsWith.
struct not_equals_ahead : p::seq<p::one<'='>, p::not_at<p::one<'|'>>> {};
struct not_operator
    : p::sor<p::seq<p::one<'!'>, p::not_at<not_equals_ahead>>, word<'n', 'o', 't'>> {};

/// The text still to be read.
template <typename ParseInput>
std::string_view ahead(const ParseInput& in) {
    return {in.current(), in.size()};
}

/// The longest spelling of the operator table that stands at the start of `text`; empty if none
/// does.
inline std::string_view operator_spelling(std::string_view text) {
    std::string_view longest;
    for (const OperatorRow& row : operator_table()) {
        for (const std::string_view symbol : row.symbols) {
            if (symbol.size() > longest.size() && text.starts_with(symbol)) {
                longest = text.substr(0, symbol.size());
            }
        }
    }
    const std::string_view word = word_at(text, 0);
    if (longest.empty() && find_operator(word)) longest = word;
    return longest;
}

/// A comparison operator that takes `Right` on its right; with `Negated` only one that may follow
/// `not`.
template <RightOperand Right, bool Negated>
struct comparison_operator {
    using rule_t = comparison_operator;
    using subs_t = p::type_list<>;

    template <typename ParseInput>
    static bool match(ParseInput& in) {
        const std::string_view spelling = operator_spelling(ahead(in));
        const std::optional<Operator> op = find_operator(spelling);
        if (!op || row(*op).right != Right || (Negated && !row(*op).infix_negation)) return false;
        in.bump_in_this_line(spelling.size());
        return true;
    }
};

/// A variable: any name that is not an operator word.
struct variable {
    using rule_t = variable;
    using subs_t = p::type_list<>;

    template <typename ParseInput>
    static bool match(ParseInput& in) {
        const std::string_view rest = ahead(in);
        if (rest.empty() || !is_name_start(rest[0])) return false;
        const std::string_view name = word_at(rest, 0);
        if (is_reserved(name)) return false;
        in.bump_in_this_line(name.size());
        return true;
    }
};

struct open_text : p::one<'"'> {};
struct text_content : p::star<p::not_one<'"'>> {};
struct close_text : p::one<'"'> {};
struct text : p::seq<open_text, text_content, p::must<close_text>> {};

struct open_name : p::one<'\''> {};
struct name_content : p::plus<p::not_one<'\''>> {};
struct rest_of_name : p::seq<name_content, p::one<'\''>> {};
struct quoted_name : p::seq<open_name, p::must<rest_of_name>> {};

/// Everything that starts like a number and runs as far as a name would; its action judges the
/// form.
struct number_start : p::seq<p::opt<p::one<'-'>>, p::opt<p::one<'.'>>, p::digit> {};
struct number : p::seq<p::at<number_start>, p::opt<p::one<'-'>>, p::plus<name_char>> {};

struct true_word : word<'t', 'r', 'u', 'e'> {};
struct false_word : word<'f', 'a', 'l', 's', 'e'> {};
struct null_word : word<'n', 'u', 'l', 'l'> {};

}  // namespace catchrule::grammar::rules
