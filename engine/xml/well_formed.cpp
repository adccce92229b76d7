// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/well_formed.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/raw_xml.hpp"

namespace catchrule::xml {
namespace {

using grammar::Diagnostic;
using grammar::Severity;
using grammar::Span;

bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_name(std::string_view name) {
    return !name.empty() && is_name_start(name.front()) &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return is_name_start(c) || c == '-' || c == '.' || (c >= '0' && c <= '9');
           });
}

class Checker {
public:
    Checker(const grammar::Source& source, std::uint32_t max_depth)
        : source_(source), raw_(source.text()), max_depth_(max_depth) {}

    std::vector<Diagnostic> run() {
        if (bytes()) structure();
        return std::move(diagnostics_);
    }

private:
    bool error(Span span, std::string message, std::string fix = {},
               std::string_view code = code::ill_formed) {
        diagnostics_.push_back(
            {Severity::error, std::string(code), span, std::move(message), std::move(fix)});
        return false;
    }

    void warning(Span span, std::string message, std::string fix, std::string_view code) {
        diagnostics_.push_back(
            {Severity::warning, std::string(code), span, std::move(message), std::move(fix)});
    }

    bool bytes() {
        if (raw_.starts_with("\xFF\xFE") || raw_.starts_with("\xFE\xFF"))
            return error({0, 2}, "expected UTF-8, found UTF-16", "save the file as UTF-8");
        for (std::uint32_t i = 0; i < raw_.size(); ++i) {
            const auto byte = static_cast<unsigned char>(raw_[i]);
            if (byte < 0x20 && !is_space(raw_[i]))
                return error({i, i + 1}, "expected text, found a control character");
        }
        return true;
    }

    void structure() {
        std::uint32_t i = raw_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
        begin_ = i;
        while (i < raw_.size()) {
            const Token token = next_token(raw_, i);
            if (!check(token)) return;
            i = token.span.end;
        }
        const auto end = static_cast<std::uint32_t>(raw_.size());
        if (!open_.empty()) {
            error({end, end}, "expected </" + name(open_.back()) + "> to close the tag of line " +
                                  line(open_.back()) + ", found the end of the file");
        } else if (!has_root_) {
            error({end, end}, "expected an element, found the end of the file");
        }
    }

    bool check(const Token& token) {
        switch (token.piece) {
            case Piece::text:
                return text(token.span);
            case Piece::cdata:
                if (open_.empty())
                    return error({token.span.begin, token.span.begin + 9}, "expected an element");
                return closed(token, "]]>");
            case Piece::comment:
                return closed(token, "-->");
            case Piece::instruction:
                return closed(token, "?>") && declaration(token.span);
            case Piece::doctype:
                return closed(token, ">") && document_type(token.span);
            case Piece::start:
            case Piece::empty:
                return start(token);
            case Piece::end:
                return end(token);
        }
        return true;
    }

    bool closed(const Token& token, std::string_view terminator) {
        if (token.closed) return true;
        return error({token.span.begin, token.span.begin + 2},
                     "expected " + std::string(terminator) + " to end what begins here");
    }

    bool text(Span span) {
        if (!open_.empty()) return references(span), true;
        const std::size_t first = raw_.substr(0, span.end).find_first_not_of(" \t\r\n", span.begin);
        if (first == std::string_view::npos) return true;
        const auto at = static_cast<std::uint32_t>(first);
        return error({at, at + 1}, "expected an element, found text");
    }

    // These leave the structure alone, so that all of them are reported.
    void references(Span span) {
        for (std::uint32_t i = span.begin; i < span.end; ++i) {
            if (raw_[i] != '&') continue;
            const Reference reference = read_reference(raw_, i);
            if (reference.end == 0 || reference.end > span.end) {
                const bool pair = i + 1 < span.end && raw_[i + 1] == '&';
                error({i, pair ? i + 2 : i + 1}, "expected an entity such as &amp; after '&'",
                      pair ? "write &amp;&amp;" : "write &amp;");
                if (pair) ++i;
            } else if (reference.text.empty() && !has_doctype_) {
                error({i, reference.end},
                      "expected one of &amp; &lt; &gt; &quot; &apos; &#N;, found " +
                          std::string(raw_.substr(i, reference.end - i)));
            }
        }
    }

