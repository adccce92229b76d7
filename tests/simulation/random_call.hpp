// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/decide.hpp"
#include "engine/flow_machine.hpp"
#include "engine/model.hpp"

namespace catchrule::testing {

/// What one call came to.
struct CallResult {
    std::vector<std::string> actions;  ///< what the machine wanted, in order, as text
    std::size_t responds = 0;
    std::size_t target_calls = 0;
    bool finished = false;
    Message response = Message::response(0);
    std::string target;  ///< name of the target endpoint; empty = none
    std::optional<Fault> fault;
    std::optional<Decision> decision;
    std::vector<std::string> steps;
    Semantics semantics;
    /// Variables that conditions and laws read, when the reply went out; an unset one has no row.
    std::map<std::string, std::string, std::less<>> variables;
    std::map<std::string, std::string> last_variables;  ///< the plain ones, in the end
};

/// Names of the variables that CallResult::variables holds.
const std::vector<std::string>& observed_variables();

/// Runs one call of the bundle's proxy: request, switches, answers of stores, callouts and targets,
/// and the time that passes are drawn from `seed`. Some calls begin with a fault of the catalog.
/// Stops a machine that wants more than `most_actions`.
CallResult random_call(const Bundle& bundle, std::uint64_t seed, bool record,
                       std::size_t most_actions);

}  // namespace catchrule::testing
