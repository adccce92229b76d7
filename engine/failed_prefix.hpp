// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace catchrule {

/// The prefix of `{prefix}.failed` and `{prefix}.{policy}.failed` of one policy type
/// (SEMANTICS 3.2): it cannot be guessed from the element, nor from the fault's code.
struct FailedPrefix {
    std::string_view element;  ///< empty = a second prefix that some type sets too
    std::string_view prefix;
};

/// Every prefix; the only table of them. Types that share one have a row each.
std::span<const FailedPrefix> failed_prefixes();

/// The prefix of a policy element, also of types we do not run; empty when unknown. The table
/// behind the hint "nothing sets spikearrest.*".
std::string_view failed_prefix(std::string_view element);

/// Whether `prefix` is the prefix of some policy type.
bool is_failed_prefix(std::string_view prefix);

/// Whether `name` is the failed flag of a policy, or of all of a type: `raisefault.rf.failed`,
/// `raisefault.failed`.
bool is_failed_flag(std::string_view name);

}  // namespace catchrule
