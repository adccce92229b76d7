// SPDX-License-Identifier: Apache-2.0
#include "tools/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace catchrule::tools {

void in_parallel(std::size_t count, const std::function<void(std::size_t)>& each) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < count; i = next++) each(i);
    };
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < std::min(cores, count); ++i) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
}

}  // namespace catchrule::tools
