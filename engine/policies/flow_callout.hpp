// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/step.hpp"
#include "engine/template.hpp"

namespace catchrule {

/// FlowCallout: runs the steps of a shared flow in place. Vendor page "FlowCallout policy";
/// POLICIES 4.7, SEM-43.
struct FlowCallout {
    static constexpr std::string_view element = "FlowCallout";
    static constexpr std::string_view prefix = "";  ///< it has no failed flags

    /// `<Parameter>`: a variable the shared flow sees; it has its former value again afterwards.
    struct Parameter {
        std::string name;
        std::string ref;  ///< wins when it is set
        Template value;
    };

    std::string shared_flow;
    int index = -1;  ///< into Bundle::shared_flows; -1 = not found: flow.SharedFlowNotFound
    std::vector<Parameter> parameters;
    bool ignore_unresolved = false;
};

/// FlowCallouts that may be inside one another; one more is a fault. Cycles do not load, so only a
/// long chain of shared flows comes near.
inline constexpr std::size_t max_flow_callouts = 32;

/// What the parameters of a FlowCallout stood for before it.
class FormerValues {
public:
    /// Remembers the value of `name`, also that it is unset.
    void keep(const std::string& name, const Variables& variables);

    /// Gives all variables their former values and forgets them.
    void restore(Variables& variables);

private:
    struct Kept {
        std::string name;
        Value value;
        std::string text;  // of `value`, which may borrow from a message that is gone by then
    };
    std::vector<Kept> kept_;
};

/// Sets the parameters, in document order. Without a value one is empty text, and a fault unless
/// unresolved ones are ignored. What they hid is in `former` then, after a fault too.
std::optional<Fault> set_parameters(const FlowCallout& callout, StepContext& context,
                                    FormerValues& former);

}  // namespace catchrule
