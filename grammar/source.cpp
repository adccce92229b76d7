// SPDX-License-Identifier: Apache-2.0
#include "grammar/source.hpp"

#include <algorithm>
#include <utility>

namespace catchrule::grammar {

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
    line_starts_.push_back(0);
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (text_[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
}

Position Source::position(std::uint32_t offset) const {
    const auto end = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text_.size()));
    const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), end);
    const std::uint32_t start = *(next - 1);
    Position position;
    position.line = static_cast<std::uint32_t>(next - line_starts_.begin());
    for (std::uint32_t i = start; i < end; ++i) {
        const bool continuation = (static_cast<unsigned char>(text_[i]) & 0xC0U) == 0x80U;
        if (!continuation) ++position.column;
    }
    return position;
}

std::string_view Source::line(std::uint32_t line) const {
    if (line == 0 || line > line_starts_.size()) return {};
    const std::uint32_t start = line_starts_[line - 1];
    std::string_view rest = std::string_view(text_).substr(start);
    rest = rest.substr(0, rest.find('\n'));
    if (rest.ends_with('\r')) rest.remove_suffix(1);
    return rest;
}

std::uint32_t Source::line_start(std::uint32_t line) const {
    if (line == 0) return 0;
    if (line > line_starts_.size()) return static_cast<std::uint32_t>(text_.size());
    return line_starts_[line - 1];
}

OffsetMap OffsetMap::shifted(std::uint32_t base) {
    OffsetMap map;
    map.base_ = base;
    return map;
}

OffsetMap OffsetMap::table(std::vector<std::uint32_t> origin) {
    OffsetMap map;
    map.origin_ = std::move(origin);
    return map;
}

std::uint32_t OffsetMap::operator()(std::uint32_t inner) const {
    if (origin_.empty()) return base_ + inner;
    return origin_[std::min<std::size_t>(inner, origin_.size() - 1)];
}

}  // namespace catchrule::grammar
