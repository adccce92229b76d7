// SPDX-License-Identifier: Apache-2.0
#include "engine/payload/xml_check.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

namespace catchrule::payload {
namespace {

constexpr std::string_view space = " \t\r\n";

// Bytes of the UTF-8 character at the front; 0 when it is none that XML allows.
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return lead >= 0x20 || lead == '\t' || lead == '\n' || lead == '\r' ? 1 : 0;
    const std::size_t length = lead >= 0xF0 ? 4 : (lead >= 0xE0 ? 3 : 2);
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
    std::uint32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return 0;
        code = code << 6U | (byte(i) & 0x3FU);
    }
    const bool shortest = length == 2 || (length == 3 ? code >= 0x800 : code >= 0x10000);
    const bool allowed =
        code < 0xD800 || (code > 0xDFFF && code < 0xFFFE) || (code >= 0x10000 && code <= 0x10FFFF);
    return shortest && allowed ? length : 0;
}

// `&name;`, `&#10;` or `&#xA;` at the front.
bool reference(std::string_view text) {
    const std::size_t end = text.substr(0, 12).find(';');
    if (end == std::string_view::npos) return false;
    const std::string_view name = text.substr(1, end - 1);
    if (!name.starts_with("#")) {
        constexpr std::array<std::string_view, 5> entities{"amp", "lt", "gt", "quot", "apos"};
        return std::find(entities.begin(), entities.end(), name) != entities.end();
    }
    const bool hex = name.starts_with("#x");
    const std::string_view digits = name.substr(hex ? 2 : 1);
    std::uint32_t code = 0;
    const char* last = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), last, code, hex ? 16 : 10);
    if (digits.empty() || error != std::errc() || stop != last) return false;
    return code == 9 || code == 10 || code == 13 || (code >= 0x20 && code < 0xD800) ||
           (code > 0xDFFF && code < 0xFFFE) || (code >= 0x10000 && code <= 0x10FFFF);
}

class Check {
public:
    Check(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

    Status run() {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
        for (std::size_t i = at_; i < text_.size();) {
            const std::size_t length = character(text_.substr(i));
            if (length == 0) return Status::malformed;
            i += length;
        }
        while (status_ == Status::ok && at_ < text_.size()) {
            if (text_[at_] == '<') {
                markup();
            } else {
                words();
            }
        }
        if (status_ == Status::ok && (roots_ != 1 || open_ != 0)) status_ = Status::malformed;
        return status_;
    }

private:
    void fail(Status status = Status::malformed) {
        if (status_ == Status::ok) status_ = status;
    }

    void count_node() {
        if (++nodes_ > limits_.nodes) fail(Status::too_many_nodes);
    }

    void words() {
        const std::size_t end = std::min(text_.find('<', at_), text_.size());
        const std::string_view words = text_.substr(at_, end - at_);
        if (open_ == 0) {
            if (words.find_first_not_of(space) != std::string_view::npos) fail();
        } else {
            count_node();
            references(words);
        }
        at_ = end;
    }

    void references(std::string_view words) {
        for (std::size_t i = words.find('&'); i != std::string_view::npos;
             i = words.find('&', i + 1)) {
            if (!reference(words.substr(i))) return fail();
        }
    }

    void skip_past(std::size_t from, std::string_view end) {
        const std::size_t found = text_.find(end, from);
        if (found == std::string_view::npos) return fail();
        at_ = found + end.size();
    }

    void markup() {
        const std::string_view rest = text_.substr(at_);
        if (rest.starts_with("<!--")) {
            count_node();
            skip_past(at_ + 4, "-->");
        } else if (rest.starts_with("<![CDATA[")) {
            if (open_ == 0) return fail();
            count_node();
            skip_past(at_ + 9, "]]>");
        } else if (rest.starts_with("<?")) {
            count_node();
            skip_past(at_ + 2, "?>");
        } else if (rest.starts_with("<!")) {
            fail(Status::doctype);
        } else if (rest.starts_with("</")) {
            if (open_ == 0) return fail();
            --open_;
            skip_past(at_ + 2, ">");
        } else {
            start_tag();
        }
    }

    void start_tag() {
        if (open_ == 0 && ++roots_ > 1) return fail();
        count_node();
        at_ = std::min(text_.find_first_of(" \t\r\n/>", at_ + 1), text_.size());
        names_.clear();
        while (status_ == Status::ok) {
            at_ = std::min(text_.find_first_not_of(space, at_), text_.size());
            if (at_ == text_.size()) return fail();
            if (text_[at_] == '>' || text_[at_] == '/') break;
            attribute();
        }
        if (status_ != Status::ok) return;
        std::sort(names_.begin(), names_.end());
        if (std::adjacent_find(names_.begin(), names_.end()) != names_.end()) return fail();
        if (text_.substr(at_).starts_with("/>")) {
            if (open_ + 1 > limits_.depth) fail(Status::too_deep);
            at_ += 2;
        } else if (text_[at_] == '>') {
            if (++open_ > limits_.depth) fail(Status::too_deep);
            ++at_;
        } else {
            fail();
        }
    }

    // name = "value"
    void attribute() {
        count_node();
        const std::size_t end = text_.find_first_of(" \t\r\n=/><", at_);
        if (end == std::string_view::npos) return fail();
        names_.push_back(text_.substr(at_, end - at_));
        std::size_t at = text_.find_first_not_of(space, end);
        if (at == std::string_view::npos || text_[at] != '=') return fail();
        at = text_.find_first_not_of(space, at + 1);
        if (at == std::string_view::npos || (text_[at] != '"' && text_[at] != '\'')) return fail();
        const std::size_t close = text_.find(text_[at], at + 1);
        if (close == std::string_view::npos) return fail();
        const std::string_view value = text_.substr(at + 1, close - at - 1);
        if (value.find('<') != std::string_view::npos) return fail();
        references(value);
        at_ = close + 1;
    }

    std::string_view text_;
    const Limits& limits_;
    std::size_t at_ = 0;
    std::uint32_t open_ = 0;
    std::uint32_t roots_ = 0;
    std::uint64_t nodes_ = 0;
    std::vector<std::string_view> names_;
    Status status_ = Status::ok;
};

}  // namespace

Status check_xml(std::string_view text, const Limits& limits) { return Check(text, limits).run(); }

}  // namespace catchrule::payload
