// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <boost/json/value.hpp>

#include "engine/payload/json_path_ast.hpp"

namespace catchrule::payload::json {

// A value of the document, or a length that was counted.
struct Found {
    const boost::json::value* value = nullptr;
    std::int64_t length = 0;  // when there is no value
};

// The values that `path` finds in `root`, in document order. False when more than `max_nodes`
// values were looked at.
bool walk(const Path& path, const boost::json::value& root, std::uint64_t max_nodes,
          std::vector<Found>& found);

}  // namespace catchrule::payload::json
