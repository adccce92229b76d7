// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/step.hpp"

namespace catchrule {

/// KeyValueMapOperations: reads and writes named maps that outlive the call. Vendor page
/// "KeyValueMapOperations policy"; POLICIES 4.8, SEM-77 to SEM-79.
struct KeyValueMap {
    static constexpr std::string_view element = "KeyValueMapOperations";
    static constexpr std::string_view prefix = "keyvaluemapoperations";

    enum class Scope : std::uint8_t { organization, environment, apiproxy, policy };

    /// `<Parameter>` or `<Value>`: a variable, or text.
    struct Part {
        std::string ref;  ///< wins when it is set
        std::string text;
    };

    /// `<Get>`, `<Put>`, `<Delete>`, or an `<Entry>` of InitialEntries.
    struct Operation {
        MapOperation::Kind kind = MapOperation::Kind::get;
        std::vector<Part> key;  ///< several make a composite key
        std::vector<Part> values{};
        std::string assign_to{};  ///< of Get
        std::int64_t index = 0;   ///< of Get, from 1; 0 = all values
    };

    std::string map = "kvmap";  ///< mapIdentifier; may be empty, which is a fault when it runs
    Part map_name;              ///< `<MapName>`; wins when it gives a name
    Scope scope = Scope::environment;
    std::vector<Operation> operations;  ///< the initial entries first
};

StepResult execute(const KeyValueMap& policy, StepContext& context);
StepResult resume(const KeyValueMap& policy, StepContext& context, const StoreReply& reply);

}  // namespace catchrule
