// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/step.hpp"
#include "engine/stores/environment.hpp"

namespace catchrule {

/// Key value maps: those of the environment, and over them what policies wrote. Replacing the
/// environment's leaves the written entries. Pure, not thread-safe.
///
/// Callers may choose keys and values, so what is written is bounded: beyond max_bytes the entry
/// that was not used for longest is forgotten.
class MapStore {
public:
    static constexpr std::size_t max_bytes = 64 * 1024 * 1024;  ///< of all written entries
    static constexpr std::size_t max_key_bytes = 2 * 1024;
    static constexpr std::size_t max_value_bytes = 512 * 1024;  ///< of all values of one entry

    explicit MapStore(std::size_t limit = max_bytes) : limit_(limit) {}
    MapStore(const MapStore&) = delete;
    MapStore& operator=(const MapStore&) = delete;

    /// Does the operations in order.
    MapReply ask(const MapQuery& query);

    /// Replaces the maps of the environment.
    void replace(const std::vector<KeyValueMapData>& maps);

    std::size_t bytes() const { return bytes_; }

private:
    using Values = std::vector<std::string>;
    struct Written {
        std::string name;  // owner, map and key
        Values values;     // none = removed
        std::size_t bytes = 0;
    };
    using Items = std::list<Written>;
    struct Given {
        bool encrypted = false;
        std::map<std::string, std::string, std::less<>> entries;
    };

    const Written* find(const std::string& name);
    std::optional<Values> get(const Given* given, const std::string& name, const std::string& key);
    bool put(const MapOperation& operation, const Given* given, const std::string& name);
    void write(const std::string& name, Values values);
    void drop(Items::iterator item);

    std::size_t limit_;
    std::size_t bytes_ = 0;
    std::map<std::pair<std::string, std::string>, Given> given_;   // by owner and name
    Items items_;                                                  // last used first
    std::unordered_map<std::string_view, Items::iterator> index_;  // views of the names in items_
};

}  // namespace catchrule
