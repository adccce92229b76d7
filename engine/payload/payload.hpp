// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace catchrule::payload {

/// What one query of a body may take. Bodies come from strangers; beyond a limit the query stops
/// and says which one it was.
struct Limits {
    std::size_t document_bytes = 10 * 1024 * 1024;  ///< length of the body; as the gateway's limit
    std::size_t result_bytes = 10 * 1024 * 1024;    ///< length of what is found, as text
    std::uint32_t depth = 128;  ///< elements or containers inside each other, the outermost is 1
    /// JSONPath: values looked at. XPath: elements, attributes and texts of the document, since an
    /// expression cannot be stopped once it runs.
    std::uint64_t nodes = 200'000;
};

/// What became of a query. A body that is fine and has no match is `ok`.
enum class Status : std::uint8_t {
    ok,
    malformed,  ///< no JSON (RFC 8259, so no NaN), no XML, or bytes that are not UTF-8
    doctype,    ///< XML with a document type; entities are never expanded
    document_too_long,
    too_deep,
    too_many_nodes,
    result_too_long,
};

/// "ok", "not well-formed", "longer than the limit", ...
std::string_view to_string(Status status);

}  // namespace catchrule::payload
