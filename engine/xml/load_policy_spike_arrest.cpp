// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/codes.hpp"
#include "engine/xml/load_policy.hpp"

namespace catchrule::xml {

SpikeArrest load_spike_arrest(Context& context, const File& file, const Element& root) {
    file.expect(root, {{"name", "enabled", "continueOnError", "async"},
                       {"DisplayName", "Description", "Properties", "FaultRules", "Rate",
                        "Identifier", "MessageWeight", "UseEffectiveCount"}});
    SpikeArrest policy;
    bool rated = false;
    for (const Element& child : root.children("Rate")) {
        if (!load_once(file, child, rated)) continue;
        file.expect_text(child, {"ref"});
        policy.rate_ref = load_reference(context, child, "ref");
        const Text text = child.text().trimmed();
        if (text.value.empty() && !policy.rate_ref.empty()) continue;
        policy.rate = parse_spike_rate(text.value);
        if (!policy.rate) {
            file.error(code::bad_policy_value, text.span(),
                       "InvalidAllowedRate: expected a positive integer with ps or pm, found \"" +
                           text.value + "\"",
                       "write 30ps or 120pm");
        }
    }
    if (!rated) {
        file.error(code::bad_policy_value, root.span(),
                   "InvalidAllowedRate: expected Rate in SpikeArrest");
    }
    for (const Element& child : root.children()) {
        if (child.name() != "Identifier" && child.name() != "MessageWeight") continue;
        file.expect_text(child, {"ref"});
        std::string& reference =
            child.name() == "Identifier" ? policy.identifier_ref : policy.weight_ref;
        reference = load_reference(context, child, "ref");
    }
    return policy;
}

}  // namespace catchrule::xml
