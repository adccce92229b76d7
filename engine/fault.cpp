// SPDX-License-Identifier: Apache-2.0
#include "engine/fault.hpp"

namespace catchrule {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

struct Utf8 {
    std::size_t length;  // bytes of the sequence, or of the broken start of one
    bool valid;
};

// The sequence at the front of `text`, which starts with a byte above 127 (RFC 3629: no overlong
// forms, no surrogates, nothing beyond U+10FFFF).
Utf8 utf8_sequence(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    std::size_t length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return {1, false};
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (i == text.size()) return {i, false};
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < low || byte > high) return {i, false};
        low = 0x80;
        high = 0xBF;
    }
    return {length, true};
}

void append_ascii(char c, std::string& out) {
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20) {
        out += c;
        return;
    }
    out += "\\u00";
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
}

// A JSON string with its quotes.
void append_quoted(std::string_view text, std::string& out) {
    out += '"';
    while (!text.empty()) {
        std::size_t length = 1;
        if (static_cast<unsigned char>(text[0]) < 0x80) {
            append_ascii(text[0], out);
        } else {
            const Utf8 sequence = utf8_sequence(text);
            length = sequence.length;
            out += sequence.valid ? text.substr(0, length) : replacement;
        }
        text.remove_prefix(length);
    }
    out += '"';
}

}  // namespace

std::string_view to_string(EndpointKind kind) {
    return kind == EndpointKind::proxy ? "proxy" : "target";
}

std::string_view element_name(EndpointKind kind) {
    return kind == EndpointKind::proxy ? "ProxyEndpoint" : "TargetEndpoint";
}

std::string_view fault_name_of(std::string_view code) {
    return code.substr(code.rfind('.') + 1);  // npos + 1 is 0
}

std::string default_fault_body(const Fault& fault) {
    std::string body = R"({"fault":{"faultstring":)";
    append_quoted(fault.text, body);
    body += R"(,"detail":{"errorcode":)";
    append_quoted(fault.code, body);
    if (!fault.reason.empty()) {
        body += R"(,"reason":)";
        append_quoted(fault.reason, body);
    }
    body += "}}}";
    return body;
}

}  // namespace catchrule
