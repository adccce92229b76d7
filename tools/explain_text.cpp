// SPDX-License-Identifier: Apache-2.0
#include "tools/explain_text.hpp"

#include <algorithm>
#include <utility>

namespace catchrule::tools {

namespace {

constexpr std::size_t widest_name = 40;
constexpr std::size_t widest_condition = 80;  // longer ones push their state to the right
constexpr std::size_t label_indent = 7;       // what stands under REPLY, HINT, NOTE
constexpr std::size_t because_indent = 11;    // what stands behind "  because  "
constexpr std::size_t verdict_columns = 7;    // SKIPPED

struct State {
    std::string text;
    Ink ink = Ink::plain;
};

bool is_unset_variable(const OperandRecord& operand) {
    return !operand.is_literal() && operand.is_unset();
}

bool reads_unset(const AtomRecord& atom) {
    return is_unset_variable(atom.left) || (!atom.is_truth && is_unset_variable(atom.right));
}

State state_of(const AtomRecord& atom) {
    if (atom.verdict == Verdict::not_reached) return {"NOT REACHED", Ink::faint};
    if (atom.gave_up) return {"GAVE UP", Ink::doubtful};
    const bool tests_null = !atom.is_truth && atom.right.is_literal() && atom.right.is_unset();
    if (reads_unset(atom) && !tests_null) {
        if (atom.verdict == Verdict::is_false) return {"UNSET", Ink::doubtful};
        const bool fits =
            !atom.note.empty() && width_of(atom.note) <= screen_columns - state_column;
        return {fits ? atom.note : "UNSET, so it holds", Ink::doubtful};
    }
    if (atom.verdict == Verdict::is_true) return {"TRUE", Ink::good};
    return {"FALSE", Ink::bad};
}

State state_of(Verdict verdict) {
    if (verdict == Verdict::not_reached) return {"NOT REACHED", Ink::faint};
    if (verdict == Verdict::is_true) return {"TRUE", Ink::good};
    return {"FALSE", Ink::bad};
}

std::string_view words(grammar::NodeKind kind) {
    if (kind == grammar::NodeKind::negation) return "not";
    return kind == grammar::NodeKind::all_of ? "all of" : "any of";
}

// One word for a condition: that of its only atom, else of the atom that was evaluated last.
State state_of(const ConditionRecord& condition) {
    if (!condition.reached) return {"NOT REACHED", Ink::faint};
    if (condition.atoms.size() == 1) return state_of(condition.atoms.front());
    if (condition.result) return {"TRUE", Ink::good};
    const auto last = std::find_if(condition.atoms.rbegin(), condition.atoms.rend(),
                                   [](const auto& a) { return a.verdict != Verdict::not_reached; });
    if (last != condition.atoms.rend() && last->verdict == Verdict::is_false &&
        reads_unset(*last)) {
        return {"UNSET", Ink::doubtful};
    }
    return {"FALSE", Ink::bad};
}

std::string shown(const OperandRecord& operand) {
    const bool text = operand.type == grammar::Type::text;
    return text ? '"' + operand.text + '"' : operand.text;
}

bool has_value(const OperandRecord& operand) {
    return !operand.is_literal() && !operand.is_unset();
}

enum class Values { of_failures, all };

// `is "InvalidApiKey"` for an atom whose text does not tell what it met.
std::string met(const AtomRecord& atom, Values values) {
    if (atom.verdict == Verdict::not_reached) return {};
    const bool told = values == Values::of_failures || atom.left.text == atom.right.text;
    const bool asked = atom.verdict == Verdict::is_false || atom.is_truth || !told;
    const bool left = has_value(atom.left) && asked;
    const bool right = !atom.is_truth && has_value(atom.right);
    if (!right) return left ? "is " + shown(atom.left) : std::string();
    std::string out = atom.right.variable + " is " + shown(atom.right);
    if (has_value(atom.left)) out = atom.left.variable + " is " + shown(atom.left) + ", " + out;
    return out;
}

std::string ordinal(std::size_t n) {
    const std::size_t tens = n % 100;
    const char* suffix = "th";
    if (tens < 11 || tens > 13) {
        if (n % 10 == 1) suffix = "st";
        if (n % 10 == 2) suffix = "nd";
        if (n % 10 == 3) suffix = "rd";
    }
    return std::to_string(n) + suffix;
}

std::string words(EvaluationOrder order) {
    return order == EvaluationOrder::bottom_to_top ? "bottom to top" : "top to bottom";
}

class ExplainScreen {
public:
    ExplainScreen(const Bundle& bundle, const Decision& decision, ScreenStyle style)
        : bundle_(bundle), decision_(decision), screen_(style) {
        for_each_step([this](const StepRecord& step) {
            name_columns_ = std::max(name_columns_, width_of(clean(name_of(step))));
        });
        if (style.cut) name_columns_ = std::min(name_columns_, widest_name);
        name_columns_ = std::min<std::size_t>(name_columns_, 2 * widest_name);
        condition_column_ = label_indent + name_columns_ + 2 + verdict_columns + 2;
        if (style.cut) return;
        for_each_step([this](const StepRecord& step) {
            if (!step.condition) return;
            const std::size_t width =
                std::min(width_of(clean(step.condition->text)), widest_condition);
            step_state_column_ = std::max(step_state_column_, condition_column_ + width + 2);
        });
    }

