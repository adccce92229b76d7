// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/message.hpp"

namespace catchrule::proxy {

/// Answers a request of the admin listener: `/healthz`, `/readyz`, `/version`. `ready` is false
/// from the moment the gateway drains.
Message admin_reply(const Message& request, bool ready);

}  // namespace catchrule::proxy
