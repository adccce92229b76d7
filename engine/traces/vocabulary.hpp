// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/traces/read_trace.hpp"

namespace catchrule::trace {

/// Whether a point id is documented, observed or ours (SEMANTICS 5.1, 5.3).
bool is_known_point(std::string_view id);

/// "RequestMessage", "ResponseMessage", "ErrorMessage".
std::string_view name_of(Snapshot::Kind kind);
std::optional<Snapshot::Kind> message_kind(std::string_view name);

/// "Get", "Set", "Remove".
std::string_view name_of(Access::Kind kind);
std::optional<Access::Kind> access_kind(std::string_view name);

/// Remarks of a reader: each text once, and no more than the limit.
class Notes {
public:
    explicit Notes(std::size_t most) : most_(most) {}
    void add(std::string text);
    void unknown_point(std::string_view id);
    const std::vector<std::string>& all() const { return all_; }

private:
    std::size_t most_;
    std::vector<std::string> all_;
    std::set<std::string, std::less<>> seen_;
};

}  // namespace catchrule::trace
