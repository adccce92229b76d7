// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "grammar/messages.hpp"
#include "grammar/number.hpp"
#include "grammar/rules.hpp"

namespace catchrule::grammar {
namespace {

// Thrown inside this file only: the first syntax error ends the reading of a condition.
struct SyntaxError {
    Diagnostic diagnostic;
};

[[noreturn]] void fail(Problem problem, Span span, std::string message, std::string fix = {}) {
    throw SyntaxError{make_diagnostic(problem, span, std::move(message), std::move(fix))};
}

// What a rule matched.
struct Token {
    std::string_view text;
    Span span;
};

// The operands of a chain lie on State::values from `first` on.
struct Chain {
    std::size_t first = 0;
    Span loose_and;  // an `and` chain without parentheses inside this `or` chain
};

struct State {
    State(std::string_view t, const Limits& l) : text(t), limits(l) {}

    Span span(std::string_view part) const {
        const auto begin = static_cast<std::uint32_t>(part.data() - text.data());
        return {begin, begin + static_cast<std::uint32_t>(part.size())};
    }
    std::string_view slice(Span s) const { return text.substr(s.begin, s.end - s.begin); }
    void warn(Problem problem, Span at, std::string message, std::string fix = {}) {
        warnings.push_back(make_diagnostic(problem, at, std::move(message), std::move(fix)));
    }
    NodeId add(Node node) {
        const std::uint32_t deep = canonical_nesting(node);
        if (deep > limits.max_nesting) {
            fail(Problem::nesting_too_deep, node.span,
                 "expected a condition that nests at most " + std::to_string(limits.max_nesting) +
                     " deep in canonical form");
        }
        nesting.push_back(deep);
        ast.nodes.push_back(std::move(node));
        return static_cast<NodeId>(ast.nodes.size() - 1);
    }
    // Parentheses and negations that print() opens at the deepest place of `node`.
    std::uint32_t canonical_nesting(const Node& node) const {
        if (node.kind == NodeKind::truth) return 0;
        if (node.kind == NodeKind::comparison) return 1;
        if (node.kind == NodeKind::negation) return nesting[node.children[0]] + 2;
        const auto last = static_cast<std::uint32_t>(node.children.size() - 1);
        std::uint32_t deepest = 0;
        for (std::uint32_t i = 0; i <= last; ++i) {
            deepest = std::max(deepest, std::min(i + 1, last) + nesting[node.children[i]]);
        }
        return deepest;
    }
    void deeper(Span at) {
        if (++depth <= limits.max_nesting) return;
        fail(Problem::nesting_too_deep, at,
             "expected at most " + std::to_string(limits.max_nesting) +
                 " open parentheses and negations");
    }
    void stand_after(Before before, Span last) {
        place.before = before;
        place.last = last;
    }

    std::string_view text;
    const Limits& limits;
    Ast ast;
    std::vector<Diagnostic> warnings;
    std::vector<NodeId> values;
    std::vector<std::uint32_t> nesting;  // of each node's canonical form
    std::vector<Chain> chains;
    std::vector<Span> groups;
    std::uint32_t depth = 0;
    std::uint32_t tests = 0;

    // The test being read; tests do not nest.
    Operand operand;
    Operand left;
    Operand right;
    Operator op = Operator::equals;
    bool compared = false;
    bool infix_not = false;

