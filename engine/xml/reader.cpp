// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/reader.hpp"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <tuple>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/well_formed.hpp"
#include "grammar/spelling.hpp"

namespace catchrule::xml {
namespace {

using grammar::Diagnostic;
using grammar::Severity;
using grammar::Span;

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    }
    return result;
}

// What was probably meant; empty when nothing is near.
std::string suggestion(std::string_view name, std::initializer_list<std::string_view> known) {
    constexpr std::size_t longest = 64;
    if (name.size() > longest) return {};
    std::size_t best = std::min<std::size_t>(3, name.size() / 2 + 1);
    std::string_view nearest;
    for (const std::string_view candidate : known) {
        const std::size_t d = grammar::edit_distance(name, candidate);
        if (d < best) std::tie(best, nearest) = std::pair(d, candidate);
    }
    return nearest.empty() ? "" : "did you mean " + std::string(nearest) + "?";
}

bool contains(std::initializer_list<std::string_view> names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Namespaces and schema hints may stand anywhere.
bool is_xml_attribute(std::string_view name) {
    return name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xsi:") ||
           name.starts_with("xml:");
}

bool is_text(pugi::xml_node node) {
    return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

std::string_view slice(std::string_view raw, Span span) {
    return raw.substr(span.begin, span.end - span.begin);
}

std::uint32_t offset_of(pugi::xml_node node) {
    return static_cast<std::uint32_t>(node.offset_debug());
}

}  // namespace

void Report::add(std::uint32_t file, FilePtr source, std::string path, Diagnostic diagnostic) {
    const bool is_error = diagnostic.severity == Severity::error;
    has_errors_ = has_errors_ || is_error;
    Count& count = counts_[file];
    if (count.kept == most_per_file_) {
        ++count.hidden;
        count.hidden_error = count.hidden_error || is_error;
        return;
    }
    ++count.kept;
    entries_.push_back({file, {std::move(source), std::move(path), std::move(diagnostic)}});
}

std::vector<Problem> Report::sorted() && {
    std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
        return std::pair(a.file, a.problem.diagnostic.span.begin) <
               std::pair(b.file, b.problem.diagnostic.span.begin);
    });
    std::vector<Problem> problems;
    problems.reserve(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const std::uint32_t file = entries_[i].file;
        problems.push_back(std::move(entries_[i].problem));
        const Count& count = counts_[file];
        const bool last = i + 1 == entries_.size() || entries_[i + 1].file != file;
        if (!last || count.hidden == 0) continue;
        Problem more = problems.back();
        more.diagnostic.severity = count.hidden_error ? Severity::error : Severity::warning;
        more.diagnostic.code = code::limit;
        more.diagnostic.message = "and " + std::to_string(count.hidden) +
                                  " more problems in this file, which are not listed";
        more.diagnostic.fix.clear();
        problems.push_back(std::move(more));
    }
    return problems;
}

Span Element::span() const {
    const std::uint32_t name = offset_of(node_);
    return {name - 1, name + static_cast<std::uint32_t>(this->name().size())};
}

std::vector<Element> Element::children() const {
    std::vector<Element> result;
    for (const pugi::xml_node node : node_.children()) {
        if (node.type() == pugi::node_element) result.emplace_back(node, raw_);
    }
    return result;
}

std::vector<Element> Element::children(std::string_view name) const {
    std::vector<Element> result;
    for (const pugi::xml_node node : node_.children()) {
        if (node.type() == pugi::node_element && node.name() == name) {
            result.emplace_back(node, raw_);
        }
    }
    return result;
}

std::vector<RawAttribute> Element::attributes() const {
    if (node_.first_attribute().empty()) return {};
    return scan_attributes(raw_, next_token(raw_, span().begin).span).items;
}

std::optional<Attribute> Element::attribute(std::string_view name) const {
    for (const RawAttribute& raw : attributes()) {
        if (slice(raw_, raw.name) != name) continue;
        return Attribute{slice(raw_, raw.name), raw.name, decode_attribute(raw_, raw.value)};
    }
    return std::nullopt;
}

bool Element::has_children() const {
    const auto nodes = node_.children();
    return std::any_of(nodes.begin(), nodes.end(),
                       [](const pugi::xml_node node) { return node.type() == pugi::node_element; });
}

Text Element::text() const { return decode_content(raw_, content_of(raw_, span().begin)); }

