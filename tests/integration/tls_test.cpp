// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/integration/gateway.hpp"

namespace catchrule::test {
namespace {

namespace fs = std::filesystem;

constexpr Milliseconds soon{20000};
const std::string openssl = "/usr/bin/openssl";

// `openssl s_server` with a certificate of its own for one name.
class TlsTarget {
public:
    explicit TlsTarget(const std::string& name) {
        fs::create_directories(folder_);
        Process make({openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt",
                      "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=" + name,
                      "-addext", "subjectAltName=DNS:" + name, "-keyout", file("key.pem"), "-out",
                      file("cert.pem")});
        EXPECT_EQ(make.wait(soon), 0) << make.standard_error();
        server_.emplace(std::vector<std::string>{openssl, "s_server", "-accept", "127.0.0.1:0",
                                                 "-cert", file("cert.pem"), "-key", file("key.pem"),
                                                 "-www"});
        while (const auto line = server_->read_line(soon)) {
            const std::string before = "ACCEPT 127.0.0.1:";
            if (!line->starts_with(before)) continue;
            port_ = static_cast<std::uint16_t>(std::stoi(line->substr(before.size())));
            return;
        }
        ADD_FAILURE() << "no TLS server: " << server_->standard_error();
    }
    ~TlsTarget() { fs::remove_all(folder_); }
    TlsTarget(const TlsTarget&) = delete;
    TlsTarget& operator=(const TlsTarget&) = delete;

    std::uint16_t port() const { return port_; }
    std::string certificate() const { return file("cert.pem"); }

private:
    std::string file(const std::string& name) const { return (folder_ / name).string(); }

    fs::path folder_ = fs::temp_directory_path() / ("catchrule-tls-" + std::to_string(::getpid()));
    std::optional<Process> server_;
    std::uint16_t port_ = 0;
};

std::optional<HttpReply> ask_secure(const TlsTarget& target, std::vector<std::string> options) {
    const auto words = override_of("secure.example.com", target.port());
    options.insert(options.end(), words.begin(), words.end());
    return PlainGateway(options).get("/plain/secure/x");
}

const std::string handshake_failed =
    fault_body("SSL Handshake failed", "messaging.adaptors.http.flow.SslHandshakeFailed");

TEST(Tls, TrustedCertificate) {
    if (!fs::exists(openssl)) GTEST_SKIP() << "openssl is not installed";
    const TlsTarget target("secure.example.com");
    const auto reply = ask_secure(target, {"--target-ca", target.certificate()});
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_NE(reply->body.find("TLSv1.3"), std::string::npos);
}

TEST(Tls, UnknownCertificate) {
    if (!fs::exists(openssl)) GTEST_SKIP() << "openssl is not installed";
    const TlsTarget target("secure.example.com");
    const auto reply = ask_secure(target, {});
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 503);
    EXPECT_EQ(reply->body, handshake_failed);
}

TEST(Tls, CertificateOfAnotherName) {
    if (!fs::exists(openssl)) GTEST_SKIP() << "openssl is not installed";
    const TlsTarget target("other.example.com");
    const auto reply = ask_secure(target, {"--target-ca", target.certificate()});
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 503);
    EXPECT_EQ(reply->body, handshake_failed);
}

}  // namespace
}  // namespace catchrule::test
