// SPDX-License-Identifier: Apache-2.0
#include "tools/assignments.hpp"

#include <cstdint>
#include <limits>
#include <optional>

#include <boost/json.hpp>

#include "engine/known_variables.hpp"
#include "tools/files.hpp"

namespace catchrule::tools {

namespace {

namespace json = boost::json;

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

Value integer_value(std::int64_t number) {
    using Small = std::numeric_limits<std::int32_t>;
    if (number >= Small::min() && number <= Small::max()) {
        return Value::integer(static_cast<std::int32_t>(number));
    }
    return Value::long_integer(number);
}

// None for arrays and objects. Text borrows from `value`.
std::optional<Value> value_of(const json::value& value) {
    if (value.is_null()) return Value::null();
    if (value.is_bool()) return Value::boolean(value.get_bool());
    if (value.is_int64()) return integer_value(value.get_int64());
    if (value.is_uint64()) return Value::real(static_cast<double>(value.get_uint64()));
    if (value.is_double()) return Value::real(value.get_double());
    if (value.is_string())
        return Value::text({value.get_string().data(), value.get_string().size()});
    return std::nullopt;
}

// The name before the first '='; empty when there is none.
std::string_view name_of(std::string_view assignment) {
    const auto equals = assignment.find('=');
    return equals == std::string_view::npos ? std::string_view() : assignment.substr(0, equals);
}

}  // namespace

std::string Assignments::read(const VariableFlags& flags) {
    if (!flags.file.empty()) {
        if (std::string error = add_file(flags.file); !error.empty()) return error;
    }
    for (const std::string& text : flags.texts) {
        if (std::string error = add_text(text); !error.empty()) return error;
    }
    for (const std::string& text : flags.jsons) {
        if (std::string error = add_json(text); !error.empty()) return error;
    }
    return {};
}

std::string Assignments::add_text(std::string_view assignment) {
    const std::string_view name = name_of(assignment);
    if (name.empty()) return "--var expects NAME=TEXT, not " + quoted(assignment);
    const std::string_view text = keep(assignment.substr(name.size() + 1));
    variables_.push_back({std::string(name), typed_value(name, text)});
    return {};
}

std::string Assignments::add_json(std::string_view assignment) {
    const std::string_view name = name_of(assignment);
    if (name.empty()) return "--var-json expects NAME=JSON, not " + quoted(assignment);
    json::error_code error;
    const json::value parsed = json::parse(assignment.substr(name.size() + 1), error);
    const auto value = error ? std::nullopt : value_of(parsed);
    if (!value) {
        return "--var-json " + std::string(name) +
               ": expected a JSON string, number, true, false or null, not " +
               quoted(assignment.substr(name.size() + 1));
    }
    variables_.push_back(
        {std::string(name), value->is_text() ? Value::text(keep(value->as_text())) : *value});
    return {};
}

std::string Assignments::add_file(const std::string& path) {
    const auto text = read_file(path);
    if (!text) return "cannot read " + path;
    const std::string error = add_object(*text);
    return error.empty() ? error : path + ": " + error;
}

std::string Assignments::add_object(std::string_view text) {
    json::stream_parser parser;
    json::error_code error;
    const std::size_t read = parser.write_some(text.data(), text.size(), error);
    if (!error) parser.finish(error);
    if (error || text.find_first_not_of(" \t\r\n", read) != std::string_view::npos) {
        return "byte " + std::to_string(read) + ": not a JSON object";
    }
    const json::value parsed = parser.release();
    if (!parsed.is_object()) return "expected a JSON object of variable names and values";
    for (const auto& [key, member] : parsed.get_object()) {
        const std::string_view name(key.data(), key.size());
        const auto value = value_of(member);
        if (!value || name.empty()) {
            return "variable " + quoted(name) + ": expected a string, number, true, false or null";
        }
        variables_.push_back(
            {std::string(name), value->is_text() ? Value::text(keep(value->as_text())) : *value});
    }
    return {};
}

void Assignments::define(Variables& variables) const {
    for (const auto& given : variables_) {
        if (given.value.is_null()) {
            variables.remove(given.name);
        } else {
            variables.define(given.name, given.value);
        }
    }
}

}  // namespace catchrule::tools
