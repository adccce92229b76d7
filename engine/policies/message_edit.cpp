// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/message_edit.hpp"

#include <algorithm>
#include <utility>

#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

using Outcome = std::optional<EditFailure>;
using Why = EditFailure::Kind;

/// One run of apply_edits; the overloads are the operations.
class Editor {
public:
    Editor(Message& message, StepContext& context, const EditOptions& options)
        : message_(message), context_(context), options_(options) {}

    Outcome operator()(const SetFields& edit);
    Outcome operator()(const AddFields& edit);
    Outcome operator()(const RemoveFields& edit);
    Outcome operator()(const SetPayload& edit);
    Outcome operator()(const RemovePayload&);
    Outcome operator()(const RemoveEverything&);
    Outcome operator()(const SetStatusCode& edit);
    Outcome operator()(const SetReasonPhrase& edit);
    Outcome operator()(const SetVerb& edit);
    Outcome operator()(const SetVersion& edit);
    Outcome operator()(const SetPath& edit);
    Outcome operator()(const CopyFrom& edit);
    Outcome operator()(const AssignVariable& edit);

private:
    bool is_request() const { return message_.kind == Message::Kind::request; }
    static EditFailure failure(Why kind, std::string_view variable);
    Outcome render(const Template& text, std::string& out) const;
    Outcome set_text(const Template& text, std::string& part) const;
    void write_content(std::string content);
    void set_header(const std::string& name, std::string_view value);
    void copy_parts(const Message& source, const CopyFrom& edit);
    void note_content_written(std::string_view variable);
    Outcome assign(const AssignVariable& edit, const Value& value);
    std::optional<Outcome> assign_first(const AssignVariable& edit);

    /// Runs `change` on the fields of that kind. Parameters are a matter of requests; a body that
    /// holds no form stays as it is unless there is something to put in.
    template <class Change>
    Outcome change_fields(FieldKind kind, Change change);

    Message& message_;
    StepContext& context_;
    const EditOptions& options_;
};

EditFailure Editor::failure(Why kind, std::string_view variable) {
    return {.kind = kind, .variable = std::string(variable)};
}

Outcome Editor::render(const Template& text, std::string& out) const {
    const std::string_view unset = text.render(context_.variables, out);
    if (!unset.empty() && !options_.ignore_unresolved)
        return failure(Why::unresolved_variable, unset);
    return std::nullopt;
}

Outcome Editor::set_text(const Template& text, std::string& part) const {
    std::string value;
    if (auto failed = render(text, value)) return failed;
    part = std::move(value);
    return std::nullopt;
}

void Editor::write_content(std::string content) {
    message_.content = std::move(content);
    message_.content_set_by = context_.policy;
}

// SEM-31: what RaiseFault put into the pending error and nobody took out stays, the new value joins
// it.
void Editor::set_header(const std::string& name, std::string_view value) {
    std::vector<std::string> values;
    if (options_.raised_headers != nullptr) {
        const auto present = message_.headers.all(name);
        for (const std::string_view raised : options_.raised_headers->all(name)) {
            if (std::ranges::find(present, raised) != present.end()) values.emplace_back(raised);
        }
    }
    values.emplace_back(value);
    message_.headers.set(name, values);
}

template <class Change>
Outcome Editor::change_fields(FieldKind kind, Change change) {
    if (kind == FieldKind::headers) return change(message_.headers);
    if (!is_request()) return std::nullopt;
    if (kind == FieldKind::query_params) return change(message_.query);
    const Fields before = message_.form();
    Fields form = before;
    if (auto failed = change(form)) return failed;
    if (form != before) {
        message_.set_form(form);
        message_.content_set_by = context_.policy;
    }
    return std::nullopt;
}

Outcome Editor::operator()(const SetFields& edit) {
    return change_fields(edit.kind, [&](Fields& fields) -> Outcome {
        for (const FieldEdit& field : edit.fields) {
            std::string value;
            if (auto failed = render(field.value, value)) return failed;
            if (edit.kind == FieldKind::headers) {
                set_header(field.name, value);
            } else {
                fields.set(field.name, value);
            }
        }
        return std::nullopt;
    });
}

