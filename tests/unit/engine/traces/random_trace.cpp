// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/engine/traces/random_trace.hpp"

#include <array>

namespace catchrule::trace::test {

namespace {

constexpr std::array<const char*, 9> ids{"StateChange", "FlowInfo", "Condition",
                                         "Execution",   "Error",    "DebugMask",
                                         "FlowCallout", "Paused",   "SomethingNew"};

constexpr std::array<const char*, 20> pieces{
    "a",   "B c", "<", ">",  "&",    "\"", "'",        "\n",           "\r\n",     "\t",
    "]]>", "{",   "}", "\\", "&lt;", " ",  "\xC3\xA4", "\xE2\x82\xAC", "<!-- -->", ":",
};

}  // namespace

std::size_t RandomTrace::below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(chance_);
}

std::string RandomTrace::text() {
    std::string out;
    for (std::size_t i = below(6); i > 0; --i) out += pieces[below(pieces.size())];
    return out;
}

std::optional<std::string> RandomTrace::maybe_text() {
    if (coin()) return std::nullopt;
    return text();
}

Snapshot RandomTrace::snapshot() {
    Snapshot out;
    out.kind = static_cast<Snapshot::Kind>(below(3));
    out.content = maybe_text();
    for (std::size_t i = below(4); i > 0; --i) out.headers.push_back({"X-" + text(), text()});
    out.uri = maybe_text();
    out.verb = maybe_text();
    out.reason = maybe_text();
    out.status = maybe_text();
    return out;
}

std::vector<Access> RandomTrace::accesses() {
    std::vector<Access> out;
    for (std::size_t i = below(5); i > 0; --i) {
        Access& row = out.emplace_back();
        row.kind = static_cast<Access::Kind>(below(3));
        row.name = "v." + text();
        if (row.kind != Access::Kind::remove) row.value = maybe_text();
        row.success = row.kind == Access::Kind::get || coin();
    }
    return out;
}

OperandRecord RandomTrace::operand(bool reached) {
    OperandRecord out;
    if (coin()) out.variable = "v." + text();
    if (out.is_literal() || (reached && coin())) {
        out.type = static_cast<grammar::Type>(1 + below(6));
        out.text = text();
    }
    return out;
}

ConditionRecord RandomTrace::condition() {
    ConditionRecord out;
    out.text = text();
    out.rendered = text();
    out.reached = coin();
    out.result = out.reached && coin();
    for (std::size_t i = below(4); i > 0; --i) {
        AtomRecord& atom = out.atoms.emplace_back();
        atom.text = text();
        atom.verdict = static_cast<Verdict>(below(3));
        atom.is_truth = coin();
        const bool reached = atom.verdict != Verdict::not_reached;
        atom.left = operand(reached);
        if (!atom.is_truth) atom.right = operand(reached);
        atom.gave_up = coin();
        atom.note = text();
    }
    return out;
}

Point RandomTrace::point(bool own) {
    Point out;
    out.id = own && below(8) == 0 ? "Rule" : ids[below(ids.size())];
    if (coin()) out.at = static_cast<Millis>(946'684'800'000 + below(2'000'000'000'000));
    for (std::size_t i = below(4); i > 0; --i) out.properties.push_back({"p" + text(), text()});
    if (coin()) out.message = snapshot();
    if (coin()) out.accesses = accesses();
    if (own && coin()) out.condition = condition();
    return out;
}

Call RandomTrace::call(bool own) {
    Call out;
    out.id = "call " + text();
    out.completed = coin();
    out.partial = own && coin();
    for (std::size_t i = below(8); i > 0; --i) out.points.push_back(point(own));
    return out;
}

Session RandomTrace::session() {
    return {.retrieved = text(),
            .organization = text(),
            .environment = text(),
            .api = text(),
            .revision = text(),
            .id = text()};
}

Call without_own(Call call) {
    std::erase_if(call.points, [](const Point& point) { return is_own_point(point.id); });
    for (Point& point : call.points) point.condition.reset();
    call.partial = false;
    return call;
}

}  // namespace catchrule::trace::test
