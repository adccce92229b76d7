// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/integration/gateway.hpp"

namespace catchrule::test {
namespace {

// The thread's bundle before the bundle that plays its target, as in the demo.
struct Thread {
    explicit Thread(const std::string& variant)
        : weather(bundle("demo-target"), {}),
          gateway(bundle("community-thread/" + variant), options()) {}

    static std::string bundle(const std::string& name) {
        return CATCHRULE_EXAMPLES "/bundles/" + name;
    }
    std::vector<std::string> options() const {
        std::vector<std::string> words = {"--environment", bundle("community-thread/environment")};
        for (const auto& more : {override_of("weather.example.com", weather.port()),
                                 override_of("archive.example.com", archive.port())}) {
            words.insert(words.end(), more.begin(), more.end());
        }
        return words;
    }

    RunningGateway weather;
    Socket archive = Socket::bound(-1);
    RunningGateway gateway;
};

struct Call {
    const char* path;
    int times;  // the last reply counts
    int status;
    const char* error;  // of the JSON body; empty = the target's reply
};

void expect_calls(Thread& thread, const std::vector<Call>& calls) {
    HttpClient client(thread.gateway.port());
    for (const Call& call : calls) {
        std::optional<HttpReply> reply;
        for (int i = 0; i < call.times; ++i) reply = client.get(call.path);
        ASSERT_TRUE(reply) << call.path;
        EXPECT_EQ(reply->status, call.status) << call.path << "\n" << reply->body;
        const std::string error = std::string(R"({"error":")") + call.error + '"';
        EXPECT_EQ(reply->body.starts_with(error), *call.error != '\0') << reply->body;
        if (*call.error != '\0') {
            EXPECT_EQ(reply->header("Cache-Control"), "no-store");
        }
    }
}

TEST(CommunityThread, AsPublished) {
    Thread thread("as-published");
    expect_calls(
        thread,
        {
            {"/thread/forecast/berlin?apikey=key-standard", 1, 200, ""},
            {"/thread/forecast/berlin", 1, 401, "missing_key"},
            {"/thread/forecast/berlin?apikey=nonsense", 1, 401, "invalid_key"},
            {"/thread/forecast/berlin?apikey=key-slow", 2, 500, "generic_error"},
            {"/thread/forecast/berlin?apikey=key-trial", 2, 429, "developer_quota_exceeded"},
            {"/thread/nowhere?apikey=key-standard", 1, 404, "no_route"},
            {"/thread/forecast/nowhere?apikey=key-standard", 1, 500, "generic_error"},
            {"/thread/history/berlin?apikey=key-standard", 1, 500, "generic_error"},
        });
}

TEST(CommunityThread, ConditionMoved) {
    Thread thread("condition-moved");
    expect_calls(thread, {
                             {"/thread/forecast/berlin?apikey=nonsense", 1, 500, "generic_error"},
                             {"/thread/forecast/berlin?apikey=key-slow", 2, 500, "generic_error"},
                             {"/thread/nowhere?apikey=key-standard", 1, 404, "no_route"},
                         });
}

TEST(CommunityThread, Fixed) {
    Thread thread("fixed");
    expect_calls(thread, {
                             {"/thread/forecast/berlin?apikey=key-standard", 1, 200, ""},
                             {"/thread/forecast/berlin?apikey=nonsense", 1, 401, "invalid_key"},
                             {"/thread/forecast/berlin?apikey=key-slow", 2, 429, "spike_arrest"},
                             {"/thread/forecast/berlin?apikey=key-trial", 2, 429,
                              "developer_quota_exceeded"},
                             {"/thread/nowhere?apikey=key-standard", 1, 404, "no_route"},
                         });
}

}  // namespace
}  // namespace catchrule::test