Text Element::payload() const {
    if (!has_children()) return text();
    const Span content = content_of(raw_, span().begin);
    std::vector<std::uint32_t> origin(content.end - content.begin + 1);
    std::iota(origin.begin(), origin.end(), content.begin);
    return {std::string(raw_.substr(content.begin, content.end - content.begin)),
            std::move(origin)};
}

std::optional<Span> Element::stray_text() const {
    for (const pugi::xml_node node : node_.children()) {
        if (!is_text(node) || is_blank(node.value())) continue;
        std::uint32_t begin = offset_of(node);
        while (begin < raw_.size() && is_space(raw_[begin])) ++begin;
        std::uint32_t end = begin;
        while (end < raw_.size() && raw_[end] != '\n' && raw_[end] != '<') ++end;
        return Span{begin, end};
    }
    return std::nullopt;
}

File::File(FilePtr source, std::uint32_t index, Report& report)
    : source_(std::move(source)), index_(index), report_(&report) {}

bool File::parse(const LoadOptions& options) {
    std::vector<Diagnostic> problems = check_well_formed(*source_, options.max_element_depth);
    for (Diagnostic& problem : problems) {
        if (options.strict && problem.code == code::declaration_not_first)
            problem.severity = Severity::error;
        report_->add(index_, source_, source_->name(), problem);
    }
    const bool broken =
        std::any_of(problems.begin(), problems.end(), [](const Diagnostic& problem) {
            return problem.severity == Severity::error &&
                   problem.code != code::declaration_not_first;
        });
    if (broken) return false;
    const std::string& text = source_->text();
    const pugi::xml_parse_result result =
        document_.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
    if (result) return true;
    const auto at = static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(result.offset, 0));
    error(code::ill_formed, {at, at + 1},
          "expected well-formed XML: " + lower(result.description()));
    return false;
}

std::vector<Element> File::roots() const {
    return Element(document_.root(), source_->text()).children();
}

Location File::location(const Element& element) const {
    const grammar::Position position = source_->position(element.span().begin);
    return {index_, position.line, position.column};
}

std::string File::stem() const { return std::filesystem::path(source_->name()).stem().string(); }

void File::report(Severity severity, std::string_view code, Span span, std::string message,
                  std::string fix) const {
    report_->add(index_, source_, source_->name(),
                 {severity, std::string(code), span, std::move(message), std::move(fix)});
}

void File::error(std::string_view code, Span span, std::string message, std::string fix) const {
    report(Severity::error, code, span, std::move(message), std::move(fix));
}

void File::warning(std::string_view code, Span span, std::string message, std::string fix) const {
    report(Severity::warning, code, span, std::move(message), std::move(fix));
}

void File::note(std::string_view code, Span span, std::string message) const {
    report(Severity::note, code, span, std::move(message), {});
}

void File::add(const std::vector<Diagnostic>& diagnostics, const grammar::OffsetMap& map) const {
    for (Diagnostic diagnostic : diagnostics) {
        diagnostic.span = map(diagnostic.span);
        report_->add(index_, source_, source_->name(), std::move(diagnostic));
    }
}

void File::expect_attributes(const Element& element,
                             std::initializer_list<std::string_view> known) const {
    for (const RawAttribute& attribute : element.attributes()) {
        const std::string_view name = slice(source_->text(), attribute.name);
        if (contains(known, name) || is_xml_attribute(name)) continue;
        warning(code::unknown_attribute, attribute.name,
                "unknown attribute \"" + std::string(name) + "\" of " + std::string(element.name()),
                suggestion(name, known));
    }
}

void File::expect(const Element& element, const Known& known) const {
    expect_attributes(element, known.attributes);
    for (const Element& child : element.children()) {
        if (contains(known.children, child.name())) continue;
        warning(
            code::unknown_element, child.span(),
            "unknown element <" + std::string(child.name()) + "> in " + std::string(element.name()),
            suggestion(child.name(), known.children));
    }
    if (const auto stray = element.stray_text()) {
        warning(code::stray_text, *stray,
                "expected an element in " + std::string(element.name()) + ", found text");
    }
}

void File::expect_text(const Element& element,
                       std::initializer_list<std::string_view> attributes) const {
    expect_attributes(element, attributes);
    for (const Element& child : element.children()) {
        warning(code::unknown_element, child.span(),
                "expected text in " + std::string(element.name()) + ", found element <" +
                    std::string(child.name()) + ">");
    }
}

}  // namespace catchrule::xml
