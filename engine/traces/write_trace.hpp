// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "engine/trace.hpp"

namespace catchrule::trace {

// Every writer masks secrets first (trace_mask.hpp), puts U+FFFD in place of bytes that are not
// UTF-8, and of characters that XML does not have. The vendor's formats leave out the points and
// the operands that are our own.

/// A debug session as Apigee Edge lets one download it: its element order, property order and
/// indentation (SEMANTICS 5.1).
std::string edge_xml(const Session& session, std::span<const Call> calls);

/// `{"DebugSession":{...},"Messages":[...]}`, as the emulator of Apigee X keeps it (SEMANTICS 5.3).
std::string x_json(const Session& session, std::span<const Call> calls);

/// One line of catchrule.trace/1, with its line break.
std::string trace_line(const Session& session, const Call& call);

}  // namespace catchrule::trace
