// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/policies/message_edit.hpp"

namespace catchrule {

/// AssignMessage: edits the ambient message (in the error flow the pending error) or a named one,
/// and assigns variables. Vendor page "AssignMessage policy"; POLICIES 4.1, SEM-31.
struct AssignMessage {
    static constexpr std::string_view element = "AssignMessage";
    static constexpr std::string_view prefix = "assignmessage";

    std::string assign_to;           ///< empty = the ambient message
    std::optional<bool> create_new;  ///< absent: a new message only when the name does not resolve
    Message::Kind type = Message::Kind::request;
    std::vector<EditOperation> operations;
    bool ignore_unresolved = false;
};

/// `raised_headers`: see EditOptions.
StepResult execute(const AssignMessage& policy, StepContext& context,
                   const Fields* raised_headers = nullptr);

}  // namespace catchrule
