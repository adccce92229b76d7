// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include <fmt/core.h>

namespace catchrule::proxy::log {

// The operational log: lines on stderr, written by a thread of its own. Its queue is bounded; a
// full one loses its oldest lines rather than stop a worker.

enum class Level : std::uint8_t { debug, info, warning, error };

void write(Level level, const std::string& text);

template <typename... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::info, fmt::format(format, std::forward<Args>(args)...));
}

template <typename... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::warning, fmt::format(format, std::forward<Args>(args)...));
}

template <typename... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace catchrule::proxy::log
