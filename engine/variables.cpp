// SPDX-License-Identifier: Apache-2.0
#include "engine/variables.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/message_view.hpp"
#include "engine/trace.hpp"

namespace catchrule {
namespace {

constexpr std::size_t block_bytes = 4096;

void reset(Message& message, Message::Kind kind, int status) {
    message.kind = kind;
    message.verb = "GET";
    message.path = "/";
    message.query.clear();
    message.received_query.clear();
    message.status = status;
    message.reason.clear();
    message.version = "1.1";
    message.headers.clear();
    message.content.clear();
    message.content_set_by.clear();
}

}  // namespace

std::string_view Arena::copy(std::string_view text) {
    if (text.empty()) return "";
    char* to = nullptr;
    if (text.size() > block_bytes) {
        large_.push_back(std::make_unique<char[]>(text.size()));
        to = large_.back().get();
    } else {
        if (block_ < blocks_.size() && block_bytes - used_ < text.size()) {
            ++block_;
            used_ = 0;
        }
        if (block_ == blocks_.size()) blocks_.push_back(std::make_unique<char[]>(block_bytes));
        to = blocks_[block_].get() + used_;
        used_ += text.size();
    }
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
}

void Arena::clear() {
    large_.clear();
    block_ = 0;
    used_ = 0;
}

VariableLayout::VariableLayout(const Symbols& symbols) : symbols_(&symbols) {
    views_.reserve(symbols.size());
    clocks_.reserve(symbols.size());
    for (std::size_t slot = 0; slot < symbols.size(); ++slot) {
        const std::string_view name = symbols.name(static_cast<Slot>(slot));
        views_.push_back(parse_message_variable(name));
        clocks_.push_back(parse_clock_variable(name));
    }
}

const MessageVariable* VariableLayout::view(Slot slot) const {
    return slot < views_.size() && views_[slot] ? &*views_[slot] : nullptr;
}

const ClockVariable* VariableLayout::clock(Slot slot) const {
    return slot < clocks_.size() && clocks_[slot] ? &*clocks_[slot] : nullptr;
}

Variables::Variables(const VariableLayout& layout) : layout_(&layout), slots_(layout.size()) {}

Value Variables::get_slowly(Slot slot) const {
    const Value value = value_of(slot);
    if (log_ != nullptr) log_->get(layout_->symbols().name(slot), value);
    return value;
}

Value Variables::get(std::string_view name) const {
    const Value value = value_of(name);
    if (log_ != nullptr) log_->get(name, value);
    return value;
}

Value Variables::value_of(Slot slot) const {
    // A name that was interned after the layout was made has no slot here.
    if (slot >= slots_.size()) return value_of(layout_->symbols().name(slot));
    if (!slots_[slot].is_null()) return slots_[slot];
    if (const MessageVariable* view = layout_->view(slot)) return read(*view);
    const ClockVariable* clock = layout_->clock(slot);
    return clock == nullptr ? Value::null() : read(*clock);
}

Value Variables::value_of(std::string_view name) const {
    const auto slot = layout_->symbols().find(name);
    if (slot && *slot < slots_.size()) return value_of(*slot);
    const Value plain = stored(name);
    if (!plain.is_null()) return plain;
    if (const auto view = parse_message_variable(name)) return read(*view);
    const auto clock = parse_clock_variable(name);
    return clock ? read(*clock) : Value::null();
}

Assigned Variables::assign(std::string_view name, const Value& value) {
    const Assigned assigned = take(name, value);
    if (log_ != nullptr) log_->set(name, value, assigned == Assigned::yes);
    return assigned;
}

Assigned Variables::take(std::string_view name, const Value& value) {
    if (is_read_only(name)) return Assigned::read_only;
    if (message(name) != nullptr) return Assigned::bad_value;

    std::optional<MessageVariable> parsed;
    if (const MessageVariable* view = find_view(name, parsed)) {
        const Message* target = find_message(view->message, view->custom);
        if (target == nullptr && view->message != MessageName::custom) {
            return Assigned::not_a_message;
        }
        if (target != nullptr) {
            const Access allowed = access(view->part, target->kind);
            if (allowed == Access::none) return Assigned::not_a_message;
            if (allowed == Access::readable) return Assigned::read_only;
            if (!value.is_null()) {
                if (!write(*view, value)) return Assigned::bad_value;
                store(name, Value::null());
                return Assigned::yes;
            }
        }
    }
    if (value.is_null()) {
        unset(name);
    } else {
        store(name, value);
    }
    return Assigned::yes;
}

void Variables::define(std::string_view name, const Value& value) {
    if (log_ != nullptr) log_->set(name, value, true);
    if (value.is_null()) {
        unset(name);
        return;
    }
    std::optional<MessageVariable> parsed;
    if (const MessageVariable* view = find_view(name, parsed)) {
        const bool had_response = has_response_;
        if (view->message == MessageName::response) has_response_ = true;
        if (write(*view, value)) {
            store(name, Value::null());
            return;
        }
        has_response_ = had_response;
    }
    store(name, value);
}

void Variables::remove(std::string_view name) {
    if (log_ != nullptr) log_->remove(name, true);
    unset(name);
}

void Variables::unset(std::string_view name) {
    store(name, Value::null());
    if (const auto custom = custom_.find(name); custom != custom_.end()) custom_.erase(custom);
    std::optional<MessageVariable> parsed;
    const MessageVariable* view = find_view(name, parsed);
    if (view == nullptr) return;
    if (Message* from = find_message(view->message, view->custom)) remove_part(*from, *view);
}

void Variables::clear() {
    std::fill(slots_.begin(), slots_.end(), Value::null());
    others_.clear();
    custom_.clear();
    arena_.clear();
    reset(request_, Message::Kind::request, 200);
    reset(response_, Message::Kind::response, 200);
    reset(error_, Message::Kind::response, 500);
    context_ = Context::request;
    times_ = {};
    has_response_ = false;
    has_error_ = false;
}

void Variables::enter(Context context) {
    context_ = context;
    if (context == Context::response) has_response_ = true;
    if (context == Context::error) has_error_ = true;
}

bool Variables::has(Context context) const {
    switch (context) {
        case Context::request:
            return true;
        case Context::response:
            return has_response_;
        case Context::error:
            return has_error_;
    }
    return false;
}

const Message& Variables::current() const {
    switch (context_) {
        case Context::request:
            break;
        case Context::response:
            return response_;
        case Context::error:
            return error_;
    }
    return request_;
}

Message& Variables::current() { return const_cast<Message&>(std::as_const(*this).current()); }

Message* Variables::message(std::string_view name) {
    if (name == "request") return &request_;
    if (name == "response") return has_response_ ? &response_ : nullptr;
    if (name == "error") return has_error_ ? &error_ : nullptr;
    if (name == "message") return &current();
    const auto custom = custom_.find(name);
    return custom == custom_.end() ? nullptr : &custom->second;
}

Message& Variables::make_message(std::string_view name, Message::Kind kind) {
    if (name == "response") has_response_ = true;
    if (name == "error") has_error_ = true;
    Message* made = message(name);
    if (made == nullptr) {
        made = &custom_[std::string(name)];
        drop_parts_of(name);
    } else if (custom_.find(name) == custom_.end()) {
        kind = made->kind;  // the built-in ones are what they are
    }
    reset(*made, kind, 200);
    return *made;
}

// Plain variables that were called like parts of the message would hide them for ever.
void Variables::drop_parts_of(std::string_view message) {
    const auto is_part = [&](const MessageVariable* view) {
        return view != nullptr && view->message == MessageName::custom && view->custom == message;
    };
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
        if (is_part(layout_->view(static_cast<Slot>(slot)))) slots_[slot] = Value::null();
    }
    std::erase_if(others_, [&](const auto& other) {
        if (!other.first.starts_with(message)) return false;
        const auto view = parse_message_variable(other.first);
        return view && is_part(&*view);
    });
}

