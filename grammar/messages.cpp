// SPDX-License-Identifier: Apache-2.0
#include "grammar/messages.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "grammar/parse.hpp"
#include "grammar/spelling.hpp"

namespace catchrule::grammar {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// What was found, or the start of it.
std::string quoted(std::string_view text) {
    constexpr std::size_t longest = 60;
    if (text.size() <= longest) return '\'' + std::string(text) + '\'';
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return '\'' + std::string(text.substr(0, end)) + "...'";
}

// The word operator someone meant; empty when none is near.
std::string_view nearest_operator(std::string_view word) {
    constexpr std::size_t longest_word = 40;
    if (word.size() > longest_word) return {};
    std::string_view nearest;
    std::size_t best = word.size() / 3 + 1;  // one slip in three letters
    const auto consider = [&](std::string_view candidate) {
        if (candidate.empty()) return;
        const std::size_t distance = edit_distance(word, candidate);
        if (distance > 0 && distance < best) {
            best = distance;
            nearest = candidate;
        }
    };
    for (const OperatorRow& row : operator_table()) {
        for (const std::string_view candidate : row.words) consider(candidate);
    }
    for (const std::string_view candidate : {"and", "or", "not"}) consider(candidate);
    return nearest;
}

// Spellings of other languages, and what they are here.
struct Foreign {
    std::string_view spelling;
    std::string_view fix;
};
constexpr std::array<Foreign, 27> foreign_operators{{
    {"/~", "~/"},
    {"=~", "~~"},
    {"&", "&&"},
    {"|", "||"},
    {"<>", "!="},
    {"===", "="},
    {"!==", "!="},
    {"=>", ">="},
    {"=<", "<="},
    {"=!", "!="},
    {"=:", ":="},
    {"|=", "=|"},
    {"isnull", "is null"},
    {"contains", "Like \"*text*\""},
    {"endswith", "Like \"*text\""},
    {"exists", "!= null"},
    {"in", "one comparison for each value, joined with 'or'"},
    {"eq", "="},
    {"ne", "!="},
    {"gt", "GreaterThan"},
    {"ge", "GreaterThanOrEquals"},
    {"gte", "GreaterThanOrEquals"},
    {"lt", "LesserThan"},
    {"le", "LesserThanOrEquals"},
    {"lte", "LesserThanOrEquals"},
    {"match", "Matches"},
    {"regex", "JavaRegex"},
}};

std::string_view foreign_fix(std::string_view spelling) {
    for (const Foreign& foreign : foreign_operators) {
        if (equals_ignoring_case(foreign.spelling, spelling)) return foreign.fix;
    }
    return {};
}

struct Entity {
    std::string_view text;
    std::string_view fix;
};
constexpr std::array<Entity, 5> entities{
    {{"&amp;&amp;", "&&"}, {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}}};

// Quotes that word processors make, and the space that web pages do.
constexpr std::array<Entity, 5> typographic{{{"\xE2\x80\x9C", "\""},
                                             {"\xE2\x80\x9D", "\""},
                                             {"\xE2\x80\x98", "'"},
                                             {"\xE2\x80\x99", "'"},
                                             {"\xC2\xA0", "a plain space"}}};

std::uint32_t skip_space(std::string_view text, std::uint32_t at) {
    const std::size_t next = text.find_first_not_of(" \t\r\n\v\f", at);
    return static_cast<std::uint32_t>(next == std::string_view::npos ? text.size() : next);
}

// What stands where the parser stopped.
struct Found {
    std::uint32_t at = 0;
    std::string_view rest;
    std::string_view word;    // a run of name characters, or empty
    std::string_view symbol;  // a run of operator characters, or empty

