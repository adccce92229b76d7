// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analysis/simulate.hpp"
#include "tools/command.hpp"

namespace catchrule::tools {

/// The variables of a command line. A later one of the same name wins. Values borrow from this, so
/// it is neither copied nor moved.
class Assignments {
public:
    Assignments() = default;
    Assignments(const Assignments&) = delete;
    Assignments& operator=(const Assignments&) = delete;

    // Each returns an empty string, or what is wrong.

    /// The file first, then the texts, then the JSON values.
    std::string read(const VariableFlags& flags);

    /// `NAME=TEXT`; a variable with a documented type takes it.
    std::string add_text(std::string_view assignment);

    /// `NAME=JSON`; integers are Integer or Long, other numbers Double, null = unset (SEM-36).
    std::string add_json(std::string_view assignment);

    /// A flat JSON object name -> value.
    std::string add_file(const std::string& path);
    std::string add_object(std::string_view json);

    std::span<const analysis::GivenVariable> all() const { return variables_; }

    /// Defines all of them.
    void define(Variables& variables) const;

private:
    std::string_view keep(std::string_view text) { return texts_.emplace_back(text); }

    std::deque<std::string> texts_;  // a deque keeps its elements where they are
    std::vector<analysis::GivenVariable> variables_;
};

}  // namespace catchrule::tools
