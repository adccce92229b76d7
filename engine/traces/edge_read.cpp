// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include <pugixml.hpp>

#include "engine/traces/edge.hpp"
#include "engine/traces/timestamp.hpp"

namespace catchrule::trace {

namespace {

// White space counts: a body or a value may consist of it.
constexpr unsigned parse_options = pugi::parse_default | pugi::parse_ws_pcdata_single;

std::string text_of(const pugi::xml_node& element) {
    std::string out;
    for (const pugi::xml_node& part : element.children()) {
        if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata)
            out += part.value();
    }
    return out;
}

bool is_element(const pugi::xml_node& node) { return node.type() == pugi::node_element; }

class PointReader {
public:
    PointReader(Point& point, Notes& notes) : point_(point), notes_(notes) {}

    void read(const pugi::xml_node& element) {
        point_.id = element.attribute("id").value();
        if (!is_known_point(point_.id)) notes_.unknown_point(point_.id);
        for (const pugi::xml_node& child : element.children()) {
            if (!is_element(child)) continue;
            const std::string_view name = child.name();
            if (name == "DebugInfo") {
                debug_info(child);
            } else if (name == "VariableAccess") {
                accesses(child);
            } else if (const auto kind = message_kind(name)) {
                message(child, *kind);
            } else {
                notes_.add("element <" + std::string(name) + "> of a point is not known: left out");
            }
        }
    }

private:
    void debug_info(const pugi::xml_node& info) {
        if (const auto timestamp = info.child("Timestamp")) {
            const std::string text = text_of(timestamp);
            point_.at = parse_timestamp(text);
            if (!point_.at) notes_.add("timestamp \"" + text + "\" is not dd-MM-yy HH:mm:ss:SSS");
        }
        for (const auto& property : info.child("Properties").children("Property")) {
            point_.properties.push_back({property.attribute("name").value(), text_of(property)});
        }
    }

    void message(const pugi::xml_node& element, Snapshot::Kind kind) {
        Snapshot& out = point_.message.emplace();
        out.kind = kind;
        const auto take = [&](const char* name, std::optional<std::string>& into) {
            if (const auto child = element.child(name)) into = text_of(child);
        };
        take("Content", out.content);
        take("URI", out.uri);
        take("Verb", out.verb);
        take("ReasonPhrase", out.reason);
        take("StatusCode", out.status);
        for (const auto& header : element.child("Headers").children("Header")) {
            out.headers.push_back({header.attribute("name").value(), text_of(header)});
        }
    }

    void accesses(const pugi::xml_node& element) {
        auto& rows = point_.accesses.emplace();
        for (const pugi::xml_node& child : element.children()) {
            if (!is_element(child)) continue;
            const auto kind = access_kind(child.name());
            if (!kind) {
                notes_.add("access <" + std::string(child.name()) + "> is not known: left out");
                continue;
            }
            Access& row = rows.emplace_back();
            row.kind = *kind;
            row.name = child.attribute("name").value();
            if (const auto value = child.attribute("value")) row.value = value.value();
            row.success = std::strcmp(child.attribute("success").value(), "false") != 0;
        }
    }

    Point& point_;
    Notes& notes_;
};

}  // namespace

bool read_edge_message(const std::string& element, Place begin, Call& call, Notes& notes,
                       ReadError& error) {
    pugi::xml_document document;
    const auto parsed =
        document.load_buffer(element.data(), element.size(), parse_options, pugi::encoding_utf8);
    if (!parsed) {
        const Place at = place_in(element, static_cast<std::size_t>(parsed.offset), begin);
        std::string text = parsed.description();
        for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        error = {at.line, at.column, "a message is not well formed: " + text};
        return false;
    }
    const pugi::xml_node message = document.child("Message");
    call.id = text_of(message.child("DebugId"));
    const pugi::xml_node data = message.child("Data");
    if (!data) notes.add("a message without <Data>");
    call.completed = text_of(data.child("Completed")) != "false";
    for (const pugi::xml_node& child : data.children("Point")) {
        PointReader(call.points.emplace_back(), notes).read(child);
    }
    return true;
}

Session read_edge_session(std::string frame) {
    if (frame.find("</DebugSession") == std::string::npos) frame += "</Messages></DebugSession>";
    pugi::xml_document document;
    document.load_buffer(frame.data(), frame.size(), parse_options, pugi::encoding_utf8);
    const pugi::xml_node root = document.child("DebugSession");
    return {.retrieved = text_of(root.child("Retrieved")),
            .organization = text_of(root.child("Organization")),
            .environment = text_of(root.child("Environment")),
            .api = text_of(root.child("API")),
            .revision = text_of(root.child("Revision")),
            .id = text_of(root.child("SessionId"))};
}

}  // namespace catchrule::trace
