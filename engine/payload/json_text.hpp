// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

namespace catchrule::payload::json {

// JSON without white space, fractions as Java prints them. False once `out` is longer than
// `max_bytes`; then the rest is left out.
bool append(const boost::json::value& value, std::size_t max_bytes, std::string& out);

// `text` in double quotes, with what JSON does not allow there escaped.
void append_quoted(std::string_view text, std::string& out);

}  // namespace catchrule::payload::json
