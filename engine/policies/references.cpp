// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/references.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "engine/template.hpp"

namespace catchrule {

std::string text_of(const Variables& variables, std::string_view ref) {
    return ref.empty() ? std::string{} : variables.get(ref).to_text();
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<std::int64_t> integer_of(const Variables& variables, std::string_view ref) {
    if (ref.empty()) return std::nullopt;
    const Value value = variables.get(ref);
    if (value.type() == grammar::Type::single || value.type() == grammar::Type::real) {
        constexpr double exact =
            9007199254740992.0;  // 2^53: from here on a Double skips whole numbers
        const double number = value.as_double();
        if (!(std::abs(number) < exact) || std::trunc(number) != number) return std::nullopt;
        return static_cast<std::int64_t>(number);
    }
    Value::TextBuffer buffer;
    return parse_integer(value.to_text(buffer));
}

std::optional<std::int64_t> weight_of(const Variables& variables, std::string_view ref) {
    if (ref.empty() || variables.get(ref).is_null()) return 1;
    const auto weight = integer_of(variables, ref);
    if (!weight || *weight < 0 || *weight > std::numeric_limits<std::int32_t>::max())
        return std::nullopt;
    return weight;
}

std::string identifier_of(const Variables& variables, std::string_view ref) {
    std::string identifier = text_of(variables, ref);
    if (identifier.empty()) identifier = "_default";
    return identifier;
}

std::string counter_of(const StepContext& context) {
    std::string counter(context.proxy);
    return counter.append("/").append(context.policy);
}

// The bundle's names are fixed while calls run, so the template gets names and values of its own.
std::string render_text(std::string_view source, const Variables& variables, std::string& out) {
    Symbols symbols;
    const auto parsed = Template::parse(source, symbols);
    if (!parsed) return {};
    const VariableLayout layout(symbols);
    Variables values(layout);
    values.random().seed(variables.random().next());
    for (Slot slot = 0; slot < symbols.size(); ++slot) {
        const std::string_view name = symbols.name(slot);
        values.define(name, variables.get(name));
    }
    return std::string(parsed->render(values, out));
}

Fault policy_fault(std::string_view code, const StepContext& context, FaultArguments arguments) {
    Fault fault = make_fault(code, context.semantics, arguments);
    fault.policy = context.policy;
    return fault;
}

}  // namespace catchrule
