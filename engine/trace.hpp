// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/evaluate.hpp"
#include "engine/message.hpp"
#include "engine/step.hpp"
#include "engine/trace_mask.hpp"

/// What happened in a call as data, in the vocabulary of the vendor's debug sessions (SEMANTICS 5),
/// and what that vocabulary does not tell. Nothing is printed here; engine/traces reads and writes
/// the vendor's formats and ours.
namespace catchrule::trace {

/// How much of one call is kept. What goes beyond is left out and counted, never an error.
struct Limits {
    std::size_t points = 4096;                 ///< of a call
    std::size_t call_bytes = 4 * 1024 * 1024;  ///< text of all its points together
    std::size_t content_bytes = 5120;          ///< of a body; `tracesize` of the vendor
    std::size_t value_bytes = 5120;            ///< of a variable, header or property
    std::size_t values = 1024;                 ///< variable accesses of a point
};

struct Property {
    std::string name;
    std::string value;

    friend bool operator==(const Property&, const Property&) = default;
};

/// One row of VariableAccess.
struct Access {
    enum class Kind : std::uint8_t { get, set, remove };

    Kind kind = Kind::get;
    std::string name;
    std::optional<std::string> value;  ///< none = unset; of a removal always none
    bool success = true;               ///< of set and remove

    friend bool operator==(const Access&, const Access&) = default;
};

/// A message as it was at a point. What a recording does not have is none.
struct Snapshot {
    enum class Kind : std::uint8_t { request, response, error };

    Kind kind = Kind::request;
    std::optional<std::string> content;
    std::vector<Field> headers;
    std::optional<std::string> uri;
    std::optional<std::string> verb;
    std::optional<std::string> reason;
    std::optional<std::string> status;  ///< as recorded, mostly a number

    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// One point of a recording. `condition` and the ids `Rule` and `Cut` are ours: they are in
/// catchrule.trace/1 only.
struct Point {
    std::string id = {};  ///< "StateChange", "Condition", ...; any text in foreign recordings
    std::optional<Millis> at = {};  ///< none for Paused and Resumed; Edge has no zone: taken as UTC
    std::vector<Property> properties = {};
    std::optional<Snapshot> message = {};
    std::optional<std::vector<Access>> accesses = {};  ///< none = the point has no VariableAccess
    std::optional<ConditionRecord> condition = {};     ///< every operand of what was evaluated

    /// The value of a property; none when there is no such one.
    std::optional<std::string_view> property(std::string_view name) const;

    friend bool operator==(const Point&, const Point&);
};

/// The points of one API call: a `Message` of a debug session.
struct Call {
    std::string id;
    bool completed = true;
    bool partial = false;  ///< points are missing: a limit was met
    std::vector<Point> points;

    friend bool operator==(const Call&, const Call&) = default;
};

/// What a debug session says about itself; all of it may be empty.
struct Session {
    std::string retrieved;  ///< ISO 8601 with milliseconds and Z
    std::string organization;
    std::string environment;
    std::string api;
    std::string revision;
    std::string id;

    friend bool operator==(const Session&, const Session&) = default;
};

/// Whether a point id is one of catchrule.trace/1 that the vendor's formats do not have.
bool is_own_point(std::string_view id);

/// The first `bytes` of UTF-8 text, less when a character would be cut.
std::string_view cut_text(std::string_view text, std::size_t bytes);

/// The variable accesses since a step began to execute (SEMANTICS 5.1). Variables writes into it.
/// One call, one thread.
class AccessLog {
public:
    explicit AccessLog(const Limits& limits) : limits_(limits) {}

    void get(std::string_view name, const Value& value);
    void set(std::string_view name, const Value& value, bool success);
    void remove(std::string_view name, bool success);
    void clear() { rows_.clear(); }

    const std::vector<Access>& rows() const { return rows_; }
    /// Rows that met the limit, since the beginning.
    std::size_t left_out() const { return left_out_; }

private:
    void add(Access::Kind kind, std::string_view name, const Value& value, bool success);

    Limits limits_;
    std::vector<Access> rows_;
    std::size_t left_out_ = 0;
};

/// Takes the points of one call; a FlowMachine gets it by CallOptions::trace and writes into it.
/// One call, one thread.
class Recorder {
public:
    explicit Recorder(const Limits& limits = {}) : limits_(limits), log_(limits) {}

    /// Keeps a point, within the limits.
    void add(Point point);

    /// Time of the points that follow; the machine sets it.
    void set_now(Millis now) { now_ = now; }
    Millis now() const { return now_; }

    AccessLog& log() { return log_; }
    const Limits& limits() const { return limits_; }
    Session& session() { return session_; }
    const Session& session() const { return session_; }
    /// Names whose values finish() hides, besides those that are always hidden.
    Masks& masks() { return masks_; }

    /// The flow state, and the last one that differed.
    std::string_view state() const { return state_; }
    void set_state(std::string_view state) { state_ = state; }

    /// The call, with its secrets masked. Call once, after the machine has finished.
    Call finish(std::string id);

private:
    Limits limits_;
    AccessLog log_;
    Session session_;
    Masks masks_;
    std::vector<Point> points_;
    std::string state_;
    std::size_t bytes_ = 0;
    std::size_t left_out_ = 0;
    Millis now_ = 0;
};

}  // namespace catchrule::trace
