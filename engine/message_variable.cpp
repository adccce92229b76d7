// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>

#include "engine/known_variables.hpp"

namespace catchrule {
namespace {

struct WholePart {
    std::string_view name;
    MessagePart part;
};

constexpr std::array<WholePart, 18> whole_parts{{
    {"verb", MessagePart::verb},
    {"uri", MessagePart::uri},
    {"path", MessagePart::path},
    {"querystring", MessagePart::querystring},
    {"version", MessagePart::version},
    {"content", MessagePart::content},
    {"status.code", MessagePart::status_code},
    {"reason.phrase", MessagePart::reason_phrase},
    {"formstring", MessagePart::form_string},
    {"headers.names", MessagePart::header_names},
    {"headers.names.string", MessagePart::header_names},
    {"headers.count", MessagePart::headers_count},
    {"queryparams.names", MessagePart::query_names},
    {"queryparams.names.string", MessagePart::query_names},
    {"queryparams.count", MessagePart::queries_count},
    {"formparams.names", MessagePart::form_names},
    {"formparams.names.string", MessagePart::form_names},
    {"formparams.count", MessagePart::forms_count},
}};

struct FieldPart {
    std::string_view prefix;
    MessagePart first;
    MessagePart index;
    MessagePart values;
    MessagePart count;
};

constexpr std::array<FieldPart, 3> field_parts{{
    {"header.", MessagePart::header, MessagePart::header_index, MessagePart::header_values,
     MessagePart::header_count},
    {"queryparam.", MessagePart::query_parameter, MessagePart::query_index,
     MessagePart::query_values, MessagePart::query_count},
    {"formparam.", MessagePart::form_parameter, MessagePart::form_index, MessagePart::form_values,
     MessagePart::form_count},
}};

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

// Takes `suffix` only when something is left: `header.values` is a header called "values".
bool take_suffix(std::string_view& text, std::string_view suffix) {
    if (text.size() <= suffix.size() || !text.ends_with(suffix)) return false;
    text.remove_suffix(suffix.size());
    return true;
}

// Takes a final `.N` with N of 1 or more; 0 = there is none.
int take_index(std::string_view& text) {
    const auto dot = text.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return 0;
    int index = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + dot + 1, end, index);
    if (error != std::errc() || stop != end || index < 1) return 0;
    text = text.substr(0, dot);
    return index;
}

std::optional<MessageVariable> parse_field(const FieldPart& part, std::string_view field) {
    if (field.empty()) return std::nullopt;
    MessageVariable variable;
    if (take_suffix(field, ".values.count")) {
        variable.part = part.count;
    } else if (take_suffix(field, ".values.string") || take_suffix(field, ".values")) {
        variable.part = part.values;
    } else {
        variable.index = take_index(field);
        variable.part = variable.index > 0 ? part.index : part.first;
    }
    variable.field = field;
    return variable;
}

// What stands behind the message's name.
std::optional<MessageVariable> parse_part(std::string_view rest) {
    for (const WholePart& whole : whole_parts) {
        if (whole.name != rest) continue;
        MessageVariable variable;
        variable.part = whole.part;
        return variable;
    }
    for (const FieldPart& part : field_parts) {
        std::string_view field = rest;
        if (take_prefix(field, part.prefix)) return parse_field(part, field);
    }
    return std::nullopt;
}

std::optional<MessageName> built_in_message(std::string_view name) {
    if (name == "request") return MessageName::request;
    if (name == "response") return MessageName::response;
    if (name == "error") return MessageName::error;
    if (name == "message") return MessageName::message;
    return std::nullopt;
}

}  // namespace

std::optional<MessageVariable> parse_message_variable(std::string_view name) {
    auto dot = name.find('.');
    if (dot == std::string_view::npos || dot == 0) return std::nullopt;
    if (const auto message = built_in_message(name.substr(0, dot))) {
        auto variable = parse_part(name.substr(dot + 1));
        if (variable) variable->message = *message;
        return variable;
    }
    // Names of messages may hold dots; the shortest one counts, so that `x.header.a.content` is a
    // header.
    for (; dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
        auto variable = parse_part(name.substr(dot + 1));
        if (!variable) continue;
        variable->message = MessageName::custom;
        variable->custom = name.substr(0, dot);
        return variable;
    }
    return std::nullopt;
}

}  // namespace catchrule
