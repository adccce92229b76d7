// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace catchrule::grammar {

/// Which references to groups both engines read alike.
///
/// A group that was captured on a way that led nowhere is unset again in PCRE2. java.util.regex
/// forgets to do so when the way went through something it does not come back into: a look-around,
/// an atomic group, or a repetition of what has no choices (its class GroupCurly). So
/// `(?=a(b))abc|ab\1` matches "abb" in Java only. This is no matter
///
/// - where no such thing is round the group, or
/// - where every way to the reference captures the group anew: `(?=(a+))\1`, `(?:(a)b)x\1`.
///
/// Every other reference is refused, and one within its own group, which PCRE2 10.42 misjudges: it
/// finds that `((?:aa)+|\1*a)` cannot match "a".
class RegexGroups {
public:
    enum class Kind : std::uint8_t { plain, capturing, atomic, look_around, negative_look_around };
    /// What stands behind a group: nothing, `?`, {3}, at least once, perhaps not at all.
    enum class Repeated : std::uint8_t { once, optional, exactly, some, any };

    struct Reference {
        std::size_t number = 0;
        std::size_t begin = 0;  ///< its bytes in the pattern
        std::size_t end = 0;
    };

    RegexGroups() : groups_(1), open_{0} {}

    void open(Kind kind);
    void alternative();
    /// A ')' and what follows it.
    void close(Repeated repeated, bool possessive);
    void refer(Reference reference);

    /// How many capturing groups were opened.
    std::size_t count() const { return captures_.size(); }

    /// A reference to a group that the pattern does not have. All was read.
    std::optional<Reference> without_group() const;
    /// A reference that the engines may read differently. All was read.
    std::optional<Reference> doubtful() const;

private:
    struct Group {
        Kind kind = Kind::plain;
        Repeated repeated = Repeated::once;
        bool possessive = false;
        std::size_t parent = 0;
        std::size_t place = 0;         ///< in which alternative of its parent it stands
        std::size_t alternatives = 1;  ///< of its own
        bool has_choice = false;       ///< an alternative or an optional group, also further inside
    };
    /// A reference and where it stands.
    struct Use {
        Reference reference;
        std::size_t parent = 0;
        std::size_t place = 0;
        std::size_t groups_before = 0;
    };

    void note_choice();
    bool is_within(std::size_t inner, std::size_t outer) const;
    bool is_captured_anew(const Use& use) const;
    bool always_captures(std::size_t from, std::size_t group) const;
    bool may_be_stale(std::size_t group) const;

    std::vector<Group> groups_;  // the first is the whole pattern
    std::vector<std::size_t> open_;
    std::vector<std::size_t> captures_;  // number - 1 -> group
    std::vector<Use> uses_;
};

}  // namespace catchrule::grammar
