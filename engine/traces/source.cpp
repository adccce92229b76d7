// SPDX-License-Identifier: Apache-2.0
#include "engine/traces/source.hpp"

#include <algorithm>

namespace catchrule::trace {

bool Source::fill() {
    if (at_ < size_) return true;
    in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    size_ = static_cast<std::size_t>(in_.gcount());
    at_ = 0;
    return size_ > 0;
}

int Source::peek() { return fill() ? static_cast<unsigned char>(buffer_[at_]) : end; }

int Source::get() {
    if (!fill()) return end;
    const char c = buffer_[at_++];
    if (c == '\n') {
        ++line_;
        column_ = 1;
    } else {
        ++column_;
    }
    return static_cast<unsigned char>(c);
}

Place place_in(std::string_view text, std::size_t offset, Place begin) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto lines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    if (lines == 0) return {begin.line, begin.column + before.size()};
    return {begin.line + lines, before.size() - before.rfind('\n')};
}

}  // namespace catchrule::trace
