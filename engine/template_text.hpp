// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace catchrule {

// What the functions of templates do to texts; all of them append to `out`. Bytes that are not
// UTF-8 are copied.

// From `begin` up to before `end`, counted in UTF-16 code units as Java does; negative: from the
// end. Beyond either end is that end; half of a surrogate pair is `?`.
void append_substring(std::string_view text, std::int64_t begin, std::int64_t end,
                      std::string& out);

// For a JSON text in quotes. `/` and what is not ASCII stay.
void escape_json(std::string_view text, std::string& out);
// & < > " ' as &#34; &#39; where HTML 4 has no name.
void encode_html(std::string_view text, std::string& out);
// & < > " ', and the characters of C1; what XML 1.0 cannot hold is left out.
void escape_xml10(std::string_view text, std::string& out);
// The same; control characters, which XML 1.1 can hold, become references.
void escape_xml11(std::string_view text, std::string& out);

}  // namespace catchrule
