// SPDX-License-Identifier: Apache-2.0
// Any bytes as a rule file: no crash, every problem has a place, and what loads decides.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/decide.hpp"
#include "engine/xml/load_bundle.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace catchrule;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const Loaded loaded = load_text("fuzz.xml", text);
    for (const Problem& problem : loaded.problems) {
        if (problem.render().empty()) std::abort();
        if (problem.source && problem.diagnostic.span.end > problem.source->text().size())
            std::abort();
    }
    if (!loaded.bundle) return 0;
    Variables variables(*loaded.bundle->layout);
    variables.define("fault.name", Value::text("InvalidApiKey"));
    const Semantics semantics;
    for (const ProxyEndpoint& proxy : loaded.bundle->proxies) {
        const auto order = evaluation_order(proxy.faults, proxy.kind, semantics);
        choose_rule(proxy.faults, order, variables, semantics.comparisons);
    }
    return 0;
}