    bool end() const { return rest.empty(); }
    bool is(char c) const { return rest.starts_with(c); }
    Span span(std::size_t length) const {
        return {at, at + static_cast<std::uint32_t>(std::min(length, rest.size()))};
    }
    // The word, the symbol, or one character.
    std::string_view token() const {
        if (!word.empty()) return word;
        if (!symbol.empty()) return symbol;
        std::size_t length = std::min<std::size_t>(rest.size(), 1);
        const auto continues = [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        };
        while (length < rest.size() && continues(rest[length])) ++length;
        return rest.substr(0, length);
    }
    Span token_span() const { return span(token().size()); }
};

Found look(std::string_view text, std::uint32_t at) {
    Found found;
    found.at = skip_space(text, at);
    found.rest = text.substr(found.at);
    found.word = word_at(text, found.at);
    found.symbol = found.rest.substr(
        0, std::min(found.rest.find_first_not_of("!=<>~/|&:+*%?"), found.rest.size()));
    return found;
}

// Mistakes that look the same wherever they stand.
std::optional<Diagnostic> explain_anywhere(const Found& found) {
    if (found.is('{') || found.is('}')) {
        return make_diagnostic(Problem::braces, found.span(1),
                               "expected parentheses or a bare variable name, found a brace",
                               found.is('{') ? "( or the name without braces" : ") or nothing");
    }
    for (const Entity& entity : entities) {
        if (!found.rest.starts_with(entity.text)) continue;
        return make_diagnostic(Problem::escaped_xml, found.span(entity.text.size()),
                               "expected decoded text, found the XML entity " +
                                   quoted(entity.text) + ", '<' and '&' are legal here",
                               std::string(entity.fix));
    }
    for (const Entity& character : typographic) {
        if (!found.rest.starts_with(character.text)) continue;
        return make_diagnostic(Problem::typographic_character, found.span(character.text.size()),
                               "expected a plain character, found a typographic one",
                               std::string(character.fix));
    }
    return std::nullopt;
}

std::string before_text(std::string_view text, const Place& place) {
    const std::string_view last = text.substr(place.last.begin, place.last.end - place.last.begin);
    switch (place.before) {
        case Before::group:
        case Before::and_word:
        case Before::or_word:
        case Before::not_word:
        case Before::infix_not:
        case Before::value_operator:
        case Before::pattern_operator:
            return " after " + quoted(last);
        default:
            return {};
    }
}

// Where a condition or its left operand should start.
Diagnostic explain_operand(std::string_view text, const Found& found, const Place& place) {
    const std::string after = before_text(text, place);
    if (found.end()) {
        if (place.before == Before::group) {
            return make_diagnostic(Problem::unclosed_group, place.group,
                                   "expected a condition and ')' after '('");
        }
        return make_diagnostic(Problem::operand_expected, place.last,
                               "expected a condition" + after);
    }
    const bool connective = equals_ignoring_case(found.word, "and") ||
                            equals_ignoring_case(found.word, "or") ||
                            found.rest.starts_with("&&") || found.rest.starts_with("||");
    if (connective || found.is(')')) {
        if (found.is(')') && !place.in_group) {
            return make_diagnostic(Problem::stray_parenthesis, found.span(1),
                                   "expected a condition" + after + ", found ')' without '('");
        }
        const std::string_view token = found.is(')') ? found.rest.substr(0, 1) : found.token();
        return make_diagnostic(Problem::operand_expected, found.span(token.size()),
                               "expected a condition" + after + ", found " + quoted(token));
    }
    if (is_reserved(found.word)) {
        return make_diagnostic(
            Problem::operator_as_name, found.span(found.word.size()),
            "expected a variable or literal" + after + ", found the operator " + quoted(found.word),
            "single quotes round a variable of that name: " + quoted(found.word));
    }
    return make_diagnostic(Problem::operand_expected, found.token_span(),
                           "expected a variable, a literal, 'not' or '('" + after + ", found " +
                               quoted(found.token()));
}

Diagnostic explain_right_operand(std::string_view text, const Found& found, const Place& place) {
    const std::string_view op = text.substr(place.last.begin, place.last.end - place.last.begin);
    const bool is_not = equals_ignoring_case(op, "is") && equals_ignoring_case(found.word, "not");
    if (is_not) {
        const Found next = look(text, found.at + 3);
        const bool null = equals_ignoring_case(next.word, "null");
        const std::uint32_t end = null ? next.at + 4 : found.at + 3;
        return make_diagnostic(Problem::is_not_null, {place.last.begin, end},
                               "expected a variable or literal after 'is', 'is not' is no operator",
                               null ? "!= null" : "!=");
    }
    const std::string message = "expected a variable or literal after " + quoted(op);
    if (found.end()) return make_diagnostic(Problem::right_operand_expected, place.last, message);
    const std::string glued = std::string(op) + std::string(found.symbol);
    const bool adjacent = found.at == place.last.end;
    const std::string_view fix = adjacent ? foreign_fix(glued) : std::string_view{};
    if (!fix.empty()) {
        const Span both{place.last.begin, found.span(found.symbol.size()).end};
        return make_diagnostic(Problem::unknown_operator, both,
                               "expected an operator, found " + quoted(glued), std::string(fix));
    }
    if (is_reserved(found.word)) {
        return make_diagnostic(Problem::operator_as_name, found.span(found.word.size()),
                               message + ", found the operator " + quoted(found.word));
    }
    return make_diagnostic(Problem::right_operand_expected, found.token_span(),
                           message + ", found " + quoted(found.token()));
}

Diagnostic explain_right_text(std::string_view text, const Found& found, const Place& place) {
    const std::string_view op = text.substr(place.last.begin, place.last.end - place.last.begin);
    const std::string message = "expected text in double quotes after " + quoted(op);
    if (found.end()) return make_diagnostic(Problem::text_expected, place.last, message);
    if (found.is('\'')) {
        const std::size_t close = found.rest.find('\'', 1);
        if (close == std::string_view::npos) {
            return make_diagnostic(Problem::text_expected, found.span(1), message);
        }
        return make_diagnostic(Problem::text_expected, found.span(close + 1),
                               message + ", single quotes make a variable name",
                               '"' + std::string(found.rest.substr(1, close - 1)) + '"');
    }
    std::string fix;
    if (!found.word.empty() && !is_reserved(found.word)) fix = '"' + std::string(found.word) + '"';
    return make_diagnostic(Problem::text_expected, found.token_span(), message, fix);
}

// What says the opposite of an operator that `not` cannot precede.
std::string_view opposite(Operator op) {
    switch (op) {
        case Operator::equals:
            return "!=";
        case Operator::not_equals:
            return "=";
        case Operator::equals_case_insensitive:
            return "not in front of the whole comparison";
        case Operator::greater_than:
            return "<=";
        case Operator::greater_than_or_equals:
            return "<";
        case Operator::lesser_than:
            return ">=";
        case Operator::lesser_than_or_equals:
            return ">";
        default:
            return {};
    }
}

Diagnostic unknown_operator(const Found& found) {
    const std::string_view token = found.token();
    std::string message = "expected an operator, found " + quoted(token);
    std::string fix(foreign_fix(token));
    if (fix.empty() && !found.word.empty()) {
        const std::string_view nearest = nearest_operator(found.word);
        if (!nearest.empty()) {
            message += ", did you mean " + quoted(nearest) + "?";
            fix = nearest;
        }
    }
    return make_diagnostic(Problem::unknown_operator, found.token_span(), message, fix);
}

// `help!me` means a name that needs single quotes; empty when '!' stands apart.
std::string quoted_name_round(std::string_view text, const Found& found, Span exclamation) {
    const bool glued = text[exclamation.begin] == '!' && exclamation.begin > 0 &&
                       is_name_char(text[exclamation.begin - 1]) && found.at == exclamation.end;
    if (!glued) return {};
    std::size_t begin = exclamation.begin;
    while (begin > 0 && is_name_char(text[begin - 1])) --begin;
    return '\'' + std::string(text.substr(begin, found.at + found.word.size() - begin)) + '\'';
}

Diagnostic explain_infix_not(std::string_view text, const Found& found, const Place& place) {
    const std::string_view word = text.substr(place.last.begin, place.last.end - place.last.begin);
    constexpr std::string_view expected =
        "expected StartsWith, JavaRegex, MatchesPath or Matches after ";
    const std::string message = std::string(expected) + quoted(word);
    if (found.end()) return make_diagnostic(Problem::operator_not_negatable, place.last, message);
    std::string_view spelling = found.word;
    std::optional<Operator> op = find_operator(found.word);
    if (!op) {
        spelling = found.symbol;
        while (!spelling.empty() && !(op = find_operator(spelling))) spelling.remove_suffix(1);
    }
    if (op) {
        const Span both{place.last.begin, found.span(spelling.size()).end};
        return make_diagnostic(Problem::operator_not_negatable, both,
                               message + ", found " + quoted(spelling), std::string(opposite(*op)));
    }
    if (equals_ignoring_case(found.word, "null") || found.is('"')) {
        return make_diagnostic(Problem::operator_not_negatable, place.last, message, "!=");
    }
    if (!found.word.empty() && is_name_start(found.word[0])) {
        Diagnostic unknown = unknown_operator(found);
        if (unknown.fix.empty()) unknown.fix = quoted_name_round(text, found, place.last);
        return unknown;
    }
    return make_diagnostic(Problem::operator_not_negatable, found.token_span(),
                           message + ", found " + quoted(found.token()));
}

// Behind a bare operand or a whole test, where ')' or the end could stand too.
Diagnostic explain_rest(std::string_view text, const Found& found, const Place& place) {
    if (found.end()) {
        return make_diagnostic(Problem::unclosed_group, place.group,
                               "expected ')' to close this '('");
    }
    if (found.is(')')) {
        return make_diagnostic(Problem::stray_parenthesis, found.span(1),
                               "expected 'and', 'or' or the end, found ')' without '('");
    }
    const bool operand_before = place.before == Before::operand;
    const bool word = !found.word.empty() && is_name_start(found.word[0]);
    if (operand_before) {
        if (word || !found.symbol.empty()) return unknown_operator(found);
        return make_diagnostic(
            Problem::operator_expected, found.token_span(),
            "expected an operator, 'and' or 'or', found " + quoted(found.token()));
    }
    const std::string_view end = place.in_group ? "')'" : "the end";
    std::string message = "expected 'and', 'or' or " + std::string(end);
    const bool glued_quote = found.is('"') && found.at > 0 && text[found.at - 1] == '"';
    if (glued_quote || (found.at > 0 && text[found.at - 1] == '"' && word)) {
        message += ", a text cannot hold a double quote";
    } else {
        message += ", found " + quoted(found.token());
    }
    std::string fix(foreign_fix(found.token()));
    const bool near = word && found.word.size() <= 4 && edit_distance(found.word, "and") == 1;
    if (fix.empty() && near) fix = "and";
    return make_diagnostic(Problem::connective_expected, found.token_span(), message, fix);
}

}  // namespace

