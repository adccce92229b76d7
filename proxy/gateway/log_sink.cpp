// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/log_sink.hpp"

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include <boost/json.hpp>

#include "proxy/gateway/log_files.hpp"
#include "proxy/gateway/syslog_client.hpp"
#include "proxy/log.hpp"

namespace catchrule::proxy {
namespace {

struct Queued {
    LogRecord record;
    Millis at = 0;
};

constexpr std::chrono::seconds report_interval{5};
constexpr std::chrono::seconds farewell{2};

struct LevelRow {
    std::string_view cloud;
    int severity;  // RFC 5424
};
// In the order of LogRecord::Level.
constexpr std::array<LevelRow, 4> levels{{{"INFO", 6}, {"WARNING", 4}, {"ERROR", 3}, {"ALERT", 1}}};

const LevelRow& row_of(LogRecord::Level level) { return levels[static_cast<std::size_t>(level)]; }

// 2026-01-31T12:30:00.250Z
std::string iso_time(Millis at) {
    using namespace std::chrono;
    const milliseconds since{at};
    const auto midnight = floor<days>(since);
    const year_month_day date{sys_days(midnight)};
    const auto of_day = static_cast<unsigned long>((since - midnight).count());
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       of_day / 3'600'000, of_day / 60'000 % 60, of_day / 1000 % 60, of_day % 1000);
}

// A line must stay one line.
std::string on_one_line(std::string text) {
    for (char& c : text) {
        if (c == '\n' || c == '\r') c = ' ';
    }
    return text;
}

}  // namespace

std::string log_file_name(const std::string& name) {
    std::string out = name;
    for (char& c : out) {
        if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < ' ') c = '_';
    }
    const auto first = out.find_first_not_of('.');
    out = first == std::string::npos ? "" : out.substr(first);
    constexpr std::size_t longest = 200;
    if (out.size() > longest) out.resize(longest);
    return out.empty() ? "messages.log" : out;
}

std::string syslog_line(const LogRecord& record, Millis now) {
    std::string message = on_one_line(record.message);
    if (record.payload_only) return message;
    constexpr int user_facility = 8;
    const std::string priority =
        "<" + std::to_string(user_facility + row_of(record.level).severity) + ">";
    if (!record.format_message) return priority + message;
    return priority + "1 " + iso_time(now) + " - catchrule - - - " + message;
}

std::string cloud_line(const LogRecord& record, Millis now) {
    namespace json = boost::json;
    json::object line;
    line["timestamp"] = iso_time(now);
    line["logName"] = record.name;
    line["severity"] = row_of(record.level).cloud;
    if (!record.resource_type.empty()) line["resource"] = {{"type", record.resource_type}};
    json::object labels;
    for (const auto& [key, value] : record.labels) labels[key] = value;
    if (!labels.empty()) line["labels"] = std::move(labels);
    line["message"] = record.message;
    return json::serialize(line);
}

struct LogSink::Impl {
    explicit Impl(std::string folder) : files(std::move(folder)) {}

    bool deliver(const Queued& queued) {
        const LogRecord& record = queued.record;
        switch (record.sink) {
            case LogRecord::Sink::file:
                return files.append(log_file_name(record.name), record.message, record.rotation,
                                    queued.at);
            case LogRecord::Sink::cloud:
                return files.append(log_file_name(record.name) + ".jsonl",
                                    cloud_line(record, queued.at), {}, queued.at);
            case LogRecord::Sink::syslog:
                return !record.tls && syslog.send(record.host, record.port, record.tcp,
                                                  syslog_line(record, queued.at));
        }
        return false;
    }

    void run(const std::stop_token& stopping) {
        std::unique_lock lock(mutex);
        for (;;) {
            const bool woken =
                wake.wait_for(lock, stopping, report_interval, [&] { return !queue.empty(); });
            report(lock);
            if (!woken) {
                if (stopping.stop_requested()) return;
                continue;
            }
            if (stopping.stop_requested() && std::chrono::steady_clock::now() > last_moment) {
                dropped += queue.size();
                return;
            }
            Queued next = std::move(queue.front());
            queue.pop_front();
            bytes -= next.record.message.size();
            lock.unlock();
            const bool delivered = deliver(next);
            lock.lock();
            if (!delivered) ++dropped;
        }
    }

    void report(std::unique_lock<std::mutex>& lock) {
        const auto now = std::chrono::steady_clock::now();
        if (dropped == reported || now - reported_at < report_interval) return;
        const std::uint64_t lost = dropped - std::exchange(reported, dropped);
        reported_at = now;
        lock.unlock();
        log::warning("{} lines of MessageLogging were not delivered", lost);
        lock.lock();
    }

    LogFiles files;       // of the delivering thread
    SyslogClient syslog;  // of the delivering thread

    mutable std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<Queued> queue;
    std::size_t bytes = 0;  // of the messages in `queue`
    std::uint64_t dropped = 0;
    std::uint64_t reported = 0;
    std::chrono::steady_clock::time_point reported_at{};
    std::chrono::steady_clock::time_point last_moment{};
    std::jthread thread;  // last: it ends before what it uses
};

LogSink::LogSink(std::string folder) : impl_(std::make_unique<Impl>(std::move(folder))) {}

LogSink::~LogSink() {
    const std::lock_guard lock(impl_->mutex);
    impl_->last_moment = std::chrono::steady_clock::now() + farewell;
    impl_->thread.request_stop();
}

void LogSink::write(LogRecord record, Millis now) {
    {
        const std::lock_guard lock(impl_->mutex);
        const std::size_t size = record.message.size();
        const std::size_t room = log_queue_bytes - impl_->bytes;
        if (impl_->queue.size() >= log_queue_limit || size > room) {
            ++impl_->dropped;
            return;
        }
        impl_->bytes += size;
        impl_->queue.push_back({std::move(record), now});
        if (!impl_->thread.joinable()) {
            impl_->thread =
                std::jthread([this](const std::stop_token& stopping) { impl_->run(stopping); });
        }
    }
    impl_->wake.notify_one();
}

std::uint64_t LogSink::dropped() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->dropped;
}

}  // namespace catchrule::proxy
