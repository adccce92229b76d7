// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/random_bundle.hpp"

#include <utility>

#include "tests/simulation/random_policy.hpp"

namespace catchrule::testing {

namespace {

using Names = std::vector<std::string>;

// What conditions of flows, steps and rules read. None of it changes once a fault has happened.
const std::vector<Subject>& subjects() {
    static const std::vector<Subject> list = {
        {"request.queryparam.q1", {"\"a\"", "\"b\"", "null"}},
        {"request.queryparam.q2", {"\"1\"", "\"x\"", "null"}},
        {"request.header.X-Q", {"\"a\"", "null"}},
        {"request.verb", {"\"GET\"", "\"POST\""}},
        {"response.status.code", {"200", "404", "399", "\"500\"", "null"}},
        {"v1", {"\"a\"", "\"bGET\"", "null"}},
        {"v2", {"\"a\"", "\"b\"", "null"}},
        {"oauthV2.failed", {"true", "\"true\"", "false"}},
        {"is.error", {"true"}},
    };
    return list;
}

const std::vector<Subject>& fault_subjects() {
    static const std::vector<Subject> list = [] {
        std::vector<Subject> out = subjects();
        out.push_back({"fault.name",
                       {"\"RaiseFault\"", "\"QuotaViolation\"", "\"SpikeArrestViolation\"",
                        "\"InvalidApiKey\"", "\"ErrorResponseCode\"", "\"GatewayTimeout\"",
                        "\"RouteFailed\"", "\"ServiceUnavailable\"", "\"Unresolved\""}});
        out.push_back({"error.state", {"\"PROXY_REQ_FLOW\"", "\"TARGET_RESP_FLOW\"", "\"REQ\""}});
        return out;
    }();
    return list;
}

std::string element(const std::string& name, const std::string& content) {
    return "<" + name + ">" + content + "</" + name.substr(0, name.find(' ')) + ">\n";
}

std::string named(const std::string& name, const std::string& value) {
    return name + " name=\"" + value + "\"";
}

class Maker {
public:
    explicit Maker(std::uint64_t seed) : random_(seed) {}

    RandomBundle make() {
        flow_calls_ = make_shared_flows('f', 1 + random_.below(3));
        rule_calls_ = make_shared_flows('r', 1 + random_.below(2));
        for (const char* name : {"a", "b", "local"}) make_target(name);
        make_proxy();
        return std::move(out_);
    }

private:
    struct Called {
        std::string name;
        std::size_t steps;
    };

    std::string condition(const std::optional<Condition>& condition) {
        return condition ? element("Condition", text_of(*condition)) : std::string();
    }

    std::optional<Condition> maybe(unsigned percent, const std::vector<Subject>& about) {
        if (!chance(random_, percent)) return std::nullopt;
        return random_condition(random_, about);
    }

    // One step with a policy of its own, which goes to `files`.
    std::string step(char kind, BundleText& files, const std::vector<Called>& calls,
                     const std::string& owner) {
        PolicyPlace place{.kind = kind, .name = {}, .attributes = {}, .shared_flow = {}};
        place.name = kind + std::to_string(++policies_);
        ++out_.steps;
        if (!calls.empty() && chance(random_, 15)) {
            const Called& called = pick(random_, calls);
            place.shared_flow = called.name;
            out_.steps += called.steps;
            if (chance(random_, 5)) place.shared_flow = "nowhere";
            out_.calls[place.name] = place.shared_flow;
        }
        const bool continues = chance(random_, 20);
        place.attributes = " name=\"" + place.name + "\"";
        if (continues) place.attributes += " continueOnError=\"true\"";
        if (chance(random_, 8)) place.attributes += " enabled=\"false\"";
        out_.continues[place.name] = continues;
        out_.owner[place.name] = owner;
        files["policies/" + place.name + ".xml"] = random_policy(random_, place);
        const auto& about = kind == 'f' || kind == 'c' ? subjects() : fault_subjects();
        return element("Step", element("Name", place.name) + condition(maybe(40, about)));
    }

    std::string steps(char kind, std::size_t most, BundleText& files,
                      const std::vector<Called>& calls, const std::string& owner = {}) {
        std::string text;
        const std::size_t count = random_.below(most + 1);
        for (std::size_t i = 0; i < count; ++i) text += step(kind, files, calls, owner);
        return text;
    }