Outcome Editor::operator()(const AddFields& edit) {
    return change_fields(edit.kind, [&](Fields& fields) -> Outcome {
        for (const FieldEdit& field : edit.fields) {
            std::string value;
            if (auto failed = render(field.value, value)) return failed;
            fields.add(field.name, value);
        }
        return std::nullopt;
    });
}

Outcome Editor::operator()(const RemoveFields& edit) {
    return change_fields(edit.kind, [&](Fields& fields) -> Outcome {
        if (edit.fields.empty()) fields.clear();
        for (const FieldEdit& field : edit.fields) {
            if (field.keep) continue;
            if (field.index > 0) {
                fields.remove(field.name, static_cast<std::size_t>(field.index));
            } else {
                fields.remove(field.name);
            }
        }
        return std::nullopt;
    });
}

Outcome Editor::operator()(const SetPayload& edit) {
    std::string content;
    if (auto failed = render(edit.content, content)) return failed;
    std::string type;
    if (edit.content_type) {
        if (auto failed = render(*edit.content_type, type)) return failed;
    }
    write_content(std::move(content));
    if (!type.empty()) message_.headers.set("Content-Type", type);
    return std::nullopt;
}

Outcome Editor::operator()(const RemovePayload&) {
    write_content({});
    return std::nullopt;
}

Outcome Editor::operator()(const RemoveEverything&) {
    message_.headers.clear();
    message_.query.clear();
    write_content({});
    return std::nullopt;
}

Outcome Editor::operator()(const SetStatusCode& edit) {
    if (is_request()) return std::nullopt;
    std::string text;
    if (auto failed = render(edit.value, text)) return failed;
    const auto status = parse_integer(text);
    if (!status || *status < 100 || *status > 999) return failure(Why::cannot_set, "status.code");
    message_.set_status(static_cast<int>(*status));
    return std::nullopt;
}

Outcome Editor::operator()(const SetReasonPhrase& edit) {
    return is_request() ? std::nullopt : set_text(edit.value, message_.reason);
}

Outcome Editor::operator()(const SetVerb& edit) {
    return is_request() ? set_text(edit.value, message_.verb) : std::nullopt;
}

Outcome Editor::operator()(const SetVersion& edit) {
    return set_text(edit.value, message_.version);
}

Outcome Editor::operator()(const SetPath& edit) {
    if (!is_request()) return std::nullopt;
    std::string path;
    if (auto failed = render(edit.value, path)) return failed;
    if (path.find('?') == std::string::npos) {
        message_.path = std::move(path);
    } else {
        message_.set_uri(path);
    }
    return std::nullopt;
}

void copy_fields(const Fields& from, Fields& to, const std::vector<std::string>& names) {
    const auto copy = [&](std::string_view name) {
        const auto found = from.all(name);
        if (found.empty()) return;
        to.set(name, std::vector<std::string>(found.begin(), found.end()));
    };
    for (const std::string& name : names) copy(name);
    if (!names.empty()) return;
    for (const std::string_view name : from.names()) copy(name);
}

void Editor::copy_parts(const Message& source, const CopyFrom& edit) {
    const bool all = edit.everything;
    if (all || edit.headers) copy_fields(source.headers, message_.headers, edit.header_names);
    if (all || edit.payload) write_content(source.content);
    if (all || edit.version) message_.version = source.version;
    if (source.kind != message_.kind) return;  // the rest has no counterpart
    if (is_request()) {
        if (all || edit.query_params) copy_fields(source.query, message_.query, edit.query_names);
        if (all || edit.verb) message_.verb = source.verb;
        if (all || edit.path) message_.path = source.path;
        return;
    }
    if (all || edit.status_code) message_.set_status(source.status);
    if (all || edit.reason_phrase) message_.reason = source.reason;
}

