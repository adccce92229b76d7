// SPDX-License-Identifier: Apache-2.0
#include "engine/flow_phase.hpp"

#include <array>
#include <cassert>
#include <cstddef>

namespace catchrule {
namespace {

using enum EndpointKind;

constexpr std::array<PhaseRow, 19> phases{{
    {Phase::proxy_request_pre, proxy, FlowPart::pre, false, "PROXY_REQ_FLOW"},
    {Phase::proxy_request_flow, proxy, FlowPart::conditional, false, "PROXY_REQ_FLOW"},
    {Phase::proxy_request_post, proxy, FlowPart::post, false, "PROXY_REQ_FLOW"},
    {Phase::route, proxy, FlowPart::none, false, "PROXY_REQ_FLOW"},
    {Phase::target_request_pre, target, FlowPart::pre, false, "TARGET_REQ_FLOW"},
    {Phase::target_request_flow, target, FlowPart::conditional, false, "TARGET_REQ_FLOW"},
    {Phase::target_request_post, target, FlowPart::post, false, "TARGET_REQ_FLOW"},
    {Phase::call_target, target, FlowPart::none, true, "REQ_SENT"},
    {Phase::target_response_pre, target, FlowPart::pre, true, "TARGET_RESP_FLOW"},
    {Phase::target_response_flow, target, FlowPart::conditional, true, "TARGET_RESP_FLOW"},
    {Phase::target_response_post, target, FlowPart::post, true, "TARGET_RESP_FLOW"},
    {Phase::proxy_response_pre, proxy, FlowPart::pre, true, "PROXY_RESP_FLOW"},
    {Phase::proxy_response_flow, proxy, FlowPart::conditional, true, "PROXY_RESP_FLOW"},
    {Phase::proxy_response_post, proxy, FlowPart::post, true, "PROXY_RESP_FLOW"},
    {Phase::respond, proxy, FlowPart::none, true, "RESP_SENT"},
    {Phase::error_flow, proxy, FlowPart::none, true, "ERROR"},
    {Phase::post_client_request, proxy, FlowPart::post_client, false, "PROXY_POST_RESP_SENT"},
    {Phase::post_client, proxy, FlowPart::post_client, true, "PROXY_POST_RESP_SENT"},
    {Phase::finished, proxy, FlowPart::none, true, "END"},
}};

}  // namespace

const PhaseRow& row_of(Phase phase) {
    const PhaseRow& row = phases[static_cast<std::size_t>(phase)];
    assert(row.phase == phase);
    return row;
}

Phase after(Phase phase) { return static_cast<Phase>(static_cast<std::uint8_t>(phase) + 1); }

}  // namespace catchrule
