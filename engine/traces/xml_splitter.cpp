// SPDX-License-Identifier: Apache-2.0
#include "engine/traces/xml_splitter.hpp"

namespace catchrule::trace {

namespace {

bool is_space(int c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view name_of(std::string_view tag) {
    tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
    return tag.substr(0, tag.find_first_of(" \t\r\n/>"));
}

std::string told(std::string_view name) {
    constexpr std::size_t most = 40;
    return '<' + std::string(cut_text(name, most)) + '>';
}

}  // namespace

Split XmlSplitter::fail(std::string message) {
    error_ = {markup_place_.line, markup_place_.column, std::move(message)};
    return Split::failed;
}

bool XmlSplitter::append(std::string_view text) {
    std::string& to = in_message_ ? message_ : rest_;
    if (to.size() + text.size() > limits_.message_bytes) {
        fail((in_message_ ? "a message" : "the frame of the session") + std::string(" of over ") +
             std::to_string(limits_.message_bytes) + " bytes");
        return false;
    }
    to += text;
    return true;
}

Split XmlSplitter::next() {
    for (;;) {
        markup_place_ = {source_.line(), source_.column()};
        const int c = source_.get();
        if (c == Source::end) return depth_ == 0 && had_root_ ? Split::end : Split::truncated;
        if (c != '<') {
            const char byte = static_cast<char>(c);
            if (depth_ == 0 && !is_space(c)) return fail("expected an XML element");
            if (depth_ > 0 && !append({&byte, 1})) return Split::failed;
            continue;
        }
        error_.message.clear();
        if (!read_markup()) return error_.message.empty() ? Split::truncated : Split::failed;
        if (markup_.starts_with("<!--") || markup_.starts_with("<?")) continue;
        if (markup_.starts_with("<!")) {
            if (!markup_.starts_with("<![CDATA[")) return fail("expected no DOCTYPE here");
            if (depth_ == 0) return fail("expected an XML element");
            if (!append(markup_)) return Split::failed;
            continue;
        }
        const Split found = take_tag();
        if (found != Split::value) return found;
    }
}

// From '<' on; false at the end of the input.
bool XmlSplitter::read_markup() {
    markup_ = "<";
    const int c = source_.peek();
    if (c == '?') return read_until("?>");
    if (c != '!') return read_tag();
    markup_ += static_cast<char>(source_.get());
    if (source_.peek() == '-') return read_until("-->") && markup_.starts_with("<!--");
    return read_until(source_.peek() == '[' ? "]]>" : ">");
}

bool XmlSplitter::read_until(std::string_view end) {
    for (;;) {
        const int c = source_.get();
        if (c == Source::end) return false;
        markup_ += static_cast<char>(c);
        if (markup_.size() > limits_.message_bytes) {
            fail("markup of over " + std::to_string(limits_.message_bytes) + " bytes");
            return false;
        }
        if (markup_.ends_with(end) && markup_.size() > end.size() + 1) return true;
    }
}

// Attribute values may hold a '>'.
bool XmlSplitter::read_tag() {
    int quote = 0;
    for (;;) {
        const int c = source_.get();
        if (c == Source::end) return false;
        markup_ += static_cast<char>(c);
        if (markup_.size() > limits_.message_bytes) {
            fail("a tag of over " + std::to_string(limits_.message_bytes) + " bytes");
            return false;
        }
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return true;
        }
    }
}

// Split::value when there is nothing to hand out yet.
Split XmlSplitter::take_tag() {
    const std::string_view name = name_of(markup_);
    if (name.empty()) return fail("expected the name of an element");
    if (!markup_.starts_with("</")) return open(name, markup_.ends_with("/>"));
    if (depth_ == 0) return fail("expected an XML element");
    if (!append(markup_)) return Split::failed;
    --depth_;
    if (open_.size() > depth_) open_.pop_back();
    if (!in_message_ || depth_ != 2) return Split::value;
    in_message_ = false;
    return Split::message;
}

Split XmlSplitter::open(std::string_view name, bool empty) {
    if (depth_ == 0 && had_root_) return fail("expected nothing after </DebugSession>");
    if (depth_ == 0 && name != "DebugSession") {
        return fail("root element is " + told(name) +
                    ", expected <DebugSession>: not a trace of Apigee");
    }
    if (depth_ >= limits_.depth) {
        return fail("elements nested more than " + std::to_string(limits_.depth) + " deep");
    }
    had_root_ = true;
    const bool begins = depth_ == 2 && open_[1] == "Messages" && name == "Message";
    if (begins) {
        in_message_ = true;
        message_.clear();
        place_ = markup_place_;
    }
    if (!append(markup_)) return Split::failed;
    if (begins && empty) {
        in_message_ = false;
        return Split::message;
    }
    if (empty) return Split::value;
    if (depth_ < 2) open_.emplace_back(name);
    ++depth_;
    return Split::value;
}

}  // namespace catchrule::trace
