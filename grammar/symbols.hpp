// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace catchrule::grammar {

/// The dense number of a variable name within one Symbols table.
using Slot = std::uint32_t;

/// Variable names -> dense slots, filled while conditions, templates and policies are loaded, so
/// that nothing is looked up by name later. Names are flat keys, dots included, and case-sensitive.
/// Not thread-safe while interning; freely readable afterwards.
class Symbols {
public:
    Symbols() = default;
    Symbols(Symbols&&) noexcept = default;
    Symbols& operator=(Symbols&&) noexcept = default;
    Symbols(const Symbols&) = delete;
    Symbols& operator=(const Symbols&) = delete;

    /// The slot of `name`, a new one at first sight.
    Slot intern(std::string_view name);

    std::optional<Slot> find(std::string_view name) const;
    std::string_view name(Slot slot) const { return names_[slot]; }
    std::size_t size() const { return names_.size(); }

private:
    std::deque<std::string> names_;  // a deque keeps the views of the map valid
    std::unordered_map<std::string_view, Slot> slots_;
};

}  // namespace catchrule::grammar
