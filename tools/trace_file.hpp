// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "engine/trace.hpp"
#include "tools/output_queue.hpp"

namespace catchrule::tools {

/// A file that gets a line of catchrule.trace/1 for each call. A disk that is too slow costs
/// traces, which are dropped and counted, never calls. Any thread may push.
class TraceFile {
public:
    static constexpr std::size_t most_bytes = 16 * 1024 * 1024;  ///< waiting to be written

    TraceFile() = default;
    ~TraceFile();
    TraceFile(const TraceFile&) = delete;
    TraceFile& operator=(const TraceFile&) = delete;

    /// Opens `path` for appending, only its owner may read it. Says what went wrong, else nothing.
    std::string open(const std::string& path);

    bool is_open() const { return queue_ != nullptr; }
    void push(const trace::Session& session, const trace::Call& call);

    /// Waits until everything is written; says how many traces are not in the file.
    std::size_t close();

private:
    int descriptor_ = -1;
    std::unique_ptr<OutputQueue> queue_;
};

}  // namespace catchrule::tools
