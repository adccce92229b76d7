// SPDX-License-Identifier: Apache-2.0
#include "engine/message_view.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace catchrule {
namespace {

enum class Source : std::uint8_t { none, headers, query, form };

Source source_of(MessagePart part) {
    switch (part) {
        case MessagePart::header:
        case MessagePart::header_index:
        case MessagePart::header_values:
        case MessagePart::header_count:
        case MessagePart::header_names:
        case MessagePart::headers_count:
            return Source::headers;
        case MessagePart::query_parameter:
        case MessagePart::query_index:
        case MessagePart::query_values:
        case MessagePart::query_count:
        case MessagePart::query_names:
        case MessagePart::queries_count:
            return Source::query;
        case MessagePart::form_parameter:
        case MessagePart::form_index:
        case MessagePart::form_values:
        case MessagePart::form_count:
        case MessagePart::form_names:
        case MessagePart::forms_count:
            return Source::form;
        default:
            return Source::none;
    }
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Value count_value(std::size_t count) { return Value::integer(static_cast<std::int32_t>(count)); }

// Calls visit(field number, element) for each comma-separated element of each header of that name,
// until it says true. The element is trimmed.
template <class Visit>
void each_element(const Fields& headers, std::string_view name, Visit visit) {
    std::size_t number = 0;
    for (const Field& field : headers.items()) {
        if (!headers.same_name(field.name, name)) continue;
        const std::string_view value = field.value;
        for (std::size_t begin = 0; begin <= value.size();) {
            const std::size_t comma = std::min(value.find(',', begin), value.size());
            if (visit(number, trimmed(value.substr(begin, comma - begin)))) return;
            begin = comma + 1;
        }
        ++number;
    }
}

Value header_element(const Fields& headers, const MessageVariable& variable) {
    Value found;
    int left = variable.index;
    each_element(headers, variable.field, [&](std::size_t, std::string_view element) {
        if (--left > 0) return false;
        found = Value::text(element);
        return true;
    });
    return found;
}

std::size_t count_elements(const Fields& headers, std::string_view name) {
    std::size_t count = 0;
    each_element(headers, name, [&](std::size_t, std::string_view) {
        ++count;
        return false;
    });
    return count;
}

Value joined(const std::vector<std::string_view>& parts, Arena& arena) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) out += ',';
        out += parts[i];
    }
    return Value::text(arena.copy(out));
}

// `elements_by_comma`: headers; query and form parameters may hold commas.
Value read_field(const Fields& fields, const MessageVariable& variable, bool elements_by_comma,
                 Arena& arena) {
    switch (variable.part) {
        case MessagePart::header:
        case MessagePart::query_parameter:
        case MessagePart::form_parameter: {
            const auto first = fields.first(variable.field);
            if (!first) return Value::null();
            return Value::text(elements_by_comma ? trimmed(first->substr(0, first->find(',')))
                                                 : *first);
        }
        case MessagePart::header_index:
            return header_element(fields, variable);
        case MessagePart::query_index:
        case MessagePart::form_index: {
            const auto all = fields.all(variable.field);
            const auto index = static_cast<std::size_t>(variable.index);
            return index <= all.size() ? Value::text(all[index - 1]) : Value::null();
        }
        case MessagePart::header_values:
        case MessagePart::query_values:
        case MessagePart::form_values: {
            const auto all = fields.all(variable.field);
            if (all.empty()) return Value::null();
            return all.size() == 1 ? Value::text(all[0]) : joined(all, arena);
        }
        case MessagePart::header_count:
            return count_value(count_elements(fields, variable.field));
        case MessagePart::query_count:
        case MessagePart::form_count:
            return count_value(fields.count(variable.field));
        case MessagePart::header_names:
        case MessagePart::query_names:
        case MessagePart::form_names:
            return joined(fields.names(), arena);
        default:
            return count_value(fields.items().size());
    }
}

// The fields of a decoded form live in this function's frame only.
Value kept(Value value, Arena& arena) {
    return value.is_text() ? Value::text(arena.copy(value.as_text())) : value;
}

Value read_plain(const Message& message, MessagePart part, Arena& arena) {
    switch (part) {
        case MessagePart::verb:
            return Value::text(message.verb);
        case MessagePart::uri:
            return Value::text(arena.copy(message.uri()));
        case MessagePart::path:
            return Value::text(message.path);
        case MessagePart::querystring:
            return Value::text(arena.copy(message.query_text()));
        case MessagePart::version:
            return Value::text(message.version);
        case MessagePart::content:
            return Value::text(message.content);
        case MessagePart::status_code:
            return Value::integer(message.status);
        case MessagePart::reason_phrase:
            return Value::text(message.reason.empty() ? reason_phrase(message.status)
                                                      : std::string_view(message.reason));
        case MessagePart::form_string:
            return message.form().empty() ? Value::null() : Value::text(message.content);
        default:
            return Value::null();
    }
}