    std::string draw(std::span<const analysis::NamespaceHint> hints) {
        if (decision_.fired) {
            fired(decision_.rules[*decision_.fired]);
        } else {
            none_fired();
        }
        false_rules();
        not_reached();
        if (decision_.default_rule) default_rule(*decision_.default_rule, "");
        if (decision_.proxy_default_rule) {
            default_rule(*decision_.proxy_default_rule, " of the ProxyEndpoint");
        }
        if (!decision_.default_rule && !decision_.proxy_default_rule) line("DEFAULT", "none");
        reply();
        for (std::size_t i = 0; i < hints.size(); ++i) hint(hints, i);
        for (const std::string& note : decision_.notes) {
            screen_.paragraph("NOTE", clean(note), label_indent, Ink::bold);
        }
        return screen_.take();
    }

    void atoms(const ConditionRecord& condition, std::size_t indent) {
        for (const AtomRecord& a : condition.atoms) {
            screen_.to(indent);
            atom(a, indent);
        }
    }

    // A group above what it joins; a single test needs no group.
    void tree(const ConditionTree& node, const ConditionRecord& condition, std::size_t indent) {
        screen_.to(indent);
        if (node.children.empty()) {
            return atom(condition.atoms[node.atom], indent, Values::all);
        }
        screen_.put(words(node.kind)).to(state_column);
        const State state = state_of(node.verdict);
        screen_.put(state.text, state.ink);
        screen_.end_line();
        for (const ConditionTree& child : node.children) tree(child, condition, indent + 2);
    }

    std::string take() { return screen_.take(); }

private:
    template <class Function>
    void for_each_step(const Function& function) const {
        const auto all = [&](const std::vector<StepRecord>& steps) {
            std::for_each(steps.begin(), steps.end(), function);
        };
        if (decision_.fired) all(decision_.rules[*decision_.fired].steps);
        if (decision_.default_rule) all(decision_.default_rule->steps);
        if (decision_.proxy_default_rule) all(decision_.proxy_default_rule->steps);
    }

    void line(std::string_view label, std::string_view text) {
        screen_.put(label, Ink::bold).put("  ").put(text);
        screen_.end_line();
    }

    std::string endpoint() const {
        return std::string(element_name(decision_.endpoint_kind)) + " \"" + decision_.endpoint +
               '"';
    }

    std::string place(const Location& location) const {
        if (location.line == 0) return {};
        return std::string(bundle_.file_name(location)) + ':' + std::to_string(location.line);
    }

    // A heading with its place at the state column, or further left when the name is long.
    void heading(std::string_view label, Ink ink, const std::string& text,
                 const Location& location) {
        const std::string where = clean(place(location));
        std::size_t column = state_column;
        if (column + width_of(where) > screen_columns) {
            column = screen_columns - std::min(screen_columns / 2, width_of(where));
        }
        screen_.put(label, ink).put("  ");
        const std::size_t used = width_of(label) + 2;
        screen_.cell(clean(text), column - used - 2);
        if (!where.empty()) screen_.to(column).cell(where, screen_columns / 2, Ink::faint);
        screen_.end_line();
    }

    void atom(const AtomRecord& a, std::size_t indent, Values values = Values::of_failures) {
        std::string text = clean(a.text);
        if (const std::string what = clean(met(a, values)); !what.empty()) text += "   " + what;
        screen_.cell(text, state_column - indent - 2);
        const State state = state_of(a);
        screen_.to(state_column).cell(state.text, screen_columns - state_column, state.ink);
        screen_.end_line();
    }