    bool declaration(Span span) {
        if (raw_.substr(span.begin + 2, 3) != "xml" || !is_space(raw_[span.begin + 5])) return true;
        const Span head{span.begin, span.begin + 5};
        if (has_root_) return error(head, "expected the XML declaration before the first element");
        if (span.begin > begin_)
            warning(head, "the XML declaration must be the first thing in the file",
                    "move it to the top", code::declaration_not_first);
        return true;
    }

    bool document_type(Span span) {
        if (has_root_) return error({span.begin, span.begin + 2}, "expected an element, found <!");
        has_doctype_ = true;
        warning({span.begin, span.begin + 2},
                "the document type definition is ignored, its entities are not expanded",
                "remove it", code::doctype_ignored);
        return true;
    }

    bool start(const Token& token) {
        const Span tag = tag_name(raw_, token.span);
        if (!is_name(raw_.substr(tag.begin, tag.end - tag.begin)))
            return error({token.span.begin, token.span.begin + 1}, "expected a tag name after '<'",
                         "write &lt; for a less-than sign, or LesserThan in a condition");
        if (!token.closed) {
            return error({token.span.begin, tag.end}, "expected '>' to end this tag");
        }
        if (!attributes(token.span)) return false;
        has_root_ = true;
        if (token.piece == Piece::empty) return true;
        open_.push_back(token.span);
        if (open_.size() <= max_depth_) return true;
        return error(
            {token.span.begin, tag.end},
            "expected at most " + std::to_string(max_depth_) + " elements inside each other", {},
            code::limit);
    }

    bool attributes(Span tag) {
        const RawAttributes attributes = scan_attributes(raw_, tag);
        if (attributes.problem != RawAttributes::npos)
            return error({attributes.problem, attributes.problem + 1},
                         "expected name=\"value\" or '>'");
        std::set<std::string_view> seen;
        for (const RawAttribute& item : attributes.items) {
            const std::string_view name = bytes(item.name);
            if (!is_name(name)) return error(item.name, "expected the name of an attribute");
            if (attributes.items.size() > 1 && !seen.insert(name).second)
                error(item.name, "attribute \"" + std::string(name) + "\" is given twice");
            references(item.value);
        }
        return true;
    }

    bool end(const Token& token) {
        const Span tag = tag_name(raw_, token.span);
        const Span head{token.span.begin, tag.end};
        if (open_.empty())
            return error(head, "</" + name(token.span) + "> closes a tag that was never opened");
        if (!token.closed) return error(head, "expected '>' to end this tag");
        if (bytes(tag) != bytes(tag_name(raw_, open_.back())))
            return error(head, "expected </" + name(open_.back()) + "> to close the tag of line " +
                                   line(open_.back()) + ", found </" + name(token.span) + ">");
        open_.pop_back();
        return true;
    }

    std::string_view bytes(Span span) const {
        return raw_.substr(span.begin, span.end - span.begin);
    }
    std::string name(Span tag) const { return std::string(bytes(tag_name(raw_, tag))); }
    std::string line(Span tag) const { return std::to_string(source_.position(tag.begin).line); }

    const grammar::Source& source_;
    std::string_view raw_;
    std::uint32_t max_depth_;
    std::uint32_t begin_ = 0;
    std::vector<Span> open_;
    bool has_root_ = false;
    bool has_doctype_ = false;
    std::vector<Diagnostic> diagnostics_;
};

}  // namespace

std::vector<Diagnostic> check_well_formed(const grammar::Source& source, std::uint32_t max_depth) {
    return Checker(source, max_depth).run();
}

}  // namespace catchrule::xml
