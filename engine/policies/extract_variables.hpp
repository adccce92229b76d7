// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/payload/json_path.hpp"
#include "engine/payload/xpath.hpp"
#include "engine/policies/text_pattern.hpp"
#include "engine/step.hpp"
#include "engine/template.hpp"

namespace catchrule {

/// ExtractVariables: takes parts of a message apart and puts them into variables. Vendor page
/// "ExtractVariables policy"; POLICIES 4.6, SEM-72 to SEM-76.
struct ExtractVariables {
    static constexpr std::string_view element = "ExtractVariables";
    static constexpr std::string_view prefix = "extractvariables";

    /// `<URIPath>`, `<QueryParam>`, `<Header>`, `<FormParam>` or `<Variable>`: a text and what it
    /// may look like.
    struct Text {
        enum class From : std::uint8_t { uri_path, query_param, header, form_param, variable };

        From from = From::uri_path;
        std::string name;  ///< of the field or variable; may end in an index (`w.2`)
        std::vector<TextPattern> patterns;
    };

    enum class Type : std::uint8_t { text, boolean, integer, long_integer, single, real, nodeset };

    /// A `<Variable>` of JSONPayload.
    struct JsonVariable {
        std::string name;
        Type type = Type::text;
        Template path;                           ///< as written
        std::optional<payload::JsonPath> fixed;  ///< compiled at load, when `path` has no reference
    };

    /// A `<Variable>` of XMLPayload.
    struct XmlVariable {
        std::string name;
        Type type = Type::text;
        payload::XPath path;
    };

    std::string source = "message";
    bool clear_payload = false;
    std::string variable_prefix;
    bool ignore_unresolved = false;
    std::vector<Text> texts;  ///< in document order
    std::vector<JsonVariable> json;
    std::vector<XmlVariable> xml;
    bool stop_after_first = false;  ///< stopPayloadProcessing: of XMLPayload
};

/// "integer" etc.; none for a type that there is not.
std::optional<ExtractVariables::Type> parse_extract_type(std::string_view text);

/// Never waits.
StepResult execute(const ExtractVariables& policy, StepContext& context);

}  // namespace catchrule
