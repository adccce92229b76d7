// SPDX-License-Identifier: Apache-2.0
// The first line is a JSONPath and an XPath, the rest is a body: what compiles runs within its
// limits, errors point into the expression, and a result says its status.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/payload/json_path.hpp"
#include "engine/payload/xpath.hpp"

namespace {

using namespace catchrule;
using namespace catchrule::payload;

void require(bool holds) {
    if (!holds) std::abort();
}

// pugixml cannot be stopped, so the documents are small.
constexpr Limits limits{.document_bytes = 4096, .result_bytes = 4096, .depth = 32, .nodes = 200};

template <class T>
void require_places(const grammar::Parsed<T>& compiled, std::string_view text) {
    require(compiled.value.has_value() == compiled.diagnostics.empty());
    for (const grammar::Diagnostic& diagnostic : compiled.diagnostics) {
        require(diagnostic.span.begin <= diagnostic.span.end);
        require(diagnostic.span.end <= text.size());
        require(!diagnostic.message.empty());
    }
}

void run_json_path(std::string_view text, std::string_view body) {
    const auto path = JsonPath::compile(text);
    require_places(path, text);
    if (!path) return;
    const JsonMatches matches = path->run(body, limits);
    require(matches.status == Status::ok || matches.items.empty());
    require(!path->definite() || matches.is_list || matches.items.size() <= 1);
    // What comes out is JSON again.
    if (matches.status == Status::ok && !matches.json().empty()) {
        const JsonMatches again = JsonPath::compile("$")->run(matches.json());
        require(again.status == Status::ok || again.status == Status::too_deep);
    }
}

void run_xpath(std::string_view text, std::string_view body) {
    const auto xpath = XPath::compile(text, {{"p", "urn:p"}, {"q", "it's"}});
    require_places(xpath, text);
    if (!xpath || std::count(text.begin(), text.end(), '/') > 6) return;
    for (const XPathType type : {XPathType::nodeset, XPathType::node, XPathType::text,
                                 XPathType::boolean, XPathType::number}) {
        const XPathMatch match = xpath->run(body, type, limits);
        require(match.text.size() <= limits.result_bytes);
        require(match.status == Status::ok || (match.text.empty() && !match.found));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string_view expression = text.substr(0, std::min(text.find('\n'), size));
    const std::string_view body = text.substr(std::min(expression.size() + 1, size));
    if (expression.size() > 200) return 0;
    run_json_path(expression, body);
    run_xpath(expression, body);
    return 0;
}
