// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/log_sink.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <thread>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace catchrule::proxy {
namespace {

constexpr Millis at = 1'709'251'198'007;

class LogSinkTest : public ::testing::Test {
protected:
    LogSinkTest() {
        std::string pattern = (std::filesystem::temp_directory_path() / "catchrule-log-XXXXXX");
        folder_ = ::mkdtemp(pattern.data());
        sink_ = std::make_unique<LogSink>(folder_.string() + "/logs");
    }
    void TearDown() override {
        sink_.reset();
        std::filesystem::remove_all(folder_);
    }

    static LogRecord line(std::string message, std::string name = "app.log") {
        LogRecord record;
        record.message = std::move(message);
        record.name = std::move(name);
        return record;
    }

    // What the file holds once everything is written.
    std::string read(const std::string& name) {
        sink_.reset();
        std::ifstream file(folder_ / "logs" / name);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::filesystem::path folder_;
    std::unique_ptr<LogSink> sink_;
};

TEST_F(LogSinkTest, lines_of_a_file_stay_in_order) {
    for (const char* text : {"one", "two", "three"}) sink_->write(line(text), at);
    EXPECT_EQ(read("app.log"), "one\ntwo\nthree\n");
}

TEST_F(LogSinkTest, a_name_does_not_leave_the_folder) {
    sink_->write(line("x", "../../etc/passwd"), at);
    EXPECT_EQ(read("_.._etc_passwd"), "x\n");
    EXPECT_EQ(log_file_name(""), "messages.log");
    EXPECT_EQ(log_file_name(".."), "messages.log");
}

TEST_F(LogSinkTest, rotates_by_size_and_keeps_so_many) {
    for (const char* text : {"11111", "22222", "33333", "44444"}) {
        LogRecord record = line(text);
        record.rotation = {.on_startup = false, .max_bytes = 8, .every_ms = 0, .max_files = 2};
        sink_->write(std::move(record), at);
    }
    EXPECT_EQ(read("app.log"), "44444\n");
    sink_ = std::make_unique<LogSink>("");
    EXPECT_EQ(read("app.log.1"), "33333\n");
    sink_ = std::make_unique<LogSink>("");
    EXPECT_EQ(read("app.log.2"), "22222\n");
    EXPECT_FALSE(std::filesystem::exists(folder_ / "logs" / "app.log.3"));
}

TEST_F(LogSinkTest, rotates_by_age) {
    for (const Millis later : {0, 50, 100}) {
        LogRecord record = line(std::to_string(later));
        record.rotation = {.on_startup = false, .max_bytes = 0, .every_ms = 100, .max_files = 0};
        sink_->write(std::move(record), at + later);
    }
    EXPECT_EQ(read("app.log"), "100\n");
}

TEST_F(LogSinkTest, cloud_lines_are_json) {
    LogRecord record = line("say \"hi\"\n", "projects/x");
    record.sink = LogRecord::Sink::cloud;
    record.level = LogRecord::Level::warn;
    record.resource_type = "global";
    record.labels = {{"k", "v"}};
    const std::string expected =
        R"({"timestamp":"2024-02-29T23:59:58.007Z","logName":"projects/x","severity":"WARNING",)"
        R"("resource":{"type":"global"},"labels":{"k":"v"},"message":"say \"hi\"\n"})";
    EXPECT_EQ(cloud_line(record, at), expected);
    sink_->write(std::move(record), at);
    EXPECT_EQ(read("projects_x.jsonl"), expected + "\n");
}

TEST_F(LogSinkTest, syslog_lines) {
    LogRecord record = line("two\nlines");
    EXPECT_EQ(syslog_line(record, at), "<14>two lines");
    record.level = LogRecord::Level::alert;
    record.format_message = true;
    EXPECT_EQ(syslog_line(record, at), "<9>1 2024-02-29T23:59:58.007Z - catchrule - - - two lines");
    record.payload_only = true;
    EXPECT_EQ(syslog_line(record, at), "two lines");
}

TEST_F(LogSinkTest, sends_datagrams) {
    const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
    ASSERT_GE(socket, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    socklen_t size = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    LogRecord record = line("hello");
    record.sink = LogRecord::Sink::syslog;
    record.host = "127.0.0.1";
    record.port = ntohs(address.sin_port);
    sink_->write(std::move(record), at);
    std::string got(64, '\0');
    const auto bytes = ::recv(socket, got.data(), got.size(), 0);
    ::close(socket);
    EXPECT_EQ(got.substr(0, static_cast<std::size_t>(bytes)), "<14>hello");
}

TEST_F(LogSinkTest, counts_what_cannot_be_delivered) {
    LogRecord record = line("x");
    record.sink = LogRecord::Sink::syslog;
    record.tls = true;
    sink_->write(std::move(record), at);
    for (int i = 0; i < 500 && sink_->dropped() == 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(sink_->dropped(), 1U);
}

TEST_F(LogSinkTest, the_queue_is_bounded_in_bytes) {
    sink_->write(line(std::string(log_queue_bytes + 1, 'x')), at);
    EXPECT_EQ(sink_->dropped(), 1U);
    // What was delivered makes room again.
    for (int i = 0; i < 3; ++i) sink_->write(line("short", "short.log"), at);
    EXPECT_EQ(read("short.log"), "short\nshort\nshort\n");
}

TEST_F(LogSinkTest, takes_records_of_several_threads) {
    {
        std::vector<std::jthread> threads;
        threads.reserve(4);
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([this] {
                for (int n = 0; n < 100; ++n) sink_->write(line("x"), at);
            });
        }
    }
    EXPECT_EQ(read("app.log").size(), 800U);
}

}  // namespace
}  // namespace catchrule::proxy
