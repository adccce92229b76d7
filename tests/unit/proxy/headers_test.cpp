// SPDX-License-Identifier: Apache-2.0
#include "proxy/http/headers.hpp"

#include <gtest/gtest.h>

namespace catchrule::proxy {
namespace {

Message request_with(std::initializer_list<Field> fields) {
    Message request = Message::request();
    for (const Field& field : fields) request.headers.add(field.name, field.value);
    return request;
}

TEST(Headers, HopByHop) {
    Message message = request_with({{"Connection", "x-one , Host,,"},
                                    {"connection", "X-Two"},
                                    {"X-One", "1"},
                                    {"X-Two", "2"},
                                    {"X-Three", "3"},
                                    {"Host", "h"},
                                    {"Keep-Alive", "1"},
                                    {"Proxy-Connection", "1"},
                                    {"TE", "trailers"},
                                    {"Trailer", "X"},
                                    {"transfer-encoding", "chunked"},
                                    {"Upgrade", "websocket"}});
    remove_hop_by_hop(message.headers);
    ASSERT_EQ(message.headers.items().size(), 2U);
    EXPECT_EQ(message.headers.items()[0].name, "X-Three");
    EXPECT_EQ(message.headers.items()[1].name, "Host");
}

TEST(Headers, Inbound) {
    Message message = request_with({{"Host", "h:80"},
                                    {"X-APIGEE-x", "1"},
                                    {"x-apigee-", "1"},
                                    {"X-Apige", "kept"},
                                    {"X-Forwarded-For", "1.1.1.1"},
                                    {"X-Forwarded-For", "2.2.2.2"},
                                    {"X-Forwarded-Host", "forged"},
                                    {"X-Request-ID", "a"},
                                    {"X-Request-ID", "b"}});
    EXPECT_EQ(acceptable_request_id(message), "");
    prepare_inbound(message, {"9.9.9.9", "http"}, "id");
    const auto value = [&](std::string_view name) { return message.headers.all(name); };
    using Values = std::vector<std::string_view>;
    EXPECT_EQ(value("X-Forwarded-For"), (Values{"1.1.1.1, 2.2.2.2, 9.9.9.9"}));
    EXPECT_EQ(value("X-Forwarded-Host"), Values{"h:80"});
    EXPECT_EQ(value("X-Forwarded-Proto"), Values{"http"});
    EXPECT_EQ(value("X-Request-ID"), Values{"id"});
    EXPECT_EQ(value("X-Apige"), Values{"kept"});
    EXPECT_EQ(message.headers.count("X-Apigee-x") + message.headers.count("X-Apigee-"), 0U);
}

TEST(Headers, RequestId) {
    const std::pair<std::string, bool> cases[] = {
        {"a", true},
        {std::string(128, 'x'), true},
        {std::string(129, 'x'), false},
        {"", false},
        {"a b", false},
        {"a\tb", false},
        {"\xc3\xa4", false},
        {"~!@#", true},
    };
    for (const auto& [id, good] : cases) {
        const Message message = request_with({{"X-Request-ID", id}});
        EXPECT_EQ(acceptable_request_id(message), good ? id : "") << id;
    }
    const std::string made = make_request_id();
    EXPECT_EQ(made.size(), 36U);
    EXPECT_EQ(made[14], '4');
    EXPECT_NE(made, make_request_id());
}

}  // namespace
}  // namespace catchrule::proxy
