// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_policy.hpp"

namespace catchrule::xml {
namespace {

using From = ExtractVariables::Text::From;
using Type = ExtractVariables::Type;

constexpr std::array<std::pair<std::string_view, From>, 5> sources{
    {{"URIPath", From::uri_path},
     {"QueryParam", From::query_param},
     {"Header", From::header},
     {"FormParam", From::form_param},
     {"Variable", From::variable}}};

class ExtractLoader {
public:
    ExtractLoader(Context& context, const File& file) : context_(context), file_(file) {}

    ExtractVariables load(const Element& root) {
        file_.expect(root, {{"name", "enabled", "continueOnError", "async"},
                            {"DisplayName", "Description", "Properties", "FaultRules", "Source",
                             "VariablePrefix", "IgnoreUnresolvedVariables", "URIPath", "QueryParam",
                             "Header", "FormParam", "Variable", "JSONPayload", "XMLPayload"}});
        for (const Element& child : root.children("VariablePrefix"))
            extract_.variable_prefix = child.text().trimmed().value;
        for (const Element& child : root.children()) element(child);
        if (!extracts_) {
            error(root.span(), "NothingToExtract",
                  "expected URIPath, QueryParam, Header, FormParam, Variable, JSONPayload or "
                  "XMLPayload in ExtractVariables");
        }
        return std::move(extract_);
    }

private:
    void error(grammar::Span span, std::string_view vendor_name, const std::string& message) const {
        file_.error(code::bad_policy_value, span, std::string(vendor_name) + ": " + message);
    }

    void element(const Element& child) {
        const std::string_view name = child.name();
        for (const auto& [known, from] : sources) {
            if (known == name) return text(child, from);
        }
        if (name == "JSONPayload") return json(child);
        if (name == "XMLPayload") return xml(child);
        if (name == "Source") return source(child);
        if (name == "IgnoreUnresolvedVariables")
            extract_.ignore_unresolved = load_boolean(file_, child.text(), name, false);
    }

    void source(const Element& element) {
        file_.expect_text(element, {"clearPayload"});
        if (auto name = load_reference(context_, element.text()); !name.empty())
            extract_.source = std::move(name);
        if (const auto clear = element.attribute("clearPayload"))
            extract_.clear_payload = load_boolean(file_, clear->value, "clearPayload", false);
    }

    // The attribute name; reported when it is missing.
    std::string name_of(const Element& element) {
        std::string name;
        if (const auto attribute = element.attribute("name"))
            name = attribute->value.trimmed().value;
        if (name.empty()) {
            error(element.span(), "MissingName",
                  "expected attribute name of " + std::string(element.name()));
        }
        return name;
    }

    void intern(std::string_view name) {
        std::string full = extract_.variable_prefix;
        if (!full.empty()) full += '.';
        context_.bundle.symbols.intern(full.append(name));
    }

    void text(const Element& element, From from) {
        extracts_ = true;
        file_.expect(element, {{"name"}, {"Pattern"}});
        ExtractVariables::Text text{.from = from, .name = {}, .patterns = {}};
        if (from != From::uri_path) text.name = name_of(element);
        if (from == From::variable) context_.bundle.symbols.intern(text.name);
        for (const Element& child : element.children("Pattern")) {
            if (auto made = pattern(child, from)) text.patterns.push_back(*std::move(made));
        }
        if (element.children("Pattern").empty()) {
            error(element.span(), "InvalidPattern",
                  "expected Pattern in " + std::string(element.name()));
        }
        extract_.texts.push_back(std::move(text));
    }

    std::optional<TextPattern> pattern(const Element& element, From from) {
        file_.expect_text(element, {"ignoreCase"});
        bool ignore_case = false;
        if (const auto flag = element.attribute("ignoreCase"))
            ignore_case = load_boolean(file_, flag->value, "ignoreCase", false);
        const Text text = element.text().trimmed();
        std::string problem;
        auto made = TextPattern::parse(text.value, from == From::uri_path, ignore_case, problem);
        if (!made) {
            const bool plain = text.value.find('{') == std::string::npos;
            error(text.span(), plain ? "PatternWithoutVariable" : "InvalidPattern", problem);
        } else {
            for (const std::string_view name : made->names()) intern(name);
        }
        return made;
    }

    Type type_of(const Element& variable) {
        const auto attribute = variable.attribute("type");
        if (!attribute || attribute->value.trimmed().value.empty()) return Type::text;
        const Text text = attribute->value.trimmed();
        if (const auto type = parse_extract_type(text.value)) return *type;
        file_.error(code::bad_value, text.span(),
                    "expected string, boolean, integer, long, float, double or nodeset for type, "
                    "found \"" +
                        text.value + "\"");
        return Type::text;
    }

