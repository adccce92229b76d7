// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/clock_variable.hpp"
#include "engine/known_variables.hpp"
#include "engine/message.hpp"
#include "engine/random.hpp"
#include "grammar/symbols.hpp"
#include "grammar/value.hpp"

namespace catchrule {

namespace trace {
class AccessLog;
}

using grammar::Slot;
using grammar::Symbols;
using grammar::Value;

/// Bytes handed out one after the other and given back all at once.
class Arena {
public:
    /// A copy of `text` that lives until clear().
    std::string_view copy(std::string_view text);
    void clear();

private:
    std::vector<std::unique_ptr<char[]>> blocks_;  // of one size, kept by clear()
    std::vector<std::unique_ptr<char[]>> large_;   // one text each, for texts beyond a block
    std::size_t block_ = 0;                        // index of the block in use
    std::size_t used_ = 0;                         // bytes of it that are taken
};

/// What each slot of a Symbols table means: a plain variable, or a view of one of the messages.
/// Immutable; shared by all calls of a bundle.
class VariableLayout {
public:
    explicit VariableLayout(const Symbols& symbols);

    const Symbols& symbols() const { return *symbols_; }
    /// Slots from here on were interned later: their names are looked up.
    std::size_t size() const { return views_.size(); }
    /// null for a plain variable.
    const MessageVariable* view(Slot slot) const;
    /// null for one that shows no time.
    const ClockVariable* clock(Slot slot) const;

private:
    const Symbols* symbols_;
    std::vector<std::optional<MessageVariable>> views_;
    std::vector<std::optional<ClockVariable>> clocks_;
};

/// Which message `message` stands for, and which ones exist (SEMANTICS 2.5, 3.1).
enum class Context : std::uint8_t { request, response, error };

/// Whether an assignment was taken.
enum class Assigned : std::uint8_t { yes, read_only, not_a_message, bad_value };

/// The flow variables of one call: a slot array over the bundle's names, a map for names nobody
/// reads in the bundle, and the messages. Names are flat keys. Text is copied in. One call, one
/// thread.
class Variables {
public:
    /// `layout` must outlive this.
    explicit Variables(const VariableLayout& layout);

    Value get(Slot slot) const {
        const bool plain = log_ == nullptr && slot < slots_.size() && !slots_[slot].is_null();
        return plain ? slots_[slot] : get_slowly(slot);
    }
    Value get(std::string_view name) const;

    /// Assigns as a policy does: refuses read-only variables; writes through to messages.
    Assigned assign(std::string_view name, const Value& value);

    /// Defines as the runtime does: nothing is read-only. A view of a message that can be written
    /// writes through; any other name gets this value until it is removed.
    void define(std::string_view name, const Value& value);

    /// Unsets a variable, header, parameter or body.
    void remove(std::string_view name);

    /// Forgets everything; keeps the memory for the next call.
    void clear();

    Context context() const { return context_; }
    /// `message` now means the message of this context; response and error exist from their first
    /// entry.
    void enter(Context context);
    bool has(Context context) const;
    /// From here on there is no `response` (PostClientFlow after an error).
    void forget_response() { has_response_ = false; }

    /// What `system.time.*` and `system.timestamp` read from now on; unset before the first call.
    void set_now(std::int64_t now) { times_.now = now; }
    /// Remembers when it happened: `client.sent.end.time` and the like.
    void mark(TimeMark mark, std::int64_t now) {
        times_.marks[static_cast<std::size_t>(mark)] = now;
    }

    Message& request() { return request_; }
    const Message& request() const { return request_; }
    Message& response() { return response_; }
    const Message& response() const { return response_; }
    Message& error() { return error_; }
    const Message& error() const { return error_; }

    /// The message that `message` stands for now.
    Message& current();
    const Message& current() const;

    /// A message by variable name (`request`, `response`, `error`, `message`, or one that a policy
    /// made); null when there is none.
    Message* message(std::string_view name);
    /// Makes (or empties) a message variable of that name; `kind` counts for names of policies
    /// only.
    Message& make_message(std::string_view name, Message::Kind kind);

    /// Plain variables that are set, sorted by name; for traces, tests and tools.
    std::map<std::string, Value> snapshot() const;

    const VariableLayout& layout() const { return *layout_; }

    /// What the call draws its chance from; reading a template may draw. clear() keeps it: the
    /// machine seeds it for each call.
    Random& random() const { return random_; }

    /// From now on `log`, if not null, takes what is read, set and removed by name.
    void log_to(trace::AccessLog* log) { log_ = log; }

private:
    const Message* find_message(MessageName which, std::string_view custom) const;
    Message* find_message(MessageName which, std::string_view custom);
    /// `parsed` holds the view of a name that has no slot.
    const MessageVariable* find_view(std::string_view name,
                                     std::optional<MessageVariable>& parsed) const;
    /// Of a slot without a value of its own, or while a log listens.
    Value get_slowly(Slot slot) const;
    Value value_of(Slot slot) const;
    Value value_of(std::string_view name) const;
    Assigned take(std::string_view name, const Value& value);
    void unset(std::string_view name);
    Value read(const MessageVariable& view) const;
    Value read(const ClockVariable& variable) const;
    void drop_parts_of(std::string_view message);
    Value stored(std::string_view name) const;
    void store(std::string_view name, const Value& value);
    bool write(const MessageVariable& view, const Value& value);
    Value copied(const Value& value);

    const VariableLayout* layout_;
    std::vector<Value> slots_;
    std::map<std::string, Value, std::less<>> others_;
    std::map<std::string, Message, std::less<>> custom_;
    mutable Arena arena_;
    mutable Random random_;
    CallTimes times_;
    trace::AccessLog* log_ = nullptr;
    Message request_ = Message::request();
    Message response_ = Message::response(200);
    Message error_ = Message::response(500);
    Context context_ = Context::request;
    bool has_response_ = false;
    bool has_error_ = false;
};

}  // namespace catchrule
