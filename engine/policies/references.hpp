// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/step.hpp"

namespace catchrule {

/// What several policies do with the `ref` attributes of their elements.

/// The value of variable `ref` as text; empty when `ref` is empty or nothing is set.
std::string text_of(const Variables& variables, std::string_view ref);

/// `text` without blanks and line breaks at its ends.
std::string_view trimmed(std::string_view text);

/// A whole number: decimal digits with an optional sign, blanks around them allowed.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// The whole number that variable `ref` holds, as a number or as text.
std::optional<std::int64_t> integer_of(const Variables& variables, std::string_view ref);

/// MessageWeight: 1 when there is no ref or nothing is set; none when the value is not a whole
/// number from 0 to 2^31 - 1.
std::optional<std::int64_t> weight_of(const Variables& variables, std::string_view ref);

/// Identifier: the text of `ref`, or "_default".
std::string identifier_of(const Variables& variables, std::string_view ref);

/// What a policy's counters belong to: proxy and policy name.
std::string counter_of(const StepContext& context);

/// Appends `source` rendered as a message template that is only known now; returns the name of the
/// first unset reference, or an empty text. Slow beside a Template: it parses, and copies values.
std::string render_text(std::string_view source, const Variables& variables, std::string& out);

/// A fault of the running policy.
Fault policy_fault(std::string_view code, const StepContext& context, FaultArguments arguments);

}  // namespace catchrule
