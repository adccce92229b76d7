// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace catchrule {

/// Several lambdas as one, for std::visit.
template <class... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

}  // namespace catchrule
