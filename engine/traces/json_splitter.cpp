// SPDX-License-Identifier: Apache-2.0
#include "engine/traces/json_splitter.hpp"

#include <utility>

namespace catchrule::trace {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

Split JsonSplitter::fail(std::string message) {
    error_ = {byte_place_.line, byte_place_.column, std::move(message)};
    return Split::failed;
}

Split JsonSplitter::next() {
    if (depth_ == 0) {
        rest_.clear();
        had_messages_ = false;
    }
    for (;;) {
        byte_place_ = {source_.line(), source_.column()};
        const int c = source_.get();
        if (c == Source::end) return depth_ == 0 ? Split::end : Split::truncated;
        const Split found = take(static_cast<char>(c));
        if (found != Split::end) return found;
    }
}

bool JsonSplitter::append(char c) {
    // Between two messages stand commas, which nobody needs.
    if (in_messages_ && !in_message_ && depth_ == 2) return true;
    std::string& to = in_message_ ? piece_ : rest_;
    if (to.size() >= limits_.message_bytes) {
        fail("a message of over " + std::to_string(limits_.message_bytes) + " bytes");
        return false;
    }
    to += c;
    return true;
}

void JsonSplitter::string_byte(char c) {
    constexpr std::size_t kept = 32;  // longer than any key that matters
    if (escaped_) {
        escaped_ = false;
    } else if (c == '\\') {
        escaped_ = true;
    } else if (c == '"') {
        in_string_ = false;
        return;
    }
    if (depth_ == 1 && string_.size() < kept) string_ += c;
}

// Split::end when there is nothing to hand out yet.
Split JsonSplitter::take(char c) {
    if (depth_ == 0) {
        if (is_space(c)) return Split::end;
        if (c != '{') return fail("expected a JSON object");
    } else if (in_messages_ && !in_message_ && depth_ == 2 && c != '{' && c != ']' && c != ',' &&
               !is_space(c)) {
        return fail("expected a message: a JSON object");
    }
    if (in_string_) {
        string_byte(c);
        return append(c) ? Split::end : Split::failed;
    }
    switch (c) {
        case '"':
            in_string_ = true;
            if (depth_ == 1) string_.clear();
            break;
        case ':':
            if (depth_ == 1) key_ = string_;
            break;
        case ',':
            if (depth_ == 1) key_.clear();
            break;
        case '{':
        case '[':
            if (const Split failed = open(); failed != Split::end) return failed;
            if (!append(c)) return Split::failed;
            ++depth_;
            if (c == '[' && depth_ == 2 && key_ == "Messages") {
                in_messages_ = had_messages_ = true;
            }
            return Split::end;
        case '}':
        case ']':
            return close(c);
        default:
            break;
    }
    return append(c) ? Split::end : Split::failed;
}

Split JsonSplitter::open() {
    if (depth_ >= limits_.depth) {
        return fail("values nested more than " + std::to_string(limits_.depth) + " deep");
    }
    if (depth_ == 0) rest_place_ = byte_place_;
    if (in_messages_ && !in_message_ && depth_ == 2) {
        in_message_ = true;
        piece_.clear();
        place_ = byte_place_;
    }
    return Split::end;
}

Split JsonSplitter::close(char c) {
    if (in_message_) {
        if (!append(c)) return Split::failed;
        if (--depth_ > 2) return Split::end;
        in_message_ = false;
        return Split::message;
    }
    --depth_;
    if (depth_ == 1) in_messages_ = false;
    if (!append(c)) return Split::failed;
    if (depth_ > 0) return Split::end;
    piece_ = std::move(rest_);
    place_ = rest_place_;
    return Split::value;
}

}  // namespace catchrule::trace
