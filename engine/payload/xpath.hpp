// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "engine/payload/payload.hpp"
#include "grammar/diagnostic.hpp"

namespace catchrule::payload {

/// Prefix to namespace URI.
using Namespaces = std::map<std::string, std::string, std::less<>>;

/// As what a result is wanted (the vendor's `type` of an XPath).
enum class XPathType : std::uint8_t {
    nodeset,  ///< every node as XML text, one behind the other; an attribute as its value
    node,     ///< the first node of them
    text,     ///< string(), as all below: of the first node in document order
    boolean,  ///< `true` or `false`
    number,   ///< as XPath prints it: `3`, `1.5`, `NaN`
};

struct XPathMatch {
    Status status = Status::ok;
    /// Whether the expression found a node, or is no node set but a text, number or boolean.
    bool found = false;
    std::string text{};  ///< empty when a node set was wanted and nothing was found
};

/// An XPath 1.0 expression, compiled at load. A name without a prefix means no namespace, as XPath
/// says; prefixes are those of `namespaces`, whatever the document calls them. Variables (`$x`) and
/// functions beyond XPath 1.0 are errors. Immutable; run() is thread-safe.
class XPath {
public:
    static constexpr std::size_t max_bytes = 4096;  ///< of an expression
    static constexpr std::size_t max_nesting = 32;  ///< of parentheses and predicates

    /// An expression that cannot be read is an error that says what was expected where. The code of
    /// the diagnostic is left to the caller, who knows where the expression stands.
    static grammar::Parsed<XPath> compile(std::string_view text, const Namespaces& namespaces = {});

    /// Evaluates against `document`, which is XML in UTF-8 without a document type.
    XPathMatch run(std::string_view document, XPathType type, const Limits& limits = {}) const;

private:
    struct Impl;
    explicit XPath(std::shared_ptr<const Impl> impl);
    std::shared_ptr<const Impl> impl_;
};

}  // namespace catchrule::payload
