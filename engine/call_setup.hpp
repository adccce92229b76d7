// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/flow_machine.hpp"
#include "engine/model.hpp"

namespace catchrule {

/// `proxy.pathsuffix`: what follows the base path in a request path; `*` elements of the base path
/// take one element each. Not decoded; empty stays empty (SEM-41).
std::string_view path_suffix(std::string_view base_path, std::string_view path);

/// Whether `base_path` covers `path`: equal, or followed by a slash.
bool covers(std::string_view base_path, std::string_view path);

/// Sets what the runtime sets before the first step: proxy.*, apiproxy.*, environment.name,
/// client.ip, ...
void define_call_variables(const Bundle& bundle, const ProxyEndpoint& proxy, Variables& variables,
                           const CallOptions& options);

}  // namespace catchrule
