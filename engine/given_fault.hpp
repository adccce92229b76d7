// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/fault_catalog.hpp"
#include "engine/model.hpp"

namespace catchrule {

// A fault that a user names instead of one that happened: explain, why-not, fault injection
// (CONTRACTS, "The fault given to explain and why-not").

/// The enabled policies that the flows of `endpoint` attach and that can raise a fault of that
/// name, once each, in flow order, shared flows included. Steps of its fault rules do not count.
std::vector<const Policy*> policies_raising(const Bundle& bundle, const Endpoint& endpoint,
                                            std::string_view fault_name);

/// A fault as if it had just happened.
struct GivenFault {
    Fault fault;
    std::optional<RaisedFault> raised;  ///< the response of a RaiseFault; put it into the error
};

/// Makes the fault of `row` and leaves in `variables` what `policy` leaves there when it raises it:
/// its `failed` flags, and the counts of a Quota. null = nobody is known to have raised it, nothing
/// is set. `proxy` is apiproxy.name.
GivenFault raise_given(const FaultRow& row, const Policy* policy, std::string_view proxy,
                       const Semantics& semantics, Variables& variables);

/// The same for a name the catalog does not know: status 500, the name as code.
GivenFault raise_unknown(std::string_view name, const Policy* policy, Variables& variables);

/// A policy of that name and type with the defaults of its type, for files that do not hold it.
Policy assumed_policy(std::string_view name, std::string_view element);

/// The catalog name that is spelt most like `name`; empty when none comes near.
std::string_view nearest_fault_name(std::string_view name);

}  // namespace catchrule
