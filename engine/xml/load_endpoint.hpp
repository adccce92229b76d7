// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model.hpp"
#include "engine/xml/load_values.hpp"
#include "engine/xml/reader.hpp"

namespace catchrule::xml {

/// Read after the targets, so that routes to missing ones are found.
ProxyEndpoint load_proxy_endpoint(Context& context, const File& file, const Element& root);
TargetEndpoint load_target_endpoint(Context& context, const File& file, const Element& root);

}  // namespace catchrule::xml
