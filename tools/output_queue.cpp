// SPDX-License-Identifier: Apache-2.0
#include "tools/output_queue.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace catchrule::tools {

OutputQueue::OutputQueue(int descriptor, std::size_t limit)
    : descriptor_(descriptor), limit_(limit), writer_([this] { run(); }) {}

OutputQueue::~OutputQueue() { finish(); }

void OutputQueue::finish() {
    if (!writer_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        give_up_ = std::chrono::steady_clock::now() + last_wait;
    }
    more_.notify_one();
    writer_.join();
}

void OutputQueue::push(std::string text) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_ || waiting_bytes_ + text.size() > limit_) {
            ++dropped_;
            return;
        }
        waiting_bytes_ += text.size();
        texts_.push_back(std::move(text));
    }
    more_.notify_one();
}

std::size_t OutputQueue::dropped() const {
    const std::lock_guard lock(mutex_);
    return dropped_;
}

void OutputQueue::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        more_.wait(lock, [this] { return ending_ || !texts_.empty(); });
        if (texts_.empty()) return;
        const std::string text = std::move(texts_.front());
        texts_.pop_front();
        lock.unlock();
        const bool written = write(text);
        lock.lock();
        waiting_bytes_ -= text.size();
        if (written) continue;
        dropped_ += 1 + texts_.size();
        texts_.clear();
        waiting_bytes_ = 0;
        closed_ = true;
    }
}

// A pipe that is writable takes PIPE_BUF bytes without blocking.
bool OutputQueue::write(std::string_view text) {
    while (!text.empty()) {
        if (!wait_until_writable()) return false;
        const auto count =
            ::write(descriptor_, text.data(), std::min<std::size_t>(text.size(), PIPE_BUF));
        if (count < 0 && errno != EINTR && errno != EAGAIN) return false;
        if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool OutputQueue::wait_until_writable() const {
    constexpr int look_up_every_ms = 50;
    for (;;) {
        pollfd waiting{descriptor_, POLLOUT, 0};
        const int ready = ::poll(&waiting, 1, look_up_every_ms);
        if (ready > 0) return (waiting.revents & POLLOUT) != 0;
        if (ready < 0 && errno != EINTR) return false;
        if (ending()) return false;
    }
}

bool OutputQueue::ending() const {
    const std::lock_guard lock(mutex_);
    return ending_ && std::chrono::steady_clock::now() >= give_up_;
}

}  // namespace catchrule::tools
