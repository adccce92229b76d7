// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

namespace catchrule::tools {

/// Texts on their way to a file descriptor that may be slow: push() never waits, so a reader that
/// does not read cannot hold up the threads that serve calls. What does not fit is dropped whole
/// and counted. Any thread may push.
class OutputQueue {
public:
    static constexpr std::size_t most_bytes = 4 * 1024 * 1024;   ///< waiting to be written
    static constexpr std::chrono::milliseconds last_wait{1000};  ///< for the reader, at the end

    /// Writes to `descriptor`, which must outlive this; SIGPIPE must be ignored.
    explicit OutputQueue(int descriptor, std::size_t limit = most_bytes);
    OutputQueue(const OutputQueue&) = delete;
    OutputQueue& operator=(const OutputQueue&) = delete;
    /// Writes what is left as long as the reader takes it within last_wait.
    ~OutputQueue();

    void push(std::string text);

    /// What the destructor does, so that dropped() tells all; nothing may be pushed from then on.
    void finish();

    /// Texts that were not written, because the queue was full or the reader had left.
    std::size_t dropped() const;

private:
    void run();
    bool write(std::string_view text);
    bool wait_until_writable() const;
    bool ending() const;

    const int descriptor_;
    const std::size_t limit_;
    mutable std::mutex mutex_;
    std::condition_variable more_;
    std::deque<std::string> texts_;
    std::size_t waiting_bytes_ = 0;
    std::size_t dropped_ = 0;
    bool closed_ = false;  // nobody will ever read
    bool ending_ = false;
    std::chrono::steady_clock::time_point give_up_;
    std::thread writer_;
};

}  // namespace catchrule::tools
