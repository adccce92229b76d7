// SPDX-License-Identifier: Apache-2.0
#include "proxy/admin/admin.hpp"

#include <string>
#include <string_view>

namespace catchrule::proxy {
namespace {

Message reply(int status, std::string_view type, std::string_view content) {
    Message made = Message::response(status);
    made.headers.set("Content-Type", type);
    made.headers.set("Cache-Control", "no-store");
    made.content = content;
    return made;
}

}  // namespace

Message admin_reply(const Message& request, bool ready) {
    const bool known =
        request.path == "/healthz" || request.path == "/readyz" || request.path == "/version";
    if (!known) return reply(404, "text/plain", "not found");
    if (request.verb != "GET" && request.verb != "HEAD") {
        Message refused = reply(405, "text/plain", "method not allowed");
        refused.headers.set("Allow", "GET, HEAD");
        return refused;
    }
    if (request.path == "/healthz") return reply(200, "text/plain", "ok");
    if (request.path == "/readyz") {
        return ready ? reply(200, "text/plain", "ready") : reply(503, "text/plain", "draining");
    }
    return reply(
        200, "application/json",
        R"({"schema":"catchrule.version/1","name":"catchrule","version":")" CATCHRULE_VERSION
        R"("})");
}

}  // namespace catchrule::proxy
