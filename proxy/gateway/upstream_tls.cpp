// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "proxy/gateway/target_stream.hpp"

namespace catchrule::proxy {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// A base, so that the socket is there before the TargetStream that watches it.
struct SecureSocket {
    SecureSocket(tcp::socket socket, asio::ssl::context& context)
        : secure(std::move(socket), context) {}
    asio::ssl::stream<tcp::socket> secure;
};

class TlsStream : private SecureSocket, public TargetStream {
public:
    TlsStream(tcp::socket plain, asio::ssl::context& context, const std::string& name, bool verify)
        : SecureSocket(std::move(plain), context), TargetStream(secure.next_layer()) {
        error_code not_an_address;
        asio::ip::make_address(name, not_an_address);
        // SNI carries names only (RFC 6066, 3).
        if (not_an_address) SSL_set_tlsext_host_name(secure.native_handle(), name.c_str());
        if (verify) {
            secure.set_verify_callback(asio::ssl::host_name_verification(name));
        } else {
            error_code ignored;
            secure.set_verify_mode(asio::ssl::verify_none, ignored);
        }
    }

    tcp::socket& socket() override { return secure.next_layer(); }

    asio::awaitable<IoResult> handshake() override {
        if (deadline().over()) co_return too_late();
        auto [error] = co_await secure.async_handshake(asio::ssl::stream_base::client, awaited);
        co_return result(error, 0);
    }
    asio::awaitable<IoResult> read_some(asio::mutable_buffer buffer) override {
        if (deadline().over()) co_return too_late();
        auto [error, bytes] = co_await secure.async_read_some(buffer, awaited);
        co_return result(error, bytes);
    }
    asio::awaitable<IoResult> write_some(asio::const_buffer buffer) override {
        if (deadline().over()) co_return too_late();
        auto [error, bytes] = co_await secure.async_write_some(buffer, awaited);
        co_return result(error, bytes);
    }
};

}  // namespace

struct TlsClient::Impl {
    asio::ssl::context context{asio::ssl::context::tls_client};
};

TlsClient::TlsClient() : impl_(std::make_unique<Impl>()) {
    auto& context = impl_->context;
    error_code ignored;
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.set_default_verify_paths(ignored);
    context.set_verify_mode(asio::ssl::verify_peer, ignored);
}

TlsClient::~TlsClient() = default;

std::string TlsClient::trust(const std::string& file) {
    error_code error;
    impl_->context.load_verify_file(file, error);
    return error ? "cannot read certificates from " + file + ": " + error.message() : std::string();
}

TargetStreamPtr TlsClient::wrap(tcp::socket socket, const std::string& name, bool verify) const {
    return std::make_unique<TlsStream>(std::move(socket), impl_->context, name, verify);
}

}  // namespace catchrule::proxy
