// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <gtest/gtest.h>

#include "engine/step.hpp"
#include "engine/template.hpp"

namespace catchrule::testing {

/// One policy run by hand: variables of its own, policy "p" of proxy "weather", time given.
class StepTest : public ::testing::Test {
protected:
    Template text(std::string_view source) { return *Template::parse(source, symbols_).value; }

    void set(std::string_view name, std::string_view value) {
        variables_.define(name, Value::text(value));
    }

    /// Text form of a variable; "(unset)" when there is none.
    std::string show(std::string_view name) const {
        const Value value = variables_.get(name);
        return value.is_null() ? "(unset)" : value.to_text();
    }

    grammar::Type type_of(std::string_view name) const { return variables_.get(name).type(); }

    StepContext context(Millis now = 0) { return {variables_, semantics_, "p", "weather", now}; }

    /// What the step asks a store; null when it does not.
    static const StoreQuery* store_query(const StepResult& result) {
        const auto* request = std::get_if<StepRequest>(&result);
        return request == nullptr ? nullptr : std::get_if<StoreQuery>(request);
    }

    static std::string fault_name(const StepResult& result) {
        const auto* fault = std::get_if<Fault>(&result);
        return fault == nullptr ? "" : fault->name;
    }

    static std::string fault_text(const StepResult& result) {
        const auto* fault = std::get_if<Fault>(&result);
        return fault == nullptr ? "" : fault->text;
    }

    Symbols symbols_;
    VariableLayout layout_{symbols_};
    Variables variables_{layout_};
    Semantics semantics_;
};

}  // namespace catchrule::testing
