// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/policies/message_edit.hpp"

namespace catchrule {

/// RaiseFault: puts the call into the error state with a response of its own. Vendor page
/// "RaiseFault policy"; POLICIES 4.2, SEM-04, SEM-21.
struct RaiseFault {
    static constexpr std::string_view element = "RaiseFault";
    static constexpr std::string_view prefix = "raisefault";

    std::vector<EditOperation> response;  ///< FaultResponse
    bool ignore_unresolved = true;
    bool short_fault_reason = false;  ///< faultstring is the policy name alone
};

/// What RaiseFault built: the fault, and a response with what it set. `set_*` say which parts it
/// set, so that a RaiseFault inside a fault rule can be merged into the pending error (SEM-04).
struct RaisedFault {
    Fault fault;
    Message response = Message::response(500);
    bool set_status = false;
    bool set_reason = false;
    bool set_content = false;
};

/// Runs the policy. A fault other than RaiseFault's own (an unresolved variable) comes back in
/// `fault` with an untouched response.
RaisedFault raise(const RaiseFault& policy, StepContext& context);

}  // namespace catchrule
