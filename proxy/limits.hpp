// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>

namespace catchrule::proxy {

/// What a client or a target may ask of the gateway before it is refused (GATEWAY.md, "limits").
struct Limits {
    /// Bytes of the request line without its line end; else 414.
    std::size_t request_line = 8 * 1024;
    /// Bytes of all header fields with their line ends; else 431.
    std::size_t header_bytes = 32 * 1024;
    /// Header fields; else 431.
    std::size_t headers = 100;
    /// Bytes of a body; else 413. A target's reply over it is a bad one (502).
    std::size_t body = 10 * 1024 * 1024;
    /// From the first byte of a request to the end of its header; else 408.
    std::chrono::milliseconds header_timeout{10'000};
    /// A client connection between two requests.
    std::chrono::milliseconds idle_timeout{60'000};
    /// Name look-up, connect and TLS handshake of a target.
    std::chrono::milliseconds connect_timeout{3'000};
    /// Without any progress: reading a body, writing to a client, writing to and reading from a
    /// target.
    std::chrono::milliseconds io_timeout{55'000};
    /// What calls in flight get after SIGTERM.
    std::chrono::milliseconds drain_timeout{30'000};
};

}  // namespace catchrule::proxy
