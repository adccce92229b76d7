// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "engine/location.hpp"
#include "engine/xml/load_bundle.hpp"
#include "engine/xml/raw_xml.hpp"
#include "grammar/diagnostic.hpp"

namespace catchrule::xml {

/// All problems of a load, to be shown file by file and in document order.
class Report {
public:
    explicit Report(std::uint32_t most_per_file) : most_per_file_(most_per_file) {}

    /// `file` counts in the order of reading; `source` may be null.
    void add(std::uint32_t file, FilePtr source, std::string path, grammar::Diagnostic diagnostic);
    bool has_errors() const { return has_errors_; }
    /// After the last problem kept of a file stands how many more there were.
    std::vector<Problem> sorted() &&;

private:
    struct Entry {
        std::uint32_t file;
        Problem problem;
    };
    struct Count {
        std::uint32_t kept = 0;
        std::uint32_t hidden = 0;
        bool hidden_error = false;
    };
    std::uint32_t most_per_file_;
    std::vector<Entry> entries_;
    std::map<std::uint32_t, Count> counts_;
    bool has_errors_ = false;
};

struct Attribute {
    std::string_view name;
    grammar::Span span;  ///< of the name
    Text value;
};

/// An element of a File: pugixml's node, with positions.
class Element {
public:
    Element(pugi::xml_node node, std::string_view raw) : node_(node), raw_(raw) {}

    std::string_view name() const { return node_.name(); }
    /// `<Name`.
    grammar::Span span() const;
    std::vector<Element> children() const;
    std::vector<Element> children(std::string_view name) const;
    std::vector<RawAttribute> attributes() const;
    std::optional<Attribute> attribute(std::string_view name) const;
    bool has_children() const;

    /// Its text, entities decoded, comments left out.
    Text text() const;
    /// What stands between its tags: as text(), or byte for byte when there are elements inside.
    Text payload() const;
    /// The first text between its children that is not blank.
    std::optional<grammar::Span> stray_text() const;

private:
    pugi::xml_node node_;
    std::string_view raw_;
};

/// What may stand in an element.
struct Known {
    std::initializer_list<std::string_view> attributes;
    std::initializer_list<std::string_view> children;
};

/// One XML file of a bundle, and where its problems go.
class File {
public:
    /// `index` is its place in Bundle::files.
    File(FilePtr source, std::uint32_t index, Report& report);

    /// Reads the file; false when it is not XML, which is reported.
    bool parse(const LoadOptions& options);

    std::uint32_t index() const { return index_; }
    std::vector<Element> roots() const;
    Location location(const Element& element) const;
    /// The file name without folder and ending.
    std::string stem() const;

    void error(std::string_view code, grammar::Span span, std::string message,
               std::string fix = {}) const;
    void warning(std::string_view code, grammar::Span span, std::string message,
                 std::string fix = {}) const;
    void note(std::string_view code, grammar::Span span, std::string message) const;
    /// Problems of a text that was taken out of this file.
    void add(const std::vector<grammar::Diagnostic>& diagnostics,
             const grammar::OffsetMap& map) const;

    /// Warns of attributes and elements that are not known here, and of text between elements.
    void expect(const Element& element, const Known& known) const;
    /// The same for an element that holds text.
    void expect_text(const Element& element,
                     std::initializer_list<std::string_view> attributes = {}) const;

private:
    void expect_attributes(const Element& element,
                           std::initializer_list<std::string_view> known) const;
    void report(grammar::Severity severity, std::string_view code, grammar::Span span,
                std::string message, std::string fix) const;

    FilePtr source_;
    std::uint32_t index_;
    Report* report_;
    pugi::xml_document document_;
};

}  // namespace catchrule::xml