    // The one path of a Variable; reported when there is none.
    std::optional<Text> path_of(const Element& variable, std::string_view element) {
        const auto paths = variable.children(element);
        const bool xml = element == "XPath";
        if (paths.empty()) {
            error(variable.span(), xml ? "NoXPathsToEvaluate" : "NoJSONPathsToEvaluate",
                  "expected " + std::string(element) + " in Variable");
            return std::nullopt;
        }
        file_.expect_text(paths.front());
        Text path = paths.front().text().trimmed();
        if (path.value.empty()) {
            error(paths.front().span(), xml ? "EmptyXPathExpression" : "EmptyJSONPathExpression",
                  "expected a path in " + std::string(element));
            return std::nullopt;
        }
        return path;
    }

    // What the compiler of paths says, at its place in the file.
    void add(std::vector<grammar::Diagnostic> diagnostics, std::string_view vendor_name,
             const Text& text) {
        for (grammar::Diagnostic& diagnostic : diagnostics) {
            diagnostic.code = code::bad_policy_value;
            diagnostic.message.insert(0, std::string(vendor_name) + ": ");
        }
        file_.add(diagnostics, text.map());
    }

    void json(const Element& element) {
        extracts_ = true;
        file_.expect(element, {{}, {"Variable"}});
        if (element.children("Variable").empty()) {
            error(element.span(), "NoJSONPathsToEvaluate", "expected Variable in JSONPayload");
        }
        for (const Element& variable : element.children("Variable")) {
            file_.expect(variable, {{"name", "type"}, {"JSONPath"}});
            ExtractVariables::JsonVariable made;
            made.name = name_of(variable);
            made.type = type_of(variable);
            intern(made.name);
            const auto path = path_of(variable, "JSONPath");
            if (!path) continue;
            made.path = load_template(context_, file_, *path);
            if (made.path.is_literal()) {
                auto compiled = payload::JsonPath::compile(path->value);
                add(compiled.diagnostics, "JSONPathCompilationFailed", *path);
                made.fixed = std::move(compiled.value);
            }
            extract_.json.push_back(std::move(made));
        }
    }

    payload::Namespaces namespaces(const Element& element) {
        payload::Namespaces out;
        for (const Element& list : element.children("Namespaces")) {
            file_.expect(list, {{}, {"Namespace"}});
            for (const Element& child : list.children("Namespace")) {
                file_.expect_text(child, {"prefix"});
                const auto attribute = child.attribute("prefix");
                const std::string prefix = attribute ? attribute->value.trimmed().value : "";
                const std::string uri = child.text().trimmed().value;
                if (uri.empty()) {
                    error(child.span(), "NONEmptyPrefixMappedToEmptyURI",
                          "expected the URI of prefix \"" + prefix + "\"");
                } else if (!out.emplace(prefix, uri).second) {
                    error(child.span(), "DuplicatePrefix",
                          "expected each prefix once, found \"" + prefix + "\" again");
                }
            }
        }
        return out;
    }

    void xml(const Element& element) {
        extracts_ = true;
        file_.expect(element, {{"stopPayloadProcessing"}, {"Namespaces", "Variable"}});
        if (const auto stop = element.attribute("stopPayloadProcessing"))
            extract_.stop_after_first =
                load_boolean(file_, stop->value, "stopPayloadProcessing", false);
        const payload::Namespaces prefixes = namespaces(element);
        if (element.children("Variable").empty())
            error(element.span(), "NoXPathsToEvaluate", "expected Variable in XMLPayload");
        for (const Element& variable : element.children("Variable")) {
            file_.expect(variable, {{"name", "type"}, {"XPath"}});
            std::string name = name_of(variable);
            const Type type = type_of(variable);
            intern(name);
            const auto path = path_of(variable, "XPath");
            if (!path) continue;
            auto compiled = payload::XPath::compile(path->value, prefixes);
            add(compiled.diagnostics, "XPathCompilationFailed", *path);
            if (compiled)
                extract_.xml.push_back({std::move(name), type, *std::move(compiled.value)});
        }
    }

    Context& context_;
    const File& file_;
    ExtractVariables extract_;
    bool extracts_ = false;
};

}  // namespace

ExtractVariables load_extract_variables(Context& context, const File& file, const Element& root) {
    return ExtractLoader(context, file).load(root);
}

}  // namespace catchrule::xml
