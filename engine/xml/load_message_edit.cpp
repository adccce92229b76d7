// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_message_edit.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/xml/codes.hpp"

namespace catchrule::xml {
namespace {

// The containers of fields, and what one field is called in them.
struct Container {
    std::string_view element;
    std::string_view field;
    FieldKind kind;
};
constexpr Container containers[] = {{"Headers", "Header", FieldKind::headers},
                                    {"QueryParams", "QueryParam", FieldKind::query_params},
                                    {"FormParams", "FormParam", FieldKind::form_params}};

const Container* find_container(std::string_view name) {
    for (const Container& container : containers) {
        if (container.element == name) return &container;
    }
    return nullptr;
}

class EditLoader {
public:
    EditLoader(Context& context, const File& file) : context_(context), file_(file) {}

    void load(const Element& element) {
        const std::string_view name = element.name();
        if (name == "Set") set(element);
        if (name == "Add") add(element);
        if (name == "Remove") remove(element);
        if (name == "Copy") copy(element);
        if (name == "AssignVariable") assign_variable(element);
    }

    std::vector<EditOperation> finish() { return std::move(operations_); }

private:
    template <class Operation>
    void push(Operation operation) {
        operations_.emplace_back(std::move(operation));
    }

    void set(const Element& element) {
        file_.expect(element, {{},
                               {"Headers", "QueryParams", "FormParams", "Payload", "StatusCode",
                                "ReasonPhrase", "Verb", "Version", "Path", "Authentication"}});
        for (const Element& child : element.children()) {
            const std::string_view name = child.name();
            if (const Container* container = find_container(name)) {
                std::vector<FieldEdit> edits = fields(child, *container, false);
                if (!edits.empty()) push(SetFields{container->kind, std::move(edits)});
            } else if (name == "Payload") {
                payload(child);
            } else if (name == "StatusCode") {
                status_code(child);
            } else if (name == "ReasonPhrase") {
                set_part<SetReasonPhrase>(child);
            } else if (name == "Verb") {
                set_part<SetVerb>(child);
            } else if (name == "Version") {
                set_part<SetVersion>(child);
            } else if (name == "Path") {
                set_part<SetPath>(child);
            } else if (name == "Authentication") {
                ignore(child);
            }
        }
    }

    void add(const Element& element) {
        file_.expect(element, {{}, {"Headers", "QueryParams", "FormParams"}});
        for (const Element& child : element.children()) {
            const Container* container = find_container(child.name());
            if (container == nullptr) continue;
            std::vector<FieldEdit> edits = fields(child, *container, false);
            if (!edits.empty()) push(AddFields{container->kind, std::move(edits)});
        }
    }

    void remove(const Element& element) {
        file_.expect(element, {{}, {"Headers", "QueryParams", "FormParams", "Payload"}});
        if (!element.has_children()) return push(RemoveEverything{});
        for (const Element& child : element.children()) {
            if (const Container* container = find_container(child.name())) {
                push(RemoveFields{container->kind, fields(child, *container, true)});
            } else if (child.name() == "Payload" && wanted(child)) {
                push(RemovePayload{});
            }
        }
    }

    void copy(const Element& element) {
        file_.expect(element, {{"source"},
                               {"Headers", "QueryParams", "FormParams", "Payload", "StatusCode",
                                "ReasonPhrase", "Verb", "Version", "Path"}});
        CopyFrom copy;
        if (const auto source = element.attribute("source")) {
            const std::string name = source->value.trimmed().value;
            if (!name.empty()) copy.source = name;
        }
        copy.everything = !element.has_children();
        for (const Element& child : element.children()) copy_part(child, copy);
        push(std::move(copy));
    }

    void copy_part(const Element& element, CopyFrom& copy) {
        const std::string_view name = element.name();
        if (name == "Headers") copy.headers = names(element, "Header", copy.header_names);
        if (name == "QueryParams")
            copy.query_params = names(element, "QueryParam", copy.query_names);
        if (name == "FormParams") copy.form_params = names(element, "FormParam", copy.form_names);
        if (name == "Payload") copy.payload = wanted(element);
        if (name == "StatusCode") copy.status_code = wanted(element);
        if (name == "ReasonPhrase") copy.reason_phrase = wanted(element);
        if (name == "Verb") copy.verb = wanted(element);
        if (name == "Version") copy.version = wanted(element);
        if (name == "Path") copy.path = wanted(element);
    }

    bool names(const Element& element, std::string_view field, std::vector<std::string>& out) {
        file_.expect(element, {{}, {field}});
        for (const Element& child : element.children(field)) {
            file_.expect_text(child, {"name"});
            if (auto name = field_name(child)) out.push_back(std::move(name->value));
        }
        return true;
    }

    // `<Payload>false</Payload>` in Copy and Remove leaves that part alone; empty means true.
    bool wanted(const Element& element) {
        file_.expect_text(element);
        const Text text = element.text().trimmed();
        return text.value.empty() || load_boolean(file_, text, element.name(), true);
    }

