// SPDX-License-Identifier: Apache-2.0
// The bundle `orders` of this folder through the real program: conditional flows, eight routes and
// none, a shared flow, rules on both endpoints, and every failure a target can show on a loopback.
#include <gtest/gtest.h>

#include "tests/integration/gateway.hpp"

namespace catchrule::test {
namespace {

constexpr const char* get = "GET";
constexpr const char* post = "POST";

const std::string unavailable = fault_body("The Service is temporarily unavailable",
                                           "messaging.adaptors.http.flow.ServiceUnavailable");
const std::string no_connection =
    fault_body("The Service is temporarily unavailable",
               "messaging.adaptors.http.flow.ServiceUnavailable", "TARGET_CONNECT_TIMEOUT");
const std::string unexpected_end =
    fault_body("Unexpected EOF at target", "messaging.adaptors.http.flow.UnexpectedEOFAtTarget");
const std::string bad_gateway =
    fault_body("Bad Gateway", "messaging.adaptors.http.flow.BadGateway");
const std::string timed_out = fault_body(
    "Gateway Timeout", "messaging.adaptors.http.flow.GatewayTimeout", "TARGET_READ_TIMEOUT");
const std::string no_handshake =
    fault_body("SSL Handshake failed", "messaging.adaptors.http.flow.SslHandshakeFailed");
const std::string refused =
    fault_body("Raising fault. Fault name : refuse_banned", "steps.raisefault.RaiseFault");
const std::string unresolved =
    fault_body("AssignMessage[breaks]: unable to resolve variable no.such.variable",
               "steps.assignmessage.UnresolvedVariable");

struct Call {
    const char* verb;
    const char* path;     // below /orders
    const char* headers;  // of the request, separated by |
    int status;
    const char* expected;  // headers of the reply, `Name: value` separated by |; `-` = none
    std::string body;
};

// In this order: a quota counts.
const Call calls[] = {
    // the way of a call that goes well
    {get, "/items/ok", "", 200, "X-Flow: read|X-Target: items|X-Post: items|X-Default: -", "ok"},
    {get, "/items/a/b/ok?q=1&q=2", "", 200, "X-Flow: read|Content-Type: text/plain", "ok"},
    {get, "/items/chunked", "", 200, "X-Reply: yes|Content-Length: 12|Transfer-Encoding: -",
     "hello, world"},
    {get, "/items/to-the-end", "", 200, "X-Flow: read|Content-Length: 13", "until the end"},
    {get, "/items/interim", "", 200, "X-Flow: read|Link: -", "ok"},
    {get, "/items/slow", "", 200, "X-Flow: read", "ok"},
    {get, "/items/status-201", "", 201, "X-Flow: read|X-Target: items", "of the target"},
    {get, "/items/status-204", "", 204, "X-Flow: read|X-Default: -", ""},
    {get, "/items/status-302", "", 302, "X-Flow: read|X-Default: -", "of the target"},
    {post, "/items/ok", "Content-Type: application/json", 200, "X-Flow: create", "ok"},
    {"PUT", "/items/ok", "", 200, "X-Flow: -|X-Post: items", "ok"},
    {"DELETE", "/items/status-200", "", 200, "X-Flow: -", "of the target"},
    {get, "/direct/ok", "", 200, "X-Target: -|X-Post: direct", "ok"},
    {get, "/bare/ok", "", 200, "X-Target: -|X-Post: bare|X-Flow: -", "ok"},
    {get, "/strict/status-201", "", 201, "X-Post: strict", "of the target"},
    {get, "/strict/status-404", "", 404, "X-Post: strict|X-Default: -", "of the target"},
    {get, "/health", "", 200, "Content-Type: text/plain|X-Post: nothing", "well GET"},
    {"PATCH", "/health", "", 200, "X-Flow: -", "well PATCH"},
    {get, "/tolerated", "", 200, "X-Default: -", "well GET"},
    {get, "/keyed/ok?key=good", "", 200, "X-Target: items|X-Post: keyed", "ok"},
    // faults in the flows of the proxy
    {get, "/keyed/ok", "", 401, "X-Default: FailedToResolveAPIKey|X-Post: -",
     R"({"policy":"FailedToResolveAPIKey"})"},
    {get, "/keyed/ok?key=unknown", "", 401, "X-Default: InvalidApiKey",
     R"({"policy":"InvalidApiKey"})"},
    {get, "/keyed/ok?key=other", "", 401, "X-Default: InvalidApiKeyForGivenResource",
     R"({"policy":"InvalidApiKeyForGivenResource"})"},
    {get, "/keyed/ok?key=revoked", "", 401, "Content-Type: application/json",
     R"({"policy":"invalid_client-app_not_approved"})"},
    {get, "/limited", "", 200, "X-Post: nothing", ""},
    {get, "/limited", "", 429, "X-Default: QuotaViolation", R"({"limit":"1"})"},
    {get, "/items/ok", "X-Banned: yes", 403, "X-Default: RaiseFault|X-Flow: -", refused},
    {post, "/items/ok", "Content-Type: text/plain", 415,
     "X-Default: -|X-Note: first, second|Content-Type: text/plain", "not JSON"},
    {post, "/items/ok", "", 415, "X-Default: -|X-Note: first, second", "not JSON"},
    {get, "/late", "", 409, "X-Default: RaiseFault|X-Post: -", R"({"policy":"RaiseFault"})"},
    {get, "/broken-step", "", 500, "X-Default: UnresolvedVariable", unresolved},
    {get, "/nowhere", "", 404, "X-Default: RouteFailed", R"({"route":"none"})"},
    {get, "", "", 404, "X-Default: RouteFailed", R"({"route":"none"})"},
    // replies of targets that are faults, with rules and without
    {get, "/items/missing", "", 404, "X-Default: ErrorResponseCode|Content-Type: application/json",
     R"({"missing":"/items/missing"})"},
    {get, "/items/status-500", "", 502, "X-Default: ErrorResponseCode", R"({"server":"500"})"},
    {get, "/items/status-503", "", 502, "X-Target: -", R"({"server":"503"})"},
    {get, "/items/status-429", "", 429, "X-Default: of the target, ErrorResponseCode",
     "of the target"},
    {get, "/bare/missing", "", 404, "X-Default: ErrorResponseCode|Content-Type: text/plain",
     "no such thing"},
    {get, "/bare/status-500", "", 500, "X-Default: ErrorResponseCode", "of the target"},
    {get, "/direct/status-500", "", 500, "X-Default: ErrorResponseCode|X-Post: -", "of the target"},
    {get, "/strict/status-200", "", 200, "X-Default: ErrorResponseCode", "of the target"},
    {get, "/strict/status-302", "", 302, "X-Default: ErrorResponseCode", "of the target"},
    // targets that bring no reply
    {get, "/items/never", "", 503, "Retry-After: 7|X-Default: RaiseFault", "too late"},
    {get, "/items/close", "", 502, "X-Default: UnexpectedEOFAtTarget", unexpected_end},
    {get, "/items/half", "", 502, "X-Default: UnexpectedEOFAtTarget", unexpected_end},
    {get, "/items/garbage", "", 502, "X-Default: BadGateway", bad_gateway},
    {get, "/items/reset", "", 503, "X-Default: of the target, ServiceUnavailable", unavailable},
    {get, "/bare/never", "", 504, "X-Default: GatewayTimeout", timed_out},
    {get, "/bare/close", "", 502, "X-Default: UnexpectedEOFAtTarget", unexpected_end},
    {get, "/bare/half", "", 502, "X-Default: UnexpectedEOFAtTarget", unexpected_end},
    {get, "/bare/garbage", "", 502, "X-Default: BadGateway", bad_gateway},
    {get, "/bare/both", "", 502, "X-Default: BadGateway", bad_gateway},
    {get, "/bare/big", "", 502, "X-Default: BadGateway", bad_gateway},
    {get, "/bare/reset", "", 503, "X-Default: ServiceUnavailable", unavailable},
    {get, "/direct/reset", "", 503, "X-Default: ServiceUnavailable", unavailable},
    {get, "/down/ok", "", 503, "X-Default: ServiceUnavailable", unavailable},
    {get, "/lost/ok", "", 503, "X-Default: ServiceUnavailable", unavailable},
    {get, "/queue/ok", "", 503, "X-Default: ServiceUnavailable", no_connection},
    {get, "/secure/ok", "", 503, "X-Default: SslHandshakeFailed", no_handshake},
    // and after all of that
    {get, "/items/ok", "", 200, "X-Flow: read|X-Default: -", "ok"},
};
static_assert(std::size(calls) >= 40);

// One gateway with everything that plays its targets.
struct Orders {
    std::vector<std::string> options() const {
        std::vector<std::string> words = {"--shared-flows", CATCHRULE_BUNDLES "/orders-stamp",
                                          "--environment", CATCHRULE_BUNDLES "/orders/environment"};
        words.insert(words.end(), {"--io-timeout", "800ms", "--connect-timeout", "300ms"});
        words.insert(words.end(), {"--target-override", "lost.example.com=nobody.invalid:80"});
        for (const auto& more : {override_of("items.example.com", items.port()),
                                 override_of("down.example.com", down.port()),
                                 override_of("queue.example.com", full.port()),
                                 override_of("secure.example.com", plain.gateway.port())}) {
            words.insert(words.end(), more.begin(), more.end());
        }
        return words;
    }

