// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/step.hpp"
#include "engine/template.hpp"

namespace catchrule {

/// What AssignMessage, RaiseFault and ServiceCallout do to a message; operations run in document
/// order.

/// One named field of Set, Add or Remove.
struct FieldEdit {
    std::string name;
    Template value;
    int index = 0;      ///< Remove of the Nth value, from 1; 0 = all
    bool keep = false;  ///< Remove with text "false": leave it alone
};

enum class FieldKind : std::uint8_t { headers, query_params, form_params };

struct SetFields {
    FieldKind kind = FieldKind::headers;
    std::vector<FieldEdit> fields;
};
struct AddFields {
    FieldKind kind = FieldKind::headers;
    std::vector<FieldEdit> fields;
};
/// No fields = every field of that kind.
struct RemoveFields {
    FieldKind kind = FieldKind::headers;
    std::vector<FieldEdit> fields;
};
struct SetPayload {
    Template content;
    std::optional<Template> content_type;  ///< also sets the Content-Type header
};
struct RemovePayload {};
struct RemoveEverything {};
struct SetStatusCode {
    Template value;
};
struct SetReasonPhrase {
    Template value;
};
struct SetVerb {
    Template value;
};
struct SetVersion {
    Template value;
};
struct SetPath {
    Template value;
};

/// `<Copy source="...">`; no part named = everything.
struct CopyFrom {
    std::string source = "message";
    bool everything = false;
    bool headers = false, query_params = false, form_params = false;
    bool payload = false, status_code = false, reason_phrase = false, verb = false, version = false,
         path = false;
    std::vector<std::string> header_names, query_names, form_names;  ///< empty = all of the kind
};

/// AssignVariable; precedence ResourceURL > Template > Ref > Value > PropertySetRef: each one that
/// gives nothing leaves it to the next.
struct AssignVariable {
    std::string name;
    std::optional<Template> text{};          ///< <Template>
    std::string template_ref{};              ///< <Template ref="...">: wins over its text when that
                                             ///< variable is set; what it holds is a template too
    std::string ref{};                       ///< <Ref>
    std::optional<std::string> value{};      ///< <Value>, literal
    std::optional<Template> resource_url{};  ///< `jsc://file.js`: the text of a resource
    std::optional<Template> property_ref{};  ///< <PropertySetRef>: `set.key`
};

using EditOperation = std::variant<SetFields, AddFields, RemoveFields, SetPayload, RemovePayload,
                                   RemoveEverything, SetStatusCode, SetReasonPhrase, SetVerb,
                                   SetVersion, SetPath, CopyFrom, AssignVariable>;

/// How edits meet the message.
struct EditOptions {
    bool ignore_unresolved = false;
    /// Headers that RaiseFault put into the pending error, by name: `Set/Headers` of a later policy
    /// keeps them and adds its own value (SEM-31). null = plain overwriting.
    const Fields* raised_headers = nullptr;
};

/// Why an edit cannot be done; the policy makes its fault of it.
struct EditFailure {
    enum class Kind : std::uint8_t { unresolved_variable, not_a_message, cannot_set };

    Kind kind = Kind::unresolved_variable;
    std::string variable;
};

/// "UnresolvedVariable", "VariableOfNonMsgType", "SetVariableFailed": the last part of the code in
/// the faults of AssignMessage.
std::string_view to_string(EditFailure::Kind kind);

/// Runs the operations on `message`; the first that cannot be done stops.
std::optional<EditFailure> apply_edits(const std::vector<EditOperation>& operations,
                                       Message& message, StepContext& context,
                                       const EditOptions& options);

}  // namespace catchrule