// A source that is not there has no effect; one that is not a message is a fault (POLICIES 4.1).
Outcome Editor::operator()(const CopyFrom& edit) {
    const Message* source = context_.variables.message(edit.source);
    if (source == nullptr) {
        if (context_.variables.get(edit.source).is_null()) return std::nullopt;
        return failure(Why::not_a_message, edit.source);
    }
    if (source == &message_) return std::nullopt;
    copy_parts(*source, edit);
    // The whole payload carries its form parameters along.
    if (!edit.form_params || edit.payload) return std::nullopt;
    return change_fields(FieldKind::form_params, [&](Fields& form) -> Outcome {
        copy_fields(source->form(), form, edit.form_names);
        return std::nullopt;
    });
}

// An assignment to `error.content` or the like writes a body as Set/Payload does.
void Editor::note_content_written(std::string_view variable) {
    const auto view = parse_message_variable(variable);
    if (!view || view->part != MessagePart::content) return;
    Message* message = context_.variables.message(variable.substr(0, variable.rfind('.')));
    if (message != nullptr) message->content_set_by = context_.policy;
}

Outcome Editor::assign(const AssignVariable& edit, const Value& value) {
    switch (context_.variables.assign(edit.name, value)) {
        case Assigned::yes:
            note_content_written(edit.name);
            return std::nullopt;
        case Assigned::not_a_message:
            return failure(Why::not_a_message, edit.name);
        case Assigned::read_only:
        case Assigned::bad_value:
            break;
    }
    return failure(Why::cannot_set, edit.name);
}

// What the first source that gives something gives; none when all give nothing.
std::optional<Outcome> Editor::assign_first(const AssignVariable& edit) {
    const Variables& variables = context_.variables;
    std::string text;  // owns what is assigned: the source may be part of the message that changes
    if (edit.resource_url) {
        if (auto failed = render(*edit.resource_url, text)) return failed;
        if (const std::string* resource = context_.resource(text))
            return assign(edit, Value::text(*resource));
        text.clear();
    }
    const Value chosen =
        edit.template_ref.empty() ? Value::null() : variables.get(edit.template_ref);
    if (!chosen.is_null()) {
        const std::string source = chosen.to_text();
        const std::string unset = render_text(source, variables, text);
        if (!unset.empty() && !options_.ignore_unresolved)
            return failure(Why::unresolved_variable, unset);
        return assign(edit, Value::text(text));
    }
    if (edit.text) {
        if (auto failed = render(*edit.text, text)) return failed;
        return assign(edit, Value::text(text));
    }
    if (!edit.ref.empty()) {
        const Value found = variables.get(edit.ref);
        if (found.is_text()) return assign(edit, Value::text(text = found.as_text()));
        if (!found.is_null()) return assign(edit, found);
    }
    if (edit.value) return assign(edit, Value::text(*edit.value));
    if (edit.property_ref) {
        if (auto failed = render(*edit.property_ref, text)) return failed;
        if (const std::string* property = context_.property(text))
            return assign(edit, Value::text(*property));
    }
    return std::nullopt;
}

Outcome Editor::operator()(const AssignVariable& edit) {
    if (auto done = assign_first(edit)) return *std::move(done);
    if (options_.ignore_unresolved) return assign(edit, Value::text(""));
    std::string_view missing = edit.ref.empty() ? edit.template_ref : edit.ref;
    if (missing.empty() && edit.property_ref) missing = edit.property_ref->text();
    if (missing.empty() && edit.resource_url) missing = edit.resource_url->text();
    if (missing.empty()) return assign(edit, Value::text(""));
    return failure(Why::unresolved_variable, missing);
}

}  // namespace

std::string_view to_string(EditFailure::Kind kind) {
    switch (kind) {
        case Why::unresolved_variable:
            return "UnresolvedVariable";
        case Why::not_a_message:
            return "VariableOfNonMsgType";
        case Why::cannot_set:
            break;
    }
    return "SetVariableFailed";
}

std::optional<EditFailure> apply_edits(const std::vector<EditOperation>& operations,
                                       Message& message, StepContext& context,
                                       const EditOptions& options) {
    Editor editor(message, context, options);
    for (const EditOperation& operation : operations) {
        if (auto failed = std::visit(editor, operation)) return failed;
    }
    return std::nullopt;
}

}  // namespace catchrule
