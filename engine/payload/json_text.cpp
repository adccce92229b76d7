// SPDX-License-Identifier: Apache-2.0
#include "engine/payload/json_text.hpp"

#include <array>
#include <cstdio>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "grammar/value.hpp"

namespace catchrule::payload::json {

void append_quoted(std::string_view text, std::string& out) {
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    std::array<char, 8> escaped{};
                    std::snprintf(escaped.data(), escaped.size(), "\\u%04x",
                                  static_cast<unsigned>(c));
                    out += escaped.data();
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

// The parser's limit on depth bounds the recursion.
bool append(const boost::json::value& value, std::size_t max_bytes, std::string& out) {
    if (out.size() > max_bytes) return false;
    switch (value.kind()) {
        case boost::json::kind::null:
            out += "null";
            break;
        case boost::json::kind::bool_:
            out += value.get_bool() ? "true" : "false";
            break;
        case boost::json::kind::int64:
            out += std::to_string(value.get_int64());
            break;
        case boost::json::kind::uint64:
            out += std::to_string(value.get_uint64());
            break;
        case boost::json::kind::double_:
            out += grammar::java_text(value.get_double());
            break;
        case boost::json::kind::string:
            append_quoted({value.get_string().data(), value.get_string().size()}, out);
            break;
        case boost::json::kind::array: {
            out += '[';
            bool first = true;
            for (const boost::json::value& item : value.get_array()) {
                if (!first) out += ',';
                first = false;
                if (!append(item, max_bytes, out)) return false;
            }
            out += ']';
            break;
        }
        case boost::json::kind::object: {
            out += '{';
            bool first = true;
            for (const auto& [key, item] : value.get_object()) {
                if (!first) out += ',';
                first = false;
                append_quoted({key.data(), key.size()}, out);
                out += ':';
                if (!append(item, max_bytes, out)) return false;
            }
            out += '}';
            break;
        }
    }
    return out.size() <= max_bytes;
}

}  // namespace catchrule::payload::json
