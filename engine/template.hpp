// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/variables.hpp"
#include "grammar/diagnostic.hpp"

namespace catchrule {

struct TemplateCall;

/// A message template, `Hello {request.queryparam.name:nobody}`, parsed once at load
/// (POLICIES 3.5). Only `{identifier}`, `{identifier:default}` and `{function(arguments)}` are
/// replaced, so JSON braces stay text. Other delimiters may be chosen, as `variablePrefix` and
/// `variableSuffix` do.
///
/// Arguments of a function stand between commas without spaces and are variable names or literals:
/// what is in single quotes, a number, true, false, or anything else that is no name, such as
/// `$.a[0]`. Calls do not nest. The functions are those of the vendor page "Message templates":
/// digests and HMACs, Base64, letter case, substring, regular expressions, escapes, times (UTC),
/// random values, firstnonnull, xpath and jsonPath.
class Template {
public:
    Template() = default;

    struct Delimiters {
        char prefix = '{';
        char suffix = '}';
    };

    /// Always gives a template: what is no reference and no call is text. A call that is malformed,
    /// by its arguments or an expression among them, is text with a warning; a well-formed call of
    /// an unknown function is text with an error, as the vendor does not deploy it (SEM-57). Spans
    /// count in `text`. Interns the referenced names; compiles literal expressions.
    static grammar::Parsed<Template> parse(std::string_view text, Symbols& symbols,
                                           Delimiters delimiters);
    static grammar::Parsed<Template> parse(std::string_view text, Symbols& symbols) {
        return parse(text, symbols, Delimiters{});
    }

    /// Appends the text with every reference and call replaced; an unset reference without a
    /// default gives nothing (SEM-29), and so does a call with an unset argument (SEM-58) or
    /// without a result (SEM-59). Returns the name of the first unset reference without default or
    /// unset argument, or an empty view. Without calls it allocates for `out` only. Random values
    /// come from `variables.random()`.
    std::string_view render(const Variables& variables, std::string& out) const;

    std::string render(const Variables& variables) const;

    /// As written.
    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }
    bool is_literal() const;

private:
    struct Part {
        std::string literal{};  // text, or the default of a reference
        std::string name{};     // empty = literal or call
        Slot slot = 0;
        bool has_default = false;
        std::shared_ptr<const TemplateCall> call{};
    };
    std::string text_;
    std::vector<Part> parts_;

    class Parser;
};

/// What a template may call: `replaceAll`, ... in the order of their names.
std::vector<std::string_view> template_function_names();

}  // namespace catchrule
