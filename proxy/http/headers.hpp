// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/message.hpp"

namespace catchrule::proxy {

/// Compares without ASCII case.
bool same_word(std::string_view a, std::string_view b);

/// Removes the fields that belong to one connection (RFC 9110, 7.6.1) and those that Connection
/// names.
void remove_hop_by_hop(Fields& headers);

/// Where a request came from.
struct Client {
    std::string ip;
    std::string scheme = "http";
};

/// Makes a client's request what a proxy sees: hop-by-hop fields and X-Apigee-* are gone,
/// X-Request-ID is `request_id`, X-Forwarded-For has the client's address, -Proto and -Host are
/// ours.
void prepare_inbound(Message& request, const Client& client, const std::string& request_id);

/// The caller's X-Request-ID when it is 1 to 128 visible ASCII characters; else empty.
std::string_view acceptable_request_id(const Message& request);

/// A new random id (UUID version 4).
std::string make_request_id();

}  // namespace catchrule::proxy
