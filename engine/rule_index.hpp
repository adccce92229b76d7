// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/semantics.hpp"
#include "grammar/symbols.hpp"

namespace catchrule {

struct FaultRule;
class Variables;

/// fault.name -> the fault rules that may take a fault of that name, so that thousands of rules
/// cost about as much as one.
///
/// How it works: most conditions can only hold when fault.name equals one of a few literals
///
///     (fault.name = "A" or fault.name = "B") and n > 0      "A", "B"
///     n > 0                                                 none: always a candidate
///
/// so the rule is filed under these and passed over for every other fault. Conditions are pure: a
/// rule that is passed over would have been false. A candidate is still evaluated, so it does no
/// harm to file too coarsely: a literal is a hash of its bytes with bit 5 set, which makes upper
/// and lower case one, in ASCII as well as in the Latin-1 letters that EqualsCaseInsensitive folds,
/// and texts that share a hash cost a vain evaluation and no more.
///
/// Immutable; shared by all calls and threads.
class RuleIndex {
    /// A rule under one of its literals.
    struct Entry {
        std::uint32_t hash;
        std::uint32_t rule;
        friend bool operator==(const Entry&, const Entry&) = default;
    };

public:
    /// None was made: every rule has to be tried.
    RuleIndex() = default;
    /// `symbols` are those of the rules' conditions.
    RuleIndex(const std::vector<FaultRule>& rules, const grammar::Symbols& symbols);

    bool is_built() const { return !bucket_.empty(); }

    /// The rules that may hold, handed out in evaluation order. Borrows from the index.
    class Candidates {
    public:
        /// The index of the next rule; none when there are no more. Always ask for the same order.
        std::optional<std::uint32_t> next(EvaluationOrder order);

    private:
        friend class RuleIndex;
        std::uint32_t hash_ = 0;
        std::span<const Entry> named_;  // with strangers that share the bucket
        std::span<const std::uint32_t> always_;
    };

    /// The candidates for the present fault.name. Allocates nothing.
    Candidates candidates(const Variables& variables) const;

private:
    std::span<const Entry> bucket_of(std::uint32_t hash) const;

    grammar::Slot fault_name_ = 0;
    bool names_any_ = false;             // fault.name has a slot
    std::vector<std::uint32_t> bucket_;  // bucket -> its first entry; one more for the end
    std::vector<Entry> entries_;         // by bucket, then rule
    std::vector<std::uint32_t> always_;  // rules that no literal is needed for, in document order
};

}  // namespace catchrule
