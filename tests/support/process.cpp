// SPDX-License-Identifier: Apache-2.0
#include "tests/support/process.hpp"

#include <array>
#include <csignal>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace catchrule::test {

Process::Process(const std::vector<std::string>& arguments) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return;
    error_ = ::memfd_create("stderr", MFD_CLOEXEC);
    std::vector<char*> argv;
    argv.reserve(arguments.size() + 1);
    for (const std::string& each : arguments) argv.push_back(const_cast<char*>(each.c_str()));
    argv.push_back(nullptr);
    id_ = ::fork();
    if (id_ == 0) {
        ::dup2(pipe[1], STDOUT_FILENO);
        ::dup2(error_, STDERR_FILENO);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    ::close(pipe[1]);
    output_ = pipe[0];
}

Process::~Process() {
    if (id_ > 0 && !status_) {
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
    }
    if (output_ >= 0) ::close(output_);
    if (error_ >= 0) ::close(error_);
}

std::optional<std::string> Process::read_line(Milliseconds timeout) {
    const auto end = std::chrono::steady_clock::now() + timeout;
    std::size_t line = 0;
    while ((line = pending_.find('\n')) == std::string::npos) {
        const auto left =
            std::chrono::ceil<Milliseconds>(end - std::chrono::steady_clock::now()).count();
        pollfd entry{output_, POLLIN, 0};
        if (left <= 0 || ::poll(&entry, 1, static_cast<int>(left)) <= 0) return {};
        std::array<char, 4096> block;
        const auto got = ::read(output_, block.data(), block.size());
        if (got <= 0) return {};
        pending_.append(block.data(), static_cast<std::size_t>(got));
    }
    std::string text = pending_.substr(0, line);
    pending_.erase(0, line + 1);
    return text;
}

void Process::signal(int number) const {
    if (id_ > 0 && !status_) ::kill(id_, number);
}

void Process::close_output() {
    if (output_ >= 0) ::close(std::exchange(output_, -1));
}

std::optional<int> Process::wait(Milliseconds timeout) {
    const auto end = std::chrono::steady_clock::now() + timeout;
    while (!status_ && id_ > 0) {
        int status = 0;
        if (::waitpid(id_, &status, WNOHANG) == id_) {
            status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        } else if (std::chrono::steady_clock::now() >= end) {
            break;
        } else {
            std::this_thread::sleep_for(Milliseconds(5));
        }
    }
    return status_;
}

std::string Process::standard_error() const {
    std::string text;
    std::array<char, 4096> block;
    off_t at = 0;
    for (;;) {
        const auto got = ::pread(error_, block.data(), block.size(), at);
        if (got <= 0) return text;
        text.append(block.data(), static_cast<std::size_t>(got));
        at += got;
    }
}

}  // namespace catchrule::test
