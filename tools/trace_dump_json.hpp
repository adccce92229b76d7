// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include <boost/json/object.hpp>

#include "engine/trace.hpp"

namespace catchrule::tools {

/// One element of `messages[]` of catchrule.trace-dump/1. `number` counts from 1. The call is
/// masked already.
boost::json::object trace_dump_json(const trace::Call& call, std::size_t number);

}  // namespace catchrule::tools
