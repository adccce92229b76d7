// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "grammar/ast.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/parse.hpp"
#include "grammar/program.hpp"
#include "grammar/symbols.hpp"

namespace catchrule::grammar {

/// Compiles a parsed condition; interns its variables in `symbols`. `text` is what was parsed.
/// Errors are patterns that do not compile (spans into `text`).
Parsed<Program> compile(const Ast& ast, std::string_view text, Symbols& symbols,
                        const Limits& limits = {});

/// A condition in all its forms.
struct Condition {
    std::string text;      ///< as written, trimmed
    std::string rendered;  ///< canonical form
    Program program;
};

/// parse + print + compile. Spans count in `text` as given (untrimmed).
Parsed<Condition> compile_condition(std::string_view text, Symbols& symbols,
                                    const Limits& limits = {});

}  // namespace catchrule::grammar
