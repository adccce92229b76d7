// SPDX-License-Identifier: Apache-2.0
#include "engine/traces/summary.hpp"

#include <algorithm>
#include <utility>

#include "grammar/compile.hpp"

namespace catchrule::trace {

namespace {

std::string text_or_empty(std::optional<std::string_view> text) {
    return std::string(text.value_or(std::string_view()));
}

std::optional<bool> truth_of(std::optional<std::string_view> text) {
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
}

// The variables of a recorded expression; none when it is no condition of ours.
std::optional<std::vector<std::string>> variables_of(const std::string& expression) {
    grammar::Symbols symbols;
    if (!grammar::compile_condition(expression, symbols)) return std::nullopt;
    std::vector<std::string> names;
    names.reserve(symbols.size());
    for (grammar::Slot slot = 0; slot < symbols.size(); ++slot) {
        names.emplace_back(symbols.name(slot));
    }
    return names;
}

class Summarizer {
public:
    Summary run(const Call& call) {
        for (const Point& point : call.points) take(point);
        return std::move(out_);
    }

private:
    void take(const Point& point) {
        if (point.message) remember(point, *point.message);
        if (point.id == "StateChange") {
            add(Entry::Kind::state, text_or_empty(point.property("To")));
        } else if (point.id == "Condition") {
            condition(point);
        } else if (point.id == "Execution") {
            step(point);
        } else if (point.id == "Error") {
            fault(point);
        } else if (point.id == "Rule") {
            rule(point);
        } else if (point.id == "FlowCallout" || point.id == "FlowReturn") {
            Entry& entry = add(Entry::Kind::state, point.id);
            entry.note = text_or_empty(point.property("shared.flow.name"));
        }
    }

    Entry& add(Entry::Kind kind, std::string name) {
        Entry& entry = out_.entries.emplace_back();
        entry.kind = kind;
        entry.name = std::move(name);
        return entry;
    }

    // The first request and the last status are what went in and out.
    void remember(const Point& point, const Snapshot& message) {
        if (message.kind == Snapshot::Kind::request) {
            if (out_.verb.empty()) out_.verb = message.verb.value_or("");
            if (out_.uri.empty()) out_.uri = message.uri.value_or("");
        } else if (message.status && point.id == "StateChange") {
            out_.status = *message.status;
            out_.reason = message.reason.value_or("");
        }
    }

    void condition(const Point& point) {
        const std::string tree = text_or_empty(point.property("Tree"));
        constexpr std::string_view of_rule = "FAULT_";
        const bool is_rule = tree.starts_with(of_rule);
        Entry& entry = add(is_rule ? Entry::Kind::rule : Entry::Kind::condition,
                           is_rule ? tree.substr(of_rule.size()) : tree);
        entry.expression = text_or_empty(point.property("Expression"));
        entry.result = truth_of(point.property("ExpressionResult"));
        read(point, entry);
        if (is_rule && entry.result) {
            entry.verdict = *entry.result ? Entry::Verdict::fired : Entry::Verdict::is_false;
            if (*entry.result && !out_.fired) out_.fired = entry.name;
        }
    }

    void rule(const Point& point) {
        const std::string name = text_or_empty(point.property("name"));
        const std::string verdict = text_or_empty(point.property("verdict"));
        const bool is_default = point.property("kind") == "DefaultFaultRule";
        const auto is_condition_of = [&](const Entry& entry) {
            return entry.kind == Entry::Kind::rule && entry.name == name;
        };
        // The point follows that of the rule's condition, if it has one.
        const bool follows = !out_.entries.empty() && is_condition_of(out_.entries.back()) &&
                             verdict != "not_reached";
        Entry& entry = follows ? out_.entries.back() : add(Entry::Kind::rule, name);
        entry.kind = is_default ? Entry::Kind::default_rule : Entry::Kind::rule;
        entry.note = text_or_empty(point.property("note"));
        if (verdict == "fired") {
            entry.verdict = Entry::Verdict::fired;
            out_.fired = name;
        } else if (verdict == "ran") {
            entry.verdict = Entry::Verdict::ran;
        } else {
            entry.verdict = is_default ? Entry::Verdict::skipped : Entry::Verdict::not_reached;
        }
        // The condition of a default rule looks like that of a rule until here.
        if (is_default && out_.fired == name && follows) out_.fired = fired_before_;
        fired_before_ = out_.fired;
    }

    void fault(const Point& point) {
        Entry& entry = add(Entry::Kind::fault, text_or_empty(point.property("fault.name")));
        entry.note = text_or_empty(point.property("error"));
        if (const auto policy = point.property("policy")) {
            entry.note += (entry.note.empty() ? "by " : ", by ") + std::string(*policy);
        }
        if (const auto state = point.property("state")) {
            entry.note += (entry.note.empty() ? "in " : ", in ") + std::string(*state);
        }
        out_.fault = entry.name;
    }

    void step(const Point& point) {
        const auto name = point.property("stepDefinition-name");
        const auto action = point.property("action");
        Entry& entry = add(Entry::Kind::step, text_or_empty(name ? name : point.property("type")));
        entry.expression = text_or_empty(point.property("expression"));
        entry.result = truth_of(point.property("expressionResult"));
        entry.note = text_or_empty(point.property("note"));
        const bool off = point.property("stepDefinition-enabled") == "false" && !action;
        if (action == "ABORT" || action == "FAULT" || point.property("result") == "false") {
            entry.verdict = Entry::Verdict::failed;
        } else if (entry.result == false || off) {
            entry.verdict = Entry::Verdict::skipped;
            if (off && entry.note.empty()) entry.note = "not enabled";
        } else {
            entry.verdict = Entry::Verdict::ran;
        }
        read(point, entry);
    }

    // What an expression met. Of a step that ran, a vendor's recording has its own accesses only.
    void read(const Point& point, Entry& entry) {
        if (point.condition) {
            for (const AtomRecord& atom : point.condition->atoms) {
                if (atom.verdict == Verdict::not_reached) continue;
                operand(atom.left, entry);
                if (!atom.is_truth) operand(atom.right, entry);
            }
        } else if (point.accesses && !entry.expression.empty()) {
            const bool own = entry.kind != Entry::Kind::step || entry.result == false;
            if (own) accesses(*point.accesses, entry);
        }
        for (const Reading& reading : entry.readings) {
            if (!reading.value) note_unset(reading.variable);
        }
    }

    static void put(Entry& entry, const std::string& name, std::optional<std::string> value) {
        for (Reading& known : entry.readings) {
            if (known.variable != name) continue;
            known.value = std::move(value);
            return;
        }
        entry.readings.push_back({name, std::move(value)});
    }

    static void operand(const OperandRecord& operand, Entry& entry) {
        if (operand.is_literal()) return;
        put(entry, operand.variable,
            operand.is_unset() ? std::nullopt : std::optional(operand.text));
    }

    // Accesses of an earlier step may stand before the condition's own: the last one counts.
    static void accesses(const std::vector<Access>& rows, Entry& entry) {
        const auto names = variables_of(entry.expression);
        for (const Access& row : rows) {
            if (row.kind != Access::Kind::get) continue;
            const bool named =
                !names || std::find(names->begin(), names->end(), row.name) != names->end();
            if (named) put(entry, row.name, row.value);
        }
    }

    void note_unset(const std::string& name) {
        auto& all = out_.unset;
        if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
    }

    Summary out_;
    std::optional<std::string> fired_before_;
};

}  // namespace

Summary summarize(const Call& call) { return Summarizer().run(call); }

}  // namespace catchrule::trace