// Replaces (or, without text, removes) the Nth comma-separated element of a header; beyond the end,
// adds one. Other elements keep their place and field.
void edit_header_element(Fields& headers, const MessageVariable& variable,
                         std::optional<std::string_view> text) {
    std::vector<std::string> fields;
    std::optional<std::size_t> open;  // number of the field that fields.back() rebuilds
    int left = variable.index;
    each_element(headers, variable.field, [&](std::size_t number, std::string_view element) {
        --left;
        if (left == 0 && !text) return false;
        if (open == number) {
            fields.back() += ", ";
        } else {
            fields.emplace_back();
            open = number;
        }
        fields.back() += left == 0 ? *text : element;
        return false;
    });
    if (left > 0 && text) fields.emplace_back(*text);
    headers.set(variable.field, fields);
}

void edit_parameter(Fields& fields, const MessageVariable& variable,
                    std::optional<std::string_view> text) {
    if (variable.index == 0) {
        if (text) {
            fields.set(variable.field, *text);
        } else {
            fields.remove(variable.field);
        }
        return;
    }
    const auto index = static_cast<std::size_t>(variable.index);
    if (!text) {
        fields.remove(variable.field, index);
        return;
    }
    std::vector<std::string> values;
    for (const std::string_view value : fields.all(variable.field)) values.emplace_back(value);
    if (index <= values.size()) {
        values[index - 1] = *text;
    } else {
        values.emplace_back(*text);
    }
    fields.set(variable.field, values);
}

void edit_field(Message& message, const MessageVariable& variable,
                std::optional<std::string_view> text) {
    switch (source_of(variable.part)) {
        case Source::headers:
            if (variable.part == MessagePart::header_index) {
                edit_header_element(message.headers, variable, text);
            } else {
                edit_parameter(message.headers, variable, text);
            }
            return;
        case Source::query:
            edit_parameter(message.query, variable, text);
            return;
        case Source::form: {
            Fields form = message.form();
            if (!text && form.empty()) return;  // nothing to take away, and maybe not a form at all
            edit_parameter(form, variable, text);
            message.set_form(form);
            return;
        }
        case Source::none:
            return;
    }
}

bool write_status(Message& message, std::string_view text) {
    int status = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, status);
    if (error != std::errc() || stop != end || status < 100 || status > 999) return false;
    message.set_status(status);
    return true;
}

}  // namespace

Access access(MessagePart part, Message::Kind kind) {
    const bool is_request = kind == Message::Kind::request;
    switch (part) {
        case MessagePart::verb:
        case MessagePart::uri:
        case MessagePart::path:
        case MessagePart::querystring:
        case MessagePart::query_parameter:
        case MessagePart::query_index:
        case MessagePart::form_parameter:
        case MessagePart::form_index:
        case MessagePart::form_string:
            return is_request ? Access::writable : Access::none;
        case MessagePart::status_code:
        case MessagePart::reason_phrase:
            return is_request ? Access::none : Access::writable;
        case MessagePart::version:
        case MessagePart::content:
        case MessagePart::header:
        case MessagePart::header_index:
            return Access::writable;
        case MessagePart::header_values:
        case MessagePart::header_count:
        case MessagePart::header_names:
        case MessagePart::headers_count:
            return Access::readable;
        default:
            return is_request ? Access::readable : Access::none;
    }
}

Value read_part(const Message& message, const MessageVariable& variable, Arena& arena) {
    if (access(variable.part, message.kind) == Access::none) return Value::null();
    switch (source_of(variable.part)) {
        case Source::headers:
            return read_field(message.headers, variable, true, arena);
        case Source::query:
            return read_field(message.query, variable, false, arena);
        case Source::form:
            return kept(read_field(message.form(), variable, false, arena), arena);
        case Source::none:
            break;
    }
    return read_plain(message, variable.part, arena);
}

bool write_part(Message& message, const MessageVariable& variable, std::string_view text) {
    switch (variable.part) {
        case MessagePart::verb:
            message.verb = text;
            return true;
        case MessagePart::uri:
            message.set_uri(text);
            return true;
        case MessagePart::path:
            message.path = text;
            return true;
        case MessagePart::querystring:
            message.query = parse_query(text);
            return true;
        case MessagePart::version:
            message.version = text;
            return true;
        case MessagePart::content:
            message.content = text;
            return true;
        case MessagePart::status_code:
            return write_status(message, text);
        case MessagePart::reason_phrase:
            message.reason = text;
            return true;
        case MessagePart::form_string:
            message.set_form(parse_query(text));
            return true;
        default:
            edit_field(message, variable, text);
            return true;
    }
}

void remove_part(Message& message, const MessageVariable& variable) {
    if (access(variable.part, message.kind) != Access::writable) return;
    switch (variable.part) {
        case MessagePart::content:
        case MessagePart::form_string:
            message.content.clear();
            return;
        case MessagePart::querystring:
            message.query.clear();
            return;
        case MessagePart::reason_phrase:
            message.reason.clear();
            return;
        default:
            edit_field(message, variable, std::nullopt);
            return;
    }
}

}  // namespace catchrule
