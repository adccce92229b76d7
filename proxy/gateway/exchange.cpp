// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/exchange.hpp"

#include <chrono>
#include <exception>
#include <random>
#include <utility>

#include "proxy/http/refusal.hpp"
#include "proxy/log.hpp"

namespace catchrule::proxy {
namespace {

CallOptions call_options(const GatewayOptions& options, const Exchange::Caller& caller,
                         trace::Recorder* recorder) {
    static thread_local std::mt19937_64 chance{std::random_device{}()};
    CallOptions made;
    made.semantics = options.semantics;
    made.environment = options.environment_name;
    made.organization = options.organization;
    made.client_ip = caller.ip;
    made.client_port = caller.port;
    made.client_scheme = caller.scheme;
    made.host = caller.local_address;
    made.port = caller.local_port;
    made.message_id = caller.message_id;
    made.random_seed = chance();
    made.record = options.record_decisions;
    made.trace = recorder;
    return made;
}

}  // namespace

Millis current_time() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

Exchange::Exchange(Route route, const Means& means, Message request, const Caller& caller)
    : route_(std::move(route)),
      means_(means),
      message_id_(caller.message_id),
      recorder_(means.options.on_trace ? std::make_unique<trace::Recorder>() : nullptr),
      chain_(route_, call_options(means.options, caller, recorder_.get()),
             [&router = means.router](const LocalCall& call) { return router.find(call); }) {
    chain_.variables().request() = std::move(request);
}

Exchange::Next Exchange::advance(Event event) {
    if (failed_) return Finished{};
    if (std::holds_alternative<Responded>(event)) responded_ = true;
    try {
        return drive(std::move(event));
    } catch (const std::exception& problem) {
        log::error("a call of proxy {} failed: {}", route_.bundle->name, problem.what());
    }
    failed_ = true;
    if (responded_) return Finished{};  // a client gets one reply
    failure_ = fault_reply(internal_error(Semantics{}));
    return Respond{&failure_};
}

Exchange::Next Exchange::drive(Event event) {
    for (;;) {
        const Millis now = current_time();
        Action action = chain_.advance(std::move(event), now);
        if (auto* ask = std::get_if<AskStore>(&action)) {
            event = StoreAnswered{means_.stores.ask(ask->query, now)};
        } else if (auto* line = std::get_if<WriteLog>(&action)) {
            means_.logs.write(std::move(line->record), now);
            event = LogWritten{};
        } else if (auto* call = std::get_if<CallTarget>(&action)) {
            return std::move(*call);
        } else if (auto* out = std::get_if<CallOut>(&action)) {
            return std::move(*out);
        } else if (auto* respond = std::get_if<Respond>(&action)) {
            return *respond;
        } else {
            return Finished{};
        }
    }
}

void Exchange::report() {
    report_decision();
    report_trace();
}

// A call that failed is traced as far as it went.
void Exchange::report_trace() {
    if (recorder_ == nullptr) return;
    try {
        trace::Call call = recorder_->finish(message_id_);
        call.completed = !failed_;
        means_.options.on_trace(recorder_->session(), call);
    } catch (const std::exception& problem) {
        log::error("a trace was not taken: {}", problem.what());
    }
}

void Exchange::report_decision() const {
    if (!means_.options.on_decision || failed_) return;
    const Decision* decision = chain_.machine().decision();
    if (decision == nullptr) return;
    try {
        means_.options.on_decision(*route_.bundle, *decision, chain_.variables().request());
    } catch (const std::exception& problem) {
        log::error("a decision was not taken: {}", problem.what());
    }
}

}  // namespace catchrule::proxy
