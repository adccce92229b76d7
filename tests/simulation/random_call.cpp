// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/random_call.hpp"

#include <utility>

#include "engine/overloaded.hpp"
#include "tests/simulation/random_condition.hpp"

namespace catchrule::testing {

namespace {

Message random_request(Random& random) {
    static constexpr std::string_view values[] = {"a", "b", "1", "x"};
    Message request = Message::request();
    request.verb = chance(random, 70) ? "GET" : "POST";
    request.path = chance(random, 80) ? "/sim/x" : "/sim";
    for (const char* name : {"q1", "q2"}) {
        if (chance(random, 80)) request.query.add(name, pick(random, values));
    }
    if (chance(random, 40)) request.headers.add("X-Q", pick(random, values));
    if (chance(random, 40)) request.headers.add("X-1", pick(random, values));
    if (request.verb == "POST") request.content = "body";
    return request;
}

Message random_reply(Random& random) {
    static constexpr int good[] = {200, 200, 201, 204, 302, 399};
    static constexpr int bad[] = {400, 404, 429, 500, 503, 600};
    Message reply = Message::response(chance(random, 75) ? pick(random, good) : pick(random, bad));
    if (chance(random, 70)) reply.content = "of the target";
    if (chance(random, 50)) reply.headers.add("X-1", "of the target");
    if (chance(random, 20)) reply.headers.add("X-1", "again");
    return reply;
}

TargetFailure random_failure(Random& random) { return static_cast<TargetFailure>(random.below(9)); }

// Says what no store would say, too: a machine must not depend on its driver for its sanity.
StoreReply random_answer(Random& random, const StoreQuery& query) {
    static constexpr std::string_view refusals[] = {"oauth.v2.InvalidApiKey",
                                                    "oauth.v2.InvalidApiKeyForGivenResource",
                                                    "keymanagement.service.consumer_key_expired"};
    if (chance(random, 2)) return StoreUnavailable{};
    const bool refused = chance(random, 15);
    return std::visit(Overloaded{
                          [&](const KeyQuery&) -> StoreReply {
                              if (refused) return KeyReply{std::string(pick(random, refusals)), {}};
                              return KeyReply{{}, {{"developer.app.name", "app"}}};
                          },
                          [&](const QuotaQuery& asked) -> StoreReply {
                              return QuotaReply{refused ? asked.allowed : 1, refused, 0};
                          },
                          [&](const SpikeQuery&) -> StoreReply { return SpikeReply{refused}; },
                          [&](const MapQuery&) -> StoreReply {
                              if (refused) return MapReply{};
                              MapReply reply;
                              reply.found.emplace_back(std::vector<std::string>{"a"});
                              return reply;
                          },
                      },
                      query);
}

Fault random_fault(Random& random, const Semantics& semantics) {
    const auto catalog = fault_catalog();
    Fault fault = make_fault(catalog[random.below(catalog.size())].code, semantics);
    fault.endpoint = chance(random, 50) ? EndpointKind::proxy : EndpointKind::target;
    return fault;
}

Semantics random_semantics(Random& random) {
    Semantics out;
    if (chance(random, 30)) out.profile = Profile::edge;
    if (chance(random, 10)) out.proxy_order = EvaluationOrder::top_to_bottom;
    if (chance(random, 10)) out.target_order = EvaluationOrder::bottom_to_top;
    if (chance(random, 20)) out.raise_fault_in_rule_stops = false;
    if (chance(random, 20)) out.target_fault_reaches_proxy_default = false;
    return out;
}

// The world around one machine: everything it asks for is answered at once, at random.
class World {
public:
    World(FlowMachine& machine, const Variables& variables, Random& random, CallResult& result)
        : machine_(machine), variables_(variables), random_(random), result_(result) {}

    void run(std::size_t most_actions) {
        Event event = Started{};
        while (!result_.finished && result_.actions.size() < most_actions) {
            Action action = machine_.advance(std::move(event), now_);
            now_ += static_cast<Millis>(random_.below(20));
            event = std::visit([this](auto& wanted) { return perform(wanted); }, action);
        }
    }

private:
    void note(std::string text) { result_.actions.push_back(std::move(text)); }

    Event perform(CallTarget& call) {
        note("target " + call.url + " " + call.request->uri());
        ++result_.target_calls;
        if (chance(random_, 12)) return TargetFailed{.failure = random_failure(random_)};
        return TargetReplied{.response = random_reply(random_)};
    }
    Event perform(CallOut& out) {
        note("call out " + out.call.url);
        if (chance(random_, 5)) return CalloutAnswered{random_failure(random_)};
        return CalloutAnswered{random_reply(random_)};
    }
    Event perform(AskStore& ask) {
        note("ask store " + std::to_string(ask.query.index()));
        return StoreAnswered{random_answer(random_, ask.query)};
    }
    Event perform(WriteLog& log) {
        note("log " + log.record.message);
        return LogWritten{};
    }
    Event perform(Respond& respond) {
        note("respond " + std::to_string(respond.response->status));
        ++result_.responds;
        result_.response = *respond.response;
        for (const std::string& name : observed_variables()) {
            const Value value = variables_.get(name);
            if (!value.is_null()) result_.variables[name] = value.to_text();
        }
        return Responded{};
    }
    Event perform(Finished&) {
        note("finished");
        result_.finished = true;
        return Responded{};
    }

    FlowMachine& machine_;
    const Variables& variables_;
    Random& random_;
    CallResult& result_;
    Millis now_ = 1'700'000'000'000;
};

}  // namespace

const std::vector<std::string>& observed_variables() {
    static const std::vector<std::string> names = {
        "request.queryparam.q1",
        "request.queryparam.q2",
        "request.header.X-Q",
        "request.verb",
        "response.status.code",
        "v1",
        "v2",
        "oauthV2.failed",
        "is.error",
        "fault.name",
        "fault.type",
        "fault.category",
        "fault.subcategory",
        "fault.reason",
        "error.state",
        "error.message",
        "error.content",
        "error.status.code",
        "message.content",
        "message.status.code",
    };
    return names;
}

CallResult random_call(const Bundle& bundle, std::uint64_t seed, bool record,
                       std::size_t most_actions) {
    Random random(seed);
    CallResult result;
    result.semantics = random_semantics(random);
    Variables variables(*bundle.layout);
    variables.request() = random_request(random);
    CallOptions options;
    options.semantics = result.semantics;
    options.message_id = std::to_string(seed);
    options.random_seed = seed;
    options.record = record;
    FlowMachine machine(bundle, bundle.proxies.front(), variables, options);
    if (chance(random, 10)) machine.begin_with_fault(random_fault(random, result.semantics));
    World(machine, variables, random, result).run(most_actions);
    if (machine.fault() != nullptr) result.fault = *machine.fault();
    if (machine.decision() != nullptr) result.decision = *machine.decision();
    result.steps = machine.steps_run();
    result.target = machine.target();
    for (const auto& [name, value] : variables.snapshot()) {
        result.last_variables[name] = value.to_text();
    }
    return result;
}

}  // namespace catchrule::testing
