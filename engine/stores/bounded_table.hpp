// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace catchrule {

/// Entries by name, at most `limit` of them, in order of last use. `Entry` has `bool ended(Millis)
/// const`. Each use drops entries from the old end: those that ended, and the oldest while there
/// are too many. Names come from callers (quota identifiers), so memory must not follow them. Not
/// thread-safe.
template <class Entry>
class BoundedTable {
public:
    explicit BoundedTable(std::size_t limit) : limit_(limit) {}
    BoundedTable(const BoundedTable&) = delete;
    BoundedTable& operator=(const BoundedTable&) = delete;

    /// The entry of `name`, a new one at first sight. `now` in milliseconds.
    Entry& use(std::string_view name, std::int64_t now) {
        const auto found = index_.find(name);
        if (found != index_.end()) {
            items_.splice(items_.begin(), items_, found->second);
        } else {
            items_.emplace_front(std::string(name), Entry{});
            index_.emplace(items_.front().first, items_.begin());
        }
        drop_old(now);
        return items_.front().second;
    }

    std::size_t size() const { return items_.size(); }

private:
    using Items = std::list<std::pair<std::string, Entry>>;

    void drop_old(std::int64_t now) {
        constexpr int ended_per_use =
            2;  // more than one comes in, so the old end is swept in the long run
        int ended = 0;
        while (items_.size() > 1) {
            const bool over = items_.size() > limit_;
            if (!over && (ended == ended_per_use || !items_.back().second.ended(now))) return;
            if (!over) ++ended;
            index_.erase(items_.back().first);
            items_.pop_back();
        }
    }

    std::size_t limit_;
    Items items_;  // last used first
    std::unordered_map<std::string_view, typename Items::iterator>
        index_;  // views of the names in items_
};

}  // namespace catchrule
