// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/fault.hpp"

namespace catchrule {

/// The life of a call, in order (SEMANTICS 2.1, POLICIES 3.1).
enum class Phase : std::uint8_t {
    proxy_request_pre,
    proxy_request_flow,
    proxy_request_post,
    route,
    target_request_pre,
    target_request_flow,
    target_request_post,
    call_target,
    target_response_pre,
    target_response_flow,
    target_response_post,
    proxy_response_pre,
    proxy_response_flow,
    proxy_response_post,
    respond,
    error_flow,
    post_client_request,
    post_client,
    finished,
};

/// Which steps of an endpoint run in a phase.
enum class FlowPart : std::uint8_t { pre, conditional, post, post_client, none };

/// What a phase is a part of; phases without steps have FlowPart::none.
struct PhaseRow {
    Phase phase;
    EndpointKind endpoint;
    FlowPart part;
    bool response;
    std::string_view state;  ///< error.state of a fault in it (SEM-28)
};

const PhaseRow& row_of(Phase phase);

Phase after(Phase phase);

}  // namespace catchrule
