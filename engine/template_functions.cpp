// SPDX-License-Identifier: Apache-2.0
// The functions of the vendor page "Message templates", one table at the end.
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "engine/digest.hpp"
#include "engine/encoding.hpp"
#include "engine/template_call.hpp"
#include "engine/template_text.hpp"

namespace catchrule {
namespace {

using Arguments = TemplateArguments;
using Expects = TemplateFunction::Expects;

std::optional<std::int64_t> integer(std::string_view text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
    return value;
}

enum class Encoding : std::uint8_t { utf8, hex, base64 };

// `UTF-8`, `hex`, `base16` and `base64` in any letter case, with or without dashes.
std::optional<Encoding> encoding(std::string_view word) {
    std::string plain = grammar::change_case(word, grammar::LetterCase::lower);
    std::erase(plain, '-');
    if (plain == "utf8") return Encoding::utf8;
    if (plain == "hex" || plain == "base16") return Encoding::hex;
    if (plain == "base64") return Encoding::base64;
    return std::nullopt;
}

template <Digest algorithm, Encoding form>
bool run_digest(const Arguments& arguments, std::string& out) {
    const std::string bytes = digest(algorithm, arguments.text(0));
    out += form == Encoding::hex ? encode_hex(bytes) : encode_base64(bytes);
    return true;
}

// (key,text[,encoding of the key[,encoding of the result]])
template <Digest algorithm>
bool run_hmac(const Arguments& arguments, std::string& out) {
    const auto of_key = encoding(arguments.size() > 2 ? arguments.text(2) : "utf-8");
    const auto of_result = encoding(arguments.size() > 3 ? arguments.text(3) : "base64");
    if (!of_key || !of_result || *of_result == Encoding::utf8) return false;
    std::optional<std::string> key(arguments.text(0));
    if (*of_key == Encoding::hex) key = decode_hex(arguments.text(0));
    if (*of_key == Encoding::base64) key = decode_base64(arguments.text(0));
    if (!key) return false;
    const std::string bytes = hmac(algorithm, *key, arguments.text(1));
    out += *of_result == Encoding::hex ? encode_hex(bytes) : encode_base64(bytes);
    return true;
}

bool run_encode_base64(const Arguments& arguments, std::string& out) {
    out += encode_base64(arguments.text(0));
    return true;
}

bool run_decode_base64(const Arguments& arguments, std::string& out) {
    const auto bytes = decode_base64(arguments.text(0));
    if (bytes) out += *bytes;
    return bytes.has_value();
}

template <grammar::LetterCase to>
bool run_case(const Arguments& arguments, std::string& out) {
    out += grammar::change_case(arguments.text(0), to);
    return true;
}

bool run_substring(const Arguments& arguments, std::string& out) {
    const auto begin = integer(arguments.text(1));
    const auto end = arguments.size() > 2 ? integer(arguments.text(2))
                                          : std::optional(std::numeric_limits<std::int64_t>::max());
    if (!begin || !end) return false;
    append_substring(arguments.text(0), *begin, *end, out);
    return true;
}

template <grammar::Search::Which which>
bool run_replace(const Arguments& arguments, std::string& out) {
    const auto replaced = std::get<grammar::Search>(arguments.expression)
                              .replace(arguments.text(0), arguments.text(2), which);
    if (replaced) out += *replaced;
    return replaced.has_value();
}

template <void (*escape)(std::string_view, std::string&)>
bool run_escape(const Arguments& arguments, std::string& out) {
    escape(arguments.text(0), out);
    return true;
}

template <std::int64_t milliseconds>
bool run_time(const Arguments& arguments, std::string& out) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / milliseconds;
    const auto time = integer(arguments.text(1));
    if (!time || *time > most || *time < -most) return false;
    std::get<TimePattern>(arguments.expression).append(*time * milliseconds, out);
    return true;
}

// A version 4 UUID (RFC 9562).
bool run_uuid(const Arguments& arguments, std::string& out) {
    std::string bytes;
    for (int half = 0; half < 2; ++half) {
        const std::uint64_t drawn = arguments.random.next();
        for (unsigned shift = 0; shift < 64; shift += 8) {
            bytes += static_cast<char>(drawn >> shift & 0xFFU);
        }
    }
    bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0FU) | 0x40U);
    bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3FU) | 0x80U);
    std::string text = encode_hex(bytes);
    for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, 1, '-');
    out += text;
    return true;
}

// ([min[,max]]), both included.
bool run_random(const Arguments& arguments, std::string& out) {
    using Limits = std::numeric_limits<std::int64_t>;
    const auto least = arguments.size() > 0 ? integer(arguments.text(0)) : Limits::min();
    const auto most = arguments.size() > 1 ? integer(arguments.text(1)) : Limits::max();
    if (!least || !most || *least > *most) return false;
    const std::uint64_t span =
        static_cast<std::uint64_t>(*most) - static_cast<std::uint64_t>(*least) + 1;
    const std::uint64_t drawn = span == 0 ? arguments.random.next() : arguments.random.below(span);
    out += std::to_string(static_cast<std::int64_t>(static_cast<std::uint64_t>(*least) + drawn));
    return true;
}

bool run_xeger(const Arguments& arguments, std::string& out) {
    return std::get<Xeger>(arguments.expression).append(arguments.random, out);
}