Diagnostic make_diagnostic(Problem problem, Span span, std::string_view message,
                           std::string_view fix) {
    constexpr std::size_t longest_fix = 200;  // a longer one is no help
    if (fix.size() > longest_fix) fix = {};
    const Finding& row = finding(problem);
    return {row.severity, std::string(row.code), span, shown(message), shown(fix)};
}

Diagnostic explain(std::string_view text, std::uint32_t at, const Place& place) {
    const auto end = static_cast<std::uint32_t>(text.size());
    if (place.before == Before::open_text) {
        return make_diagnostic(Problem::unterminated_text, {place.last.begin, end},
                               "expected '\"' at the end of this text");
    }
    if (place.before == Before::open_name) {
        const bool empty = text.substr(place.last.end).starts_with('\'');
        const Span span{place.last.begin, empty ? place.last.end + 1 : end};
        return make_diagnostic(Problem::bad_quoted_name, span,
                               empty ? "expected a variable name between the single quotes"
                                     : "expected a single quote at the end of this name");
    }
    const Found found = look(text, at);
    if (auto known = explain_anywhere(found)) return *std::move(known);
    switch (place.before) {
        case Before::value_operator:
            return explain_right_operand(text, found, place);
        case Before::pattern_operator:
            return explain_right_text(text, found, place);
        case Before::infix_not:
            return explain_infix_not(text, found, place);
        case Before::operand:
        case Before::test:
            return explain_rest(text, found, place);
        default:
            return explain_operand(text, found, place);
    }
}

std::string_view word_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_name_char(text[end])) ++end;
    return text.substr(at, end - at);
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

bool is_reserved(std::string_view word) {
    return find_operator(word).has_value() || equals_ignoring_case(word, "and") ||
           equals_ignoring_case(word, "or") || equals_ignoring_case(word, "not");
}

std::span<const Finding> condition_findings() { return findings; }

}  // namespace catchrule::grammar
