// SPDX-License-Identifier: Apache-2.0
#include "tools/trace_file.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "engine/traces/write_trace.hpp"

namespace catchrule::tools {

TraceFile::~TraceFile() { close(); }

std::string TraceFile::open(const std::string& path) {
    constexpr mode_t owner_only = 0600;
    descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, owner_only);
    if (descriptor_ < 0) return std::generic_category().message(errno);
    queue_ = std::make_unique<OutputQueue>(descriptor_, most_bytes);
    return {};
}

void TraceFile::push(const trace::Session& session, const trace::Call& call) {
    queue_->push(trace::trace_line(session, call));
}

std::size_t TraceFile::close() {
    std::size_t lost = 0;
    if (queue_ != nullptr) {
        queue_->finish();
        lost = queue_->dropped();
        queue_.reset();
    }
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
    return lost;
}

}  // namespace catchrule::tools
