// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "engine/connection.hpp"
#include "engine/xml/load_values.hpp"
#include "engine/xml/reader.hpp"

namespace catchrule::xml {

/// `<Properties>` of a connection: name -> value, trimmed. Values are literals, never templates.
using Properties = std::map<std::string, Text, std::less<>>;
Properties load_properties(const File& file, const Element& connection);

/// `<HTTPTargetConnection>` of a target endpoint or a ServiceCallout; `properties` are its own.
/// Elements that are known but change nothing here are named in a warning; a connection with
/// neither URL nor LoadBalancer, too.
HttpConnection load_http_connection(Context& context, const File& file, const Element& connection,
                                    const Properties& properties);

/// `<LocalTargetConnection>`: APIProxy, with or without ProxyEndpoint, or Path.
LocalConnection load_local_connection(Context& context, const File& file,
                                      const Element& connection);

}  // namespace catchrule::xml
