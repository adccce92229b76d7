// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>

#include "engine/step.hpp"
#include "engine/stores/environment.hpp"

namespace catchrule {

/// Key store, quota counters, spike arrests and key value maps in the memory of this process. Pure:
/// every question brings its time. Thread-safe.
class MemoryStores {
public:
    /// Identifiers that one policy keeps counters for; beyond, the one not used for longest is
    /// forgotten. Callers choose identifiers, so memory must not follow them. Counters whose time
    /// is over go earlier.
    static constexpr std::size_t max_identifiers = 100'000;

    explicit MemoryStores(Environment environment = {});
    ~MemoryStores();
    MemoryStores(const MemoryStores&) = delete;
    MemoryStores& operator=(const MemoryStores&) = delete;

    /// Answers any StoreQuery.
    StoreReply ask(const StoreQuery& query, Millis now);

    /// Replaces keys, apps, products and the given maps; counters and what policies wrote into maps
    /// stay.
    void replace(Environment environment);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace catchrule
