// SPDX-License-Identifier: Apache-2.0
#include "proxy/gateway/log_files.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace catchrule::proxy {
namespace {

// Rotated files that are looked for when MaxFilesToRetain does not bound them.
constexpr std::int64_t most_kept = 1000;

}  // namespace

LogFiles::LogFiles(std::string folder) : folder_(std::move(folder)) {}

bool LogFiles::append(const std::string& name, std::string_view line, const LogRotation& rotation,
                      Millis now) {
    File* file = open(name, rotation, now);
    if (file == nullptr) return false;
    const auto size = static_cast<std::int64_t>(line.size()) + 1;
    const bool too_large =
        rotation.max_bytes > 0 && file->bytes > 0 && file->bytes + size > rotation.max_bytes;
    const bool too_old = rotation.every_ms > 0 && now - file->since >= rotation.every_ms;
    if (too_large || too_old) {
        files_.erase(name);
        rotate(name, rotation);
        file = open(name, rotation, now);
        if (file == nullptr) return false;
    }
    file->stream << line << '\n';
    file->stream.flush();
    if (!file->stream) {
        files_.erase(name);
        return false;
    }
    file->bytes += size;
    return true;
}

LogFiles::File* LogFiles::open(const std::string& name, const LogRotation& rotation, Millis now) {
    const auto found = files_.find(name);
    if (found != files_.end()) {
        found->second.used = ++uses_;
        return &found->second;
    }
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (!std::exchange(started_[name], true) && rotation.on_startup) rotate(name, rotation);
    if (files_.size() >= most_open) close_oldest();
    File file;
    file.stream.open(path_of(name), std::ios::app | std::ios::binary);
    if (!file.stream) return nullptr;
    const auto size = std::filesystem::file_size(path_of(name), error);
    file.bytes = error ? 0 : static_cast<std::int64_t>(size);
    file.since = now;
    file.used = ++uses_;
    return &files_.emplace(name, std::move(file)).first->second;
}

void LogFiles::rotate(const std::string& name, const LogRotation& rotation) {
    const auto numbered = [&](std::int64_t n) {
        return n == 0 ? path_of(name) : path_of(name) + '.' + std::to_string(n);
    };
    const std::int64_t keep = rotation.max_files > 0 ? rotation.max_files : most_kept;
    std::error_code error;
    std::int64_t last = 0;
    while (last < keep && std::filesystem::exists(numbered(last), error)) ++last;
    // The oldest one that may stay is overwritten; one too many is gone.
    for (std::int64_t n = last; n > 0; --n) {
        std::filesystem::rename(numbered(n - 1), numbered(n), error);
    }
}

void LogFiles::close_oldest() {
    const auto oldest = std::min_element(
        files_.begin(), files_.end(),
        [](const auto& a, const auto& b) { return a.second.used < b.second.used; });
    if (oldest != files_.end()) files_.erase(oldest);
}

}  // namespace catchrule::proxy
