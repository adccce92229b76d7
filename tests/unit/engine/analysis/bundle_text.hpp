// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/given_fault.hpp"
#include "engine/xml/load_bundle.hpp"

namespace catchrule::test {

/// A bundle of one file's text, complete with policies of those names and types, each with the
/// defaults of its type and attached to the PreFlow of the first endpoint. Warnings do not matter.
inline std::shared_ptr<const Bundle> bundle_of(
    const std::string& xml, const std::vector<std::pair<std::string, std::string>>& policies) {
    const Loaded loaded = load_text("rules.xml", xml);
    if (loaded.bundle == nullptr) {
        for (const Problem& problem : loaded.problems) ADD_FAILURE() << problem.render();
        std::abort();
    }
    const auto bundle = std::const_pointer_cast<Bundle>(loaded.bundle);
    Endpoint& endpoint = bundle->proxies.empty() ? static_cast<Endpoint&>(bundle->targets.front())
                                                 : bundle->proxies.front();
    for (const auto& [name, element] : policies) {
        Step step;
        step.policy = name;
        step.policy_index = static_cast<int>(bundle->policies.size());
        endpoint.pre_flow.request.push_back(std::move(step));
        bundle->policies.push_back(assumed_policy(name, element));
    }
    bundle->is_fragment = false;
    return bundle;
}

}  // namespace catchrule::test
