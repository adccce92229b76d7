// SPDX-License-Identifier: Apache-2.0
// Loads fault rules, says that a fault happened, runs the error flow, and prints what was decided
// and why.
#include <iostream>

#include "engine/flow_machine.hpp"
#include "engine/xml/load_bundle.hpp"

int main(int argc, char** argv) {
    using namespace catchrule;
    const Loaded loaded = load_bundle(argc > 1 ? argv[1] : "rules.xml");
    for (const Problem& problem : loaded.problems) std::cerr << problem.render();
    if (!loaded.bundle) return 2;
    const Bundle& bundle = *loaded.bundle;

    // One call: its variables, and a machine that does no I/O of its own.
    Variables variables(*bundle.layout);
    variables.request().set_uri("/weather?city=Bern");
    CallOptions options;
    options.record = true;
    FlowMachine machine(bundle, bundle.proxies.front(), variables, options);

    // The fault your own code found, and what its policy would have published.
    machine.begin_with_fault(make_fault("oauth.v2.InvalidApiKey", options.semantics));
    variables.define("oauthV2.verify.failed", Value::boolean(true));

    Action action = machine.advance(Started{}, 0);
    if (const auto* respond = std::get_if<Respond>(&action)) {
        std::cout << "reply " << respond->response->status << '\n';
    }
    const Decision& decision = *machine.decision();
    for (const RuleRecord& rule : decision.rules) {
        std::cout << (rule.verdict == RuleVerdict::fired ? "fired " : "not   ") << rule.name
                  << '\n';
        if (!rule.condition) continue;
        for (const AtomRecord& atom : rule.condition->atoms) {
            std::cout << "      " << atom.text
                      << (atom.verdict == Verdict::is_true ? "  true" : "  no")
                      << (atom.left.is_unset() ? ", unset\n" : "\n");
        }
    }
    std::cout << "handled by " << decision.handled_by() << '\n';
}
