// SPDX-License-Identifier: Apache-2.0
#include "engine/policies/extract_variables.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/message_view.hpp"
#include "engine/policies/references.hpp"

namespace catchrule {

namespace {

using Type = ExtractVariables::Type;
using From = ExtractVariables::Text::From;
using Outcome = std::optional<Fault>;

struct TypeRow {
    std::string_view name;
    std::string_view shown;  // in a fault's text
    Type type;
};

constexpr std::array<TypeRow, 7> types{{
    {"string", "STRING", Type::text},
    {"boolean", "BOOLEAN", Type::boolean},
    {"integer", "INTEGER", Type::integer},
    {"long", "LONG", Type::long_integer},
    {"float", "FLOAT", Type::single},
    {"double", "DOUBLE", Type::real},
    {"nodeset", "NODESET", Type::nodeset},
}};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

// `Application/JSON; charset=utf-8` is application/json.
std::string media_type(const Message& message) {
    const std::string_view header = message.headers.first("Content-Type").value_or("");
    return lower(trimmed(header.substr(0, header.find(';'))));
}

bool is_json(std::string_view media) {
    return media == "application/json" ||
           (media.starts_with("application/") && media.ends_with("+json"));
}

bool is_xml(std::string_view media) {
    return media == "text/xml" || media == "application/xml" ||
           (media.starts_with("application/") && media.ends_with("+xml"));
}

// A whole number, or one with a fraction that is cut off (SEM-75).
template <class Integer>
std::optional<Integer> whole(std::string_view text) {
    if (const auto number = parse_integer(text)) {
        const bool fits = *number >= std::numeric_limits<Integer>::min() &&
                          *number <= std::numeric_limits<Integer>::max();
        return fits ? std::optional(static_cast<Integer>(*number)) : std::nullopt;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    constexpr double limit = static_cast<double>(std::numeric_limits<Integer>::max());
    if (error != std::errc{} || end != text.data() + text.size() || !(std::abs(number) < limit))
        return std::nullopt;
    return static_cast<Integer>(number);
}

template <class Real>
std::optional<Real> real(std::string_view text) {
    Real number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// `text` as a value of that type; the text of the Value borrows from it.
std::optional<Value> cast(std::string_view text, Type type) {
    const std::string_view bare = trimmed(text);
    switch (type) {
        case Type::boolean:
            if (lower(bare) == "true") return Value::boolean(true);
            if (lower(bare) == "false") return Value::boolean(false);
            return std::nullopt;
        case Type::integer:
            if (const auto n = whole<std::int32_t>(bare)) return Value::integer(*n);
            return std::nullopt;
        case Type::long_integer:
            if (const auto n = whole<std::int64_t>(bare)) return Value::long_integer(*n);
            return std::nullopt;
        case Type::single:
            if (const auto n = real<float>(bare)) return Value::single(*n);
            return std::nullopt;
        case Type::real:
            if (const auto n = real<double>(bare)) return Value::real(*n);
            return std::nullopt;
        case Type::text:
        case Type::nodeset:
            break;
    }
    return Value::text(text);
}

/// One run of the policy.
class Extractor {
public:
    Extractor(const ExtractVariables& policy, StepContext& context)
        : policy_(policy), context_(context), message_(context.variables.message(policy.source)) {}

    Outcome run();

private:
    Outcome find_source();
    Outcome take_text(const ExtractVariables::Text& text);
    Outcome take_json();
    Outcome take_json(const ExtractVariables::JsonVariable& variable, const std::string& body);
    Outcome take_xml();

    /// The text that patterns are held against; `applies` = false where the source cannot have one.
    std::optional<std::string> read(const ExtractVariables::Text& text, bool& applies) const;
    std::optional<std::string> field(std::string_view kind, const std::string& name) const;
    std::string name_of(const ExtractVariables::Text& text) const;

    Outcome store(std::string_view name, std::string_view text, Type type);
    Fault failure(std::string_view name, FaultArguments arguments) const;
    Fault malformed() const;

    const ExtractVariables& policy_;
    StepContext& context_;
    Message* message_;
    std::string text_;  // the source, when it is no message
};

Fault Extractor::failure(std::string_view name, FaultArguments arguments) const {
    std::string code("steps.extractvariables");
    code.append(".").append(name);
    return policy_fault(code, context_, arguments);
}

Fault Extractor::malformed() const {
    return failure("ExecutionFailed", {{"policy", context_.policy}});
}

// SEM-74: what is missing is a message, or a text that JSON was expected of.
Outcome Extractor::find_source() {
    if (message_ != nullptr) return std::nullopt;
    const Value value = context_.variables.get(policy_.source);
    if (!value.is_null()) {
        text_ = value.to_text();
        return std::nullopt;
    }
    const bool part = parse_message_variable(policy_.source).has_value();
    return failure(
        part && !policy_.json.empty() ? "JsonPathParsingFailure" : "SourceMessageNotAvailable",
        {{"policy", context_.policy}, {"variable", policy_.source}});
}

std::optional<std::string> Extractor::field(std::string_view kind, const std::string& name) const {
    std::string path("request.");
    path.append(kind).append(".").append(name);
    const auto view = parse_message_variable(path);
    if (!view) return std::nullopt;
    Arena arena;
    const Value value = read_part(*message_, *view, arena);
    return value.is_null() ? std::nullopt : std::optional(value.to_text());
}

std::optional<std::string> Extractor::read(const ExtractVariables::Text& text,
                                           bool& applies) const {
    const auto variable = [&](std::string_view name) -> std::optional<std::string> {
        const Value value = context_.variables.get(name);
        return value.is_null() ? std::nullopt : std::optional(value.to_text());
    };
    if (text.from == From::variable) return variable(text.name);
    const bool is_request = message_ != nullptr && message_->kind == Message::Kind::request;
    switch (text.from) {
        case From::uri_path:
            applies = is_request;
            return applies ? variable("proxy.pathsuffix") : std::nullopt;
        case From::query_param:
            applies = is_request;
            return applies ? field("queryparam", text.name) : std::nullopt;
        case From::header:
            applies = message_ != nullptr;
            return applies ? field("header", text.name) : std::nullopt;
        case From::form_param:
            applies =
                message_ != nullptr && media_type(*message_) == "application/x-www-form-urlencoded";
            return applies ? field("formparam", text.name) : std::nullopt;
        case From::variable:
            break;
    }
    return std::nullopt;
}

std::string Extractor::name_of(const ExtractVariables::Text& text) const {
    switch (text.from) {
        case From::uri_path:
            return "proxy.pathsuffix";
        case From::query_param:
            return policy_.source + ".queryparam." + text.name;
        case From::header:
            return policy_.source + ".header." + text.name;
        case From::form_param:
            return policy_.source + ".formparam." + text.name;
        case From::variable:
            break;
    }
    return text.name;
}

// Of several patterns that match, the one with the most path elements counts, then the first.
Outcome Extractor::take_text(const ExtractVariables::Text& text) {
    bool applies = true;
    const auto value = read(text, applies);
    if (!value) {
        if (!applies || policy_.ignore_unresolved) return std::nullopt;
        return failure("VariableResolutionFailed",
                       {{"policy", context_.policy}, {"variable", name_of(text)}});
    }
    std::optional<TextPattern::Captures> best;
    std::size_t elements = 0;
    for (const TextPattern& pattern : text.patterns) {
        if (best && pattern.elements() <= elements) continue;
        if (auto captures = pattern.match(*value)) {
            best = std::move(captures);
            elements = pattern.elements();
        }
    }
    if (!best) return std::nullopt;
    for (const auto& [name, captured] : *best) {
        if (auto fault = store(name, captured, Type::text)) return fault;
    }
    return std::nullopt;
}

Outcome Extractor::take_json() {
    if (policy_.json.empty()) return std::nullopt;
    if (message_ != nullptr && !is_json(media_type(*message_))) return std::nullopt;
    const std::string& body = message_ != nullptr ? message_->content : text_;
    for (const ExtractVariables::JsonVariable& variable : policy_.json) {
        if (auto fault = take_json(variable, body)) return fault;
    }
    return std::nullopt;
}

Outcome Extractor::take_json(const ExtractVariables::JsonVariable& variable,
                             const std::string& body) {
    std::string path;
    const std::string_view unset = variable.path.render(context_.variables, path);
    if (!unset.empty() && !policy_.ignore_unresolved) {
        return failure("VariableResolutionFailed",
                       {{"policy", context_.policy}, {"variable", unset}});
    }
    const auto no_such = [&] {
        return failure("InvalidJSONPath", {{"path", path}, {"policy", context_.policy}});
    };
    std::optional<payload::JsonPath> compiled = variable.fixed;
    if (!compiled) compiled = payload::JsonPath::compile(path).value;
    if (!compiled) return no_such();
    const payload::JsonMatches matches = compiled->run(body);
    if (matches.status != payload::Status::ok) return malformed();
    if (!matches.found()) {
        if (policy_.ignore_unresolved) return std::nullopt;
        return no_such();
    }
    const bool single = !matches.is_list && variable.type != Type::nodeset;
    if (single && matches.items.front().kind == payload::JsonKind::null) return std::nullopt;
    return store(variable.name, single ? matches.items.front().text : matches.json(),
                 variable.type);
}

Outcome Extractor::take_xml() {
    if (policy_.xml.empty()) return std::nullopt;
    if (message_ != nullptr && !is_xml(media_type(*message_))) return std::nullopt;
    const std::string& body = message_ != nullptr ? message_->content : text_;
    for (const ExtractVariables::XmlVariable& variable : policy_.xml) {
        const auto wanted =
            variable.type == Type::nodeset ? payload::XPathType::nodeset : payload::XPathType::text;
        const payload::XPathMatch match = variable.path.run(body, wanted);
        if (match.status != payload::Status::ok) return malformed();
        if (!match.found) {
            if (policy_.ignore_unresolved) continue;
            return failure("VariableResolutionFailed",
                           {{"policy", context_.policy}, {"variable", variable.name}});
        }
        if (auto fault = store(variable.name, match.text, variable.type)) return fault;
        if (policy_.stop_after_first) break;
    }
    return std::nullopt;
}

Outcome Extractor::store(std::string_view name, std::string_view text, Type type) {
    const auto value = cast(text, type);
    if (!value) {
        const auto* row = std::ranges::find(types, type, &TypeRow::type);
        return failure("UnableToCast", {{"value", text}, {"type", row->shown}});
    }
    std::string full = policy_.variable_prefix;
    if (!full.empty()) full += '.';
    full += name;
    switch (context_.variables.assign(full, *value)) {
        case Assigned::yes:
            return std::nullopt;
        case Assigned::read_only:
            return failure("ImmutableVariable", {{"policy", context_.policy}, {"variable", full}});
        case Assigned::not_a_message:
        case Assigned::bad_value:
            break;
    }
    return failure("SetVariableFailed",
                   {{"policy", context_.policy}, {"variable", full}, {"value", text}});
}

Outcome Extractor::run() {
    if (auto fault = find_source()) return fault;
    for (const ExtractVariables::Text& text : policy_.texts) {
        if (auto fault = take_text(text)) return fault;
    }
    if (auto fault = take_json()) return fault;
    if (auto fault = take_xml()) return fault;
    if (policy_.clear_payload && message_ != nullptr) message_->content.clear();
    return std::nullopt;
}

}  // namespace

std::optional<Type> parse_extract_type(std::string_view text) {
    const auto* row = std::ranges::find(types, lower(text), &TypeRow::name);
    return row == types.end() ? std::nullopt : std::optional(row->type);
}

StepResult execute(const ExtractVariables& policy, StepContext& context) {
    auto fault = Extractor(policy, context).run();
    set_failed_flags(context.variables, ExtractVariables::prefix, context.policy,
                     fault.has_value());
    if (fault) return *std::move(fault);
    return Completed{};
}

}  // namespace catchrule
