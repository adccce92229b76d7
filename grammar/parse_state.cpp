// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse_state.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "grammar/number.hpp"

namespace catchrule::grammar {
namespace {

// Warnings of one condition: a text of nothing else would have thousands.
constexpr std::size_t most_warnings = 100;

[[noreturn]] void fail(Problem problem, Span span, std::string_view message,
                       std::string_view fix = {}) {
    throw SyntaxError{make_diagnostic(problem, span, message, fix)};
}

std::string as_double_quoted(std::string_view name) { return '"' + std::string(name) + '"'; }

bool is_plain_name(std::string_view text) {
    return !text.empty() && is_name_start(text[0]) && word_at(text, 0) == text &&
           !is_reserved(text);
}

}  // namespace

Span ParseState::span(std::string_view part) const {
    const std::uint32_t begin = offset(part.data());
    return {begin, begin + static_cast<std::uint32_t>(part.size())};
}

std::uint32_t ParseState::offset(const char* at) const {
    return static_cast<std::uint32_t>(at - text_.data());
}

void ParseState::stand_after(Before before, Span last) {
    place_.before = before;
    place_.last = last;
}

void ParseState::give_up(std::uint32_t at) {
    place_.in_group = groups_.size() > 1;
    if (place_.in_group) place_.group = groups_.back().open;
    throw SyntaxError{explain(text_, at, place_)};
}

Ast ParseState::take_ast() {
    ast_.root = values_.back();
    for (Node& node : ast_.nodes) std::reverse(node.children.begin(), node.children.end());
    return std::move(ast_);
}

std::vector<Diagnostic> ParseState::take_warnings() {
    std::sort(warnings_.begin(), warnings_.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.span.begin, a.code) < std::tie(b.span.begin, b.code);
    });
    return std::move(warnings_);
}

void ParseState::warn(Problem problem, Span at, std::string_view message, std::string_view fix) {
    if (warnings_.size() >= most_warnings) return;
    warnings_.push_back(make_diagnostic(problem, at, message, fix));
}

void ParseState::warn_about_constants(const Node& node) {
    const bool left_is_text = node.left.kind == OperandKind::text;
    if (node.kind == NodeKind::comparison && left_is_text) {
        warn(Problem::text_on_the_left, node.left.span,
             "expected a variable on the left, found text, which is never a variable",
             is_plain_name(node.left.text) ? node.left.text : "");
        return;
    }
    if (node.left.is_variable()) return;
    if (node.kind == NodeKind::comparison && node.right.is_variable()) return;
    warn(Problem::constant_test, node.span,
         "expected a variable, found a test whose result never changes");
}

// `'GET'`: a name that needs no quotes, or has no dot as nearly every variable has, was meant as
// text.
void ParseState::warn_about_quotes(const Operand& right) {
    if (right.kind != OperandKind::quoted_variable) return;
    const bool has_dot = right.text.find('.') != std::string::npos;
    if (has_dot && !is_plain_name(right.text)) return;
    const bool can_be_text = right.text.find('"') == std::string::npos;
    warn(Problem::quotes_round_text, right.span,
         "expected text in double quotes, single quotes make a variable name",
         can_be_text ? as_double_quoted(right.text) : "");
}

NodeId ParseState::add(Node node) {
    nesting_.push_back(nesting_of(node));
    ast_.nodes.push_back(std::move(node));
    return checked(static_cast<NodeId>(ast_.nodes.size() - 1));
}

NodeId ParseState::add_negation(NodeId child, Span at) {
    Node node;
    node.kind = NodeKind::negation;
    node.span = at;
    node.children = {child};
    return add(std::move(node));
}

NodeId ParseState::checked(NodeId id) const {
    if (nesting_[id] > limits_.max_nesting) {
        fail(Problem::nesting_too_deep, ast_[id].span,
             "expected a condition that nests at most " + std::to_string(limits_.max_nesting) +
                 " deep in canonical form");
    }
    return id;
}

// As Limits::max_nesting counts the canonical form.
std::uint32_t ParseState::nesting_of(const Node& node) const {
    if (node.kind == NodeKind::truth) return 0;
    if (node.kind == NodeKind::comparison) return 1;
    if (node.kind == NodeKind::negation) return nesting_[node.children[0]] + 2;
    std::uint32_t deepest = 0;
    for (const NodeId child : node.children) deepest = std::max(deepest, nesting_[child]);
    return deepest + 1;
}

void ParseState::deeper(Span at) {
    if (++depth_ <= limits_.max_nesting) return;
    fail(Problem::nesting_too_deep, at,
         "expected at most " + std::to_string(limits_.max_nesting) +
             " open parentheses and negations");
}

// Something of an operand starts here.
void ParseState::begin_operand(std::uint32_t at) {
    Group& group = groups_.back();
    if (!group.or_begin) group.or_begin = at;
    if (!group.and_begin) group.and_begin = at;
}

// An operand is complete: the negations before it take it.
void ParseState::finish_operand(std::uint32_t end) {
    operand_end_ = end;
    while (!negations_.empty() && negations_.back().groups == groups_.size()) {
        values_.back() = add_negation(values_.back(), {negations_.back().begin, end});
        negations_.pop_back();
        --depth_;
    }
}

