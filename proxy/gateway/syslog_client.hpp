// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace catchrule::proxy {

/// Sends lines to syslog servers. It may wait, for a name look-up or two seconds for a connection;
/// so it belongs on a thread of its own. One thread.
class SyslogClient {
public:
    SyslogClient();
    ~SyslogClient();
    SyslogClient(const SyslogClient&) = delete;
    SyslogClient& operator=(const SyslogClient&) = delete;

    /// One datagram, or over TCP the line and a line feed (RFC 6587, 3.4.2); false when it cannot
    /// be sent. After a failed connection the server is left alone for five seconds.
    bool send(const std::string& host, std::uint16_t port, bool tcp, const std::string& line);

private:
    struct Peer;
    Peer& peer_of(const std::string& host, std::uint16_t port, bool tcp);

    std::map<std::string, Peer> peers_;
};

}  // namespace catchrule::proxy
