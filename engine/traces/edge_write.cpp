// SPDX-License-Identifier: Apache-2.0
// The layout of the recorded downloads: frame elements at the margin, points indented by four, a
// blank line before Data; in a Get `value` stands before `name`.
#include "engine/traces/timestamp.hpp"
#include "engine/traces/vocabulary.hpp"
#include "engine/traces/write_trace.hpp"
#include "engine/utf8.hpp"

namespace catchrule::trace {

namespace {

enum class Where : std::uint8_t { text, attribute };

// `one` is a character, or a byte that is none: then `length` is 0.
bool is_not_in_xml(std::string_view one, std::size_t length) {
    if (length == 0 || one == "\xEF\xBF\xBE" || one == "\xEF\xBF\xBF") return true;
    const auto byte = static_cast<unsigned char>(one[0]);
    return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t';
}

// Characters that XML 1.0 does not have become U+FFFD.
void escape(std::string& out, std::string_view text, Where where) {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const std::string_view one = text.substr(0, length == 0 ? 1 : length);
        text.remove_prefix(one.size());
        const char c = one[0];
        if (is_not_in_xml(one, length)) {
            out += "\xEF\xBF\xBD";
        } else if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else if (c == '\r') {
            out += "&#13;";
        } else if (where == Where::attribute && (c == '\n' || c == '\t')) {
            out += c == '\n' ? "&#10;" : "&#9;";
        } else {
            out += one;
        }
    }
}

class EdgeWriter {
public:
    std::string write(const Session& session, std::span<const Call> calls) {
        out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<DebugSession>\n";
        element(0, "Retrieved", session.retrieved);
        element(0, "Organization", session.organization);
        element(0, "Environment", session.environment);
        element(0, "API", session.api);
        element(0, "Revision", session.revision);
        element(0, "SessionId", session.id);
        out_ += "<Messages>\n";
        for (const Call& call : calls) {
            Call masked = call;
            mask(masked);
            this->call(masked);
        }
        out_ += "</Messages>\n</DebugSession>\n";
        return std::move(out_);
    }

private:
    void indent(int depth) { out_.append(static_cast<std::size_t>(depth) * 4, ' '); }

    void element(int depth, std::string_view name, std::string_view text) {
        indent(depth);
        out_.append("<").append(name).append(">");
        escape(out_, text, Where::text);
        out_.append("</").append(name).append(">\n");
    }

    void optional(int depth, std::string_view name, const std::optional<std::string>& text) {
        if (text) element(depth, name, *text);
    }

    void attribute(std::string_view name, std::string_view value) {
        out_.append(" ").append(name).append("=\"");
        escape(out_, value, Where::attribute);
        out_ += '"';
    }

    // `<Property name="To">REQ_START</Property>`
    void named(int depth, std::string_view element, std::string_view name, std::string_view text) {
        indent(depth);
        out_.append("<").append(element);
        attribute("name", name);
        out_ += '>';
        escape(out_, text, Where::text);
        out_.append("</").append(element).append(">\n");
    }

    // Opens an element with content, or writes an empty one and says false.
    bool open(int depth, std::string_view name, bool empty) {
        indent(depth);
        out_.append("<").append(name).append(empty ? "/>\n" : ">\n");
        return !empty;
    }

    void close(int depth, std::string_view name) {
        indent(depth);
        out_.append("</").append(name).append(">\n");
    }

    void call(const Call& call) {
        out_ += "<Message>\n";
        element(0, "DebugId", call.id);
        out_ += "\n<Data>\n";
        element(1, "Completed", call.completed ? "true" : "false");
        for (const Point& point : call.points) {
            if (!is_own_point(point.id)) this->point(point);
        }
        out_ += "</Data>\n</Message>\n";
    }

    void point(const Point& point) {
        const bool has_info = point.at || !point.properties.empty();
        indent(1);
        out_ += "<Point";
        attribute("id", point.id);
        if (!has_info && !point.message && !point.accesses) {
            out_ += "/>\n";
            return;
        }
        out_ += ">\n";
        if (has_info) debug_info(point);
        if (point.message) message(*point.message);
        if (point.accesses) accesses(*point.accesses);
        close(1, "Point");
    }

    void debug_info(const Point& point) {
        open(2, "DebugInfo", false);
        if (point.at) element(3, "Timestamp", format_timestamp(*point.at));
        if (open(3, "Properties", point.properties.empty())) {
            for (const Property& p : point.properties) named(4, "Property", p.name, p.value);
            close(3, "Properties");
        }
        close(2, "DebugInfo");
    }

    void message(const Snapshot& message) {
        open(2, name_of(message.kind), false);
        optional(3, "Content", message.content);
        if (open(3, "Headers", message.headers.empty())) {
            for (const Field& header : message.headers) {
                named(4, "Header", header.name, header.value);
            }
            close(3, "Headers");
        }
        optional(3, "URI", message.uri);
        optional(3, "Verb", message.verb);
        optional(3, "ReasonPhrase", message.reason);
        optional(3, "StatusCode", message.status);
        close(2, name_of(message.kind));
    }

    void accesses(const std::vector<Access>& rows) {
        if (!open(2, "VariableAccess", rows.empty())) return;
        for (const Access& row : rows) {
            indent(3);
            out_.append("<").append(name_of(row.kind));
            if (row.kind != Access::Kind::get) attribute("success", row.success ? "true" : "false");
            if (row.value) attribute("value", *row.value);
            attribute("name", row.name);
            out_ += "/>\n";
        }
        close(2, "VariableAccess");
    }

    std::string out_;
};

}  // namespace

std::string edge_xml(const Session& session, std::span<const Call> calls) {
    return EdgeWriter().write(session, calls);
}

}  // namespace catchrule::trace
