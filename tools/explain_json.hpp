// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include <boost/json/object.hpp>

#include "engine/analysis/namespace_hint.hpp"
#include "engine/decide.hpp"
#include "engine/model.hpp"

namespace catchrule::tools {

/// The JSON of `explain`, schema catchrule.explain/1 (EXPLAIN-AND-ANALYSIS 2). Rules stand in
/// evaluation order.
boost::json::object explain_json(const Bundle& bundle, const Decision& decision,
                                 std::span<const analysis::NamespaceHint> hints);

/// `{text,rendered,result,atoms[]}`; `result` is null when the condition was not evaluated.
boost::json::object condition_json(const ConditionRecord& condition);

/// Compact JSON and a line break. Bytes that are not UTF-8 become U+FFFD.
std::string json_line(const boost::json::object& object);

}  // namespace catchrule::tools
