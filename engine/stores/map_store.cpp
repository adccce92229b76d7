// SPDX-License-Identifier: Apache-2.0
#include "engine/stores/map_store.hpp"

namespace catchrule {

namespace {

using Kind = MapOperation::Kind;

// No part holds a line feed in practice; the lengths keep two names apart where one does.
std::string full_name(const MapQuery& query, const std::string& key) {
    std::string name = std::to_string(query.owner.size());
    name.append(" ").append(std::to_string(query.map.size())).append(" ");
    return name.append(query.owner).append(query.map).append(key);
}

std::size_t size_of(const std::vector<std::string>& values) {
    std::size_t bytes = 0;
    for (const std::string& value : values) bytes += value.size();
    return bytes;
}

}  // namespace

const MapStore::Written* MapStore::find(const std::string& name) {
    const auto found = index_.find(name);
    if (found == index_.end()) return nullptr;
    items_.splice(items_.begin(), items_, found->second);
    return &items_.front();
}

void MapStore::drop(Items::iterator item) {
    bytes_ -= item->bytes;
    index_.erase(item->name);
    items_.erase(item);
}

void MapStore::write(const std::string& name, Values values) {
    constexpr std::size_t overhead = 128;  // of an entry in list and index
    if (const auto found = index_.find(name); found != index_.end()) drop(found->second);
    const std::size_t bytes = overhead + name.size() + size_of(values);
    items_.push_front({.name = name, .values = std::move(values), .bytes = bytes});
    index_.emplace(items_.front().name, items_.begin());
    bytes_ += bytes;
    while (bytes_ > limit_ && items_.size() > 1) drop(std::prev(items_.end()));
}

std::optional<MapStore::Values> MapStore::get(const Given* given, const std::string& name,
                                              const std::string& key) {
    if (const Written* written = find(name)) {
        return written->values.empty() ? std::nullopt : std::optional(written->values);
    }
    if (given == nullptr) return std::nullopt;
    const auto entry = given->entries.find(key);
    return entry == given->entries.end() ? std::nullopt : std::optional(Values{entry->second});
}

bool MapStore::put(const MapOperation& operation, const Given* given, const std::string& name) {
    if (operation.kind == Kind::seed && find(name) != nullptr) return true;
    if (operation.kind != Kind::put && get(given, name, operation.key)) return true;
    if (operation.key.size() > max_key_bytes || size_of(operation.values) > max_value_bytes)
        return false;
    write(name, operation.values);
    return true;
}

MapReply MapStore::ask(const MapQuery& query) {
    const auto found = given_.find({query.owner, query.map});
    const Given* given = found == given_.end() ? nullptr : &found->second;
    MapReply reply;
    reply.encrypted = given != nullptr && given->encrypted;
    for (const MapOperation& operation : query.operations) {
        const std::string name = full_name(query, operation.key);
        switch (operation.kind) {
            case Kind::get:
                reply.found.push_back(get(given, name, operation.key));
                break;
            case Kind::remove:
                if (get(given, name, operation.key)) write(name, {});
                break;
            case Kind::put:
            case Kind::put_absent:
            case Kind::seed:
                if (!put(operation, given, name)) reply.full = true;
                break;
        }
    }
    return reply;
}

void MapStore::replace(const std::vector<KeyValueMapData>& maps) {
    given_.clear();
    for (const KeyValueMapData& map : maps) {
        Given& given = given_[{map.owner, map.name}];
        given.encrypted = given.encrypted || map.encrypted;
        for (const auto& [key, value] : map.entries) given.entries[key] = value;
    }
}

}  // namespace catchrule