    void because(const RuleRecord& rule) {
        if (!rule.condition) {
            screen_.put("  because  it has no Condition, so it is always true");
            screen_.end_line();
            return;
        }
        if (rule.condition->atoms.empty()) {
            screen_.put("  because  its Condition is empty, so it is always true");
            screen_.end_line();
            return;
        }
        bool first = true;
        for (const AtomRecord& a : rule.condition->atoms) {
            if (std::exchange(first, false)) {
                screen_.put("  because  ");
            } else {
                screen_.to(because_indent);
            }
            atom(a, because_indent);
        }
    }

    void fired(const RuleRecord& rule) {
        heading("FIRED", Ink::good, endpoint() + " / rule \"" + rule.name + '"', rule.location);
        screen_.to(label_indent)
            .put(ordinal(*decision_.fired + 1) + " of " + std::to_string(decision_.rules.size()) +
                 ", evaluated " + words(decision_.order));
        screen_.end_line();
        because(rule);
        steps(rule.steps);
        const bool any = std::any_of(rule.steps.begin(), rule.steps.end(),
                                     [](const StepRecord& s) { return s.ran; });
        if (any) return;
        screen_.put("  => ").put(rule.steps.empty()
                                     ? "a rule was chosen, but it has no steps"
                                     : "a rule was chosen, but none of its steps ran",
                                 Ink::doubtful);
        screen_.end_line();
    }

    void none_fired() {
        const std::size_t count = decision_.rules.size();
        std::string text = endpoint();
        if (count == 0) {
            text += " has no fault rules";
        } else {
            text += ", " + std::to_string(count) + (count == 1 ? " rule" : " rules") +
                    ", evaluated " + words(decision_.order);
        }
        screen_.put("NONE FIRED", Ink::doubtful).put("  ").put(clean(text));
        screen_.end_line();
    }

    // With the atoms that made them false; when a negation did, with all that were evaluated.
    void false_rules() {
        for (const RuleRecord& rule : decision_.rules) {
            if (rule.verdict != RuleVerdict::is_false) continue;
            heading("FALSE", Ink::bad, "rule \"" + rule.name + '"', rule.location);
            if (!rule.condition) continue;
            const auto& all = rule.condition->atoms;
            const bool any = std::any_of(all.begin(), all.end(), [](const AtomRecord& a) {
                return a.verdict == Verdict::is_false;
            });
            for (const AtomRecord& a : all) {
                if (a.verdict == Verdict::not_reached) continue;
                if (any && a.verdict != Verdict::is_false) continue;
                screen_.to(because_indent);
                atom(a, because_indent);
            }
        }
    }

    void not_reached() {
        std::string names;
        for (const RuleRecord& rule : decision_.rules) {
            if (rule.verdict != RuleVerdict::not_reached) continue;
            names += (names.empty() ? "" : ", ") + clean(rule.name);
        }
        if (!names.empty()) screen_.paragraph("NOT REACHED  ", names, 13, Ink::bold);
    }

    void default_rule(const DefaultRuleRecord& rule, std::string_view whose) {
        const std::string enforced = rule.always_enforce ? " (AlwaysEnforce)" : "";
        const std::string unrun = rule.ran ? "" : " did not run: " + clean(rule.note);
        const std::string tail = std::string(whose) + enforced;
        const std::size_t rest = screen_columns - label_indent - 2 - width_of(tail);
        const std::string name = clean(rule.name);
        const std::size_t name_columns =
            rest - std::min(width_of(unrun), rest / 2 + widest_name / 2);
        screen_.put("DEFAULT", Ink::bold).put("  ").cell(name, name_columns).put(tail);
        screen_.cell(unrun, rest - std::min(width_of(name), name_columns), Ink::doubtful);
        screen_.end_line();
        if (rule.condition && rule.condition->reached) atoms(*rule.condition, because_indent);
        if (rule.ran) steps(rule.steps);
    }

    void steps(const std::vector<StepRecord>& all) {
        for (const StepRecord& s : all) step(s);
    }

    // `flow/policy` for a step of a shared flow, since policies of two flows may share a name.
    static std::string name_of(const StepRecord& step) {
        return step.shared_flow.empty() ? step.policy : step.shared_flow + '/' + step.policy;
    }

    static State verdict_of(const StepRecord& step) {
        if (step.failed) return {"FAILED", Ink::bad};
        if (step.ran) return {"RAN", Ink::good};
        return {"SKIPPED", Ink::doubtful};
    }

