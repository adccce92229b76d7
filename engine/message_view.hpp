// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "engine/known_variables.hpp"
#include "engine/message.hpp"
#include "engine/variables.hpp"

namespace catchrule {

// What `request.header.x` and its like read and change, given the message.

/// What may be done with a part of a message of that kind.
enum class Access : std::uint8_t {
    none,      ///< messages of that kind have no such part: a response has no verb
    readable,  ///< derived, such as a count
    writable,
};
Access access(MessagePart part, Message::Kind kind);

/// The value now, borrowing from `message`; what is put together goes into `arena`. null when the
/// message has no such field or part.
Value read_part(const Message& message, const MessageVariable& variable, Arena& arena);

/// Changes a writable part. False when the value does not fit: a status that is no number of 100 to
/// 999.
bool write_part(Message& message, const MessageVariable& variable, std::string_view text);

/// Takes a field or the body away; parts that a message always has stay.
void remove_part(Message& message, const MessageVariable& variable);

}  // namespace catchrule
