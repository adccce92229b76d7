// SPDX-License-Identifier: Apache-2.0
#include "engine/call_chain.hpp"

#include <utility>

namespace catchrule {

struct CallChain::Call {
    Call(LocalProxy given, const CallOptions& options)
        : proxy(std::move(given)),
          variables(*proxy.bundle->layout),
          machine(*proxy.bundle, *proxy.proxy, variables, options) {}

    LocalProxy proxy;
    Variables variables;
    FlowMachine machine;
    bool is_callout = false;                 // of the call below; else its target
    Message reply = Message::response(500);  // what it said, until it is through
};

CallChain::CallChain(LocalProxy first, CallOptions options, FindProxy find)
    : options_(std::move(options)), find_(std::move(find)) {
    calls_.push_back(std::make_unique<Call>(std::move(first), options_));
}

CallChain::CallChain(CallChain&&) noexcept = default;
CallChain& CallChain::operator=(CallChain&&) noexcept = default;
CallChain::~CallChain() = default;

FlowMachine& CallChain::machine() { return calls_.front()->machine; }
const FlowMachine& CallChain::machine() const { return calls_.front()->machine; }
Variables& CallChain::variables() { return calls_.front()->variables; }
const Variables& CallChain::variables() const { return calls_.front()->variables; }
const Bundle& CallChain::bundle() const { return *calls_.front()->proxy.bundle; }

Action CallChain::advance(Event event, Millis now) {
    for (;;) {
        Action action = calls_.back()->machine.advance(std::move(event), now);
        auto next = follow(action, now);
        if (!next) return action;
        event = std::move(*next);
    }
}

// The event that answers an action inside the chain; none when it is for the driver.
std::optional<Event> CallChain::follow(Action& action, Millis now) {
    if (auto* target = std::get_if<CallTarget>(&action); target != nullptr && target->local) {
        return begin(*target->local, *target->request, false, std::nullopt);
    }
    if (auto* out = std::get_if<CallOut>(&action); out != nullptr && out->call.local) {
        return begin(*out->call.local, out->call.request, true, now + out->call.timeout_ms);
    }
    if (calls_.size() == 1) return std::nullopt;
    if (auto* respond = std::get_if<Respond>(&action)) {
        calls_.back()->reply = *respond->response;
        return Responded{};
    }
    if (std::holds_alternative<Finished>(action)) return pop();
    return std::nullopt;
}

// Starts a machine for a local call; the event is for the machine on top then.
Event CallChain::begin(const LocalCall& local, const Message& request, bool is_callout,
                       std::optional<Millis> deadline) {
    const auto failed = [&](std::string_view code) -> Event {
        if (is_callout) return CalloutAnswered{TargetFailure::refused};
        return TargetFailed{TargetFailure::refused, code};
    };
    if (calls_.size() == max_chained_proxies || begun_ == max_local_calls) {
        return failed("messaging.runtime.TooManyChainedProxies");
    }
    ++begun_;
    LocalProxy found = find_ ? find_(local) : LocalProxy{};
    if (found.proxy == nullptr) return failed("messaging.runtime.TargetMissing");

    Message inner = request;
    // By name the path is what follows the base path.
    const std::string base =
        local.api_proxy.empty() || found.proxy->base_path == "/" ? "" : found.proxy->base_path;
    const std::string path = base + local.path;
    inner.set_uri(path.starts_with('/') ? path : '/' + path);

    CallOptions options = options_;
    options.record = false;
    options.trace = nullptr;
    options.deadline = deadline ? deadline : options_.deadline;
    options.random_seed = calls_.back()->variables.random().next();
    auto call = std::make_unique<Call>(std::move(found), options);
    call->is_callout = is_callout;
    call->variables.request() = std::move(inner);
    calls_.push_back(std::move(call));
    return Started{};
}

// The proxy on top is through: what it said is the answer that the one below it waits for.
Event CallChain::pop() {
    const std::unique_ptr<Call> done = std::move(calls_.back());
    calls_.pop_back();
    if (done->is_callout) return CalloutAnswered{std::move(done->reply)};
    return TargetReplied{.response = std::move(done->reply)};
}

}  // namespace catchrule
