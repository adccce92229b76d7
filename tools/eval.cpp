// SPDX-License-Identifier: Apache-2.0
#include <ostream>
#include <string>

#include "engine/evaluate.hpp"
#include "grammar/compile.hpp"
#include "tools/assignments.hpp"
#include "tools/command.hpp"
#include "tools/condition_tree.hpp"
#include "tools/explain_json.hpp"
#include "tools/explain_text.hpp"
#include "tools/files.hpp"
#include "tools/screen.hpp"

namespace catchrule::tools {

namespace {

// Prints every problem; none when the condition cannot be used.
std::optional<grammar::Condition> compile_or_complain(const std::string& text, Symbols& symbols,
                                                      std::ostream& err) {
    auto parsed = grammar::compile_condition(text, symbols);
    const grammar::Source source("<condition>", text);
    for (const auto& diagnostic : parsed.diagnostics) err << grammar::render(source, diagnostic);
    return std::move(parsed.value);
}

bool was_given(const Assignments& given, std::string_view name) {
    for (const auto& variable : given.all()) {
        if (variable.name == name) return true;
    }
    return false;
}

// The variables of a condition that stands alone. A fresh call has a request (GET /), but nobody
// gave it here: what the given variables do not change is unset. Names get a mark in front, so that
// none of them views a message any more; their slots stay the same.
class LoneVariables {
public:
    LoneVariables(const Symbols& symbols, const Assignments& given)
        : plain_(marked(symbols)), plain_layout_(plain_), variables_(plain_layout_) {
        const VariableLayout layout(symbols);
        const Variables pristine(layout);
        Variables defined(layout);
        given.define(defined);
        for (Slot slot = 0; slot < symbols.size(); ++slot) {
            const Value value = defined.get(slot);
            if (value == pristine.get(slot) && !was_given(given, symbols.name(slot))) continue;
            variables_.define(plain_.name(slot), value);
        }
    }

    const Variables& get() const { return variables_; }

private:
    static Symbols marked(const Symbols& symbols) {
        Symbols out;
        for (Slot slot = 0; slot < symbols.size(); ++slot) {
            out.intern('\x01' + std::string(symbols.name(slot)));
        }
        return out;
    }

    Symbols plain_;
    VariableLayout plain_layout_;
    Variables variables_;
};

ConditionTree tree_of(const ConditionRecord& record) {
    return condition_tree(*grammar::parse(record.text), record);
}

void warn_of_patterns(const ConditionRecord& record, std::ostream& err) {
    for (const AtomRecord& atom : record.atoms) {
        if (!atom.gave_up) continue;
        err << "catchrule: warning: " << clean(atom.text) << ": " << atom.note << '\n';
    }
}

void print(const EvalCommand& command, const ConditionRecord& record, Streams& streams) {
    if (command.format == Format::json) {
        boost::json::object out;
        out["schema"] = "catchrule.eval/1";
        out["result"] = record.result;
        out["condition"] = condition_json(record);
        if (command.explain && !record.atoms.empty()) out["tree"] = tree_json(tree_of(record));
        streams.out << json_line(out);
        return;
    }
    streams.out << (record.result ? "true" : "false") << '\n';
    if (command.explain) {
        streams.out << tree_text(tree_of(record), record,
                                 {.cut = streams.terminal, .colour = streams.colour});
    }
}

}  // namespace

int run(const EvalCommand& command, Streams& streams) {
    const auto semantics = read_switches(command.switches, streams.err);
    if (!semantics) return unusable;
    Assignments given;
    if (const std::string error = given.read(command.variables); !error.empty()) {
        streams.err << "catchrule: " << error << '\n';
        return unusable;
    }
    Symbols symbols;
    const auto condition = compile_or_complain(command.condition, symbols, streams.err);
    if (!condition) return unusable;

    const LoneVariables variables(symbols, given);
    const ConditionRecord record =
        evaluate_recorded(*condition, variables.get(), semantics->comparisons);
    warn_of_patterns(record, streams.err);
    print(command, record, streams);
    return command.exit_status && !record.result ? findings : answered;
}

int run(const RenderCommand& command, Streams& streams) {
    Symbols symbols;
    const auto condition = compile_or_complain(command.condition, symbols, streams.err);
    if (!condition) return unusable;
    streams.out << condition->rendered << '\n';
    return answered;
}

}  // namespace catchrule::tools
