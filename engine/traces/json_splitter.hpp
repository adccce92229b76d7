// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/traces/source.hpp"

namespace catchrule::trace {

/// Cuts JSON text into its top-level objects, and out of these the elements of an array `Messages`,
/// so that one message at a time is parsed. Looks at strings and brackets only; whether it is JSON
/// says who parses the pieces.
class JsonSplitter {
public:
    JsonSplitter(Source& source, const ReadLimits& limits) : source_(source), limits_(limits) {}

    /// `message`: an element of `Messages`; `value`: a whole object without these.
    Split next();

    /// What was cut out last, and where it began.
    const std::string& piece() const { return piece_; }
    Place place() const { return place_; }
    /// Whether the object of the last `value` had an array `Messages`.
    bool had_messages() const { return had_messages_; }
    /// The object that is being read, closed where its messages stand.
    std::string rest_so_far() const { return in_messages_ ? rest_ + "]}" : rest_; }
    const ReadError& error() const { return error_; }

private:
    Split take(char c);
    bool append(char c);
    void string_byte(char c);
    Split open();
    Split close(char c);
    Split fail(std::string message);

    Source& source_;
    ReadLimits limits_;
    std::string piece_;
    std::string rest_;
    std::string string_;  // the last string at depth 1, its first bytes
    std::string key_;
    Place place_;
    Place rest_place_;
    Place byte_place_;
    std::size_t depth_ = 0;
    bool in_string_ = false;
    bool escaped_ = false;
    bool in_messages_ = false;
    bool in_message_ = false;
    bool had_messages_ = false;
    ReadError error_;
};

}  // namespace catchrule::trace
