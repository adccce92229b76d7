// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/options.hpp"

#include <gtest/gtest.h>

namespace catchrule::proxy {
namespace {

struct ListenCase {
    const char* text;
    const char* address;  // null = refused
    int port;
};

TEST(Options, ListenAddress) {
    const ListenCase cases[] = {
        {"127.0.0.1:8080", "127.0.0.1", 8080},
        {"127.0.0.1:0", "127.0.0.1", 0},
        {"[::1]:80", "::1", 80},
        {"localhost:1", "127.0.0.1", 1},
        {"0.0.0.0:65535", "0.0.0.0", 65535},
        {"127.0.0.1:65536", nullptr, 0},
        {"127.0.0.1:-1", nullptr, 0},
        {"127.0.0.1:", nullptr, 0},
        {"127.0.0.1", nullptr, 0},
        {"8080", nullptr, 0},
        {":8080", nullptr, 0},
        {"::1:80", nullptr, 0},
        {"[::1:80", nullptr, 0},
        {"[::1]80", nullptr, 0},
        {"", nullptr, 0},
    };
    for (const ListenCase& each : cases) {
        std::string error;
        const auto parsed = parse_listen_address(each.text, error);
        ASSERT_EQ(parsed.has_value(), each.address != nullptr) << each.text;
        if (!parsed) {
            EXPECT_EQ(error,
                      "\"" + std::string(each.text) + "\" is not ADDR:PORT, e.g. 127.0.0.1:8080");
            continue;
        }
        EXPECT_EQ(parsed->address, each.address);
        EXPECT_EQ(parsed->port, each.port);
    }
}

TEST(Options, TargetOverride) {
    std::string error;
    const auto full = parse_target_override("a.example.com:443=127.0.0.1:9000,tls=off", error);
    ASSERT_TRUE(full) << error;
    EXPECT_EQ(full->host, "a.example.com");
    EXPECT_EQ(full->port, 443);
    EXPECT_EQ(full->address, "127.0.0.1");
    EXPECT_EQ(full->to_port, 9000);
    EXPECT_TRUE(full->tls_off);

    const auto any_port = parse_target_override("a=[::1]:1", error);
    ASSERT_TRUE(any_port) << error;
    EXPECT_EQ(any_port->port, 0);
    EXPECT_EQ(any_port->address, "::1");
    EXPECT_FALSE(any_port->tls_off);
}

TEST(Options, TargetOverrideThatIsRefused) {
    const std::pair<const char*, const char*> cases[] = {
        {"a", "no \"=\""},
        {"=b:1", "bad host or port before \"=\""},
        {"a:x=b:1", "bad host or port before \"=\""},
        {"a:0=b:1", "bad host or port before \"=\""},
        {"a=b", "bad address or port after \"=\""},
        {"a=:1", "bad address or port after \"=\""},
        {"a=b:99999", "bad address or port after \"=\""},
        {"a=b:0", "port 0 after \"=\""},
        {"a=b:1,tls=no", "after \",\" only tls=off"},
    };
    for (const auto& [text, why] : cases) {
        std::string error;
        EXPECT_FALSE(parse_target_override(text, error)) << text;
        EXPECT_TRUE(error.ends_with(why)) << error;
    }
}

}  // namespace
}  // namespace catchrule::proxy
