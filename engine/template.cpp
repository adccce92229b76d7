// SPDX-License-Identifier: Apache-2.0
#include "engine/template.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace catchrule {
namespace {

// Functions of the vendor page "Message templates". An unknown word before a parenthesis is more
// likely a script or a style sheet than a call, so only these are worth a warning.
constexpr std::array<std::string_view, 37> functions{
    "createUuid",   "decodeBase64",  "encodeBase64",    "encodeHTML",  "escapeJSON",   "escapeXML",
    "escapeXML11",  "firstnonnull",  "hmacMd5",         "hmacSha1",    "hmacSha224",   "hmacSha256",
    "hmacSha384",   "hmacSha512",    "jsonPath",        "md5Base64",   "md5Hex",       "randomLong",
    "replaceAll",   "replaceFirst",  "sha1Base64",      "sha1Hex",     "sha256Base64", "sha256Hex",
    "sha384Base64", "sha384Hex",     "sha512Base64",    "sha512Hex",   "substring",    "timeFormat",
    "timeFormatMs", "timeFormatUTC", "timeFormatUTCMs", "toLowerCase", "toUpperCase",  "xeger",
    "xpath",
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_name_char(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '%';
}

// The variable name at the front of `text`; empty when there is none.
std::string_view leading_name(std::string_view text, char suffix) {
    if (text.empty() || !(is_letter(text[0]) || text[0] == '_')) return {};
    const auto end = std::find_if(text.begin(), text.end(),
                                  [suffix](char c) { return !is_name_char(c) || c == suffix; });
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// What stands behind a prefix character.
struct Braced {
    enum class Kind { text, reference, call };
    Kind kind = Kind::text;
    std::string_view name;
    std::optional<std::string_view> fallback;
    std::size_t length = 0;  // up to and including the suffix; 0 for text
};

// `text` starts behind the prefix.
Braced read_braced(std::string_view text, Template::Delimiters delimiters) {
    const std::string_view name = leading_name(text, delimiters.suffix);
    const std::string_view rest = text.substr(name.size());
    if (name.empty() || rest.empty()) return {};
    if (rest[0] == delimiters.suffix) {
        return {Braced::Kind::reference, name, std::nullopt, name.size() + 1};
    }
    if (rest[0] == ':') {
        // A default with another prefix in it is JSON or the like, not a default.
        const std::array stops{delimiters.prefix, delimiters.suffix};
        const auto end = rest.find_first_of(std::string_view(stops.data(), stops.size()));
        if (end == std::string_view::npos || rest[end] != delimiters.suffix) return {};
        return {Braced::Kind::reference, name, rest.substr(1, end - 1), name.size() + end + 1};
    }
    if (rest[0] == '(' && std::find(functions.begin(), functions.end(), name) != functions.end()) {
        const auto end = rest.find(std::string{')', delimiters.suffix});
        if (end == std::string_view::npos) return {};
        return {Braced::Kind::call, name, std::nullopt, name.size() + end + 2};
    }
    return {};
}

grammar::Diagnostic unsupported_call(std::string_view name, std::size_t begin, std::size_t end) {
    return {
        grammar::Severity::warning,
        "CR210",
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
        "template function \"" + std::string(name) + "\" is not supported yet, the text is kept",
        {}};
}

}  // namespace

grammar::Parsed<Template> Template::parse(std::string_view text, Symbols& symbols,
                                          Delimiters delimiters) {
    grammar::Parsed<Template> parsed;
    Template& made = parsed.value.emplace();
    made.text_ = text;

    std::size_t literal_begin = 0;
    const auto end_literal = [&](std::size_t end) {
        if (end == literal_begin) return;
        Part part;
        part.literal = text.substr(literal_begin, end - literal_begin);
        made.parts_.push_back(std::move(part));
    };
    for (std::size_t at = text.find(delimiters.prefix); at != std::string_view::npos;) {
        const Braced braced = read_braced(text.substr(at + 1), delimiters);
        const std::size_t next = at + 1 + braced.length;
        if (braced.kind == Braced::Kind::call) {
            parsed.diagnostics.push_back(unsupported_call(braced.name, at, next));
        } else if (braced.kind == Braced::Kind::reference) {
            end_literal(at);
            literal_begin = next;
            Part part;
            part.name = braced.name;
            part.slot = symbols.intern(braced.name);
            part.has_default = braced.fallback.has_value();
            part.literal = braced.fallback.value_or("");
            made.parts_.push_back(std::move(part));
        }
        at = text.find(delimiters.prefix, next);
    }
    end_literal(text.size());
    return parsed;
}

std::string_view Template::render(const Variables& variables, std::string& out) const {
    std::string_view unresolved;
    Value::TextBuffer buffer;
    for (const Part& part : parts_) {
        if (part.name.empty()) {
            out += part.literal;
            continue;
        }
        const Value value = variables.get(part.slot);
        if (!value.is_null()) {
            out += value.to_text(buffer);
        } else if (part.has_default) {
            out += part.literal;
        } else if (unresolved.empty()) {
            unresolved = part.name;
        }
    }
    return unresolved;
}

std::string Template::render(const Variables& variables) const {
    std::string out;
    render(variables, out);
    return out;
}

bool Template::is_literal() const {
    return std::all_of(parts_.begin(), parts_.end(),
                       [](const Part& part) { return part.name.empty(); });
}

}  // namespace catchrule
