// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "engine/step.hpp"

namespace catchrule::proxy {

/// Records that wait for their delivery, at most; more are dropped.
inline constexpr std::size_t log_queue_limit = 10'000;
/// Bytes of their messages, at most.
inline constexpr std::size_t log_queue_bytes = std::size_t{64} * 1024 * 1024;

/// Where the lines of MessageLogging go: File to `FOLDER/NAME`, CloudLogging to
/// `FOLDER/NAME.jsonl`, Syslog to its host over UDP or TCP. A thread of its own delivers; write()
/// never waits for it. A line that finds the queue full or cannot be delivered is dropped and
/// counted; the operational log tells how many. Thread-safe.
class LogSink {
public:
    /// `folder` is made when the first file is. Starts no thread before the first record.
    explicit LogSink(std::string folder);
    /// Delivers what is queued, for two seconds at most.
    ~LogSink();
    LogSink(const LogSink&) = delete;
    LogSink& operator=(const LogSink&) = delete;

    /// Takes a record made at `now` for delivery.
    void write(LogRecord record, Millis now);

    /// Records that were dropped so far.
    std::uint64_t dropped() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The name of a file of that name inside the folder: without slashes and leading dots.
std::string log_file_name(const std::string& name);

/// What a syslog server gets, without a line end: RFC 5424 with `format_message`, `<PRI>` and the
/// message without, the bare message with `payload_only`.
std::string syslog_line(const LogRecord& record, Millis now);

/// One line of JSON for a CloudLogging record, without its line end.
std::string cloud_line(const LogRecord& record, Millis now);

}  // namespace catchrule::proxy