std::map<std::string, Value> Variables::snapshot() const {
    std::map<std::string, Value> all(others_.begin(), others_.end());
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
        if (slots_[slot].is_null()) continue;
        all.emplace(layout_->symbols().name(static_cast<Slot>(slot)), slots_[slot]);
    }
    return all;
}

const Message* Variables::find_message(MessageName which, std::string_view custom) const {
    switch (which) {
        case MessageName::request:
            return &request_;
        case MessageName::response:
            return has_response_ ? &response_ : nullptr;
        case MessageName::error:
            return has_error_ ? &error_ : nullptr;
        case MessageName::message:
            return &current();
        case MessageName::custom:
            break;
    }
    const auto found = custom_.find(custom);
    return found == custom_.end() ? nullptr : &found->second;
}

const MessageVariable* Variables::find_view(std::string_view name,
                                            std::optional<MessageVariable>& parsed) const {
    const auto slot = layout_->symbols().find(name);
    if (slot && *slot < slots_.size()) return layout_->view(*slot);
    parsed = parse_message_variable(name);
    return parsed ? &*parsed : nullptr;
}

Message* Variables::find_message(MessageName which, std::string_view custom) {
    return const_cast<Message*>(std::as_const(*this).find_message(which, custom));
}

Value Variables::read(const MessageVariable& view) const {
    const Message* from = find_message(view.message, view.custom);
    return from == nullptr ? Value::null() : read_part(*from, view, arena_);
}

Value Variables::read(const ClockVariable& variable) const {
    std::string text;
    const Value value = read_clock(variable, times_, text);
    return value.is_text() ? Value::text(arena_.copy(value.as_text())) : value;
}

Value Variables::stored(std::string_view name) const {
    const auto slot = layout_->symbols().find(name);
    if (slot && *slot < slots_.size()) return slots_[*slot];
    const auto other = others_.find(name);
    return other == others_.end() ? Value::null() : other->second;
}

void Variables::store(std::string_view name, const Value& value) {
    const auto slot = layout_->symbols().find(name);
    if (slot && *slot < slots_.size()) {
        slots_[*slot] = copied(value);
        return;
    }
    const auto other = others_.find(name);
    if (value.is_null()) {
        if (other != others_.end()) others_.erase(other);
    } else if (other != others_.end()) {
        other->second = copied(value);
    } else {
        others_.emplace(name, copied(value));
    }
}

bool Variables::write(const MessageVariable& view, const Value& value) {
    Message* to = find_message(view.message, view.custom);
    if (to == nullptr || access(view.part, to->kind) != Access::writable) return false;
    Value::TextBuffer buffer;
    return write_part(*to, view, value.to_text(buffer));
}

Value Variables::copied(const Value& value) {
    return value.is_text() ? Value::text(arena_.copy(value.as_text())) : value;
}

}  // namespace catchrule
