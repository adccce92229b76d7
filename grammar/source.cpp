// SPDX-License-Identifier: Apache-2.0
#include "grammar/source.hpp"

#include <algorithm>
#include <utility>

namespace catchrule::grammar {

namespace {

constexpr std::uint32_t block = 4096;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
    line_starts_.push_back(0);
    std::uint32_t characters = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (i % block == 0) characters_.push_back(characters);
        if (begins_character(text_[i])) ++characters;
        if (text_[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
    characters_.push_back(characters);
}

std::uint32_t Source::characters_before(std::uint32_t offset) const {
    std::uint32_t count = characters_[offset / block];
    if (offset == text_.size()) return characters_.back();
    for (std::uint32_t i = offset / block * block; i < offset; ++i) {
        if (begins_character(text_[i])) ++count;
    }
    return count;
}

Position Source::position(std::uint32_t offset) const {
    const auto end = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text_.size()));
    const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), end);
    const std::uint32_t start = *(next - 1);
    Position position;
    position.line = static_cast<std::uint32_t>(next - line_starts_.begin());
    position.column = 1 + characters_before(end) - characters_before(start);
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
