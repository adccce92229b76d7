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

/// What AssignMessage, RaiseFault (and later ServiceCallout) do to a message; operations run in
/// document order.

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

/// AssignVariable; precedence Template > Ref > Value.
struct AssignVariable {
    std::string name;
    std::optional<Template> text;  ///< <Template>
    std::string template_ref;  ///< <Template ref="...">: wins when that variable is set; its text
                               ///< is used as it is
    std::string ref;           ///< <Ref>
    std::optional<std::string> value;  ///< <Value>, literal
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

/// Runs the operations on `message`; the first that cannot be done stops and gives its Fault.
std::optional<Fault> apply_edits(const std::vector<EditOperation>& operations, Message& message,
                                 StepContext& context, const EditOptions& options);

}  // namespace catchrule
