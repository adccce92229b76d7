// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"

namespace catchrule {

// A pattern of java.text.SimpleDateFormat, in English and UTC: `yyyy-MM-dd'T'HH:mm:ss.SSS'Z'`. The
// Gregorian calendar counts for all times.
class TimePattern {
public:
    // A letter that means nothing, or an open quote, is an error; its code is left to the caller.
    static grammar::Parsed<TimePattern> compile(std::string_view text);

    // `time` is in milliseconds since 1970.
    void append(std::int64_t time, std::string& out) const;

private:
    struct Field {
        char letter = '\0';  // '\0' = literal
        std::size_t count = 0;
        std::string literal{};
    };
    std::vector<Field> fields_;
};

}  // namespace catchrule
