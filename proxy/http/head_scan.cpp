// SPDX-License-Identifier: Apache-2.0
#include "proxy/http/head_scan.hpp"

namespace catchrule::proxy {

HeadScan::HeadScan(std::size_t line_limit, std::size_t field_bytes_limit, std::size_t fields_limit)
    : line_limit_(line_limit), field_bytes_limit_(field_bytes_limit), fields_limit_(fields_limit) {}

HeadScan::State HeadScan::refuse(Refused why, std::string_view text) {
    refusal_ = {why, std::string(text)};
    return State::refused;
}

HeadScan::State HeadScan::look(std::string_view bytes) {
    for (;;) {
        const auto line_feed = bytes.find('\n', next_);
        if (line_feed == std::string_view::npos) break;
        next_ = line_feed + 1;
        if (line_feed == line_start_ || bytes[line_feed - 1] != '\r') {
            return refuse(Refused::bad_request, "a line of the header ends without CR");
        }
        const auto line = bytes.substr(line_start_, line_feed - 1 - line_start_);
        line_start_ = next_;
        if (const State state = end_of_line(line); state != State::incomplete) return state;
    }
    next_ = bytes.size();
    const std::size_t unfinished = next_ - line_start_;  // may hold the CR of the line end
    if (fields_start_ == 0) {
        if (unfinished > line_limit_ + 1) return refuse(Refused::line_too_long);
    } else if (next_ - fields_start_ > field_bytes_limit_ + 1) {
        return refuse(Refused::headers_too_big);
    }
    return State::incomplete;
}

HeadScan::State HeadScan::end_of_line(std::string_view line) {
    if (line.find('\r') != std::string_view::npos || line.find('\0') != std::string_view::npos) {
        return refuse(Refused::bad_request, "a control character in the header");
    }
    if (fields_start_ == 0) {
        if (line.size() > line_limit_) return refuse(Refused::line_too_long);
        fields_start_ = next_;
        return State::incomplete;
    }
    if (line.empty()) return State::complete;
    if (line.front() == ' ' || line.front() == '\t') {
        return refuse(Refused::bad_request, "a folded header field");
    }
    if (++fields_ > fields_limit_) return refuse(Refused::too_many_headers);
    if (next_ - fields_start_ > field_bytes_limit_) return refuse(Refused::headers_too_big);
    return State::incomplete;
}

}  // namespace catchrule::proxy