    void step(const StepRecord& s) {
        const State verdict = verdict_of(s);
        screen_.put("  step ").cell(clean(name_of(s)), name_columns_);
        screen_.to(label_indent + name_columns_ + 2).put(verdict.text, verdict.ink);
        screen_.to(condition_column_);
        std::string note = clean(s.note);
        if (s.failed) note = "raised " + s.fault + (note.empty() ? "" : ", ") + note;
        if (!s.condition) {
            screen_.cell("no condition" + (note.empty() ? "" : ", " + note),
                         screen_columns - condition_column_);
            screen_.end_line();
            return;
        }
        screen_.cell(clean(s.condition->text), step_state_column_ - condition_column_ - 2);
        const State state = state_of(*s.condition);
        screen_.to(step_state_column_).cell(state.text, screen_columns - state_column, state.ink);
        screen_.end_line();
        const bool several = s.condition->reached && s.condition->atoms.size() > 1;
        if (several && !s.condition->result) atoms(*s.condition, because_indent);
        if (!note.empty()) {
            screen_.to(condition_column_).cell(note, screen_columns - condition_column_);
            screen_.end_line();
        }
    }

    void reply() {
        const Message& response = decision_.response;
        const std::string_view reason =
            response.reason.empty() ? reason_phrase(response.status) : response.reason;
        std::string text = std::to_string(response.status);
        if (!reason.empty()) text += ' ' + clean(reason);
        if (!response.content_set_by.empty()) {
            text += ", body set by " + clean(response.content_set_by);
        } else if (decision_.final_fault.name == "ErrorResponseCode") {
            text += ", body of the target";
        } else if (response.content.empty()) {
            text += ", no body";
        } else {
            text += ", default body of " + clean(decision_.final_fault.code);
        }
        screen_.paragraph("REPLY", text, label_indent, Ink::bold);
    }

    // Hints of one namespace share the first line: the second says what differs only.
    void hint(std::span<const analysis::NamespaceHint> hints, std::size_t index) {
        const analysis::NamespaceHint& h = hints[index];
        const bool again = index > 0 && hints[index - 1].space == h.space &&
                           !h.suggestion.empty() && !hints[index - 1].suggestion.empty();
        std::string first = h.nobody_sets ? "nothing sets " + h.space + ".*"
                                          : h.space + ".* is not set by " + h.policy;
        if (h.suggestion.empty()) {
            screen_.paragraph("HINT", clean(first + "; no policy type has that prefix"),
                              label_indent, Ink::bold);
            return;
        }
        if (again) {
            first = "and " + h.element + " \"" + h.policy + "\" publishes";
        } else {
            first += "; " + h.element + " \"" + h.policy + "\" publishes";
        }
        screen_.paragraph(again ? "" : "HINT", clean(first), label_indent, Ink::bold);
        screen_.to(label_indent).cell(clean(h.suggestion), screen_columns - label_indent);
        screen_.end_line();
        change(h);
    }

    void change(const analysis::NamespaceHint& h) {
        const std::string_view lead =
            h.verified ? "after changing the condition to  " : "the condition would be  ";
        screen_.to(label_indent).put(lead);
        screen_.cell(clean(h.condition), screen_columns - label_indent - lead.size());
        screen_.end_line();
        if (!h.verified) return;
        const std::string what = h.step.empty() ? "the condition of rule " + h.rule + " holds"
                                                : "step " + h.step + " runs";
        screen_.to(label_indent).cell(clean(what), state_column - label_indent - 2);
        screen_.to(state_column).put("[verified]", Ink::good);
        screen_.end_line();
    }

    const Bundle& bundle_;
    const Decision& decision_;
    Screen screen_;
    std::size_t name_columns_ = 0;
    std::size_t condition_column_ = 0;
    std::size_t step_state_column_ = state_column;
};

}  // namespace

std::string explain_text(const Bundle& bundle, const Decision& decision,
                         std::span<const analysis::NamespaceHint> hints, ScreenStyle style) {
    return ExplainScreen(bundle, decision, style).draw(hints);
}

std::string tree_text(const ConditionTree& tree, const ConditionRecord& condition,
                      ScreenStyle style) {
    const Bundle no_bundle;
    const Decision no_decision;
    ExplainScreen screen(no_bundle, no_decision, style);
    if (!condition.atoms.empty()) screen.tree(tree, condition, 2);
    return screen.take();
}

}  // namespace catchrule::tools
