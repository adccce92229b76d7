// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/support/http_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/scripted_target.hpp"

namespace catchrule::test {

/// `catchrule serve BUNDLE --listen 127.0.0.1:0 --admin 127.0.0.1:0 OPTION...`, once it is ready.
class RunningGateway {
public:
    RunningGateway(const std::string& bundle, const std::vector<std::string>& options);
    /// Ends it by signals and expects it to go in order, whatever the test did to it.
    ~RunningGateway();
    RunningGateway(const RunningGateway&) = delete;
    RunningGateway& operator=(const RunningGateway&) = delete;

    /// What it printed up to `ready`, line by line.
    const std::vector<std::string>& printed() const { return printed_; }
    std::uint16_t port() const { return port_; }
    std::uint16_t admin_port() const { return admin_port_; }
    Process& process() { return process_; }

private:
    Process process_;
    std::vector<std::string> printed_;
    std::uint16_t port_ = 0;
    std::uint16_t admin_port_ = 0;
};

/// The bundle `plain` of this folder in front of a ScriptedTarget: `/plain/ok` asks the target for
/// `ok`.
struct PlainGateway {
    explicit PlainGateway(std::vector<std::string> options = {});

    HttpClient client() const { return HttpClient(gateway.port()); }
    /// One GET on a connection of its own.
    std::optional<HttpReply> get(std::string_view path, std::string_view more_headers = {}) const {
        return client().get(path, more_headers);
    }

    ScriptedTarget target;
    Socket down = Socket::bound(-1);  // nobody listens: connections are refused
    RunningGateway gateway;
};

/// `{"fault":{"faultstring":"TEXT","detail":{"errorcode":"CODE"}}}`, with `reason` when there is
/// one.
std::string fault_body(std::string_view text, std::string_view code, std::string_view reason = {});

/// The parts of a list that `|` separates.
std::vector<std::string> parts_of(const std::string& list);

/// Expects headers of a reply, `Name: value` separated by `|`. Several of one name are joined by
/// `, `; the value `-` is none at all.
void expect_headers(const HttpReply& reply, const std::string& expected);

std::string plain_bundle();

/// An override `HOST=127.0.0.1:PORT` as the two words of a command line.
std::vector<std::string> override_of(const std::string& host, std::uint16_t port,
                                     const std::string& more = {});

}  // namespace catchrule::test
