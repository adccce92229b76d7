// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/traces/source.hpp"

namespace catchrule::trace {

/// Cuts the `Message` elements out of an Edge download, so that one of them at a time is parsed.
/// Comments and processing instructions are left out, wherever they stand.
class XmlSplitter {
public:
    XmlSplitter(Source& source, const ReadLimits& limits) : source_(source), limits_(limits) {}

    Split next();

    /// The element that was cut out last, and where it began.
    const std::string& message() const { return message_; }
    Place place() const { return place_; }
    /// The document from its root on without the messages; as far as it was read.
    const std::string& rest() const { return rest_; }
    const ReadError& error() const { return error_; }

private:
    bool read_markup();
    bool read_until(std::string_view end);
    bool read_tag();
    Split take_tag();
    Split open(std::string_view name, bool empty);
    bool append(std::string_view text);
    Split fail(std::string message);

    Source& source_;
    ReadLimits limits_;
    std::string message_;
    std::string rest_;
    std::string markup_;
    Place place_;
    Place markup_place_;
    std::vector<std::string> open_;  // names of the open elements, the first three only
    std::size_t depth_ = 0;
    bool in_message_ = false;
    bool had_root_ = false;
    ReadError error_;
};

}  // namespace catchrule::trace
