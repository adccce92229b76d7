// SPDX-License-Identifier: Apache-2.0
#include "engine/traces/read_trace.hpp"

#include <utility>

#include <boost/json.hpp>

#include "engine/traces/edge.hpp"
#include "engine/traces/json_points.hpp"
#include "engine/traces/json_splitter.hpp"
#include "engine/traces/xml_splitter.hpp"

namespace catchrule::trace {

namespace {

namespace json = boost::json;

constexpr std::string_view schema = "catchrule.trace/1";

// What an object that is no trace has at its top, so that its owner sees which file that was.
std::string keys_of(const json::object& object) {
    constexpr std::size_t most = 4;
    constexpr std::size_t longest = 40;
    std::string out;
    std::size_t count = 0;
    for (const auto& member : object) {
        if (count++ == most) return out + ", ...";
        const std::string_view key(member.key().data(), member.key().size());
        out += (out.empty() ? "\"" : ", \"") + std::string(cut_text(key, longest)) + '"';
    }
    return out.empty() ? "nothing" : out;
}

}  // namespace

class Reader::Impl {
public:
    Impl(std::istream& in, const ReadLimits& limits)
        : source_(in), xml_(source_, limits), json_(source_, limits), notes_(limits.notes) {}

    std::optional<Call> next() {
        if (over_) return std::nullopt;
        if (!begun_) begin();
        std::optional<Call> call;
        while (!over_ && !call) call = is_xml_ ? next_xml() : next_json();
        return call;
    }

    std::optional<Format> format_;
    Session session_;
    bool truncated_ = false;
    std::optional<ReadError> error_;
    const std::vector<std::string>& notes() const { return notes_.all(); }

private:
    // Passes over a byte order mark and white space.
    void begin() {
        begun_ = true;
        for (const int mark : {0xEF, 0xBB, 0xBF}) {
            if (source_.peek() == mark) source_.get();
        }
        int c = source_.peek();
        while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            source_.get();
            c = source_.peek();
        }
        is_xml_ = c == '<';
        if (is_xml_) format_ = Format::edge_xml;
        if (c == Source::end) {
            fail(source_.error("there is nothing to read"));
        } else if (!is_xml_ && c != '{') {
            fail(source_.error("neither XML nor a JSON object: not a trace"));
        }
    }

    void fail(ReadError error) {
        over_ = true;
        error_ = std::move(error);
    }

    // The input is over; `whole`: where it may be.
    void end(Split found) {
        over_ = true;
        truncated_ = found == Split::truncated;
    }

    std::optional<Call> next_xml() {
        const Split found = xml_.next();
        if (found == Split::failed) {
            format_.reset();
            fail(xml_.error());
            return std::nullopt;
        }
        if (!has_session_) {
            session_ = read_edge_session(xml_.rest());
            has_session_ = true;
        }
        if (found != Split::message) {
            end(found);
            return std::nullopt;
        }
        Call call;
        ReadError error;
        if (read_edge_message(xml_.message(), xml_.place(), call, notes_, error)) return call;
        fail(std::move(error));
        return std::nullopt;
    }

    std::optional<Call> next_json() {
        const Split found = json_.next();
        if (found == Split::failed) {
            fail(json_.error());
            return std::nullopt;
        }
        if (found == Split::end || found == Split::truncated) {
            end(found);
            return std::nullopt;
        }
        ReadError error;
        json::object object;
        if (!parse_object(json_.piece(), json_.place(), object, error)) {
            fail(std::move(error));
            return std::nullopt;
        }
        if (found == Split::message) return message(object);
        return value(object);
    }

    // An element of `Messages`; the session mostly stands before it.
    Call message(const json::object& object) {
        format_ = Format::x_json;
        if (!has_session_) {
            has_session_ = true;
            ReadError ignored;
            json::object rest;
            if (parse_object(json_.rest_so_far(), {}, rest, ignored)) take_session(rest);
        }
        return call_from_json(object, notes_);
    }

    void take_session(const json::object& object) {
        if (const json::object* session = object_member(object, "DebugSession")) {
            session_ = session_from_json(*session);
        }
    }

    // A top-level object: a line of ours, a transaction of X, or what stood round its messages.
    std::optional<Call> value(const json::object& object) {
        const auto said = text_member(object, "schema");
        if (said == schema) {
            format_ = Format::json_lines;
            if (const json::object* session = object_member(object, "session")) {
                session_ = session_from_json(*session);
            }
            return call_from_json(object, notes_);
        }
        const bool is_session =
            json_.had_messages() || object_member(object, "DebugSession") != nullptr;
        const bool is_transaction = array_member(object, "point") != nullptr;
        if (is_session || is_transaction) format_ = Format::x_json;
        if (is_session) {
            take_session(object);
            return std::nullopt;
        }
        if (is_transaction) return call_from_json(object, notes_);
        const Place at = json_.place();
        fail({at.line, at.column,
              "not a trace: expected \"DebugSession\" with \"Messages\", \"point\" or schema "
              "\"catchrule.trace/1\", found " +
                  (said ? "schema \"" + std::string(cut_text(*said, 40)) + '"' : keys_of(object))});
        return std::nullopt;
    }

    Source source_;
    XmlSplitter xml_;
    JsonSplitter json_;
    Notes notes_;
    bool begun_ = false;
    bool over_ = false;
    bool is_xml_ = false;
    bool has_session_ = false;
};

std::string_view to_string(Format format) {
    switch (format) {
        case Format::edge_xml:
            return "Edge XML";
        case Format::x_json:
            return "X JSON";
        case Format::json_lines:
            return schema;
    }
    return {};
}

Reader::Reader(std::istream& in, const ReadLimits& limits)
    : impl_(std::make_unique<Impl>(in, limits)) {}
Reader::~Reader() = default;

std::optional<Call> Reader::next() { return impl_->next(); }
std::optional<Format> Reader::format() const { return impl_->format_; }
const Session& Reader::session() const { return impl_->session_; }
bool Reader::truncated() const { return impl_->truncated_; }
const std::optional<ReadError>& Reader::error() const { return impl_->error_; }
const std::vector<std::string>& Reader::notes() const { return impl_->notes(); }

}  // namespace catchrule::trace
