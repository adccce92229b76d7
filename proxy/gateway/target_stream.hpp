// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "proxy/gateway/deadline.hpp"

namespace catchrule::proxy {

/// A way to wait that gives errors as values.
constexpr auto awaited = boost::asio::as_tuple(boost::asio::use_awaitable);

/// What an operation on a stream came to. `timed_out` wins over `error`.
struct IoResult {
    boost::system::error_code error;
    std::size_t bytes = 0;
    bool timed_out = false;

    bool ok() const { return !error && !timed_out; }
};

/// A connection to a target, plain or TLS.
class TargetStream {
public:
    explicit TargetStream(boost::asio::ip::tcp::socket& socket) : deadline_(socket) {}
    virtual ~TargetStream() = default;
    TargetStream(const TargetStream&) = delete;
    TargetStream& operator=(const TargetStream&) = delete;

    virtual boost::asio::ip::tcp::socket& socket() = 0;
    virtual boost::asio::awaitable<IoResult> handshake() = 0;
    virtual boost::asio::awaitable<IoResult> read_some(boost::asio::mutable_buffer buffer) = 0;
    virtual boost::asio::awaitable<IoResult> write_some(boost::asio::const_buffer buffer) = 0;

    Deadline& deadline() { return deadline_; }

protected:
    IoResult result(boost::system::error_code error, std::size_t bytes) const {
        return {error, bytes, deadline_.over() && error};
    }
    IoResult too_late() const { return {boost::asio::error::timed_out, 0, true}; }

private:
    Deadline deadline_;
};

using TargetStreamPtr = std::unique_ptr<TargetStream>;

/// TLS settings of all targets: TLS 1.2 and up, certificates and host names verified against the
/// system's trust store and one more file.
class TlsClient {
public:
    TlsClient();
    ~TlsClient();
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    /// Trusts the PEM certificates of `file` too. Returns an empty string or what went wrong.
    std::string trust(const std::string& file);

    /// A stream that proves to be `name` in its handshake, unless `verify` is false
    /// (SSLInfo/IgnoreValidationErrors).
    TargetStreamPtr wrap(boost::asio::ip::tcp::socket socket, const std::string& name,
                         bool verify) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace catchrule::proxy
