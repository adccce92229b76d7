// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "engine/fault.hpp"
#include "engine/message.hpp"
#include "engine/semantics.hpp"
#include "proxy/limits.hpp"

namespace catchrule::proxy {

/// Why a request never reached a proxy.
enum class Refused : std::uint8_t {
    bad_request,       ///< malformed or ambiguous framing: 400
    line_too_long,     ///< 414
    headers_too_big,   ///< 431
    too_many_headers,  ///< 431
    body_too_big,      ///< 413
    too_slow,          ///< 408
};

struct Refusal {
    Refused why = Refused::bad_request;
    std::string text;  ///< bad_request only: what is wrong with it
};

/// The fault a refusal is answered with; limits are printed in its text.
Fault refusal_fault(const Refusal& refusal, const Limits& limits, const Semantics& semantics);

/// No proxy has a base path that fits (CONTRACTS, "ApplicationNotFound text").
Fault application_not_found(const std::string& host, int port, const std::string& path,
                            const Semantics& semantics);

/// Our own defect; the client learns nothing of it.
Fault internal_error(const Semantics& semantics);

/// A reply with the fault's status and its default JSON body.
Message fault_reply(const Fault& fault);

}  // namespace catchrule::proxy
