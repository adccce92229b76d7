// SPDX-License-Identifier: Apache-2.0
#include <boost/json.hpp>

#include "engine/traces/json_points.hpp"
#include "engine/traces/timestamp.hpp"

namespace catchrule::trace {

namespace {

namespace json = boost::json;

// `[{"name": ..., "value": ...}]`
template <class Row>
void read_pairs(const json::array* from, std::vector<Row>& into) {
    if (from == nullptr) return;
    for (const json::value& row : *from) {
        if (!row.is_object()) continue;
        into.push_back({text_member(row.get_object(), "name").value_or(""),
                        text_member(row.get_object(), "value").value_or("")});
    }
}

void read_debug_info(const json::object& from, Point& point, Notes& notes) {
    if (const auto text = text_member(from, "timestamp")) {
        point.at = parse_timestamp(*text);
        if (!point.at) notes.add("timestamp \"" + *text + "\" is not dd-MM-yy HH:mm:ss:SSS");
    }
    if (const json::object* properties = object_member(from, "properties")) {
        read_pairs(array_member(*properties, "property"), point.properties);
    }
}

void read_message(const json::object& from, Snapshot::Kind kind, Point& point) {
    Snapshot& out = point.message.emplace();
    out.kind = kind;
    out.content = text_member(from, "content");
    out.uri = text_member(from, "uRI");
    out.verb = text_member(from, "verb");
    out.reason = text_member(from, "reasonPhrase");
    out.status = text_member(from, "statusCode");
    read_pairs(array_member(from, "headers"), out.headers);
}

void read_accesses(const json::object& from, Point& point, Notes& notes) {
    auto& rows = point.accesses.emplace();
    const json::array* list = array_member(from, "accessList");
    if (list == nullptr) return;
    for (const json::value& entry : *list) {
        if (!entry.is_object()) continue;
        for (const auto& [key, value] : entry.get_object()) {
            const auto kind = access_kind(key);
            if (!kind || !value.is_object()) {
                notes.add("access \"" + std::string(key) + "\" is not known: left out");
                continue;
            }
            Access& row = rows.emplace_back();
            row.kind = *kind;
            row.name = text_member(value.get_object(), "name").value_or("");
            row.value = text_member(value.get_object(), "value");
            row.success = text_member(value.get_object(), "success") != "false";
        }
    }
}

void read_point(const json::object& from, Point& point, Notes& notes) {
    point.id = text_member(from, "id").value_or("");
    if (!is_known_point(point.id)) notes.unknown_point(point.id);
    if (const json::object* condition = object_member(from, "condition")) {
        point.condition = condition_from_json(*condition);
    }
    const json::array* results = array_member(from, "results");
    if (results == nullptr) return;
    for (const json::value& value : *results) {
        if (!value.is_object()) continue;
        const json::object& result = value.get_object();
        const std::string tag = text_member(result, "ActionResult").value_or("");
        if (tag == "DebugInfo") {
            read_debug_info(result, point, notes);
        } else if (tag == "VariableAccess") {
            read_accesses(result, point, notes);
        } else if (const auto kind = message_kind(tag)) {
            read_message(result, *kind, point);
        } else {
            notes.add("ActionResult \"" + tag + "\" is not known: left out");
        }
    }
}

}  // namespace

std::optional<std::string> text_member(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_string()) return std::string(value->get_string());
    if (value->is_number() || value->is_bool()) return json::serialize(*value);
    return std::nullopt;
}

const json::object* object_member(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
}

const json::array* array_member(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    return value == nullptr ? nullptr : value->if_array();
}

bool parse_object(const std::string& text, Place begin, json::object& into, ReadError& error) {
    json::stream_parser parser;
    json::error_code failure;
    const std::size_t read = parser.write_some(text.data(), text.size(), failure);
    if (!failure) parser.finish(failure);
    if (failure) {
        const Place at = place_in(text, read, begin);
        error = {at.line, at.column, "not JSON: " + failure.message()};
        return false;
    }
    json::value value = parser.release();
    if (!value.is_object()) {
        error = {begin.line, begin.column, "expected a JSON object"};
        return false;
    }
    into = std::move(value.get_object());
    return true;
}

Call call_from_json(const json::object& from, Notes& notes) {
    Call call;
    call.id = text_member(from, "id").value_or(text_member(from, "DebugId").value_or(""));
    call.completed = text_member(from, "completed") != "false";
    call.partial = text_member(from, "partial") == "true";
    const json::array* points = array_member(from, "point");
    if (points == nullptr) {
        notes.add("a message without \"point\"");
        return call;
    }
    for (const json::value& point : *points) {
        if (point.is_object()) {
            read_point(point.get_object(), call.points.emplace_back(), notes);
        } else {
            notes.add("a point that is not an object: left out");
        }
    }
    return call;
}

Session session_from_json(const json::object& from) {
    const auto text = [&](std::string_view name) {
        return text_member(from, name).value_or(std::string());
    };
    return {.retrieved = text("Retrieved"),
            .organization = text("Organization"),
            .environment = text("Environment"),
            .api = text("API"),
            .revision = text("Revision"),
            .id = text("SessionId")};
}

}  // namespace catchrule::trace
