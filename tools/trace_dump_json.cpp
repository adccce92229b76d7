// SPDX-License-Identifier: Apache-2.0
#include "tools/trace_dump_json.hpp"

#include <boost/json.hpp>

#include "engine/traces/summary.hpp"

namespace catchrule::tools {

namespace {

namespace json = boost::json;
using trace::Entry;
using trace::Reading;
using trace::Summary;

std::string_view name_of(Entry::Kind kind) {
    switch (kind) {
        case Entry::Kind::state:
            return "state";
        case Entry::Kind::condition:
            return "condition";
        case Entry::Kind::rule:
            return "rule";
        case Entry::Kind::default_rule:
            return "default_rule";
        case Entry::Kind::step:
            return "step";
        case Entry::Kind::fault:
            return "fault";
    }
    return {};
}

json::value name_of(Entry::Verdict verdict) {
    switch (verdict) {
        case Entry::Verdict::none:
            break;
        case Entry::Verdict::fired:
            return "fired";
        case Entry::Verdict::is_false:
            return "false";
        case Entry::Verdict::not_reached:
            return "not_reached";
        case Entry::Verdict::ran:
            return "ran";
        case Entry::Verdict::skipped:
            return "skipped";
        case Entry::Verdict::failed:
            return "failed";
    }
    return nullptr;
}

json::value text_or_null(const std::string& text) {
    if (text.empty()) return nullptr;
    return json::value(text);
}

json::object entry_json(const Entry& entry) {
    json::object out{{"kind", name_of(entry.kind)}, {"name", entry.name}};
    if (entry.verdict != Entry::Verdict::none) out["verdict"] = name_of(entry.verdict);
    if (!entry.expression.empty()) {
        out["expression"] = entry.expression;
        out["result"] = entry.result ? json::value(*entry.result) : json::value(nullptr);
        json::array rows;
        for (const Reading& reading : entry.readings) {
            rows.push_back(json::object{
                {"variable", reading.variable},
                {"value", reading.value ? json::value(*reading.value) : json::value(nullptr)},
                {"state", reading.value ? "set" : "unset"}});
        }
        out["readings"] = std::move(rows);
    }
    if (!entry.note.empty()) out["note"] = entry.note;
    return out;
}

}  // namespace

json::object trace_dump_json(const trace::Call& call, std::size_t number) {
    const Summary summary = trace::summarize(call);
    json::object out{{"number", number},
                     {"id", call.id},
                     {"completed", call.completed},
                     {"partial", call.partial},
                     {"points", call.points.size()}};
    out["request"] =
        json::object{{"verb", text_or_null(summary.verb)}, {"uri", text_or_null(summary.uri)}};
    out["reply"] = nullptr;
    if (!summary.status.empty()) {
        out["reply"] = json::object{{"status", summary.status}, {"reason", summary.reason}};
    }
    out["fault"] = text_or_null(summary.fault);
    out["fired"] = summary.fired ? json::value(*summary.fired) : json::value(nullptr);
    json::array entries;
    for (const Entry& entry : summary.entries) entries.emplace_back(entry_json(entry));
    out["entries"] = std::move(entries);
    out["unset"] = json::array(summary.unset.begin(), summary.unset.end());
    return out;
}

}  // namespace catchrule::tools
