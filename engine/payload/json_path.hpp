// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/payload/payload.hpp"
#include "grammar/diagnostic.hpp"

namespace catchrule::payload {

enum class JsonKind : std::uint8_t { null, boolean, number, text, array, object };

/// One value that a path found.
struct JsonMatch {
    JsonKind kind = JsonKind::null;
    /// Text without quotes and escapes; everything else as JSON without white space. Integers keep
    /// their digits, fractions print as Java does (`1.5`, `1.0E10`).
    std::string text;
};

struct JsonMatches {
    Status status = Status::ok;
    /// Whether the result is a list: the path may match several values, or its one value is an
    /// array, whose items `items` then holds.
    bool is_list = false;
    std::vector<JsonMatch> items{};

    bool found() const { return is_list || !items.empty(); }
    /// The result as one JSON text: the value, or an array of the items; empty when a path for one
    /// value found none.
    std::string json() const;
};

/// A JSONPath as the vendor's library (Jayway) reads it, compiled at load:
///
///     $  .name  ['name']  [0]  [-1]  [1:3]  *  ..  ['a','b']  [0,2]  [?(filter)]  .length()
///
/// The `$` may be left out, and a dot may stand before a bracket (`$.[0].name`). A filter tests the
/// items of an array, or an object itself: `@.a`, `@.a == 'x'`, `@.n > 0`, `@.a =~ /x.*/i`, joined
/// by `&&`, `||`, `!` and parentheses; operands are paths from `@` or `$`, texts in single or
/// double quotes, numbers, true, false and null. Text and number are equal when the text is that
/// number; what has no order is never less or greater. A list of names gives a list of values. Of
/// duplicate keys the last one counts. Immutable; run() is thread-safe.
class JsonPath {
public:
    static constexpr std::size_t max_bytes = 4096;  ///< of a path
    static constexpr std::size_t max_parts = 64;    ///< steps of a path, with those in its filters
    static constexpr std::size_t max_nesting = 16;  ///< filters and parentheses inside each other

    /// A path that cannot be read is an error that says what was expected where. The code of the
    /// diagnostic is left to the caller, who knows where the path stands.
    static grammar::Parsed<JsonPath> compile(std::string_view text);

    /// Finds the values in `document`; none unless the status is ok.
    JsonMatches run(std::string_view document, const Limits& limits = {}) const;

    /// Whether the path means at most one value: no `..`, `*`, filter, slice or list in it.
    bool definite() const;

private:
    struct Impl;
    explicit JsonPath(std::shared_ptr<const Impl> impl);
    std::shared_ptr<const Impl> impl_;
};

}  // namespace catchrule::payload
