// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string>

#include "engine/trace.hpp"

namespace catchrule::trace::test {

/// Random sessions: any point, any order, texts that are hard to escape; no secret names.
class RandomTrace {
public:
    explicit RandomTrace(unsigned seed) : chance_(seed) {}

    Call call(bool own);
    Session session();

private:
    std::size_t below(std::size_t n);
    bool coin() { return below(2) == 0; }
    std::string text();
    std::optional<std::string> maybe_text();
    Point point(bool own);
    Snapshot snapshot();
    std::vector<Access> accesses();
    ConditionRecord condition();
    OperandRecord operand(bool reached);

    std::mt19937 chance_;
};

/// The call as a vendor's format keeps it.
Call without_own(Call call);

}  // namespace catchrule::trace::test
