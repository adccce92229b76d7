// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_faults.hpp"

#include <optional>
#include <set>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_flows.hpp"

namespace catchrule::xml {
namespace {

class FaultLoader {
public:
    FaultLoader(Context& context, const File& file) : context_(context), file_(file) {}

    void rules(const Element& element) {
        file_.expect(element, {{"name", "evaluationOrder"}, {"FaultRule", "DefaultFaultRule"}});
        if (std::exchange(has_rules_, true)) {
            file_.warning(
                code::two_fault_rules, element.span(),
                "expected one FaultRules, found another; its rules are added to the first");
        }
        order(element);
        for (const Element& child : element.children()) {
            if (child.name() == "FaultRule") rule(child);
            if (child.name() == "DefaultFaultRule") {
                file_.warning(code::misplaced_default_rule, child.span(),
                              "expected DefaultFaultRule beside FaultRules, found it inside",
                              "move it behind </FaultRules>");
                default_rule(child);
            }
        }
    }

    void rule(const Element& element) {
        file_.expect(element, {{"name"}, {"Step", "Policy", "Condition", "Description"}});
        FaultRule rule;
        rule.location = file_.location(element);
        if (const auto name = element.attribute("name")) {
            rule.name = name->value.trimmed().value;
            if (!names_.insert(rule.name).second) {
                file_.warning(code::duplicate_rule, name->value.span(),
                              "another FaultRule of this endpoint is named \"" + rule.name + "\"");
            }
        } else {
            file_.warning(code::missing_part, element.span(),
                          "expected attribute name of FaultRule");
        }
        rule.condition = load_condition(context_, file_, element);
        rule.steps = load_steps(context_, file_, element);
        faults_.rules.push_back(std::move(rule));
    }

    void default_rule(const Element& element) {
        if (!load_once(file_, element, has_default_)) return;
        file_.expect(element,
                     {{"name"}, {"Step", "Policy", "Condition", "AlwaysEnforce", "Description"}});
        DefaultFaultRule rule;
        rule.location = file_.location(element);
        if (const auto name = element.attribute("name")) rule.name = name->value.trimmed().value;
        bool enforced = false;
        for (const Element& child : element.children("AlwaysEnforce")) {
            if (!load_once(file_, child, enforced)) continue;
            file_.expect_text(child);
            rule.always_enforce = load_boolean(file_, child.text(), "AlwaysEnforce", false);
        }
        rule.condition = load_condition(context_, file_, element);
        rule.steps = load_steps(context_, file_, element);
        faults_.default_rule = std::move(rule);
    }

    FaultHandling finish() { return std::move(faults_); }

private:
    // SEM-01, SEM-39.
    void order(const Element& element) {
        const auto attribute = element.attribute("evaluationOrder");
        if (!attribute) return;
        const Text text = attribute->value.trimmed();
        const std::optional<EvaluationOrder> order = parse_order(text.value);
        if (!order) {
            file_.error(code::bad_order, text.span(),
                        "expected bottom-to-top or top-to-bottom, found \"" + text.value + "\"");
        } else if (faults_.order && *faults_.order != *order) {
            file_.error(code::bad_order, text.span(),
                        "expected evaluationOrder=\"" + std::string(to_string(*faults_.order)) +
                            "\" as in the FaultRules before, found \"" + text.value + "\"");
        } else {
            faults_.order = order;
        }
    }

    Context& context_;
    const File& file_;
    FaultHandling faults_;
    std::set<std::string> names_;
    bool has_rules_ = false;
    bool has_default_ = false;
};

}  // namespace

FaultHandling load_faults(Context& context, const File& file,
                          const std::vector<Element>& elements) {
    FaultLoader loader(context, file);
    for (const Element& element : elements) {
        if (element.name() == "FaultRules") loader.rules(element);
        if (element.name() == "FaultRule") loader.rule(element);
        if (element.name() == "DefaultFaultRule") loader.default_rule(element);
    }
    return loader.finish();
}

}  // namespace catchrule::xml
