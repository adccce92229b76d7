// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/exchange.hpp"

#include <chrono>
#include <exception>
#include <utility>

#include "proxy/http/refusal.hpp"
#include "proxy/log.hpp"

namespace catchrule::proxy {
namespace {

CallOptions call_options(const GatewayOptions& options, const std::string& client_ip,
                         const std::string& message_id) {
    CallOptions made;
    made.semantics = options.semantics;
    made.environment = options.environment_name;
    made.client_ip = client_ip;
    made.message_id = message_id;
    made.record = options.record_decisions;
    return made;
}

}  // namespace

Millis current_time() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

Exchange::Exchange(Route route, MemoryStores& stores, const GatewayOptions& options,
                   Message request, const std::string& client_ip, const std::string& message_id)
    : route_(std::move(route)),
      stores_(stores),
      options_(options),
      variables_(*route_.bundle->layout),
      machine_(*route_.bundle, *route_.proxy, variables_,
               call_options(options, client_ip, message_id)) {
    variables_.request() = std::move(request);
}

Exchange::Next Exchange::advance(Event event) {
    if (failed_) return Finished{};
    try {
        return drive(std::move(event));
    } catch (const std::exception& problem) {
        log::error("a call of proxy {} failed: {}", route_.bundle->name, problem.what());
    }
    failed_ = true;
    failure_ = fault_reply(internal_error(Semantics{}));
    return Respond{&failure_};
}

Exchange::Next Exchange::drive(Event event) {
    for (;;) {
        Action action = machine_.advance(std::move(event), current_time());
        if (auto* call = std::get_if<CallTarget>(&action)) return std::move(*call);
        if (auto* respond = std::get_if<Respond>(&action)) return *respond;
        const auto* ask = std::get_if<AskStore>(&action);
        if (ask == nullptr) return Finished{};
        event = StoreAnswered{stores_.ask(ask->query, current_time())};
    }
}

void Exchange::report() const {
    if (!options_.on_decision || failed_) return;
    const Decision* decision = machine_.decision();
    if (decision == nullptr) return;
    try {
        options_.on_decision(*route_.bundle, *decision, variables_.request());
    } catch (const std::exception& problem) {
        log::error("a decision was not taken: {}", problem.what());
    }
}

}  // namespace catchrule::proxy
