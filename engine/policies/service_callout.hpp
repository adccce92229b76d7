// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/connection.hpp"
#include "engine/policies/message_edit.hpp"

namespace catchrule {

/// ServiceCallout: asks another service on the way and keeps its reply in a variable. Vendor page
/// "ServiceCallout policy"; POLICIES 4.9, SEM-80, SEM-81.
struct ServiceCallout {
    static constexpr std::string_view element = "ServiceCallout";
    static constexpr std::string_view prefix = "servicecallout";

    std::string request = "servicecallout.request";  ///< Request@variable
    bool clear_payload = true;  ///< the request's body is dropped once it is sent
    std::vector<EditOperation> edits;
    bool ignore_unresolved = false;
    std::string response;  ///< empty = nobody waits for the reply
    std::int64_t timeout_ms = 55'000;
    std::variant<HttpConnection, LocalConnection> connection;
};

StepResult execute(const ServiceCallout& policy, StepContext& context);
StepResult resume(const ServiceCallout& policy, StepContext& context, CalloutReply reply);

}  // namespace catchrule
