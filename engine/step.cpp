// SPDX-License-Identifier: Apache-2.0
#include "engine/step.hpp"

namespace catchrule {

void set_failed_flags(Variables& variables, std::string_view prefix, std::string_view policy,
                      bool failed) {
    std::string name(prefix);
    name.append(".failed");
    variables.define(name, Value::boolean(failed));
    name.resize(prefix.size() + 1);
    name.append(policy).append(".failed");
    variables.define(name, Value::boolean(failed));
}

}  // namespace catchrule
