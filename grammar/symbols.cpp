// SPDX-License-Identifier: Apache-2.0
#include "grammar/symbols.hpp"

namespace catchrule::grammar {

Slot Symbols::intern(std::string_view name) {
    if (const auto known = slots_.find(name); known != slots_.end()) return known->second;
    const auto slot = static_cast<Slot>(names_.size());
    names_.emplace_back(name);
    slots_.emplace(names_.back(), slot);
    return slot;
}

std::optional<Slot> Symbols::find(std::string_view name) const {
    const auto known = slots_.find(name);
    if (known == slots_.end()) return std::nullopt;
    return known->second;
}

}  // namespace catchrule::grammar