    // Each calls only those made before it, so that there is no cycle.
    std::vector<Called> make_shared_flows(char kind, std::size_t count) {
        std::vector<Called> made;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t before = out_.steps;
            const std::string name = std::string("shared-") + kind + std::to_string(i);
            BundleText& files = out_.shared_flows[name];
            const std::string text = steps(kind, 3, files, made, name);
            files["sharedflows/default.xml"] = element(named("SharedFlow", "default"), text);
            made.push_back({name, out_.steps - before});
            out_.steps = before;
        }
        return made;
    }

    std::string flow(const std::string& opening, const std::optional<Condition>& when) {
        return element(opening, condition(when) +
                                    element("Request", steps('f', 2, out_.files, flow_calls_)) +
                                    element("Response", steps('f', 2, out_.files, flow_calls_)));
    }

    std::string flows() {
        std::string conditional;
        const std::size_t count = random_.below(3);
        for (std::size_t i = 0; i < count; ++i) {
            conditional += flow(named("Flow", "flow" + std::to_string(i)), maybe(80, subjects()));
        }
        return flow(named("PreFlow", "PreFlow"), std::nullopt) + element("Flows", conditional) +
               flow(named("PostFlow", "PostFlow"), std::nullopt);
    }

    std::string faults(const std::string& endpoint, PlannedRules& plan) {
        const bool is_proxy = endpoint == "proxy";
        std::string rules;
        const std::size_t count = random_.below(5);
        for (std::size_t i = 0; i < count; ++i) {
            PlannedRules::Rule rule{endpoint + "-" + std::to_string(i),
                                    maybe(85, fault_subjects())};
            rules += element(
                named("FaultRule", rule.name),
                condition(rule.condition) + steps('r', 3, out_.files, rule_calls_, rule.name));
            plan.rules.push_back(std::move(rule));
        }
        std::string order;
        if (chance(random_, 15)) {
            plan.order = chance(random_, 50) ? EvaluationOrder::top_to_bottom
                                             : EvaluationOrder::bottom_to_top;
            order = " evaluationOrder=\"" + std::string(to_string(*plan.order)) + "\"";
        }
        std::string out = element("FaultRules" + order, rules);
        plan.has_default = chance(random_, 60);
        if (!plan.has_default) return out;
        plan.always_enforce = chance(random_, 50);
        plan.default_condition = maybe(30, fault_subjects());
        out += element(named("DefaultFaultRule", "default"),
                       condition(plan.default_condition) +
                           element("AlwaysEnforce", plan.always_enforce ? "true" : "false") +
                           steps(is_proxy ? 'd' : 'e', 3, out_.files, {}));
        return out;
    }

    void make_target(const std::string& name) {
        static const Names codes = {"1xx,2xx,3xx", "2xx,404", "400", "2xx,3xx,4xx,5xx"};
        std::string connection;
        if (name == "local") {
            connection = element("LocalTargetConnection", element("Path", "/other"));
        } else {
            std::string content = element("URL", "http://" + name + ".example.com");
            if (chance(random_, 40)) {
                content += element("Properties", element(named("Property", "success.codes"),
                                                         pick(random_, codes)));
            }
            connection = element("HTTPTargetConnection", content);
        }
        out_.files["targets/" + name + ".xml"] = element(
            named("TargetEndpoint", name), flows() + faults(name, out_.targets[name]) + connection);
    }

    std::string routes() {
        std::string text;
        const std::size_t count = 1 + random_.below(4);
        for (std::size_t i = 0; i <= count; ++i) {
            static const Names ways = {
                "<TargetEndpoint>a</TargetEndpoint>", "<TargetEndpoint>b</TargetEndpoint>",
                "<TargetEndpoint>local</TargetEndpoint>", "<URL>http://url.example.com</URL>", ""};
            text +=
                element(named("RouteRule", "route" + std::to_string(i)),
                        pick(random_, ways) + condition(maybe(i < count ? 60 : 20, subjects())));
        }
        return text;
    }

    void make_proxy() {
        std::string connection = element("BasePath", "/sim");
        if (chance(random_, 20)) {
            connection += element("Properties", element(named("Property", "api.timeout"), "60"));
        }
        out_.files["proxies/default.xml"] =
            element(named("ProxyEndpoint", "default"),
                    flows() + faults("proxy", out_.proxy) + routes() +
                        element(named("PostClientFlow", "PostClientFlow"),
                                element("Response", steps('c', 2, out_.files, {}))) +
                        element("HTTPProxyConnection", connection));
    }

    Random random_;
    RandomBundle out_;
    std::vector<Called> flow_calls_;
    std::vector<Called> rule_calls_;
    std::size_t policies_ = 0;
};

}  // namespace

RandomBundle random_bundle(std::uint64_t seed) { return Maker(seed).make(); }

}  // namespace catchrule::testing
