// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "grammar/value.hpp"

namespace catchrule {

/// The messages that variables may view.
enum class MessageName : std::uint8_t { request, response, error, message, custom };

/// What of a message a variable views (vendor page "Flow variables reference").
enum class MessagePart : std::uint8_t {
    verb,
    uri,
    path,
    querystring,
    version,
    content,
    status_code,
    reason_phrase,
    header,         ///< first value up to the first comma
    header_index,   ///< `.N`, from 1, counted over commas too
    header_values,  ///< `.values` and `.values.string`: all values, comma-joined
    header_count,   ///< `.values.count`
    header_names,   ///< `request.headers.names`
    headers_count,  ///< `request.headers.count`
    query_parameter,
    query_index,
    query_values,
    query_count,
    query_names,
    queries_count,
    form_parameter,
    form_index,
    form_values,
    form_count,
    form_names,
    forms_count,
    form_string,  ///< `request.formstring`
};

/// A variable name taken apart: `request.header.accept.2`.
struct MessageVariable {
    MessageName message = MessageName::request;
    std::string custom;  ///< name of the message when `message` is custom
    MessagePart part = MessagePart::content;
    std::string field;  ///< header or parameter name
    int index = 0;      ///< from 1, for the *_index parts
};

/// None for a plain variable. Names of custom messages are not known here: `x.header.y` is custom
/// "x".
std::optional<MessageVariable> parse_message_variable(std::string_view name);

/// One built-in variable: documentation and data in one. The failed flags of policies follow from
/// failed_prefixes() and are not listed.
struct KnownVariable {
    std::string_view name;  ///< `{policy}` and `{name}` stand for one part
    grammar::Type type;
    bool read_only;
};
std::span<const KnownVariable> known_variables();

/// The documented type of a variable, also of the per-policy ones; none when it is not documented.
std::optional<grammar::Type> documented_type(std::string_view name);

/// Whether policies may not assign it.
bool is_read_only(std::string_view name);

/// `text` as a value of the documented type of `name`; as String when it has none or does not
/// parse. The text of the Value borrows from `text`.
grammar::Value typed_value(std::string_view name, std::string_view text);

}  // namespace catchrule
