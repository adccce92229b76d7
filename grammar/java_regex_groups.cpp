// SPDX-License-Identifier: Apache-2.0
#include "grammar/java_regex_groups.hpp"

#include <map>
#include <ranges>

namespace catchrule::grammar {
namespace {

bool is_entered_once(RegexGroups::Kind kind) {
    return kind != RegexGroups::Kind::plain && kind != RegexGroups::Kind::capturing;
}

}  // namespace

void RegexGroups::open(Kind kind) {
    Group group;
    group.kind = kind;
    group.parent = open_.back();
    group.place = groups_[group.parent].alternatives;
    if (kind == Kind::capturing) captures_.push_back(groups_.size());
    open_.push_back(groups_.size());
    groups_.push_back(group);
}

void RegexGroups::alternative() {
    ++groups_[open_.back()].alternatives;
    note_choice();
}

// To all open groups but those round a look-around or an atomic group.
void RegexGroups::note_choice() {
    for (const std::size_t group : std::ranges::reverse_view(open_)) {
        if (is_entered_once(groups_[group].kind)) return;
        groups_[group].has_choice = true;
    }
}

void RegexGroups::close(Repeated repeated, bool possessive) {
    if (open_.size() == 1) return;  // the compiler of the pattern says so
    Group& group = groups_[open_.back()];
    group.repeated = repeated;
    group.possessive = possessive;
    open_.pop_back();
    if (repeated == Repeated::optional) note_choice();
}

void RegexGroups::refer(Reference reference) {
    const std::size_t parent = open_.back();
    uses_.push_back({reference, parent, groups_[parent].alternatives, groups_.size()});
}

std::optional<RegexGroups::Reference> RegexGroups::without_group() const {
    for (const Use& use : uses_) {
        const std::size_t number = use.reference.number;
        if (number == 0 || number > count()) return use.reference;
    }
    return std::nullopt;
}

std::optional<RegexGroups::Reference> RegexGroups::doubtful() const {
    for (const Use& use : uses_) {
        const std::size_t group = captures_[use.reference.number - 1];
        if (is_within(use.parent, group)) return use.reference;
        if (may_be_stale(group) && !is_captured_anew(use)) return use.reference;
    }
    return std::nullopt;
}

bool RegexGroups::is_within(std::size_t inner, std::size_t outer) const {
    while (inner > outer) inner = groups_[inner].parent;
    return inner == outer;
}

// Whether Java may leave the group as it was captured on a way that it gave up.
bool RegexGroups::may_be_stale(std::size_t group) const {
    for (std::size_t i = group; i != 0; i = groups_[i].parent) {
        const Group& around = groups_[i];
        const bool repeated =
            around.repeated != Repeated::once && around.repeated != Repeated::optional;
        if (is_entered_once(around.kind) || around.possessive) return true;
        if (repeated && !around.has_choice) return true;
    }
    return false;
}

// The nearest group round both holds, in one alternative, first something that always captures the
// group and then the reference.
bool RegexGroups::is_captured_anew(const Use& use) const {
    std::map<std::size_t, std::size_t> round_use;  // group -> alternative of it with the reference
    std::size_t place = use.place;
    for (std::size_t i = use.parent;; i = groups_[i].parent) {
        round_use.emplace(i, place);
        if (i == 0) break;
        place = groups_[i].place;
    }
    const std::size_t group = captures_[use.reference.number - 1];
    std::size_t outer = group;
    while (!round_use.contains(groups_[outer].parent)) outer = groups_[outer].parent;
    return outer < use.groups_before && groups_[outer].place == round_use[groups_[outer].parent] &&
           always_captures(outer, group);
}

// Whether nobody comes out of group `from` without having come through `group` in it last.
bool RegexGroups::always_captures(std::size_t from, std::size_t group) const {
    for (std::size_t i = group;; i = groups_[i].parent) {
        const Group& way = groups_[i];
        const bool often = way.repeated == Repeated::once || way.repeated == Repeated::exactly ||
                           (way.repeated == Repeated::some && i == group);
        const bool only_way = i == group || way.alternatives == 1;
        if (!often || !only_way || way.kind == Kind::negative_look_around) return false;
        if (i == from) return true;
    }
}

}  // namespace catchrule::grammar
