// SPDX-License-Identifier: Apache-2.0
#include "engine/template_call.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace catchrule {
namespace {

using Expects = TemplateFunction::Expects;

template <class T>
grammar::Parsed<TemplateExpression> as_expression(grammar::Parsed<T> parsed) {
    grammar::Parsed<TemplateExpression> result;
    result.diagnostics = std::move(parsed.diagnostics);
    if (parsed) result.value.emplace(std::move(*parsed));
    return result;
}

// `prefix:uri` each.
payload::Namespaces namespaces_of(std::span<const std::string_view> texts) {
    payload::Namespaces namespaces;
    for (const std::string_view text : texts) {
        const std::size_t colon = std::min(text.find(':'), text.size());
        const std::string_view uri = text.substr(std::min(colon + 1, text.size()));
        namespaces[std::string(text.substr(0, colon))] = uri;
    }
    return namespaces;
}

}  // namespace

grammar::Parsed<TemplateExpression> compile_expression(const TemplateFunction& function,
                                                       std::span<const std::string_view> texts,
                                                       grammar::Search::Life life) {
    const std::string_view text = texts.empty() ? std::string_view() : texts[function.expression];
    switch (function.expects) {
        case Expects::values:
            break;
        case Expects::regex:
            return as_expression(grammar::Search::compile(text, life));
        case Expects::json_path:
            return as_expression(payload::JsonPath::compile(text));
        case Expects::xpath:
            return as_expression(payload::XPath::compile(
                text, namespaces_of(texts.subspan(std::min<std::size_t>(3, texts.size())))));
        case Expects::time_format:
            return as_expression(TimePattern::compile(text));
        case Expects::xeger:
            return as_expression(Xeger::compile(text));
    }
    return {TemplateExpression(), {}};
}

std::string_view TemplateCall::render(const Variables& variables, std::string& out) const {
    std::array<std::optional<std::string_view>, max_arguments> values;
    std::array<Value::TextBuffer, max_arguments> buffers;
    std::string_view unresolved;
    bool complete = true;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const TemplateArgument& argument = arguments[i];
        if (!argument.is_variable) {
            values[i] = argument.text;
            continue;
        }
        const Value value = variables.get(argument.slot);
        if (!value.is_null()) {
            values[i] = value.to_text(buffers[i]);
        } else if (function->skips_unset) {
            continue;
        } else if (i >= function->first_option) {
            values[i] = argument.text;
        } else {
            if (unresolved.empty()) unresolved = argument.text;
            // The vendor takes `yyyy.MMMM.dd` as a format when no variable has that name.
            const bool own_text = function->expects != Expects::values && i == function->expression;
            if (own_text) values[i] = argument.text;
            complete = complete && own_text;
        }
    }
    if (!complete) return unresolved;

    const std::span given(values.data(), arguments.size());
    if (function->expects == Expects::values ||
        !std::holds_alternative<std::monostate>(expression)) {
        function->run({given, expression, variables.random()}, out);
        return unresolved;
    }
    std::array<std::string_view, max_arguments> texts;
    for (std::size_t i = 0; i < given.size(); ++i) texts[i] = given[i].value_or("");
    const auto compiled =
        compile_expression(*function, {texts.data(), given.size()}, grammar::Search::Life::once);
    if (compiled) function->run({given, *compiled, variables.random()}, out);
    return unresolved;
}

}  // namespace catchrule
