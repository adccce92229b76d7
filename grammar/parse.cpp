// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "grammar/messages.hpp"
#include "grammar/parse_state.hpp"
#include "grammar/rules.hpp"

namespace catchrule::grammar {
namespace {

template <typename Rule>
struct Action : rules::p::nothing<Rule> {};

template <auto Function>
struct Do {
    template <typename ActionInput>
    static void apply(const ActionInput& in, ParseState& st) {
        const std::string_view text = in.string_view();
        Function(st, Token{text, st.span(text)});
    }
};

template <Before before>
struct Note : Do<[](ParseState& st, Token t) { st.stand_after(before, t.span); }> {};

template <OperandKind kind>
struct Quoted : Do<[](ParseState& st, Token t) {
    st.set_operand(kind, t.text.substr(1, t.text.size() - 2), t.span);
}> {};

template <OperandKind kind>
struct Bare : Do<[](ParseState& st, Token t) { st.set_operand(kind, t.text, t.span); }> {};

template <bool value>
struct Truth : Do<[](ParseState& st, Token t) {
    st.set_operand(OperandKind::boolean, t.text, t.span, Value::boolean(value));
}> {};

struct TakeRight : Do<[](ParseState& st, Token) { st.take_right(); }> {};

template <Before before>
struct TakeOperator : Do<[](ParseState& st, Token t) {
    st.take_operator(*find_operator(t.text));
    st.stand_after(before, t.span);
}> {};

// A member function of ParseState that takes the span of what was matched.
template <auto Member>
struct At : Do<[](ParseState& st, Token t) { (st.*Member)(t.span); }> {};

template <>
struct Action<rules::open_text> : Note<Before::open_text> {};
template <>
struct Action<rules::open_name> : Note<Before::open_name> {};
template <>
struct Action<rules::text> : Quoted<OperandKind::text> {};
template <>
struct Action<rules::quoted_name> : Quoted<OperandKind::quoted_variable> {};
template <>
struct Action<rules::true_word> : Truth<true> {};
template <>
struct Action<rules::false_word> : Truth<false> {};
template <>
struct Action<rules::number> : Do<[](ParseState& st, Token t) { st.set_number(t); }> {};
template <>
struct Action<rules::null_word> : Bare<OperandKind::null> {};
template <>
struct Action<rules::variable> : Bare<OperandKind::variable> {};

template <>
struct Action<rules::left_operand> : At<&ParseState::take_left> {};
template <>
struct Action<rules::right_operand> : TakeRight {};
template <>
struct Action<rules::right_text> : TakeRight {};
template <>
struct Action<rules::null_on_the_right> : Do<[](ParseState& st, Token) {
    st.take_operator(Operator::not_equals);
    st.take_right();
}> {};
template <bool Negated>
struct Action<rules::value_operator<Negated>> : TakeOperator<Before::value_operator> {};
template <bool Negated>
struct Action<rules::pattern_operator<Negated>> : TakeOperator<Before::pattern_operator> {};
template <>
struct Action<rules::infix_not> : Do<[](ParseState& st, Token t) {
    st.take_infix_not();
    st.stand_after(Before::infix_not, t.span);
}> {};
template <>
struct Action<rules::test> : At<&ParseState::finish_test> {};

template <>
struct Action<rules::open_group> : At<&ParseState::open_group> {};
template <>
struct Action<rules::close_group> : At<&ParseState::close_group> {};
template <>
struct Action<rules::prefix_not> : At<&ParseState::open_negation> {};
template <>
struct Action<rules::and_here> : At<&ParseState::and_here> {};
template <>
struct Action<rules::or_here> : At<&ParseState::or_here> {};
template <>
struct Action<rules::the_end> : At<&ParseState::finish_whole> {};

template <typename Rule>
struct Control : rules::p::normal<Rule> {
    template <typename ParseInput>
    [[noreturn]] static void raise(const ParseInput& in, ParseState& st) {
        st.give_up(st.offset(in.current()));
    }
};

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

Diagnostic too_long(std::string_view text, const Limits& limits, std::string_view what) {
    const auto size = static_cast<std::uint32_t>(text.size());
    return make_diagnostic(Problem::condition_too_long,
                           {std::min(limits.max_condition_bytes, size), size},
                           "expected at most " + std::to_string(limits.max_condition_bytes) +
                               " bytes" + std::string(what));
}

// No piece of a condition is printed more than so many times as long: `!a` as `(not a)`.
constexpr std::size_t most_growth = 6;

bool fits_in_canonical_form(const Ast& ast, std::string_view text, const Limits& limits) {
    return text.size() <= limits.max_condition_bytes / most_growth ||
           print(ast).size() <= limits.max_condition_bytes;
}

}  // namespace

Parsed<Ast> parse(std::string_view text, const Limits& limits) {
    Parsed<Ast> result;
    if (text.size() > limits.max_condition_bytes) {
        result.diagnostics.push_back(too_long(text, limits, ""));
        return result;
    }
    if (is_blank(text)) {
        result.value.emplace().empty = true;
        result.diagnostics.push_back(make_diagnostic(
            Problem::empty_condition, {0, 0}, "expected a condition, an empty one is always true"));
        return result;
    }
    ParseState st(text, limits);
    rules::p::memory_input<rules::p::tracking_mode::lazy> in(text.data(), text.data() + text.size(),
                                                             "condition");
    try {
        rules::p::parse<rules::condition, Action, Control>(in, st);
    } catch (SyntaxError& error) {
        result.diagnostics.push_back(std::move(error.diagnostic));
        return result;
    }
    Ast ast = st.take_ast();
    if (!fits_in_canonical_form(ast, text, limits)) {
        result.diagnostics.push_back(too_long(text, limits, " in canonical form"));
        return result;
    }
    result.value = std::move(ast);
    result.diagnostics = st.take_warnings();
    return result;
}

}  // namespace catchrule::grammar
