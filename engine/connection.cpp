// SPDX-License-Identifier: Apache-2.0
#include "engine/connection.hpp"

#include <algorithm>

namespace catchrule {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white_space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(white_space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_x(char c) { return c == 'x' || c == 'X'; }

}  // namespace

SuccessCodes::SuccessCodes() : hundreds_(0b1110) {}

std::optional<SuccessCodes> SuccessCodes::parse(std::string_view text) {
    SuccessCodes codes;
    codes.hundreds_ = 0;
    while (true) {
        const std::size_t comma = text.find(',');
        const std::string_view part = trimmed(text.substr(0, comma));
        if (part.size() != 3 || part[0] < '1' || part[0] > '5') return std::nullopt;
        const int hundred = part[0] - '0';
        if (is_x(part[1]) && is_x(part[2])) {
            codes.hundreds_ = static_cast<std::uint16_t>(codes.hundreds_ | (1U << hundred));
        } else if (is_digit(part[1]) && is_digit(part[2])) {
            codes.exact_.push_back(hundred * 100 + (part[1] - '0') * 10 + (part[2] - '0'));
        } else {
            return std::nullopt;
        }
        if (comma == std::string_view::npos) return codes;
        text.remove_prefix(comma + 1);
    }
}

bool SuccessCodes::contains(int status) const {
    const int hundred = status / 100;
    if (hundred >= 1 && hundred <= 5 && ((hundreds_ >> hundred) & 1U) != 0) return true;
    return std::find(exact_.begin(), exact_.end(), status) != exact_.end();
}

}  // namespace catchrule
