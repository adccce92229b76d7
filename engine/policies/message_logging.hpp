// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/step.hpp"
#include "engine/template.hpp"

namespace catchrule {

/// MessageLogging: hands a line to a log and never changes the message. Vendor page "MessageLogging
/// policy"; POLICIES 4.10, SEM-82.
struct MessageLogging {
    static constexpr std::string_view element = "MessageLogging";
    static constexpr std::string_view prefix = "messagelogging";

    LogRecord settings;  ///< what does not depend on the call
    Template message;
    Template content_type;
    Template name;           ///< LogName or FileName
    Template host;           ///< of Syslog; empty = the one of `settings`
    Template resource_type;  ///< of CloudLogging
    std::vector<std::pair<std::string, Template>> labels;
    bool ignore_unresolved = true;
};

StepResult execute(const MessageLogging& policy, StepContext& context);
StepResult resume(const MessageLogging& policy, StepContext& context, Logged);

}  // namespace catchrule
