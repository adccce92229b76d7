// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/random.hpp"

namespace catchrule::testing {

/// What the XML of a policy needs from its bundle.
struct PolicyPlace {
    char kind = 'f';  ///< see RandomBundle
    std::string name;
    std::string attributes;   ///< ` name="..."` and the flags
    std::string shared_flow;  ///< to call; empty = the policy is no FlowCallout
};

/// The XML of some policy. In flows it may set what conditions read; elsewhere it edits the reply
/// or variables of its own.
std::string random_policy(Random& random, const PolicyPlace& place);

}  // namespace catchrule::testing
