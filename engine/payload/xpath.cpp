// SPDX-License-Identifier: Apache-2.0
#include "engine/payload/xpath.hpp"

#include <algorithm>
#include <cctype>
#include <new>
#include <utility>

#include <pugixml.hpp>

#include "engine/payload/xml_check.hpp"
#include "engine/payload/xpath_rewrite.hpp"

namespace catchrule::payload {
namespace {

XPathMatch failure(Status status) { return {.status = status}; }

// Collects XML text up to a limit.
class Writer : public pugi::xml_writer {
public:
    Writer(std::string& out, std::size_t max_bytes) : out_(out), max_bytes_(max_bytes) {}
    void write(const void* data, std::size_t size) override {
        if (full()) return;
        out_.append(static_cast<const char*>(data), size);
    }
    bool full() const { return out_.size() > max_bytes_; }

private:
    std::string& out_;
    std::size_t max_bytes_;
};

bool print(const pugi::xpath_node& found, Writer& writer) {
    if (found.attribute()) {
        const std::string_view value = found.attribute().value();
        writer.write(value.data(), value.size());
    } else {
        found.node().print(writer, "", pugi::format_raw | pugi::format_no_declaration,
                           pugi::encoding_utf8);
    }
    return !writer.full();
}

std::string diagnosis(const char* message) {
    std::string words = message;
    if (!words.empty())
        words.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(words.front())));
    return "expected an XPath 1.0 expression, " + words;
}

}  // namespace

struct XPath::Impl {
    pugi::xpath_query query;
};

XPath::XPath(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

grammar::Parsed<XPath> XPath::compile(std::string_view text, const Namespaces& namespaces) {
    grammar::Parsed<XPath> compiled;
    const auto fail = [&compiled](std::uint32_t begin, std::uint32_t end, std::string message) {
        compiled.diagnostics.push_back(
            {grammar::Severity::error, {}, {begin, end}, std::move(message), {}});
    };
    const auto all = static_cast<std::uint32_t>(text.size());
    if (text.size() > max_bytes) {
        fail(0, all, "expected an expression of at most " + std::to_string(max_bytes) + " bytes");
        return compiled;
    }
    grammar::Parsed<Rewritten> rewritten = rewrite_names(text, namespaces);
    compiled.diagnostics = std::move(rewritten.diagnostics);
    if (!rewritten) return compiled;
    try {
        compiled.value =
            XPath(std::make_shared<const Impl>(Impl{pugi::xpath_query(rewritten->text.c_str())}));
    } catch (const pugi::xpath_exception& problem) {
        const auto at = std::min(static_cast<std::size_t>(problem.result().offset),
                                 rewritten->origin.size() - 1);
        fail(rewritten->origin[at], std::min(rewritten->origin[at] + 1, all),
             diagnosis(problem.what()));
    }
    return compiled;
}

XPathMatch XPath::run(std::string_view document, XPathType type, const Limits& limits) const {
    if (document.size() > limits.document_bytes) return failure(Status::document_too_long);
    if (const Status status = check_xml(document, limits); status != Status::ok)
        return failure(status);
    pugi::xml_document xml;
    const unsigned options =
        pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_pi | pugi::parse_comments;
    if (!xml.load_buffer(document.data(), document.size(), options, pugi::encoding_utf8))
        return failure(Status::malformed);

    XPathMatch match;
    try {
        const pugi::xpath_query& query = impl_->query;
        pugi::xpath_node_set nodes;
        match.found = true;
        if (query.return_type() == pugi::xpath_type_node_set) {
            nodes = query.evaluate_node_set(xml);
            nodes.sort();
            match.found = !nodes.empty();
        } else if (type == XPathType::nodeset || type == XPathType::node) {
            type = XPathType::text;
        }
        switch (type) {
            case XPathType::nodeset:
            case XPathType::node: {
                Writer writer(match.text, limits.result_bytes);
                for (const pugi::xpath_node& node : nodes) {
                    if (!print(node, writer)) return failure(Status::result_too_long);
                    if (type == XPathType::node) break;
                }
                break;
            }
            case XPathType::text:
                match.text = query.evaluate_string(xml);
                break;
            case XPathType::boolean:
                match.text = query.evaluate_boolean(xml) ? "true" : "false";
                break;
            case XPathType::number: {
                pugi::xpath_variable_set variables;
                variables.set("n", query.evaluate_number(xml));
                match.text = pugi::xpath_query("string($n)", &variables).evaluate_string(xml);
                break;
            }
        }
    } catch (const std::bad_alloc&) {
        return failure(Status::result_too_long);
    } catch (const pugi::xpath_exception&) {
        return failure(Status::result_too_long);
    }
    if (match.text.size() > limits.result_bytes) return failure(Status::result_too_long);
    return match;
}

}  // namespace catchrule::payload
