// SPDX-License-Identifier: Apache-2.0
#include "proxy/log.hpp"

#include <memory>

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace catchrule::proxy::log {
namespace {

constexpr std::size_t queue_lines = 8192;

class Log {
public:
    Log()
        : pool_(std::make_shared<spdlog::details::thread_pool>(queue_lines, 1)),
          logger_(std::make_shared<spdlog::async_logger>(
              "catchrule", std::make_shared<spdlog::sinks::stderr_sink_mt>(), pool_,
              spdlog::async_overflow_policy::overrun_oldest)) {
        logger_->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    }

    ~Log() {
        if (const std::size_t lost = pool_->overrun_counter(); lost > 0) {
            logger_->warn("{} lines of this log were lost", lost);
        }
    }
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    spdlog::logger& logger() { return *logger_; }

private:
    std::shared_ptr<spdlog::details::thread_pool> pool_;
    std::shared_ptr<spdlog::async_logger> logger_;
};

spdlog::level::level_enum spdlog_level(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

}  // namespace

void write(Level level, const std::string& text) {
    static Log log;
    log.logger().log(spdlog_level(level), text);
}

}  // namespace catchrule::proxy::log
