// SPDX-License-Identifier: Apache-2.0
#include "engine/message.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace catchrule {
namespace {

constexpr std::string_view form_type = "application/x-www-form-urlencoded";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char small = lower(c);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

// Lenient: a '%' without two hex digits after it stands for itself.
std::string percent_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out += ' ';
            continue;
        }
        if (text[i] == '%' && i + 2 < text.size()) {
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high >= 0 && low >= 0) {
                out += static_cast<char>(high * 16 + low);
                i += 2;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

// `safe`: what may stand unencoded beside letters and digits.
void append_encoded(std::string_view text, std::string_view safe, std::string& out) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        const bool alphanumeric = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
        if (alphanumeric || safe.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
}

bool is_form_type(std::string_view content_type) {
    return equal_ignoring_case(trimmed(content_type.substr(0, content_type.find(';'))), form_type);
}

}  // namespace

std::optional<std::string_view> Fields::first(std::string_view name) const {
    for (const Field& field : fields_) {
        if (same_name(field.name, name)) return field.value;
    }
    return std::nullopt;
}

std::vector<std::string_view> Fields::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const Field& field : fields_) {
        if (same_name(field.name, name)) values.push_back(field.value);
    }
    return values;
}

std::size_t Fields::count(std::string_view name) const {
    return static_cast<std::size_t>(
        std::count_if(fields_.begin(), fields_.end(),
                      [&](const Field& field) { return same_name(field.name, name); }));
}

void Fields::add(std::string_view name, std::string_view value) {
    // Made first: `name` and `value` may point into this table.
    Field made{std::string(name), std::string(value)};
    fields_.push_back(std::move(made));
}

void Fields::set(std::string_view name, std::string_view value) {
    set(name, std::vector<std::string>{std::string(value)});
}

void Fields::set(std::string_view name, const std::vector<std::string>& values) {
    const std::string key(name);
    std::size_t used = 0;
    std::size_t last = fields_.size();
    std::vector<Field> kept;
    kept.reserve(fields_.size() + values.size());
    for (Field& field : fields_) {
        if (!same_name(field.name, key)) {
            kept.push_back(std::move(field));
        } else if (used < values.size()) {
            kept.push_back({key, values[used++]});
            last = kept.size();
        }
    }
    // More values than there were: beside the last one, so that the order of other fields stays.
    if (last > kept.size()) last = kept.size();
    for (; used < values.size(); ++used, ++last) {
        kept.insert(kept.begin() + static_cast<std::ptrdiff_t>(last), Field{key, values[used]});
    }
    fields_ = std::move(kept);
}

std::size_t Fields::remove(std::string_view name) {
    const std::string key(name);  // may point into this table
    return std::erase_if(fields_, [&](const Field& field) { return same_name(field.name, key); });
}

bool Fields::remove(std::string_view name, std::size_t index) {
    if (index == 0) return false;
    const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const Field& field) {
        return same_name(field.name, name) && --index == 0;
    });
    if (found == fields_.end()) return false;
    fields_.erase(found);
    return true;
}

std::vector<std::string_view> Fields::names() const {
    std::vector<std::string_view> names;
    for (const Field& field : fields_) {
        const bool seen = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
            return same_name(name, field.name);
        });
        if (!seen) names.push_back(field.name);
    }
    return names;
}

bool Fields::same_name(std::string_view a, std::string_view b) const {
    return case_ == FieldCase::sensitive ? a == b : equal_ignoring_case(a, b);
}

Message Message::request() { return {}; }

Message Message::response(int status) {
    Message message;
    message.kind = Kind::response;
    message.status = status;
    return message;
}

void Message::set_status(int code) {
    if (reason == reason_phrase(status)) reason.clear();
    status = code;
}

std::string Message::query_text() const {
    if (!received_query.empty() && parse_query(received_query) == query) return received_query;
    return format_query(query);
}

std::string Message::uri() const {
    const std::string text = query_text();
    return text.empty() ? path : path + '?' + text;
}

void Message::set_uri(std::string_view target) {
    const auto mark = target.find('?');
    std::string rest(mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1));
    path = target.substr(0, mark);
    if (path.empty()) path = "/";
    query = parse_query(rest);
    received_query = std::move(rest);
}

Fields Message::form() const {
    const auto type = headers.first("Content-Type");
    if (!type || !is_form_type(*type)) return Fields(FieldCase::sensitive);
    return parse_query(content);
}

void Message::set_form(const Fields& form) {
    content = format_query(form);
    headers.set("Content-Type", form_type);
}

Fields parse_query(std::string_view text) {
    Fields fields(FieldCase::sensitive);
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        fields.add(percent_decoded(pair.substr(0, equals)),
                   percent_decoded(pair.substr(std::min(equals + 1, pair.size()))));
    }
    return fields;
}

std::string format_query(const Fields& fields) {
    constexpr std::string_view in_name = "-._~!$'()*,;:@/?";
    constexpr std::string_view in_value = "-._~!$'()*,;:@/?=";
    std::string out;
    for (const Field& field : fields.items()) {
        if (!out.empty()) out += '&';
        append_encoded(field.name, in_name, out);
        out += '=';
        append_encoded(field.value, in_value, out);
    }
    return out;
}

std::string extend_url(std::string base, std::string_view path, std::string_view query) {
    std::string both;
    if (const auto mark = base.find('?'); mark != std::string::npos) {
        both = base.substr(mark + 1);
        base.resize(mark);
    }
    if (!path.empty()) {
        if (base.ends_with('/') && path.front() == '/') path.remove_prefix(1);
        if (!base.ends_with('/') && !path.starts_with('/')) base += '/';
        base += path;
    }
    if (!both.empty() && !query.empty()) both += '&';
    both += query;
    if (!both.empty()) base.append("?").append(both);
    return base;
}

std::string_view reason_phrase(int status) {
    struct Row {
        int status;
        std::string_view phrase;
    };
    static constexpr std::array<Row, 61> rows{{
        {100, "Continue"},
        {101, "Switching Protocols"},
        {102, "Processing"},
        {103, "Early Hints"},
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {203, "Non-Authoritative Information"},
        {204, "No Content"},
        {205, "Reset Content"},
        {206, "Partial Content"},
        {207, "Multi-Status"},
        {208, "Already Reported"},
        {226, "IM Used"},
        {300, "Multiple Choices"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {305, "Use Proxy"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {402, "Payment Required"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {407, "Proxy Authentication Required"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {417, "Expectation Failed"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {423, "Locked"},
        {424, "Failed Dependency"},
        {425, "Too Early"},
        {426, "Upgrade Required"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {451, "Unavailable For Legal Reasons"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
        {506, "Variant Also Negotiates"},
        {507, "Insufficient Storage"},
        {508, "Loop Detected"},
        {510, "Not Extended"},
        {511, "Network Authentication Required"},
    }};
    const auto found = std::lower_bound(rows.begin(), rows.end(), status,
                                        [](const Row& row, int s) { return row.status < s; });
    return found != rows.end() && found->status == status ? found->phrase : std::string_view();
}

}  // namespace catchrule