    void assign_variable(const Element& element) {
        file_.expect(element,
                     {{}, {"Name", "Value", "Ref", "Template", "ResourceURL", "PropertySetRef"}});
        AssignVariable assign;
        for (const Element& child : element.children()) {
            const std::string_view name = child.name();
            if (name == "Name") {
                assign.name = load_reference(context_, child.text());
            } else if (name == "Value") {
                assign.value = child.text().value;
            } else if (name == "Ref") {
                assign.ref = load_reference(context_, child.text());
            } else if (name == "Template") {
                file_.expect_text(child, {"ref"});
                assign.template_ref = load_reference(context_, child, "ref");
                assign.text = load_template(context_, file_, child.text().trimmed());
            } else if (name == "ResourceURL") {
                assign.resource_url = load_template(context_, file_, child.text().trimmed());
            } else if (name == "PropertySetRef") {
                assign.property_ref = load_template(context_, file_, child.text().trimmed());
            }
        }
        if (assign.name.empty()) {
            return file_.error(code::bad_policy_value, element.span(),
                               "InvalidVariableName: expected Name with the name of a variable");
        }
        push(std::move(assign));
    }

    template <class Operation>
    void set_part(const Element& element) {
        file_.expect_text(element);
        const Text text = element.text().trimmed();
        if (!text.value.empty()) push(Operation{load_template(context_, file_, text)});
    }

    void status_code(const Element& element) {
        file_.expect_text(element);
        const Text text = element.text().trimmed();
        if (text.value.empty()) return;
        Template status = load_template(context_, file_, text);
        const auto number = parse_integer(text.value, 100);
        if (status.is_literal() && (!number || *number > 999)) {
            file_.error(code::bad_value, text.span(),
                        "expected an HTTP status from 100 to 999, found \"" + text.value + "\"");
        }
        push(SetStatusCode{std::move(status)});
    }

    void payload(const Element& element) {
        // A payload may be XML, so its elements are text here.
        if (!element.has_children())
            file_.expect_text(element, {"contentType", "variablePrefix", "variableSuffix"});
        SetPayload payload;
        payload.content = load_template(context_, file_, element.payload(), delimiters(element));
        if (const auto type = element.attribute("contentType")) {
            if (!is_blank(type->value.value))
                payload.content_type = load_template(context_, file_, type->value.trimmed());
        }
        push(std::move(payload));
    }

    Template::Delimiters delimiters(const Element& element) {
        Template::Delimiters result;
        delimiter(element, "variablePrefix", result.prefix);
        delimiter(element, "variableSuffix", result.suffix);
        return result;
    }

    void delimiter(const Element& element, std::string_view name, char& out) {
        const auto attribute = element.attribute(name);
        if (!attribute) return;
        const std::string& value = attribute->value.value;
        if (value.size() == 1 && static_cast<unsigned char>(value[0]) < 0x80) {
            out = value[0];
        } else {
            file_.error(code::bad_value, attribute->value.span(),
                        "expected one ASCII character for " + std::string(name) + ", found \"" +
                            value + "\"");
        }
    }

    // A field's name; reports one that is missing.
    std::optional<Text> field_name(const Element& element) {
        const auto attribute = element.attribute("name");
        if (attribute) {
            Text name = attribute->value.trimmed();
            if (!name.value.empty()) return name;
        }
        file_.error(code::missing_part, element.span(),
                    "expected attribute name of " + std::string(element.name()));
        return std::nullopt;
    }

    std::vector<FieldEdit> fields(const Element& element, const Container& container,
                                  bool removal) {
        file_.expect(element, {{}, {container.field}});
        std::vector<FieldEdit> edits;
        for (const Element& child : element.children(container.field)) {
            file_.expect_text(child, {"name"});
            const auto name = field_name(child);
            if (!name) continue;
            FieldEdit edit;
            edit.name = name->value;
            const Text text = child.text().trimmed();
            if (removal) {
                edit.keep = text.value == "false";
                index(*name, edit);
            } else {
                edit.value = load_template(context_, file_, text);
            }
            edits.push_back(std::move(edit));
        }
        return edits;
    }

    // `name.2` removes the second value.
    void index(const Text& name, FieldEdit& edit) {
        const std::size_t dot = name.value.find_last_of('.');
        if (dot == std::string::npos || dot + 1 == name.value.size()) return;
        constexpr std::int64_t lowest = -1'000'000;
        const auto number = parse_integer(std::string_view(name.value).substr(dot + 1), lowest);
        if (!number) return;
        if (*number < 1 || *number > 1'000'000) {
            return file_.error(
                code::bad_policy_value, name.span(),
                "InvalidIndex: expected an index of 1 or more, found \"" + name.value + "\"");
        }
        edit.name = name.value.substr(0, dot);
        edit.index = static_cast<int>(*number);
    }

    void ignore(const Element& element) {
        file_.warning(code::not_supported_yet, element.span(),
                      std::string(element.name()) + " is not supported yet; it is ignored");
    }

    Context& context_;
    const File& file_;
    std::vector<EditOperation> operations_;
};

}  // namespace

std::vector<EditOperation> load_edits(Context& context, const File& file, const Element& parent) {
    EditLoader loader(context, file);
    for (const Element& child : parent.children()) loader.load(child);
    return loader.finish();
}

}  // namespace catchrule::xml
