// SPDX-License-Identifier: Apache-2.0
#include "engine/payload/json_path.hpp"

#include <algorithm>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include "engine/payload/json_path_ast.hpp"
#include "engine/payload/json_path_walk.hpp"
#include "engine/payload/json_text.hpp"

namespace catchrule::payload {
namespace {

JsonMatches failure(Status status) { return {.status = status}; }

JsonKind kind_of(const boost::json::value& value) {
    switch (value.kind()) {
        case boost::json::kind::null:
            return JsonKind::null;
        case boost::json::kind::bool_:
            return JsonKind::boolean;
        case boost::json::kind::string:
            return JsonKind::text;
        case boost::json::kind::array:
            return JsonKind::array;
        case boost::json::kind::object:
            return JsonKind::object;
        default:
            return JsonKind::number;
    }
}

// Takes the length of the text off `bytes_left`.
bool add(const boost::json::value& value, std::size_t& bytes_left, JsonMatches& matches) {
    JsonMatch match{kind_of(value), {}};
    if (const auto* text = value.if_string()) {
        if (text->size() > bytes_left) return false;
        match.text.assign(text->data(), text->size());
    } else if (!json::append(value, bytes_left, match.text)) {
        return false;
    }
    bytes_left -= match.text.size();
    matches.items.push_back(std::move(match));
    return true;
}

Status status_of(const boost::json::error_code& error) {
    return error == boost::json::error::too_deep ? Status::too_deep : Status::malformed;
}

}  // namespace

struct JsonPath::Impl {
    json::Path path;
    bool definite = false;
};

JsonPath::JsonPath(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

grammar::Parsed<JsonPath> JsonPath::compile(std::string_view text) {
    grammar::Parsed<json::Path> parsed = json::parse(text);
    grammar::Parsed<JsonPath> compiled;
    compiled.diagnostics = std::move(parsed.diagnostics);
    if (parsed) {
        const bool definite = parsed->definite();
        compiled.value = JsonPath(std::make_shared<const Impl>(Impl{std::move(*parsed), definite}));
    }
    return compiled;
}

bool JsonPath::definite() const { return impl_->definite; }

JsonMatches JsonPath::run(std::string_view document, const Limits& limits) const {
    if (document.size() > limits.document_bytes) return failure(Status::document_too_long);
    boost::json::monotonic_resource memory;
    boost::json::parse_options options;
    options.max_depth = limits.depth;
    boost::json::error_code error;
    const boost::json::value root =
        boost::json::parse({document.data(), document.size()}, error, &memory, options);
    if (error) return failure(status_of(error));

    std::vector<json::Found> found;
    if (!json::walk(impl_->path, root, limits.nodes, found)) return failure(Status::too_many_nodes);

    JsonMatches matches;
    matches.is_list = !impl_->definite;
    std::size_t bytes_left = limits.result_bytes;
    for (const json::Found& one : found) {
        const boost::json::value counted(one.length);
        const boost::json::value& value = one.value != nullptr ? *one.value : counted;
        const auto* array = impl_->definite ? value.if_array() : nullptr;
        if (array == nullptr) {
            if (!add(value, bytes_left, matches)) return failure(Status::result_too_long);
            continue;
        }
        matches.is_list = true;
        for (const boost::json::value& item : *array) {
            if (!add(item, bytes_left, matches)) return failure(Status::result_too_long);
        }
    }
    return matches;
}

std::string JsonMatches::json() const {
    std::string out;
    if (is_list) out += '[';
    for (const JsonMatch& item : items) {
        if (&item != &items.front()) out += ',';
        if (item.kind == JsonKind::text) {
            json::append_quoted(item.text, out);
        } else {
            out += item.text;
        }
    }
    if (is_list) out += ']';
    return out;
}

}  // namespace catchrule::payload
