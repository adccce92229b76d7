// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/traces/source.hpp"
#include "engine/traces/vocabulary.hpp"

namespace catchrule::trace {

/// One `Message` element. False with `error` when it is not well formed; `begin` is where it began.
bool read_edge_message(const std::string& element, Place begin, Call& call, Notes& notes,
                       ReadError& error);

/// The session around the messages; `frame` may break off behind `<Messages>`.
Session read_edge_session(std::string frame);

}  // namespace catchrule::trace