    ScriptedTarget items;
    Socket down = Socket::bound(-1);
    Socket full = Socket::bound(0);  // one connection fills its queue: nobody answers the next
    Socket waiting = Socket::connect(full.port());
    PlainGateway plain;  // answers a TLS handshake with 400
    RunningGateway gateway{CATCHRULE_BUNDLES "/orders", options()};
};

std::string request_of(const Call& call) {
    std::string out = std::string(call.verb) + " /orders" + call.path + " HTTP/1.1\r\nHost: h\r\n";
    for (const std::string& header : parts_of(call.headers)) out += header + "\r\n";
    const std::string body = call.verb == std::string(post) ? R"({"order":1})" : "";
    if (!body.empty()) out += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return out + "\r\n" + body;
}

TEST(Orders, EveryCall) {
    const Orders orders;
    HttpClient client(orders.gateway.port());
    for (const Call& call : calls) {
        SCOPED_TRACE(std::string(call.verb) + " " + call.path);
        const auto reply = client.ask(request_of(call));
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, call.status);
        EXPECT_EQ(reply->body, call.body);
        EXPECT_EQ(reply->header("X-Request-ID").size(), 36U);
        expect_headers(*reply, call.expected);
    }
}

TEST(Orders, SharedFlowAndRequestOnTheWayToTheTarget) {
    const Orders orders;
    HttpClient client(orders.gateway.port());
    const auto reply = client.get("/orders/items/echo?a=b%20c", "X-Kept: yes\r\n");
    ASSERT_TRUE(reply);
    EXPECT_TRUE(reply->body.starts_with("GET /api/items/echo?a=b%20c HTTP/1.1\r\n")) << reply->body;
    EXPECT_NE(reply->body.find("\r\nX-Stamp: orders local\r\n"), std::string::npos) << reply->body;
    EXPECT_NE(reply->body.find("\r\nX-Kept: yes\r\n"), std::string::npos);
}

TEST(Orders, EdgeProfile) {
    const Orders targets;
    std::vector<std::string> options = targets.options();
    options.insert(options.end(), {"--profile", "edge"});
    const RunningGateway gateway(CATCHRULE_BUNDLES "/orders", options);
    HttpClient client(gateway.port());
    ASSERT_TRUE(client.get("/orders/limited"));
    const auto limited = client.get("/orders/limited");
    ASSERT_TRUE(limited);
    EXPECT_EQ(limited->status, 500);
    const auto late = client.get("/orders/bare/never");
    ASSERT_TRUE(late);
    EXPECT_EQ(late->status, 504);
    EXPECT_EQ(late->body,
              fault_body("Gateway Timeout", "messaging.adaptors.http.flow.GatewayTimeout"));
}

}  // namespace
}  // namespace catchrule::test
