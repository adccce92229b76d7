// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/gateway.hpp"

#include <csignal>
#include <sstream>

#include <gtest/gtest.h>

namespace catchrule::test {
namespace {

constexpr Milliseconds start_time{20000};

std::vector<std::string> command_line(const std::string& bundle,
                                      const std::vector<std::string>& options) {
    std::vector<std::string> words = {CATCHRULE_BINARY, "serve",   bundle,       "--listen",
                                      "127.0.0.1:0",    "--admin", "127.0.0.1:0"};
    words.insert(words.end(), options.begin(), options.end());
    return words;
}

std::uint16_t port_of(const std::string& line, const std::string& before) {
    if (!line.starts_with(before)) return 0;
    return static_cast<std::uint16_t>(std::stoi(line.substr(before.size())));
}

std::vector<std::string> plain_options(std::uint16_t target, std::uint16_t down,
                                       std::vector<std::string> options) {
    for (const auto& words :
         {override_of("target.example.com", target), override_of("down.example.com", down)}) {
        options.insert(options.end(), words.begin(), words.end());
    }
    return options;
}

std::string all_of(const HttpReply& reply, const std::string& name) {
    std::string out;
    for (const auto& [each, value] : reply.headers) {
        if (each == name) out += (out.empty() ? "" : ", ") + value;
    }
    return out.empty() ? "-" : out;
}

}  // namespace

RunningGateway::RunningGateway(const std::string& bundle, const std::vector<std::string>& options)
    : process_(command_line(bundle, options)) {
    while (const auto line = process_.read_line(start_time)) {
        printed_.push_back(*line);
        if (*line == "ready") return;
        if (port_ == 0) port_ = port_of(*line, "listening on http://127.0.0.1:");
        if (admin_port_ == 0) admin_port_ = port_of(*line, "admin on http://127.0.0.1:");
    }
    ADD_FAILURE() << "the gateway did not get ready: " << process_.standard_error();
}

RunningGateway::~RunningGateway() {
    std::optional<int> status = process_.wait(Milliseconds(0));
    for (int i = 0; !status && i < 10; ++i) {
        process_.signal(SIGTERM);  // the second ends calls in flight at once
        status = process_.wait(Milliseconds(1000));
    }
    EXPECT_EQ(status, 0);
    for (const char* sign : {"defect", "Sanitizer", "runtime error"}) {
        EXPECT_EQ(process_.standard_error().find(sign), std::string::npos)
            << process_.standard_error();
    }
}

PlainGateway::PlainGateway(std::vector<std::string> options)
    : gateway(plain_bundle(), plain_options(target.port(), down.port(), std::move(options))) {}

std::string fault_body(std::string_view text, std::string_view code, std::string_view reason) {
    std::string body = R"({"fault":{"faultstring":")";
    body.append(text).append(R"(","detail":{"errorcode":")").append(code).append("\"");
    if (!reason.empty()) body.append(R"(,"reason":")").append(reason).append("\"");
    return body + "}}}";
}

std::vector<std::string> parts_of(const std::string& list) {
    std::vector<std::string> out;
    std::istringstream in(list);
    for (std::string part; std::getline(in, part, '|');) out.push_back(part);
    return out;
}

void expect_headers(const HttpReply& reply, const std::string& expected) {
    for (const std::string& header : parts_of(expected)) {
        const auto colon = header.find(": ");
        const std::string name = header.substr(0, colon);
        EXPECT_EQ(all_of(reply, name), header.substr(colon + 2)) << name;
    }
}

std::string plain_bundle() { return CATCHRULE_BUNDLES "/plain"; }

std::vector<std::string> override_of(const std::string& host, std::uint16_t port,
                                     const std::string& more) {
    return {"--target-override", host + "=127.0.0.1:" + std::to_string(port) + more};
}

}  // namespace catchrule::test
