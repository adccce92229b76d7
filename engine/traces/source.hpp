// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <istream>
#include <string>

#include "engine/traces/read_trace.hpp"

namespace catchrule::trace {

/// Bytes of a stream one by one, with their place.
class Source {
public:
    static constexpr int end = -1;

    explicit Source(std::istream& in) : in_(in) {}

    /// The next byte, 0 to 255; `end` at the end.
    int get();
    int peek();

    std::size_t line() const { return line_; }
    std::size_t column() const { return column_; }

    /// An error at the byte that get() returns next.
    ReadError error(std::string message) const { return {line_, column_, std::move(message)}; }

private:
    bool fill();

    std::istream& in_;
    std::array<char, 65536> buffer_{};
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    std::size_t line_ = 1;
    std::size_t column_ = 1;
};

/// What a splitter came to.
enum class Split : std::uint8_t {
    message,    ///< one message was cut out
    value,      ///< JSON: a whole value that stands by itself
    end,        ///< of the input
    truncated,  ///< the input ended too early
    failed,     ///< see error()
};

/// A place to refer to errors by.
struct Place {
    std::size_t line = 1;
    std::size_t column = 1;
};

/// Where `offset` of `text` is, when the text began at `begin`.
Place place_in(std::string_view text, std::size_t offset, Place begin);

}  // namespace catchrule::trace