    Place place;
};

std::string as_double_quoted(std::string_view name) { return '"' + std::string(name) + '"'; }

bool is_plain_name(std::string_view text) {
    return !text.empty() && is_name_start(text[0]) && word_at(text, 0) == text &&
           !is_reserved(text);
}

void warn_about_constants(State& st, const Node& node) {
    const bool left_is_text = node.left.kind == OperandKind::text;
    if (node.kind == NodeKind::comparison && left_is_text) {
        st.warn(Problem::text_on_the_left, node.left.span,
                "expected a variable on the left, found text, which is never a variable",
                is_plain_name(node.left.text) ? node.left.text : "");
        return;
    }
    if (node.left.is_variable()) return;
    if (node.kind == NodeKind::comparison && node.right.is_variable()) return;
    st.warn(Problem::constant_test, node.span,
            "expected a variable, found a test whose result never changes");
}

// `'GET'`: a name that needs no quotes, or has no dot as nearly every variable has, was meant as
// text.
void warn_about_quotes(State& st, const Operand& right) {
    if (right.kind != OperandKind::quoted_variable) return;
    const bool has_dot = right.text.find('.') != std::string::npos;
    if (has_dot && !is_plain_name(right.text)) return;
    const bool can_be_text = right.text.find('"') == std::string::npos;
    st.warn(Problem::quotes_round_text, right.span,
            "expected text in double quotes, single quotes make a variable name",
            can_be_text ? as_double_quoted(right.text) : "");
}

NodeId add_negation(State& st, NodeId child, Span span) {
    Node node;
    node.kind = NodeKind::negation;
    node.span = span;
    node.children = {child};
    return st.add(std::move(node));
}

void finish_test(State& st, Span span) {
    if (++st.tests > st.limits.max_atoms) {
        fail(Problem::too_many_tests, span,
             "expected at most " + std::to_string(st.limits.max_atoms) + " comparisons");
    }
    Node node;
    node.kind = st.compared ? NodeKind::comparison : NodeKind::truth;
    node.span = span;
    node.op = st.op;
    node.left = std::move(st.left);
    if (st.compared) node.right = std::move(st.right);
    warn_about_constants(st, node);
    if (st.compared) warn_about_quotes(st, node.right);

    NodeId id = st.add(std::move(node));
    if (st.infix_not) id = add_negation(st, id, span);
    st.values.push_back(id);
    st.stand_after(st.compared ? Before::test : Before::operand, span);
}

void finish_chain(State& st, NodeKind kind, Span span) {
    const Chain chain = st.chains.back();
    st.chains.pop_back();
    if (st.values.size() - chain.first < 2) return;
    Node node;
    node.kind = kind;
    node.span = span;
    node.children.assign(st.values.begin() + static_cast<std::ptrdiff_t>(chain.first),
                         st.values.end());
    st.values.resize(chain.first);
    st.values.push_back(st.add(std::move(node)));
    if (kind == NodeKind::all_of) {
        Span& loose = st.chains.back().loose_and;
        if (loose.end == 0) loose = span;
    } else if (chain.loose_and.end != 0) {
        st.warn(Problem::mixed_and_or, chain.loose_and,
                "expected parentheses where 'and' and 'or' meet, 'and' is read first",
                '(' + std::string(st.slice(chain.loose_and)) + ')');
    }
}

void set_operand(State& st, OperandKind kind, std::string_view text, Span span, Value value = {}) {
    st.operand = Operand{kind, std::string(text), value, span};
}

void set_number(State& st, Token token) {
    const Span span = token.span;
    const Number number = read_number(token.text);
    switch (number.problem) {
        case NumberProblem::none:
            break;
        case NumberProblem::leading_zero:
            fail(Problem::bad_number, span, "expected a number without leading zeros");
        case NumberProblem::exponent:
            fail(Problem::bad_number, span, "expected a number without exponent",
                 "write all digits, as in 100000");
        case NumberProblem::fraction_of_long:
            fail(Problem::bad_number, span, "expected digits only before the suffix 'L'",
                 std::string(token.text.substr(0, token.text.size() - 1)) + 'd');
        case NumberProblem::malformed:
            fail(Problem::bad_number, span,
                 "expected a number: digits, at most one '.', at most one suffix f, d or l");
        case NumberProblem::out_of_range:
            fail(Problem::number_out_of_range, span,
                 "expected a number within the range of its type");
    }
    set_operand(st, OperandKind::number, token.text, span, number.value);
}

template <typename Rule>
struct Action : rules::p::nothing<Rule> {};

template <auto Function>
struct Do {
    template <typename ActionInput>
    static void apply(const ActionInput& in, State& st) {
        const std::string_view text = in.string_view();
        Function(st, Token{text, st.span(text)});
    }
};

template <Before before>
struct Note : Do<[](State& st, Token t) { st.stand_after(before, t.span); }> {};

template <OperandKind kind>
struct Quoted : Do<[](State& st, Token t) {
    set_operand(st, kind, t.text.substr(1, t.text.size() - 2), t.span);
}> {};

template <bool value>
struct Truth : Do<[](State& st, Token t) {
    set_operand(st, OperandKind::boolean, t.text, t.span, Value::boolean(value));
}> {};

struct TakeRight : Do<[](State& st, Token) {
    st.right = std::move(st.operand);
    st.compared = true;
}> {};

template <Before before>
struct TakeOperator : Do<[](State& st, Token t) {
    st.op = *find_operator(t.text);
    st.stand_after(before, t.span);
}> {};

struct BeginChain : Do<[](State& st, Token) { st.chains.push_back({st.values.size(), {}}); }> {};

template <NodeKind kind>
struct FinishChain : Do<[](State& st, Token t) { finish_chain(st, kind, t.span); }> {};

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
struct Action<rules::number> : Do<[](State& st, Token t) { set_number(st, t); }> {};
template <>
struct Action<rules::null_word>
    : Do<[](State& st, Token t) { set_operand(st, OperandKind::null, t.text, t.span); }> {};
template <>
struct Action<rules::variable>
    : Do<[](State& st, Token t) { set_operand(st, OperandKind::variable, t.text, t.span); }> {};

template <>
struct Action<rules::left_operand> : Do<[](State& st, Token t) {
    st.left = std::move(st.operand);
    st.compared = false;
    st.infix_not = false;
    st.stand_after(Before::operand, t.span);
}> {};
template <>
struct Action<rules::right_operand> : TakeRight {};
template <>
struct Action<rules::right_text> : TakeRight {};
template <>
struct Action<rules::null_on_the_right> : Do<[](State& st, Token) {
    st.right = std::move(st.operand);
    st.compared = true;
    st.op = Operator::not_equals;
}> {};
template <bool Negated>
struct Action<rules::value_operator<Negated>> : TakeOperator<Before::value_operator> {};
template <bool Negated>
struct Action<rules::pattern_operator<Negated>> : TakeOperator<Before::pattern_operator> {};
template <>
struct Action<rules::infix_not> : Do<[](State& st, Token t) {
    st.infix_not = true;
    st.stand_after(Before::infix_not, t.span);
}> {};
template <>
struct Action<rules::test> : Do<[](State& st, Token t) { finish_test(st, t.span); }> {};

template <>
struct Action<rules::open_group> : Do<[](State& st, Token t) {
    st.deeper(t.span);
    st.groups.push_back(t.span);
    st.stand_after(Before::group, t.span);
}> {};
template <>
struct Action<rules::close_group> : Do<[](State& st, Token t) {
    --st.depth;
    st.groups.pop_back();
    st.stand_after(Before::test, t.span);
}> {};
template <>
struct Action<rules::prefix_not> : Do<[](State& st, Token t) {
    st.deeper(t.span);
    st.stand_after(Before::not_word, t.span);
}> {};
template <>
struct Action<rules::negation> : Do<[](State& st, Token t) {
    --st.depth;
    st.values.back() = add_negation(st, st.values.back(), t.span);
}> {};

template <>
struct Action<rules::and_here> : Note<Before::and_word> {};
template <>
struct Action<rules::or_here> : Note<Before::or_word> {};
template <>
struct Action<rules::begin_and> : BeginChain {};
template <>
struct Action<rules::begin_or> : BeginChain {};
template <>
struct Action<rules::and_chain> : FinishChain<NodeKind::all_of> {};
template <>
struct Action<rules::or_chain> : FinishChain<NodeKind::any_of> {};

template <typename Rule>
struct Control : rules::p::normal<Rule> {
    template <typename ParseInput>
    [[noreturn]] static void raise(const ParseInput& in, State& st) {
        st.place.in_group = !st.groups.empty();
        if (st.place.in_group) st.place.group = st.groups.back();
        const auto at = static_cast<std::uint32_t>(in.current() - st.text.data());
        throw SyntaxError{explain(st.text, at, st.place)};
    }
};

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

}  // namespace

Parsed<Ast> parse(std::string_view text, const Limits& limits) {
    Parsed<Ast> result;
    if (text.size() > limits.max_condition_bytes) {
        const Span rest{limits.max_condition_bytes, static_cast<std::uint32_t>(text.size())};
        result.diagnostics.push_back(make_diagnostic(
            Problem::condition_too_long, rest,
            "expected at most " + std::to_string(limits.max_condition_bytes) + " bytes"));
        return result;
    }
    if (is_blank(text)) {
        result.value.emplace().empty = true;
        result.diagnostics.push_back(make_diagnostic(
            Problem::empty_condition, {0, 0}, "expected a condition, an empty one is always true"));
        return result;
    }
    State st(text, limits);
    rules::p::memory_input<rules::p::tracking_mode::lazy> in(text.data(), text.data() + text.size(),
                                                             "condition");
    try {
        rules::p::parse<rules::condition, Action, Control>(in, st);
    } catch (SyntaxError& error) {
        result.diagnostics.push_back(std::move(error.diagnostic));
        return result;
    }
    st.ast.root = st.values.back();
    std::sort(st.warnings.begin(), st.warnings.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.span.begin, a.code) < std::tie(b.span.begin, b.code);
    });
    result.value = std::move(st.ast);
    result.diagnostics = std::move(st.warnings);
    return result;
}

}  // namespace catchrule::grammar