// Behind a connective a group may go on with the chain, which counts once; if it does not, its node
// counts.
void ParseState::open_group(Span at) {
    Group group;
    group.open = at;
    group.counted = place_.before != Before::and_word && place_.before != Before::or_word;
    group.or_first = group.and_first = values_.size();
    if (group.counted) deeper(at);
    begin_operand(at.begin);
    groups_.push_back(group);
    stand_after(Before::group, at);
}

void ParseState::close_group(Span at) {
    if (groups_.size() == 1) give_up(at.begin);
    finish_or();
    if (groups_.back().counted) --depth_;
    groups_.pop_back();
    stand_after(Before::test, at);
    finish_operand(at.end);
}

void ParseState::open_negation(Span at) {
    deeper(at);
    begin_operand(at.begin);
    negations_.push_back({at.begin, groups_.size()});
    stand_after(Before::not_word, at);
}

void ParseState::or_here(Span at) {
    finish_and();
    stand_after(Before::or_word, at);
}

void ParseState::finish_whole(Span at) {
    if (groups_.size() > 1) give_up(at.begin);
    finish_or();
}

void ParseState::finish_test(Span at) {
    if (++tests_ > limits_.max_atoms) {
        fail(Problem::too_many_tests, at,
             "expected at most " + std::to_string(limits_.max_atoms) + " comparisons");
    }
    begin_operand(at.begin);
    Node node;
    node.kind = compared_ ? NodeKind::comparison : NodeKind::truth;
    node.span = at;
    node.op = op_;
    node.left = std::move(left_);
    if (compared_) node.right = std::move(right_);
    warn_about_constants(node);
    if (compared_) warn_about_quotes(node.right);

    NodeId id = add(std::move(node));
    if (infix_not_) id = add_negation(id, at);
    values_.push_back(id);
    stand_after(compared_ ? Before::test : Before::operand, at);
    finish_operand(at.end);
}

void ParseState::finish_and() {
    Group& group = groups_.back();
    if (values_.size() - group.and_first >= 2) {
        const Span at{*group.and_begin, operand_end_};
        finish_chain(NodeKind::all_of, group.and_first, at);
        if (group.loose_and.end == 0) group.loose_and = at;
    }
    group.and_first = values_.size();
    group.and_begin.reset();
}

void ParseState::finish_or() {
    finish_and();
    const Group& group = groups_.back();
    if (values_.size() - group.or_first < 2) return;
    finish_chain(NodeKind::any_of, group.or_first, {*group.or_begin, operand_end_});
    if (group.loose_and.end == 0) return;
    const Span loose = group.loose_and;
    warn(Problem::mixed_and_or, loose,
         "expected parentheses where 'and' and 'or' meet, 'and' is read first",
         '(' + std::string(text_.substr(loose.begin, loose.end - loose.begin)) + ')');
}

// The operands from `first` on become one node. Until take_ast() turns them round, the children of
// a chain stand from right to left, so that a group is prolonged at the end.
void ParseState::finish_chain(NodeKind kind, std::size_t first, Span at) {
    NodeId chain = values_.back();
    if (ast_[chain].kind == kind) {
        prolong(chain, first, at);
    } else {
        Node node;
        node.kind = kind;
        node.span = at;
        node.children.assign(values_.rbegin(), values_.rend() - static_cast<std::ptrdiff_t>(first));
        chain = add(std::move(node));
    }
    values_.resize(first);
    values_.push_back(chain);
}

// `a or (b or c)`: the group on the right goes on with the chain, and its node becomes the chain.
void ParseState::prolong(NodeId id, std::size_t first, Span at) {
    Node& node = ast_.nodes[id];
    node.span = at;
    for (std::size_t i = values_.size() - 1; i-- > first;) {
        const NodeId child = values_[i];
        node.children.push_back(child);
        nesting_[id] = std::max(nesting_[id], nesting_[child] + 1);
    }
    checked(id);
}

void ParseState::set_operand(OperandKind kind, std::string_view text, Span at, Value value) {
    operand_ = Operand{kind, std::string(text), value, at};
}

void ParseState::take_left(Span at) {
    left_ = std::move(operand_);
    compared_ = false;
    infix_not_ = false;
    stand_after(Before::operand, at);
}

void ParseState::take_right() {
    right_ = std::move(operand_);
    compared_ = true;
}

void ParseState::set_number(Token token) {
    const Span at = token.span;
    const Number number = read_number(token.text);
    switch (number.problem) {
        case NumberProblem::none:
            break;
        case NumberProblem::leading_zero:
            fail(Problem::bad_number, at, "expected a number without leading zeros");
        case NumberProblem::exponent:
            fail(Problem::bad_number, at, "expected a number without exponent",
                 "write all digits, as in 100000");
        case NumberProblem::fraction_of_long:
            fail(Problem::bad_number, at, "expected digits only before the suffix 'L'",
                 std::string(token.text.substr(0, token.text.size() - 1)) + 'd');
        case NumberProblem::malformed:
            fail(Problem::bad_number, at,
                 "expected a number: digits, at most one '.', at most one suffix f, d or l");
        case NumberProblem::out_of_range:
            fail(Problem::number_out_of_range, at,
                 "expected a number within the range of its type");
    }
    set_operand(OperandKind::number, token.text, at, number.value);
}

}  // namespace catchrule::grammar
