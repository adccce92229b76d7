// SPDX-License-Identifier: Apache-2.0
#include <boost/json.hpp>

#include "engine/traces/json_points.hpp"
#include "engine/traces/timestamp.hpp"
#include "engine/traces/write_trace.hpp"
#include "engine/utf8.hpp"

namespace catchrule::trace {

namespace {

namespace json = boost::json;

enum class Dialect : std::uint8_t { vendor, own };

json::object pair(std::string_view name, std::string_view value) {
    return {{"name", valid_utf8(name)}, {"value", valid_utf8(value)}};
}

json::object debug_info(const Point& point) {
    json::object out{{"ActionResult", "DebugInfo"}};
    if (point.at) out["timestamp"] = format_timestamp(*point.at);
    json::array rows;
    for (const Property& p : point.properties) rows.emplace_back(pair(p.name, p.value));
    out["properties"] = json::object{{"property", std::move(rows)}};
    return out;
}

json::object message(const Snapshot& message) {
    json::object out{{"ActionResult", name_of(message.kind)}};
    const auto put = [&](const char* name, const std::optional<std::string>& text) {
        if (text) out[name] = valid_utf8(*text);
    };
    put("content", message.content);
    json::array rows;
    for (const Field& field : message.headers) rows.emplace_back(pair(field.name, field.value));
    out["headers"] = std::move(rows);
    put("uRI", message.uri);
    put("verb", message.verb);
    put("reasonPhrase", message.reason);
    put("statusCode", message.status);
    return out;
}

json::object accesses(const std::vector<Access>& rows) {
    json::array list;
    for (const Access& row : rows) {
        json::object inner{{"name", valid_utf8(row.name)}};
        if (row.value) inner["value"] = valid_utf8(*row.value);
        if (row.kind != Access::Kind::get) inner["success"] = row.success;
        list.push_back(json::object{{name_of(row.kind), std::move(inner)}});
    }
    return {{"ActionResult", "VariableAccess"}, {"accessList", std::move(list)}};
}

json::object point_json(const Point& point, Dialect dialect) {
    json::array results;
    if (point.at || !point.properties.empty()) results.emplace_back(debug_info(point));
    if (point.message) results.emplace_back(message(*point.message));
    if (point.accesses) results.emplace_back(accesses(*point.accesses));
    json::object out{{"id", valid_utf8(point.id)}, {"results", std::move(results)}};
    if (dialect == Dialect::own && point.condition) {
        out["condition"] = condition_to_json(*point.condition);
    }
    return out;
}

json::array points_json(const Call& call, Dialect dialect) {
    json::array out;
    for (const Point& point : call.points) {
        if (dialect == Dialect::vendor && is_own_point(point.id)) continue;
        out.emplace_back(point_json(point, dialect));
    }
    return out;
}

json::object session_json(const Session& session) {
    json::object out;
    const auto put = [&](const char* name, const std::string& text) {
        if (!text.empty()) out[name] = valid_utf8(text);
    };
    put("Retrieved", session.retrieved);
    put("Organization", session.organization);
    put("Environment", session.environment);
    put("API", session.api);
    put("Revision", session.revision);
    put("SessionId", session.id);
    return out;
}

}  // namespace

std::string x_json(const Session& session, std::span<const Call> calls) {
    json::array messages;
    for (const Call& call : calls) {
        Call masked = call;
        mask(masked);
        json::object out;
        if (!masked.id.empty()) out["DebugId"] = valid_utf8(masked.id);
        out["completed"] = masked.completed;
        out["point"] = points_json(masked, Dialect::vendor);
        messages.emplace_back(std::move(out));
    }
    return json::serialize(json::object{{"DebugSession", session_json(session)},
                                        {"Messages", std::move(messages)}}) +
           '\n';
}

std::string trace_line(const Session& session, const Call& call) {
    Call masked = call;
    mask(masked);
    return json::serialize(json::object{{"schema", "catchrule.trace/1"},
                                        {"id", valid_utf8(masked.id)},
                                        {"session", session_json(session)},
                                        {"completed", masked.completed},
                                        {"partial", masked.partial},
                                        {"point", points_json(masked, Dialect::own)}}) +
           '\n';
}

}  // namespace catchrule::trace
