// SPDX-License-Identifier: Apache-2.0
#include "engine/traces/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace catchrule::trace {

namespace {

constexpr std::array<std::string_view, 18> vendor_points{
    "StateChange",  "FlowInfo",       "Condition",
    "Execution",    "DebugMask",      "Error",
    "FlowCallout",  "Paused",         "Resumed",
    "FlowReturn",   "BreakFlow",      "ScriptExecutor",
    "CustomTarget", "StepDefinition", "FlowCalloutStepDefinition",
    "RaiseFault",   "NodeJS",         "Oauth2ServicePoint"};

constexpr std::array<std::string_view, 3> messages{"RequestMessage", "ResponseMessage",
                                                   "ErrorMessage"};
constexpr std::array<std::string_view, 3> accesses{"Get", "Set", "Remove"};

template <class Kind, std::size_t N>
std::optional<Kind> find(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Kind>(found - names.begin());
}

}  // namespace

bool is_known_point(std::string_view id) {
    return is_own_point(id) ||
           std::find(vendor_points.begin(), vendor_points.end(), id) != vendor_points.end();
}

std::string_view name_of(Snapshot::Kind kind) { return messages[static_cast<std::size_t>(kind)]; }

std::optional<Snapshot::Kind> message_kind(std::string_view name) {
    return find<Snapshot::Kind>(messages, name);
}

std::string_view name_of(Access::Kind kind) { return accesses[static_cast<std::size_t>(kind)]; }

std::optional<Access::Kind> access_kind(std::string_view name) {
    return find<Access::Kind>(accesses, name);
}

void Notes::add(std::string text) {
    if (all_.size() >= most_ || !seen_.insert(text).second) return;
    all_.push_back(std::move(text));
}

void Notes::unknown_point(std::string_view id) {
    constexpr std::size_t shown = 40;
    add("point type \"" + std::string(cut_text(id, shown)) + "\" is not known: kept as it is");
}

}  // namespace catchrule::trace
