// SPDX-License-Identifier: Apache-2.0
#include "engine/analysis/namespace_hint.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "engine/failed_prefix.hpp"
#include "engine/fault_catalog.hpp"
#include "grammar/parse.hpp"

namespace catchrule::analysis {

namespace {

// A wrong variable and, when it is known, the right one.
struct Misnamed {
    std::string variable;
    std::string space;
    std::string policy;
    std::string element;
    std::string suggestion;
    bool nobody_sets = true;
};

bool same_word(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : int{c}; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

// Besides the prefix of their `failed` flags these types publish under a second name
// (SEMANTICS 3.2).
bool is_own_space(std::string_view space, std::string_view element) {
    return space == failed_prefix(element) ||
           (element == VerifyApiKey::element && space == "verifyapikey");
}

// The policy type whose name is `word` in any letter case: what people take for the prefix.
std::string_view type_named(std::string_view word) {
    for (const FaultRow& row : fault_catalog()) {
        if (!failed_prefix(row.raised_by).empty() && same_word(row.raised_by, word)) {
            return row.raised_by;
        }
    }
    return {};
}

// The policy of the bundle that `variable` names after its first part; names may have dots, the
// longest that fits counts.
const Policy* policy_in(const Bundle& bundle, std::string_view after_space) {
    const Policy* best = nullptr;
    for (const Policy& policy : bundle.policies) {
        if (!after_space.starts_with(policy.name)) continue;
        if (after_space.size() <= policy.name.size() + 1) continue;
        if (after_space[policy.name.size()] != '.') continue;
        if (best == nullptr || best->name.size() < policy.name.size()) best = &policy;
    }
    return best;
}

// What policies publish per policy: of these it is certain that no script made them up.
bool is_published_part(std::string_view rest) {
    return rest == "failed" || rest.ends_with(".count") || rest == "fault.name";
}

// Whether a policy of the bundle assigns that very variable.
bool is_assigned(const Bundle& bundle, std::string_view variable) {
    const auto assigns = [&](const std::vector<EditOperation>& operations) {
        return std::any_of(operations.begin(), operations.end(), [&](const EditOperation& edit) {
            const auto* assignment = std::get_if<AssignVariable>(&edit);
            return assignment != nullptr && assignment->name == variable;
        });
    };
    return std::any_of(bundle.policies.begin(), bundle.policies.end(), [&](const Policy& policy) {
        if (const auto* edit = std::get_if<AssignMessage>(&policy.config)) {
            return assigns(edit->operations);
        }
        const auto* raise = std::get_if<RaiseFault>(&policy.config);
        return raise != nullptr && assigns(raise->response);
    });
}

// Whether it is known of every policy which variables it sets; a script may set anything.
bool knows_all_policies(const Bundle& bundle) {
    return !bundle.is_fragment &&
           std::none_of(bundle.policies.begin(), bundle.policies.end(), [](const Policy& policy) {
               return std::holds_alternative<UnsupportedPolicy>(policy.config);
           });
}

std::optional<Misnamed> misnamed(const Bundle& bundle, std::string_view variable) {
    const auto dot = variable.find('.');
    if (dot == std::string_view::npos || dot == 0) return std::nullopt;
    if (is_assigned(bundle, variable)) return std::nullopt;
    Misnamed out;
    out.variable = variable;
    out.space = variable.substr(0, dot);
    out.nobody_sets = !is_failed_prefix(out.space);
    const std::string_view after = variable.substr(dot + 1);
    if (const Policy* policy = policy_in(bundle, after)) {
        if (policy->prefix().empty() || is_own_space(out.space, policy->element())) {
            return std::nullopt;
        }
        if (!is_published_part(after.substr(policy->name.size() + 1))) return std::nullopt;
        out.policy = policy->name;
        out.element = policy->element();
        out.suggestion = std::string(policy->prefix()) + '.' + std::string(after);
        return out;
    }
    // No such policy here: only a namespace that is nobody's gives it away.
    const auto last = after.rfind(".failed");
    if (!out.nobody_sets || last == std::string_view::npos || last == 0 ||
        last + std::string_view(".failed").size() != after.size()) {
        return std::nullopt;
    }
    out.policy = after.substr(0, last);
    out.element = type_named(out.space);
    if (out.element.empty() && !knows_all_policies(bundle)) return std::nullopt;
    if (!out.element.empty()) {
        out.suggestion = std::string(failed_prefix(out.element)) + '.' + std::string(after);
    }
    return out;
}

// The misnamed variables of a false condition, once each. None when the condition did not come
// across an unset one.
std::vector<Misnamed> misnamed_in(const Bundle& bundle, const ConditionRecord& condition) {
    std::vector<Misnamed> out;
    bool met_one = false;
    const auto look = [&](const AtomRecord& atom, const OperandRecord& operand) {
        if (operand.is_literal() || !operand.is_unset()) return;
        auto found = misnamed(bundle, operand.variable);
        if (!found) return;
        met_one = met_one || atom.verdict != Verdict::not_reached;
        const auto same = [&](const Misnamed& other) { return other.variable == found->variable; };
        if (std::none_of(out.begin(), out.end(), same)) out.push_back(std::move(*found));
    };
    for (const AtomRecord& atom : condition.atoms) {
        look(atom, atom.left);
        if (!atom.is_truth) look(atom, atom.right);
    }
    if (!met_one) out.clear();
    return out;
}

// The condition's text with the wrong names replaced, byte for byte otherwise.
std::string corrected(const std::string& text, const std::vector<Misnamed>& wrong) {
    const auto ast = grammar::parse(text);
    if (!ast) return {};
    std::vector<std::pair<grammar::Span, std::string>> edits;
    const auto look = [&](const grammar::Operand& operand) {
        if (!operand.is_variable()) return;
        for (const Misnamed& name : wrong) {
            if (operand.text != name.variable || name.suggestion.empty()) continue;
            const bool quoted = operand.kind == grammar::OperandKind::quoted_variable;
            edits.emplace_back(operand.span,
                               quoted ? '\'' + name.suggestion + '\'' : name.suggestion);
        }
    };
    for (const grammar::Node& node : ast->nodes) {
        if (node.kind == grammar::NodeKind::comparison || node.kind == grammar::NodeKind::truth) {
            look(node.left);
        }
        if (node.kind == grammar::NodeKind::comparison) look(node.right);
    }
    std::sort(edits.begin(), edits.end(),
              [](const auto& a, const auto& b) { return a.first.begin > b.first.begin; });
    std::string out = text;
    for (const auto& [span, name] : edits) out.replace(span.begin, span.end - span.begin, name);
    return edits.empty() ? std::string() : out;
}

// Values as evaluation saw them, for what the assignment alone does not tell: a step before this
// one may have set a variable.
void define_as_seen(const ConditionRecord& seen, Variables& variables) {
    const auto define = [&](const OperandRecord& operand) {
        if (operand.is_literal() || operand.is_unset()) return;
        if (operand.type != grammar::Type::text) return;  // others come from the runtime, typed
        if (!variables.get(operand.variable).is_null()) return;
        variables.define(operand.variable, Value::text(operand.text));
    };
    for (const AtomRecord& atom : seen.atoms) {
        if (atom.verdict == Verdict::not_reached) continue;
        define(atom.left);
        if (!atom.is_truth) define(atom.right);
    }
}

// Compiles the changed condition and runs it as if the policy had raised the fault.
bool holds(const Bundle& bundle, const std::string& text, const ConditionRecord& seen,
           const Misnamed& name, const grammar::ComparisonRules& rules, const RaisedBy& raised_by) {
    Symbols symbols;
    const auto condition = grammar::compile_condition(text, symbols);
    if (!condition) return false;
    Variables raised(*bundle.layout);
    raised_by(name.policy, name.element, raised);
    define_as_seen(seen, raised);

    const VariableLayout layout(symbols);
    Variables variables(layout);
    variables.request() = raised.request();
    variables.enter(Context::error);
    variables.error() = raised.error();
    for (Slot slot = 0; slot < symbols.size(); ++slot) {
        const Value value = raised.get(symbols.name(slot));
        if (!value.is_null()) variables.define(symbols.name(slot), value);
    }
    return evaluate(condition->program, variables, rules);
}

class Finder {
public:
    Finder(const Bundle& bundle, const grammar::ComparisonRules& rules, const RaisedBy& raised_by)
        : bundle_(bundle), rules_(rules), raised_by_(raised_by) {}

    void look(const std::string& rule, const std::string& step,
              const std::optional<ConditionRecord>& condition) {
        if (!condition || !condition->reached || condition->result) return;
        const auto wrong = misnamed_in(bundle_, *condition);
        if (wrong.empty()) return;
        const std::string changed = corrected(condition->text, wrong);
        for (const Misnamed& name : wrong) {
            NamespaceHint hint{.rule = rule,
                               .step = step,
                               .variable = name.variable,
                               .space = name.space,
                               .policy = name.policy,
                               .element = name.element,
                               .nobody_sets = name.nobody_sets,
                               .suggestion = name.suggestion,
                               .condition = name.suggestion.empty() ? std::string() : changed};
            hint.verified = !hint.condition.empty() &&
                            holds(bundle_, changed, *condition, name, rules_, raised_by_);
            hints_.push_back(std::move(hint));
        }
    }

    void look(const DefaultRuleRecord& record) {
        look(record.name, {}, record.condition);
        if (record.ran) look(record.name, record.steps);
    }

    void look(const std::string& rule, const std::vector<StepRecord>& steps) {
        for (const StepRecord& step : steps) {
            if (!step.ran) look(rule, step.policy, step.condition);
        }
    }

    std::vector<NamespaceHint> take() { return std::move(hints_); }

private:
    const Bundle& bundle_;
    const grammar::ComparisonRules& rules_;
    const RaisedBy& raised_by_;
    std::vector<NamespaceHint> hints_;
};

}  // namespace

std::string NamespaceHint::text() const {
    std::string out =
        nobody_sets ? "nothing sets " + space + ".*" : space + ".* is not set by " + policy;
    if (suggestion.empty()) {
        return out + ": no policy type has that prefix, and no policy here assigns " + variable;
    }
    out += "; " + element + " \"" + policy + "\" publishes " + suggestion;
    out += verified ? "; after changing the condition to " : "; the condition would be ";
    out += condition;
    if (!verified) return out;
    return out + (step.empty() ? " rule " + rule + " holds" : " step " + step + " runs");
}

std::vector<NamespaceHint> namespace_hints(const Bundle& bundle, const Decision& decision,
                                           const grammar::ComparisonRules& rules,
                                           const RaisedBy& raised_by) {
    Finder finder(bundle, rules, raised_by);
    for (const RuleRecord& rule : decision.rules) {
        finder.look(rule.name, {}, rule.condition);
        if (rule.verdict == RuleVerdict::fired) finder.look(rule.name, rule.steps);
    }
    if (decision.default_rule) finder.look(*decision.default_rule);
    if (decision.proxy_default_rule) finder.look(*decision.proxy_default_rule);
    return finder.take();
}

}  // namespace catchrule::analysis
