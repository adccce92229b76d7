// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "engine/trace.hpp"
#include "engine/traces/source.hpp"
#include "engine/traces/vocabulary.hpp"

namespace catchrule::trace {

/// The operands of a condition, as catchrule.trace/1 has them.
boost::json::object condition_to_json(const ConditionRecord& condition);
ConditionRecord condition_from_json(const boost::json::object& from);

/// An operand's type by its name; null when there is no such type.
grammar::Type type_named(std::string_view name);

/// The text of a member that is text, number or boolean; none when it is absent or something else.
std::optional<std::string> text_member(const boost::json::object& from, std::string_view name);
/// A member that is an object or array; null when it is absent or something else.
const boost::json::object* object_member(const boost::json::object& from, std::string_view name);
const boost::json::array* array_member(const boost::json::object& from, std::string_view name);

/// An object as text; false with `error` when it is not one. `begin` is where the text began.
bool parse_object(const std::string& text, Place begin, boost::json::object& into,
                  ReadError& error);

/// A transaction: `completed` and `point[]`.
Call call_from_json(const boost::json::object& from, Notes& notes);

Session session_from_json(const boost::json::object& from);

}  // namespace catchrule::trace
