// SPDX-License-Identifier: Apache-2.0
#include "engine/trace.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace catchrule::trace {

namespace {

bool same(const OperandRecord& a, const OperandRecord& b) {
    return a.variable == b.variable && a.type == b.type && a.text == b.text;
}

bool same(const AtomRecord& a, const AtomRecord& b) {
    return a.text == b.text && a.verdict == b.verdict && a.is_truth == b.is_truth &&
           a.gave_up == b.gave_up && a.note == b.note && same(a.left, b.left) &&
           same(a.right, b.right);
}

bool same(const ConditionRecord& a, const ConditionRecord& b) {
    return a.text == b.text && a.rendered == b.rendered && a.reached == b.reached &&
           a.result == b.result &&
           std::equal(a.atoms.begin(), a.atoms.end(), b.atoms.begin(), b.atoms.end(),
                      [](const AtomRecord& x, const AtomRecord& y) { return same(x, y); });
}

constexpr std::size_t kept_free_part = 16;  // 1/16 of the limits is not for Condition and Rule

std::size_t size_of(const std::optional<std::string>& text) { return text ? text->size() : 0; }

// About what a point takes, in bytes of text.
std::size_t size_of(const Point& point) {
    constexpr std::size_t row = 64;  // the strings themselves
    std::size_t bytes = row + point.id.size();
    for (const Property& p : point.properties) bytes += row + p.name.size() + p.value.size();
    if (point.message) {
        const Snapshot& m = *point.message;
        bytes += size_of(m.content) + size_of(m.uri) + size_of(m.reason);
        for (const Field& field : m.headers) bytes += row + field.name.size() + field.value.size();
    }
    if (point.accesses) {
        for (const Access& a : *point.accesses) bytes += row + a.name.size() + size_of(a.value);
    }
    if (point.condition) {
        bytes += point.condition->text.size() + point.condition->rendered.size();
        for (const AtomRecord& atom : point.condition->atoms) {
            bytes += row + atom.text.size() + atom.note.size() + atom.left.variable.size() +
                     atom.left.text.size() + atom.right.variable.size() + atom.right.text.size();
        }
    }
    return bytes;
}

void cut(std::string& text, std::size_t bytes) {
    if (text.size() > bytes) text.resize(cut_text(text, bytes).size());
}

void cut(std::optional<std::string>& text, std::size_t bytes) {
    if (text) cut(*text, bytes);
}

void cut(Point& point, const Limits& limits) {
    for (Property& property : point.properties) cut(property.value, limits.value_bytes);
    if (point.message) {
        cut(point.message->content, limits.content_bytes);
        cut(point.message->uri, limits.value_bytes);
        cut(point.message->reason, limits.value_bytes);
        for (Field& field : point.message->headers) cut(field.value, limits.value_bytes);
    }
    if (!point.condition) return;
    for (AtomRecord& atom : point.condition->atoms) {
        cut(atom.left.text, limits.value_bytes);
        cut(atom.right.text, limits.value_bytes);
    }
}

}  // namespace

std::optional<std::string_view> Point::property(std::string_view name) const {
    for (const Property& p : properties) {
        if (p.name == name) return p.value;
    }
    return std::nullopt;
}

bool operator==(const Point& a, const Point& b) {
    return a.id == b.id && a.at == b.at && a.properties == b.properties && a.message == b.message &&
           a.accesses == b.accesses && a.condition.has_value() == b.condition.has_value() &&
           (!a.condition || same(*a.condition, *b.condition));
}

bool is_own_point(std::string_view id) { return id == "Rule" || id == "Cut"; }

std::string_view cut_text(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    const auto continues = [&](std::size_t at) {
        return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    };
    std::size_t end = bytes;
    constexpr std::size_t longest = 3;  // bytes of a character after the first
    for (std::size_t back = 0; back < longest && end > 0 && continues(end); ++back) --end;
    return text.substr(0, continues(end) ? bytes : end);
}

void AccessLog::get(std::string_view name, const Value& value) {
    add(Access::Kind::get, name, value, true);
}

void AccessLog::set(std::string_view name, const Value& value, bool success) {
    add(Access::Kind::set, name, value, success);
}

void AccessLog::remove(std::string_view name, bool success) {
    add(Access::Kind::remove, name, Value::null(), success);
}

void AccessLog::add(Access::Kind kind, std::string_view name, const Value& value, bool success) {
    if (rows_.size() >= limits_.values) {
        ++left_out_;
        return;
    }
    Access& row = rows_.emplace_back();
    row.kind = kind;
    row.name = name;
    row.success = success;
    if (value.is_null()) return;
    Value::TextBuffer buffer;
    row.value = cut_text(value.to_text(buffer), limits_.value_bytes);
}

void Recorder::add(Point point) {
    cut(point, limits_);
    const std::size_t bytes = size_of(point);
    // Thousands of rules must not leave out which reply they made.
    const bool may_be_many = point.id == "Condition" || point.id == "Rule";
    const std::size_t kept_free =
        may_be_many ? kept_free_part : std::numeric_limits<std::size_t>::max();
    if (points_.size() >= limits_.points - limits_.points / kept_free ||
        bytes_ + bytes > limits_.call_bytes - limits_.call_bytes / kept_free) {
        ++left_out_;
        return;
    }
    bytes_ += bytes;
    points_.push_back(std::move(point));
}

Call Recorder::finish(std::string id) {
    Call call;
    call.id = std::move(id);
    call.points = std::move(points_);
    call.partial = left_out_ > 0;
    if (left_out_ > 0 || log_.left_out() > 0) {
        Point& point = call.points.emplace_back();
        point.id = "Cut";
        point.at = now_;
        point.properties = {{"points", std::to_string(left_out_)},
                            {"values", std::to_string(log_.left_out())}};
    }
    mask(call, masks_);
    return call;
}

}  // namespace catchrule::trace
