// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

namespace catchrule::test {

/// One call of the bundle `ten-policies` and the reply to it.
struct PolicyCall {
    const char* verb;
    const char* path;     ///< below /ten
    const char* headers;  ///< of the request, separated by |
    const char* sent;     ///< body of the request
    int status;
    const char* fault;     ///< name of the fault that the default rule saw; empty = none
    const char* expected;  ///< headers of the reply, `Name: value` separated by |; `-` = none
    std::string body;      ///< byte by byte
};

/// To be made in this order: quotas count, maps keep.
std::span<const PolicyCall> policy_calls();

}  // namespace catchrule::test
