// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/variables.hpp"
#include "grammar/diagnostic.hpp"

namespace catchrule {

/// A message template, `Hello {request.queryparam.name:nobody}`, parsed once at load
/// (POLICIES 3.5). Only `{identifier}` and `{identifier:default}` are references, so JSON braces
/// stay text. Other delimiters may be chosen, as `variablePrefix` and `variableSuffix` do.
class Template {
public:
    Template() = default;

    struct Delimiters {
        char prefix = '{';
        char suffix = '}';
    };

    /// Never fails: what is not a reference is text. A call of a template function is text too,
    /// with a warning that says so. Spans count in `text`. Interns the referenced names.
    static grammar::Parsed<Template> parse(std::string_view text, Symbols& symbols,
                                           Delimiters delimiters);
    static grammar::Parsed<Template> parse(std::string_view text, Symbols& symbols) {
        return parse(text, symbols, Delimiters{});
    }

    /// Appends the text with every reference replaced; an unset one without a default gives nothing
    /// (SEM-29). Returns the name of the first unset reference without default, or an empty view.
    std::string_view render(const Variables& variables, std::string& out) const;

    std::string render(const Variables& variables) const;

    /// As written.
    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }
    bool is_literal() const;

private:
    struct Part {
        std::string literal;  // text, or the default of a reference
        std::string name;     // empty = literal
        Slot slot = 0;
        bool has_default = false;
    };
    std::string text_;
    std::vector<Part> parts_;
};

}  // namespace catchrule
