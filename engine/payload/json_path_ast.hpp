// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/pattern.hpp"

namespace catchrule::payload::json {

struct Filter;

struct Names {
    std::vector<std::string> names;
};
struct Indexes {
    std::vector<std::int64_t> indexes;  // negative: from the end
};
struct Slice {
    std::optional<std::int64_t> begin;
    std::optional<std::int64_t> end;
};
struct Wildcard {};
struct Length {};
struct Filtered {
    std::shared_ptr<const Filter> filter;
};

struct Step {
    bool descend = false;  // behind `..`
    std::variant<Names, Indexes, Slice, Wildcard, Length, Filtered> what;
};

struct Path {
    bool from_root = true;  // `$`; else `@`
    std::vector<Step> steps;

    bool definite() const;
};

struct Null {};
struct Regex {
    std::shared_ptr<const grammar::Pattern> pattern;
};
using Operand = std::variant<Null, bool, std::int64_t, double, std::string, Regex, Path>;

// `exists` takes the left operand only, `negation` the first part only.
enum class Test : std::uint8_t {
    exists,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    matches,
    negation,
    conjunction,
    disjunction,
};

struct Filter {
    Test test = Test::exists;
    Operand left{};
    Operand right{};
    std::vector<Filter> parts{};
};

grammar::Parsed<Path> parse(std::string_view text);

}  // namespace catchrule::payload::json
