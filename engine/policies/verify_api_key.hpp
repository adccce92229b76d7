// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/step.hpp"

namespace catchrule {

/// VerifyAPIKey: looks an API key up and publishes its app, developer and product. Vendor page
/// "VerifyAPIKey policy"; POLICIES 4.3.
struct VerifyApiKey {
    static constexpr std::string_view element = "VerifyAPIKey";
    static constexpr std::string_view prefix = "oauthV2";

    std::string key_ref;         ///< variable that holds the key
    std::string key_literal;     ///< element text; used when there is no ref
    std::string display_name{};  ///< published as `DisplayName`; empty = not at all
};

StepResult execute(const VerifyApiKey& policy, StepContext& context);
StepResult resume(const VerifyApiKey& policy, StepContext& context, const StoreReply& reply);

}  // namespace catchrule
