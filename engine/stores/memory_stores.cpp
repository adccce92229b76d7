// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/memory_stores.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/digest.hpp"
#include "engine/stores/bounded_table.hpp"
#include "engine/stores/key_store.hpp"
#include "engine/stores/map_store.hpp"
#include "engine/stores/quota_window.hpp"
#include "engine/stores/spike_clock.hpp"

namespace catchrule {

namespace {

// Callers choose identifiers, so their length must not be kept: long ones go by their digest.
std::string short_name(const std::string& identifier) {
    constexpr std::size_t most = 128;
    if (identifier.size() <= most) return identifier;
    return "\n" + digest(Digest::sha256, identifier);
}

// One identifier may be counted over several windows when interval and unit come from variables (a
// product's quota); each has its count.
std::string counter_key(const QuotaQuery& query) {
    std::string key = short_name(query.identifier);
    key.append("\n").append(query.class_name);
    for (const std::int64_t part :
         {static_cast<std::int64_t>(query.kind), static_cast<std::int64_t>(query.unit),
          query.interval, static_cast<std::int64_t>(query.start)}) {
        key.append("\n").append(std::to_string(part));
    }
    return key;
}

/// The counters of all policies of one kind, by QuotaQuery::counter or SpikeQuery::counter.
template <class Entry>
class Counters {
public:
    Entry& use(std::string_view counter, std::string_view identifier, Millis now) {
        auto table = tables_.find(counter);
        if (table == tables_.end()) {
            table = tables_.try_emplace(std::string(counter), MemoryStores::max_identifiers).first;
        }
        return table->second.use(identifier, now);
    }

private:
    std::map<std::string, BoundedTable<Entry>, std::less<>>
        tables_;  // as many as there are policies
};

}  // namespace

struct MemoryStores::Impl {
    std::mutex mutex;
    std::shared_ptr<const KeyStore> keys;  // swapped whole; read outside the lock
    Counters<QuotaCounter> quotas;
    Counters<SpikeClock> spikes;
    MapStore maps;

    StoreReply ask(const KeyQuery& query, Millis now) {
        std::unique_lock lock(mutex);
        const std::shared_ptr<const KeyStore> held = keys;
        lock.unlock();
        return held->find(query, now);
    }
    StoreReply ask(const QuotaQuery& query, Millis now) {
        const std::string key = counter_key(query);
        const std::scoped_lock lock(mutex);
        return quotas.use(query.counter, key, now).count(query, now);
    }
    StoreReply ask(const SpikeQuery& query, Millis now) {
        const std::string key = short_name(query.identifier);
        const std::scoped_lock lock(mutex);
        return spikes.use(query.counter, key, now).pass(query, now);
    }
    StoreReply ask(const MapQuery& query, Millis) {
        const std::scoped_lock lock(mutex);
        return maps.ask(query);
    }
};

MemoryStores::MemoryStores(Environment environment) : impl_(std::make_unique<Impl>()) {
    replace(std::move(environment));
}

MemoryStores::~MemoryStores() = default;

StoreReply MemoryStores::ask(const StoreQuery& query, Millis now) {
    return std::visit([&](const auto& question) { return impl_->ask(question, now); }, query);
}

void MemoryStores::replace(Environment environment) {
    const std::vector<KeyValueMapData> maps = std::move(environment.maps);
    auto keys = std::make_shared<const KeyStore>(std::move(environment));
    const std::scoped_lock lock(impl_->mutex);
    impl_->keys.swap(keys);
    impl_->maps.replace(maps);
}

}  // namespace catchrule
