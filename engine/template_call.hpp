// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/payload/json_path.hpp"
#include "engine/payload/xpath.hpp"
#include "engine/random.hpp"
#include "engine/template_time.hpp"
#include "engine/template_xeger.hpp"
#include "engine/variables.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/replace.hpp"

namespace catchrule {

// What an argument that is an expression compiles to.
using TemplateExpression = std::variant<std::monostate, grammar::Search, payload::JsonPath,
                                        payload::XPath, TimePattern, Xeger>;

// The values of the arguments; only firstnonnull is called with one that is unset.
struct TemplateArguments {
    std::span<const std::optional<std::string_view>> values;
    const TemplateExpression& expression;
    Random& random;

    std::size_t size() const { return values.size(); }
    std::string_view text(std::size_t i) const { return values[i].value_or(std::string_view()); }
};

// A template function of the vendor page "Message templates".
struct TemplateFunction {
    // Appends the result. False, and nothing, where there is none (SEM-59).
    using Run = bool (*)(const TemplateArguments& arguments, std::string& out);
    enum class Expects : std::uint8_t { values, regex, json_path, xpath, time_format, xeger };

    std::string_view name;
    std::uint8_t least;  // arguments
    std::uint8_t most;
    Run run;
    Expects expects = Expects::values;
    std::uint8_t expression = 0;     // which argument that is
    std::uint8_t first_option = 99;  // from here on arguments are words such as `hex`
    bool skips_unset = false;
};

std::span<const TemplateFunction> template_functions();
const TemplateFunction* find_template_function(std::string_view name);

// An argument as written: a literal, or the name of a variable.
struct TemplateArgument {
    std::string text;
    Slot slot = 0;
    bool is_variable = false;
};

// A call, compiled as far as its literals allow.
struct TemplateCall {
    static constexpr std::size_t max_arguments = 32;

    const TemplateFunction* function = nullptr;
    std::vector<TemplateArgument> arguments;
    TemplateExpression expression;  // of a literal; else compiled at each call

    // Appends the result; returns the first unset variable that counts as unresolved (SEM-58).
    std::string_view render(const Variables& variables, std::string& out) const;
};

// The expression of a call whose arguments are these texts.
grammar::Parsed<TemplateExpression> compile_expression(const TemplateFunction& function,
                                                       std::span<const std::string_view> texts,
                                                       grammar::Search::Life life);

}  // namespace catchrule
