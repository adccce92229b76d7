// SPDX-License-Identifier: Apache-2.0
#include "engine/policy.hpp"

#include "engine/failed_prefix.hpp"

namespace catchrule {

namespace {

struct ElementOf {
    std::string_view operator()(const UnsupportedPolicy& policy) const { return policy.element; }
    template <class Config>
    std::string_view operator()(const Config&) const {
        return Config::element;
    }
};

}  // namespace

std::string_view Policy::element() const { return std::visit(ElementOf{}, config); }

std::string_view Policy::prefix() const { return failed_prefix(element()); }

}  // namespace catchrule
