// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/operators.hpp"
#include "grammar/source.hpp"
#include "grammar/value.hpp"

namespace catchrule::testing {

/// A variable's value that owns its text; monostate is unset.
using Variable =
    std::variant<std::monostate, bool, std::int32_t, std::int64_t, float, double, std::string>;

using Assignment = std::map<std::string, Variable, std::less<>>;

/// A view of `variable`, which must outlive it.
grammar::Value to_value(const Variable& variable);

/// One case of a *.cond file.
struct CondCase {
    enum class Kind { evaluates, fails, renders };

    std::string name;  ///< file, label and line, fit for a test name
    std::size_t line = 0;
    Kind kind = Kind::evaluates;
    std::string expression;
    Assignment variables;
    grammar::ComparisonRules rules;
    bool expected = false;       ///< evaluates
    grammar::Position position;  ///< fails: where the error starts
    std::string text;            ///< fails: the message; renders: the canonical form
};

struct CondFile {
    std::vector<CondCase> cases;
    std::vector<std::string> problems;  ///< lines that are no case, `file:line: why`
};

/// Reads the format:
///
///     # source: where the cases come from
///     # 12                        the label of the cases below
///     set request.verb = "GET"    JSON values; null is unset; a new run of `set` lines starts
///     afresh
///
///     true | request.verb = "GET"
///     error 1:5 expected a number | x = 007
///     render (x equals null ) | x is null
///     [null-greater-than=documented] true | y > 5
///
/// In an expression `\n` is a line break.
CondFile read_cond_text(std::string_view file_name, std::string_view text);

/// All *.cond files of a folder, in the order of their names.
CondFile read_cond_folder(const std::filesystem::path& folder);

}  // namespace catchrule::testing
