// SPDX-License-Identifier: Apache-2.0
#include "engine/template.hpp"

#include <algorithm>
#include <utility>

#include "engine/template_call.hpp"
#include "engine/template_syntax.hpp"
#include "grammar/spelling.hpp"

namespace catchrule {
namespace {

// The function that someone meant; empty when none is near.
std::string_view nearest_function(std::string_view name) {
    constexpr std::size_t longest = 24;
    std::string_view nearest;
    std::size_t least = 3;
    if (name.size() > longest) return nearest;
    for (const TemplateFunction& function : template_functions()) {
        const std::size_t distance = grammar::edit_distance(name, function.name);
        if (distance >= least) continue;
        least = distance;
        nearest = function.name;
    }
    return nearest;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string count_words(const TemplateFunction& function) {
    const std::string least = std::to_string(function.least);
    if (function.least == function.most)
        return function.least == 1 ? "1 argument" : least + " arguments";
    return least + " to " + std::to_string(function.most) + " arguments";
}

// Why an argument cannot stand where it does; empty = it can.
std::string_view argument_problem(const Braced::Argument& argument) {
    if (argument.quoted) return {};
    const std::string_view text = argument.text;
    if (text.empty()) return "expected an argument";
    if (is_space(text.front()) || is_space(text.back()))
        return "expected an argument without spaces around it";
    if (text.front() == '"') return "expected a literal in single quotes";
    const std::size_t open = text.find('(');
    if (open != std::string_view::npos && find_template_function(text.substr(0, open)) != nullptr)
        return "expected a variable or a literal, found a call inside a call";
    return {};
}

}  // namespace

class Template::Parser {
public:
    Parser(std::string_view text, Symbols& symbols, Delimiters delimiters)
        : text_(text), symbols_(symbols), delimiters_(delimiters) {}

    grammar::Parsed<Template> run() {
        parsed_.value.emplace();
        parsed_->text_ = text_;
        for (at_ = text_.find(delimiters_.prefix); at_ != std::string_view::npos;) {
            const Braced braced = read_braced(text_.substr(at_ + 1), delimiters_);
            const std::size_t next = at_ + 1 + braced.length;
            Part part;
            if (braced.kind == Braced::Kind::reference) {
                part.name = braced.name;
                part.slot = symbols_.intern(braced.name);
                part.has_default = braced.fallback.has_value();
                part.literal = braced.fallback.value_or("");
            } else if (braced.kind == Braced::Kind::call) {
                part.call = read_call(braced);
            } else if (braced.open_call && find_template_function(braced.name) != nullptr) {
                problem(0, braced.name.size(),
                        "expected the arguments of a call, then )" +
                            std::string(1, delimiters_.suffix));
            }
            if (!part.name.empty() || part.call) {
                end_literal(at_);
                literal_begin_ = next;
                parsed_->parts_.push_back(std::move(part));
            }
            at_ = text_.find(delimiters_.prefix, next);
        }
        end_literal(text_.size());
        return std::move(parsed_);
    }

private:
    void end_literal(std::size_t end) {
        if (end == literal_begin_) return;
        parsed_->parts_.push_back(
            {.literal = std::string(text_.substr(literal_begin_, end - literal_begin_))});
    }

    // `begin` and `end` count behind the prefix.
    void report(grammar::Severity severity, std::string_view code, std::size_t begin,
                std::size_t end, std::string message, std::string fix) {
        const auto from = static_cast<std::uint32_t>(at_ + 1);
        parsed_.diagnostics.push_back(
            {severity,
             std::string(code),
             {from + static_cast<std::uint32_t>(begin), from + static_cast<std::uint32_t>(end)},
             std::move(message),
             std::move(fix)});
    }
    void problem(std::size_t begin, std::size_t end, const std::string& expected) {
        report(grammar::Severity::warning, "CR210", begin, end,
               expected + "; this call is taken as text", {});
    }

