// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/random.hpp"

namespace catchrule::testing {

/// True `percent` times of a hundred.
inline bool chance(Random& random, unsigned percent) { return random.below(100) < percent; }

template <class Container>
const auto& pick(Random& random, const Container& from) {
    return from[random.below(std::size(from))];
}

/// A condition as a tree of our own, so that it can be written as text for the loader and evaluated
/// without the engine.
struct Condition {
    enum class Kind : std::uint8_t { equal, not_equal, prefix, greater, all, any, negation };

    Kind kind = Kind::equal;
    std::string variable;          ///< of a comparison
    std::string literal;           ///< as written: "a" in quotes, 200, true, null
    std::vector<Condition> parts;  ///< of all, any, negation
};

/// A variable and what it may be compared with.
struct Subject {
    std::string variable;
    std::vector<std::string> literals;
};

Condition random_condition(Random& random, const std::vector<Subject>& subjects, int depth = 2);

/// In the condition language, fully parenthesised.
std::string text_of(const Condition& condition);

/// The text of a variable; none = unset.
using Lookup = std::function<std::optional<std::string>(std::string_view)>;

/// The naive reading of SEMANTICS 1.6 and 1.7, SEM-07 to SEM-10, for what random_condition makes.
bool holds(const Condition& condition, const Lookup& value_of);

}  // namespace catchrule::testing
