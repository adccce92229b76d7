// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_values.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/xml/codes.hpp"

namespace catchrule::xml {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view lower) {
    return std::equal(a.begin(), a.end(), lower.begin(), lower.end(), [](char x, char y) {
        return (x >= 'A' && x <= 'Z' ? static_cast<char>(x | 0x20) : x) == y;
    });
}

}  // namespace

std::optional<grammar::Condition> load_condition(Context& context, const File& file,
                                                 const Element& owner) {
    const std::vector<Element> conditions = owner.children("Condition");
    if (conditions.empty()) return std::nullopt;
    for (std::size_t i = 1; i < conditions.size(); ++i) {
        file.error(code::two_conditions, conditions[i].span(),
                   "expected one Condition in " + std::string(owner.name()) + ", found another",
                   "join them with && or ||");
    }
    file.expect_text(conditions.front());
    const Text text = conditions.front().text();
    grammar::Parsed<grammar::Condition> condition =
        grammar::compile_condition(text.value, context.bundle.symbols, context.options.limits);
    file.add(condition.diagnostics, text.map());
    return std::move(condition.value);
}

Template load_template(Context& context, const File& file, const Text& text,
                       Template::Delimiters delimiters) {
    grammar::Parsed<Template> parsed =
        Template::parse(text.value, context.bundle.symbols, delimiters);
    file.add(parsed.diagnostics, text.map());
    return parsed ? std::move(*parsed) : Template();
}

std::string load_reference(Context& context, const Text& text) {
    std::string name = text.trimmed().value;
    if (!name.empty()) context.bundle.symbols.intern(name);
    return name;
}

std::string load_reference(Context& context, const Element& element, std::string_view name) {
    const std::optional<Attribute> attribute = element.attribute(name);
    return attribute ? load_reference(context, attribute->value) : std::string();
}

bool load_boolean(const File& file, const Text& text, std::string_view what, bool otherwise) {
    const Text trimmed = text.trimmed();
    if (equal_ignoring_case(trimmed.value, "true")) return true;
    if (equal_ignoring_case(trimmed.value, "false")) return false;
    file.error(
        code::bad_value, trimmed.span(),
        "expected true or false for " + std::string(what) + ", found \"" + trimmed.value + "\"");
    return otherwise;
}

std::optional<std::int64_t> parse_integer(std::string_view text, std::int64_t least) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least)
        return std::nullopt;
    return value;
}

std::string load_name(const File& file, const Element& element) {
    if (const auto attribute = element.attribute("name")) {
        std::string name = attribute->value.trimmed().value;
        if (!name.empty()) return name;
    }
    std::string stem = file.stem();
    file.warning(code::missing_part, element.span(),
                 "expected attribute name of " + std::string(element.name()) +
                     ", taken from the file: " + stem);
    return stem;
}

bool load_once(const File& file, const Element& element, bool& seen) {
    if (!std::exchange(seen, true)) return true;
    file.warning(code::repeated, element.span(),
                 "expected one " + std::string(element.name()) + ", found another; it is ignored");
    return false;
}

void ignore_fault_rules(const File& file, const Element& owner) {
    for (const Element& rules : owner.children("FaultRules")) {
        if (!rules.has_children()) continue;
        file.warning(code::ignored_fault_rules, rules.span(),
                     "FaultRules inside " + std::string(owner.name()) + " are ignored",
                     "move them to the endpoint");
    }
}

}  // namespace catchrule::xml
