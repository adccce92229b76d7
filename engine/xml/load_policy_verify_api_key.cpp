// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/codes.hpp"
#include "engine/xml/load_policy.hpp"

namespace catchrule::xml {

VerifyApiKey load_verify_api_key(Context& context, const File& file, const Element& root) {
    file.expect(root, {{"name", "enabled", "continueOnError", "async"},
                       {"DisplayName", "Description", "Properties", "FaultRules", "APIKey",
                        "CacheExpiryInSeconds"}});
    VerifyApiKey policy;
    bool seen = false;
    for (const Element& child : root.children("APIKey")) {
        if (!load_once(file, child, seen)) continue;
        file.expect_text(child, {"ref"});
        policy.key_ref = load_reference(context, child, "ref");
        policy.key_literal = child.text().trimmed().value;
    }
    for (const Element& child : root.children("DisplayName"))
        policy.display_name = child.text().trimmed().value;
    if (policy.key_ref.empty() && policy.key_literal.empty()) {
        file.error(code::missing_part, root.span(),
                   "expected APIKey with attribute ref in VerifyAPIKey",
                   "write <APIKey ref=\"request.queryparam.apikey\"/>");
    }
    return policy;
}

}  // namespace catchrule::xml