bool run_first(const Arguments& arguments, std::string& out) {
    const auto set = [](const auto& value) { return value.has_value(); };
    const auto found = std::find_if(arguments.values.begin(), arguments.values.end(), set);
    out += found == arguments.values.end() ? std::string_view("null") : **found;
    return true;
}

std::optional<payload::XPathType> xpath_type(std::string_view word) {
    using payload::XPathType;
    if (word == "nodeset") return XPathType::nodeset;
    if (word == "node") return XPathType::node;
    if (word == "string") return XPathType::text;
    if (word == "boolean") return XPathType::boolean;
    if (word == "number") return XPathType::number;
    return std::nullopt;
}

// (expression,xml[,type][,prefix:uri...])
bool run_xpath(const Arguments& arguments, std::string& out) {
    const auto type = xpath_type(arguments.size() > 2 ? arguments.text(2) : "nodeset");
    if (!type) return false;
    const auto& xpath = std::get<payload::XPath>(arguments.expression);
    const payload::XPathMatch match = xpath.run(arguments.text(1), *type);
    out += match.text;
    return match.status == payload::Status::ok;
}

// (path,json[,whether all of a list is wanted, or its first item])
bool run_json_path(const Arguments& arguments, std::string& out) {
    const auto& path = std::get<payload::JsonPath>(arguments.expression);
    const payload::JsonMatches matches = path.run(arguments.text(1));
    if (matches.is_list && arguments.size() > 2 && arguments.text(2) == "true") {
        out += matches.json();
    } else if (!matches.items.empty()) {
        out += matches.items.front().text;
    }
    return matches.status == payload::Status::ok;
}

using enum Digest;
using grammar::LetterCase;
using Which = grammar::Search::Which;
constexpr Encoding hex = Encoding::hex;
constexpr Encoding base64 = Encoding::base64;

// In the order of their names.
constexpr std::array<TemplateFunction, 37> functions{{
    {"createUuid", 0, 0, run_uuid},
    {"decodeBase64", 1, 1, run_decode_base64},
    {"encodeBase64", 1, 1, run_encode_base64},
    {"encodeHTML", 1, 1, run_escape<encode_html>},
    {"escapeJSON", 1, 1, run_escape<escape_json>},
    {"escapeXML", 1, 1, run_escape<escape_xml10>},
    {"escapeXML11", 1, 1, run_escape<escape_xml11>},
    {"firstnonnull", 1, TemplateCall::max_arguments, run_first, Expects::values, 0, 99, true},
    {"hmacMd5", 2, 4, run_hmac<md5>, Expects::values, 0, 2},
    {"hmacSha1", 2, 4, run_hmac<sha1>, Expects::values, 0, 2},
    {"hmacSha224", 2, 4, run_hmac<sha224>, Expects::values, 0, 2},
    {"hmacSha256", 2, 4, run_hmac<sha256>, Expects::values, 0, 2},
    {"hmacSha384", 2, 4, run_hmac<sha384>, Expects::values, 0, 2},
    {"hmacSha512", 2, 4, run_hmac<sha512>, Expects::values, 0, 2},
    {"jsonPath", 2, 3, run_json_path, Expects::json_path, 0, 2},
    {"md5Base64", 1, 1, run_digest<md5, base64>},
    {"md5Hex", 1, 1, run_digest<md5, hex>},
    {"randomLong", 0, 2, run_random},
    {"replaceAll", 3, 3, run_replace<Which::all>, Expects::regex, 1},
    {"replaceFirst", 3, 3, run_replace<Which::first>, Expects::regex, 1},
    {"sha1Base64", 1, 1, run_digest<sha1, base64>},
    {"sha1Hex", 1, 1, run_digest<sha1, hex>},
    {"sha256Base64", 1, 1, run_digest<sha256, base64>},
    {"sha256Hex", 1, 1, run_digest<sha256, hex>},
    {"sha384Base64", 1, 1, run_digest<sha384, base64>},
    {"sha384Hex", 1, 1, run_digest<sha384, hex>},
    {"sha512Base64", 1, 1, run_digest<sha512, base64>},
    {"sha512Hex", 1, 1, run_digest<sha512, hex>},
    {"substring", 2, 3, run_substring},
    {"timeFormat", 2, 2, run_time<1000>, Expects::time_format},
    {"timeFormatMs", 2, 2, run_time<1>, Expects::time_format},
    {"timeFormatUTC", 2, 2, run_time<1000>, Expects::time_format},
    {"timeFormatUTCMs", 2, 2, run_time<1>, Expects::time_format},
    {"toLowerCase", 1, 1, run_case<LetterCase::lower>},
    {"toUpperCase", 1, 1, run_case<LetterCase::upper>},
    {"xeger", 1, 1, run_xeger, Expects::xeger},
    {"xpath", 2, TemplateCall::max_arguments, run_xpath, Expects::xpath, 0, 2},
}};
static_assert(std::is_sorted(functions.begin(), functions.end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));

}  // namespace

std::span<const TemplateFunction> template_functions() { return functions; }

const TemplateFunction* find_template_function(std::string_view name) {
    const auto* found = std::lower_bound(
        functions.begin(), functions.end(), name,
        [](const TemplateFunction& row, std::string_view wanted) { return row.name < wanted; });
    return found != functions.end() && found->name == name ? found : nullptr;
}

}  // namespace catchrule
