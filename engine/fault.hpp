// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace catchrule {

enum class EndpointKind : std::uint8_t { proxy, target };

/// "proxy" / "target", and "ProxyEndpoint" / "TargetEndpoint".
std::string_view to_string(EndpointKind kind);
std::string_view element_name(EndpointKind kind);

/// The pending error of a call: what the runtime puts into `fault.*` and `error.*`.
struct Fault {
    std::string name;      ///< last segment of `code`: what `fault.name` holds
    std::string code;      ///< e.g. "oauth.v2.InvalidApiKey"
    std::string text;      ///< the faultstring, `error.message`
    int status = 500;      ///< HTTP status of the default reply
    std::string reason;    ///< `detail.reason` of the X profile; empty = none
    std::string category;  ///< `fault.category`: "Step", "Messaging" or empty
    std::string policy;    ///< name of the policy that raised it; empty for transport and routing

    EndpointKind endpoint = EndpointKind::proxy;  ///< where it happened: whose rules apply
};

/// The last dot segment of an error code.
std::string_view fault_name_of(std::string_view code);

/// `{"fault":{"faultstring":"...","detail":{"errorcode":"..."}}}`, compact, no line break
/// (SEMANTICS 2.6); `reason` is added inside detail when it is not empty.
std::string default_fault_body(const Fault& fault);

}  // namespace catchrule
