// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "engine/step.hpp"
#include "engine/xml/bundle_files.hpp"

namespace catchrule::xml {

/// Adds the resource files of a bundle and the properties of its property sets; what is there
/// already stays.
void add_resources(const BundleFiles& files, Resources& out);

/// Adds the lines of a property set in the format of java.util.Properties: `key=value`, `key:
/// value`, `#` and `!` before comments, `\` before a line break, and escapes as in Java.
void add_properties(std::string_view set, std::string_view text, Resources::Texts& out);

}  // namespace catchrule::xml