    std::shared_ptr<const TemplateCall> read_call(const Braced& braced) {
        const TemplateFunction* function = find_template_function(braced.name);
        for (const Braced::Argument& argument : braced.arguments) {
            const std::string_view wrong = argument_problem(argument);
            if (wrong.empty()) continue;
            if (function != nullptr)
                problem(argument.begin, argument.begin + argument.text.size(), std::string(wrong));
            return nullptr;
        }
        if (function == nullptr) {
            const std::string_view meant = nearest_function(braced.name);
            report(grammar::Severity::error, "CR223", 0, braced.name.size(),
                   "UnknownStringFunction: no template function is called \"" +
                       std::string(braced.name) + "\"",
                   meant.empty() ? "" : "write " + std::string(meant));
            return nullptr;
        }
        const std::size_t count = braced.arguments.size();
        if (count < function->least || count > function->most) {
            problem(0, braced.name.size(),
                    "expected " + count_words(*function) + " for " + std::string(function->name) +
                        ", found " + std::to_string(count));
            return nullptr;
        }
        auto call = std::make_shared<TemplateCall>();
        call->function = function;
        return compile_literals(braced, *call) ? call : nullptr;
    }

    bool compile_literals(const Braced& braced, TemplateCall& call) {
        std::vector<std::string_view> texts;
        bool constant = true;
        for (const Braced::Argument& argument : braced.arguments) {
            const bool word = argument.text == "true" || argument.text == "false";
            const bool variable = !argument.quoted && !word && is_template_name(argument.text);
            const std::size_t index = texts.size();
            if (variable && (index == call.function->expression || index > 2)) constant = false;
            call.arguments.push_back({.text = std::string(argument.text),
                                      .slot = variable ? symbols_.intern(argument.text) : Slot(0),
                                      .is_variable = variable});
            texts.push_back(argument.text);
        }
        if (!constant) return true;
        auto compiled = compile_expression(*call.function, texts, grammar::Search::Life::kept);
        if (!compiled) {
            const std::size_t from = braced.arguments[call.function->expression].begin;
            for (const grammar::Diagnostic& diagnostic : compiled.diagnostics) {
                problem(from + diagnostic.span.begin, from + diagnostic.span.end,
                        diagnostic.message);
            }
            return false;
        }
        call.expression = std::move(*compiled);
        return true;
    }

    std::string_view text_;
    Symbols& symbols_;
    Delimiters delimiters_;
    std::size_t at_ = 0;  // of the prefix
    std::size_t literal_begin_ = 0;
    grammar::Parsed<Template> parsed_;
};

grammar::Parsed<Template> Template::parse(std::string_view text, Symbols& symbols,
                                          Delimiters delimiters) {
    return Parser(text, symbols, delimiters).run();
}

std::string_view Template::render(const Variables& variables, std::string& out) const {
    std::string_view unresolved;
    Value::TextBuffer buffer;
    for (const Part& part : parts_) {
        if (part.call) {
            const std::string_view unset = part.call->render(variables, out);
            if (unresolved.empty()) unresolved = unset;
            continue;
        }
        if (part.name.empty()) {
            out += part.literal;
            continue;
        }
        const Value value = variables.get(part.slot);
        if (!value.is_null()) {
            out += value.to_text(buffer);
        } else if (part.has_default) {
            out += part.literal;
        } else if (unresolved.empty()) {
            unresolved = part.name;
        }
    }
    return unresolved;
}

std::string Template::render(const Variables& variables) const {
    std::string out;
    render(variables, out);
    return out;
}

bool Template::is_literal() const {
    return std::all_of(parts_.begin(), parts_.end(),
                       [](const Part& part) { return part.name.empty() && !part.call; });
}

std::vector<std::string_view> template_function_names() {
    std::vector<std::string_view> names;
    for (const TemplateFunction& function : template_functions()) names.push_back(function.name);
    return names;
}

}  // namespace catchrule
