// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/support/socket.hpp"

namespace catchrule::test {

/// A child process; its end is the end of this object.
class Process {
public:
    /// `arguments[0]` is the path of the program.
    explicit Process(const std::vector<std::string>& arguments);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t id() const { return id_; }

    /// The next line of standard output without its end; none at its end or when the time is over.
    std::optional<std::string> read_line(Milliseconds timeout);
    void signal(int number) const;
    /// From now on nobody reads its standard output.
    void close_output();
    /// Exit status, 128 + signal; none when the time is over.
    std::optional<int> wait(Milliseconds timeout);

    /// Everything it wrote to standard error so far.
    std::string standard_error() const;

private:
    pid_t id_ = -1;
    int output_ = -1;
    int error_ = -1;  // a file without a name
    std::string pending_;
    std::optional<int> status_;
};

}  // namespace catchrule::test
