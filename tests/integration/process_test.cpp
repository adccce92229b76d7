// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "tests/integration/gateway.hpp"

namespace catchrule::test {
namespace {

constexpr Milliseconds soon{5000};

std::string local(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }

TEST(Start, PrintsItsAddressesAndReady) {
    PlainGateway at;
    const std::vector<std::string> expected = {
        "listening on http://" + local(at.gateway.port()),
        "admin on http://" + local(at.gateway.admin_port()),
        "ready",
    };
    EXPECT_EQ(at.gateway.printed(), expected);
}

TEST(Start, TwoListeners) {
    RunningGateway gateway(plain_bundle(), {"--listen", "127.0.0.1:0"});
    ASSERT_EQ(gateway.printed().size(), 4U);
    EXPECT_TRUE(gateway.printed()[1].starts_with("listening on http://127.0.0.1:"));
}

void expect_no_start(std::vector<std::string> words, std::string_view message) {
    words.insert(words.begin(), {CATCHRULE_BINARY, "serve"});
    Process process(words);
    EXPECT_EQ(process.wait(soon), 2);
    EXPECT_FALSE(process.read_line(Milliseconds(100))) << "something was printed";
    EXPECT_NE(process.standard_error().find(message), std::string::npos)
        << process.standard_error();
}

TEST(Start, PortInUse) {
    const Socket taken = Socket::bound(1);
    const std::string address = local(taken.port());
    const std::string message = "cannot listen on " + address + ": Address already in use";
    expect_no_start({plain_bundle(), "--listen", address, "--admin", "127.0.0.1:0"}, message);
    // Nothing half started: the first address is good.
    expect_no_start({plain_bundle(), "--listen", "127.0.0.1:0", "--admin", address}, message);
}

TEST(Start, PortOfAnotherGateway) {
    const PlainGateway at;
    expect_no_start({plain_bundle(), "--listen", local(at.gateway.port())},
                    "Address already in use");
}

TEST(Start, BadOptions) {
    expect_no_start({plain_bundle(), "--listen", "8080"}, "\"8080\"");
    expect_no_start({plain_bundle(), "--listen", "nobody.invalid:0"}, "nobody.invalid");
    expect_no_start({plain_bundle(), "--target-override", "a=b"}, "\"a=b\"");
    expect_no_start({plain_bundle() + "/nowhere", "--listen", "127.0.0.1:0"}, "nowhere");
}

TEST(Start, LogFolderAndOrganization) {
    namespace fs = std::filesystem;
    std::string root = (fs::temp_directory_path() / "catchrule-serve-XXXXXX").string();
    ASSERT_NE(::mkdtemp(root.data()), nullptr);
    const fs::path bundle = fs::path(root) / "apiproxy";
    fs::create_directories(bundle / "proxies");
    fs::create_directories(bundle / "policies");
    std::ofstream(bundle / "proxies/default.xml") << R"(<ProxyEndpoint name="default">
  <PreFlow><Request><Step><Name>log</Name></Step></Request></PreFlow>
  <HTTPProxyConnection><BasePath>/logged</BasePath></HTTPProxyConnection>
  <RouteRule name="none"/>
</ProxyEndpoint>)";
    std::ofstream(bundle / "policies/log.xml") << R"(<MessageLogging name="log"><File>
  <Message>{organization.name} {request.verb}</Message><FileName>calls.log</FileName>
</File></MessageLogging>)";
    const fs::path logs = fs::path(root) / "logs" / "of acme";
    {
        RunningGateway gateway(root, {"--log-folder", logs.string(), "--organization", "acme"});
        const auto reply = HttpClient(gateway.port()).get("/logged");
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, 200);
    }
    std::string line;
    std::ifstream file(logs / "calls.log");
    EXPECT_TRUE(std::getline(file, line));
    EXPECT_EQ(line, "acme GET");
    fs::remove_all(root);
}

TEST(Admin, Routes) {
    PlainGateway at;
    const struct {
        const char* path;
        int status;
        const char* body;
    } cases[] = {{"/healthz", 200, "ok"}, {"/readyz", 200, "ready"}, {"/other", 404, "not found"}};
    HttpClient client(at.gateway.admin_port());
    for (const auto& each : cases) {
        const auto reply = client.get(each.path);
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, each.status);
        EXPECT_EQ(reply->body, each.body);
    }
    const auto version = client.get("/version");
    ASSERT_TRUE(version);
    EXPECT_EQ(version->header("Content-Type"), "application/json");
    EXPECT_NE(version->body.find(R"("version":")"), std::string::npos);
    const auto refused =
        client.ask("POST /healthz HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 405);
    // Proxies are not served there.
    EXPECT_EQ(client.get("/plain/ok")->status, 404);
}

TEST(Stop, CallsInFlightAreFinished) {
    PlainGateway at;
    HttpClient idle = at.client();
    ASSERT_TRUE(idle.get("/plain/ok"));
    HttpClient slow = at.client();
    ASSERT_TRUE(slow.send("GET /plain/slow HTTP/1.1\r\nHost: h\r\n\r\n"));
    while (at.target.requests() < 2) std::this_thread::sleep_for(Milliseconds(5));

    at.gateway.process().signal(SIGTERM);
    EXPECT_TRUE(idle.is_closed(soon));
    EXPECT_FALSE(Socket::connect(at.gateway.port()).is_open());
    const auto ready = HttpClient(at.gateway.admin_port()).get("/readyz");
    ASSERT_TRUE(ready);
    EXPECT_EQ(ready->status, 503);
    const auto reply = slow.read();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->body, "ok");
    EXPECT_EQ(reply->header("Connection"), "close");
    slow.socket().close();
    EXPECT_EQ(at.gateway.process().wait(soon), 0);
}

// `catchrule serve --explain | head`: the screens are lost, the calls are not.
TEST(Stop, NotWhenNobodyReadsTheScreens) {
    Process process({CATCHRULE_BINARY, "serve", plain_bundle(), "--listen", "127.0.0.1:0",
                     "--admin", "off", "--explain"});
    const auto line = process.read_line(soon);
    ASSERT_TRUE(line);
    const int port = std::stoi(line->substr(line->rfind(':') + 1));
    ASSERT_EQ(process.read_line(soon), "ready");
    process.close_output();
    for (int i = 0; i < 3; ++i) {
        const auto reply = HttpClient(static_cast<std::uint16_t>(port)).get("/plain/keyed");
        ASSERT_TRUE(reply) << i;
        EXPECT_EQ(reply->status, 401);
    }
    EXPECT_FALSE(process.wait(Milliseconds(100)));
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(soon), 0);
    EXPECT_NE(process.standard_error().find("nobody read 3 screens"), std::string::npos);
}

TEST(Stop, NotWhenTheReaderOfTheScreensIsStuck) {
    Process process({CATCHRULE_BINARY, "serve", plain_bundle(), "--listen", "127.0.0.1:0",
                     "--admin", "off", "--explain", "--workers", "2"});
    const auto line = process.read_line(soon);
    ASSERT_TRUE(line);
    const auto port = static_cast<std::uint16_t>(std::stoi(line->substr(line->rfind(':') + 1)));
    ASSERT_EQ(process.read_line(soon), "ready");
    // More screens than a pipe holds, and nobody reads them.
    for (int i = 0; i < 400; ++i) {
        const auto reply = HttpClient(port).get("/plain/keyed");
        ASSERT_TRUE(reply) << i;
        ASSERT_EQ(reply->status, 401);
    }
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(soon), 0);
}

TEST(Stop, IdleGateway) {
    for (const int number : {SIGTERM, SIGINT}) {
        PlainGateway at;
        at.gateway.process().signal(number);
        EXPECT_EQ(at.gateway.process().wait(soon), 0);
    }
}

TEST(Stop, DrainTimeOut) {
    PlainGateway at({"--drain-timeout", "200ms"});
    HttpClient stuck = at.client();
    ASSERT_TRUE(stuck.send("GET /plain/never HTTP/1.1\r\nHost: h\r\n\r\n"));
    while (at.target.requests() < 1) std::this_thread::sleep_for(Milliseconds(5));
    at.gateway.process().signal(SIGTERM);
    EXPECT_EQ(at.gateway.process().wait(soon), 0);
}

TEST(Stop, SecondSignalEndsItAtOnce) {
    PlainGateway at;
    HttpClient stuck = at.client();
    ASSERT_TRUE(stuck.send("GET /plain/never HTTP/1.1\r\nHost: h\r\n\r\n"));
    while (at.target.requests() < 1) std::this_thread::sleep_for(Milliseconds(5));
    at.gateway.process().signal(SIGTERM);
    EXPECT_FALSE(at.gateway.process().wait(Milliseconds(300)));
    at.gateway.process().signal(SIGTERM);
    EXPECT_EQ(at.gateway.process().wait(soon), 0);
}

}  // namespace
}  // namespace catchrule::test
