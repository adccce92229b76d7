// SPDX-License-Identifier: Apache-2.0
#include "engine/rule_index.hpp"

#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/decide.hpp"
#include "tests/support/allocations.hpp"

namespace catchrule {
namespace {

using grammar::ComparisonRules;

constexpr EvaluationOrder orders[] = {EvaluationOrder::bottom_to_top,
                                      EvaluationOrder::top_to_bottom};

// The rules of one endpoint with these conditions, indexed; "" = no condition.
struct Rules {
    explicit Rules(const std::vector<std::string>& conditions) {
        for (const std::string& text : conditions) {
            FaultRule rule;
            if (!text.empty()) {
                auto condition = grammar::compile_condition(text, symbols);
                if (!condition) throw std::runtime_error(text);
                rule.condition = *std::move(condition.value);
            }
            faults.rules.push_back(std::move(rule));
        }
        faults.index = RuleIndex(faults.rules, symbols);
        layout.emplace(symbols);
    }

    std::vector<std::uint32_t> candidates(const Variables& variables, EvaluationOrder order) const {
        std::vector<std::uint32_t> out;
        auto left = faults.index.candidates(variables);
        while (const auto rule = left.next(order)) out.push_back(*rule);
        return out;
    }

    Symbols symbols;
    FaultHandling faults;
    std::optional<VariableLayout> layout;
};

// Whether a rule is a candidate for the fault "A", for "Other", and when fault.name is unset.
struct GateCase {
    const char* condition;
    bool a;
    bool other;
    bool unset;
};

constexpr bool yes = true, no = false;

const std::vector<GateCase> gate_cases{
    // One literal.
    {"fault.name = \"A\"", yes, no, no},
    {"fault.name Is \"A\"", yes, no, no},
    {"\"A\" = fault.name", yes, no, no},
    {"'fault.name' = \"A\"", yes, no, no},
    {"fault.name = \"B\"", no, no, no},
    {"fault.name := \"a\"", yes, no, no},
    {"fault.name ~ \"A\"", yes, no, no},
    {"(((fault.name = \"A\")))", yes, no, no},
    {"not (fault.name != \"A\")", yes, no, no},
    {"!(!(fault.name = \"A\"))", yes, no, no},
    // Filed coarsely: lower case is a candidate, and then false.
    {"fault.name = \"a\"", yes, no, no},
    // Several.
    {"fault.name = \"B\" or fault.name = \"A\"", yes, no, no},
    {"fault.name = \"B\" or fault.name = \"C\" or fault.name = \"A\"", yes, no, no},
    {"(fault.name = \"A\" and x) or (y > 1 and fault.name = \"B\")", yes, no, no},
    {"(x or y) and (fault.name = \"B\" or fault.name = \"A\") and z", yes, no, no},
    {"x and not (fault.name != \"A\" and fault.name != \"B\")", yes, no, no},
    {"not (x or fault.name != \"A\")", yes, no, no},
    // Never true: no candidate, or one that is evaluated in vain.
    {"fault.name = \"A\" and 1 = 2", yes, no, no},
    {"1 = 2", no, no, no},
    {"fault.name = \"A\" and fault.name = \"B\"", yes, no, no},
    // Constants are passed over.
    {"1 = 1 and fault.name = \"A\"", yes, no, no},
    {"1 = 2 or fault.name = \"A\"", yes, no, no},
    {"1 = 1 or fault.name = \"A\"", yes, yes, yes},
    // Always candidates.
    {"", yes, yes, yes},
    {"x", yes, yes, yes},
    {"fault.name", yes, yes, yes},
    {"x = \"A\"", yes, yes, yes},
    {"fault.name = x", yes, yes, yes},
    {"fault.name = fault.name", yes, yes, yes},
    {"fault.name = 5", yes, yes, yes},
    {"fault.name = null", yes, yes, yes},
    {"fault.name != \"A\"", yes, yes, yes},
    {"not fault.name = \"A\"", yes, yes, yes},
    {"fault.name = \"A\" or x", yes, yes, yes},
    {"fault.name = \"A\" or not fault.name = \"B\"", yes, yes, yes},
    {"fault.name > \"A\"", yes, yes, yes},
    {"fault.name =| \"A\"", yes, yes, yes},
    {"fault.name ~ \"A*\"", yes, yes, yes},
    {"fault.name ~ \"%A\"", yes, yes, yes},
    {"fault.name not ~ \"A\"", yes, yes, yes},
    {"fault.name ~/ \"A\"", yes, yes, yes},
    {"fault.name ~~ \"A\"", yes, yes, yes},
};

TEST(RuleIndex, FilesByTheLiteralsThatAConditionNeeds) {
    for (const GateCase& c : gate_cases) {
        SCOPED_TRACE(c.condition);
        const Rules rules({c.condition});
        Variables variables(*rules.layout);
        const auto is_candidate = [&] { return !rules.candidates(variables, orders[0]).empty(); };
        EXPECT_EQ(is_candidate(), c.unset);
        variables.define("fault.name", Value::text("A"));
        EXPECT_EQ(is_candidate(), c.a);
        variables.define("fault.name", Value::text("Other"));
        EXPECT_EQ(is_candidate(), c.other);
    }
}

TEST(RuleIndex, HandsOutCandidatesInOrder) {
    const Rules rules({"x", "fault.name = \"A\"", "", "fault.name = \"B\"",
                       "fault.name = \"B\" or fault.name = \"A\"", "y"});
    Variables variables(*rules.layout);
    variables.define("fault.name", Value::text("A"));
    EXPECT_EQ(rules.candidates(variables, EvaluationOrder::top_to_bottom),
              (std::vector<std::uint32_t>{0, 1, 2, 4, 5}));
    EXPECT_EQ(rules.candidates(variables, EvaluationOrder::bottom_to_top),
              (std::vector<std::uint32_t>{5, 4, 2, 1, 0}));
}

TEST(RuleIndex, WithoutRulesThereIsNoCandidate) {
    const Rules rules({});
    const Variables variables(*rules.layout);
    EXPECT_TRUE(rules.faults.index.is_built());
    EXPECT_TRUE(rules.candidates(variables, EvaluationOrder::top_to_bottom).empty());
    EXPECT_FALSE(RuleIndex().is_built());
}

// The referee: random rules decided with the index and without.
class RandomRules {
public:
    explicit RandomRules(std::uint64_t seed) : chance_(seed) {}

    std::vector<std::string> conditions() {
        std::vector<std::string> out(below(8));
        for (std::string& condition : out) {
            if (!one_in(16)) condition = formula(3);
        }
        return out;
    }

    Value fault_name() { return one_in(4) ? Value::null() : pick(names); }
    Value other() { return one_in(3) ? Value::null() : pick(others); }
    ComparisonRules comparisons() { return {one_in(2), one_in(2)}; }

private:
    std::size_t below(std::size_t limit) { return chance_() % limit; }
    bool one_in(std::size_t count) { return below(count) == 0; }

    template <class T>
    const T& pick(const std::vector<T>& all) {
        return all[below(all.size())];
    }

    std::string formula(int depth) {
        if (depth == 0 || one_in(3)) return one_in(3) ? pick(plain) : test_of_name();
        switch (below(4)) {
            case 0:
                return "not (" + formula(depth - 1) + ")";
            case 1:
                return "(" + formula(depth - 1) + " and " + formula(depth - 1) + ")";
            default:
                return "(" + formula(depth - 1) + " or " + formula(depth - 1) + ")";
        }
    }

    std::string test_of_name() {
        if (one_in(8)) return pick(literals) + (one_in(2) ? " = " : " := ") + "fault.name";
        const std::string& op = pick(operators);
        if (op.starts_with('~')) return "fault.name " + op + ' ' + pick(patterns);
        return "fault.name " + op + ' ' + (one_in(6) ? "x" : pick(literals));
    }

    // U+00C9 and U+00E9, which case-insensitive equality folds; U+0416 and U+0436, U+00D7 and
    // U+00F7, which it does not; bytes that are not UTF-8; texts of more than a machine word.
    inline static const std::vector<Value> names{Value::text("A"),
                                                 Value::text("a"),
                                                 Value::text("5"),
                                                 Value::text("5.0"),
                                                 Value::text("true"),
                                                 Value::text(""),
                                                 Value::text("caf\xC3\xA9"),
                                                 Value::text("CAF\xC3\x89"),
                                                 Value::text("\xD0\x96"),
                                                 Value::text("\xD0\xB6"),
                                                 Value::text("\xC3\x97"),
                                                 Value::text("\xC3\xB7"),
                                                 Value::text("\xC3"),
                                                 Value::text("\xE3"),
                                                 Value::text("InvalidApiKeyForGivenResource"),
                                                 Value::text("invalidAPIKeyForGivenResource"),
                                                 Value::integer(5),
                                                 Value::long_integer(5),
                                                 Value::real(5),
                                                 Value::boolean(true)};
    inline static const std::vector<Value> others{Value::integer(5), Value::text("A"),
                                                  Value::text("10"), Value::boolean(true)};
    inline static const std::vector<std::string> literals{"\"A\"",
                                                          "\"a\"",
                                                          "\"5\"",
                                                          "\"5.0\"",
                                                          "\"TRUE\"",
                                                          "\"\"",
                                                          "\"caf\xC3\xA9\"",
                                                          "\"Caf\xC3\x89\"",
                                                          "\"\xD0\x96\"",
                                                          "\"\xC3\xB7\"",
                                                          "\"\xC3\x97\"",
                                                          "\"InvalidApiKeyForGivenResource\"",
                                                          "5",
                                                          "5.0",
                                                          "true",
                                                          "null"};
    inline static const std::vector<std::string> patterns{"\"A\"",  "\"5\"",  "\"caf\xC3\xA9\"",
                                                          "\".*\"", "\"a*\"", "\"%A\""};
    inline static const std::vector<std::string> operators{"=",  "=",  "=", ":=", ":=", "!=", ">",
                                                           "<=", "=|", "~", "~",  "~/", "~~"};
    inline static const std::vector<std::string> plain{
        "x", "x > 4", "x = \"A\"", "x > null", "\"10\" > \"9\"", "1 = 1", "y is null"};

    std::mt19937_64 chance_;
};

TEST(Referee, AgreesOnTwentyThousandRuleSets) {
    RandomRules random(20'000);
    std::size_t decisions = 0;
    std::size_t passed_over = 0;
    for (int set = 0; set < 20'000; ++set) {
        const std::vector<std::string> conditions = random.conditions();
        const Rules rules(conditions);
        for (int input = 0; input < 6; ++input) {
            Variables variables(*rules.layout);
            variables.define("fault.name", random.fault_name());
            variables.define("x", random.other());
            const ComparisonRules comparisons = random.comparisons();
            for (const EvaluationOrder order : orders) {
                ++decisions;
                passed_over += conditions.size() - rules.candidates(variables, order).size();
                ASSERT_EQ(choose_rule(rules.faults, order, variables, comparisons),
                          choose_rule_in_turn(rules.faults, order, variables, comparisons))
                    << "set " << set << ", fault.name \"" << variables.get("fault.name").to_text()
                    << "\": " << ::testing::PrintToString(conditions);
            }
        }
    }
    std::cout << "count: rule index, " << decisions << " decisions, " << passed_over
              << " rules passed over\n";
    EXPECT_GE(passed_over, 100'000U);
}

TEST(ChooseRule, TriesEveryRuleWithoutAnIndex) {
    Rules rules({"fault.name = \"A\"", "fault.name = \"B\""});
    Variables variables(*rules.layout);
    variables.define("fault.name", Value::text("A"));
    rules.faults.index = RuleIndex();
    EXPECT_EQ(choose_rule(rules.faults, orders[0], variables, {}), rules.faults.rules.data());
}

TEST(ChooseRule, AllocatesNothing) {
    std::vector<std::string> conditions{"x > 7", "", "fault.name ~ \"A*\" and x"};
    for (int i = 0; i < 1000; ++i) {
        conditions.push_back("fault.name = \"Fault" + std::to_string(i) + "\" and x > 4");
    }
    const Rules rules(conditions);
    Variables variables(*rules.layout);
    variables.define("x", Value::integer(5));
    for (const Value name : {Value::text("Fault7"), Value::real(1.5), Value::null()}) {
        variables.define("fault.name", name);
        const std::size_t before = testing::allocations();
        for (const EvaluationOrder order : orders) {
            EXPECT_NE(choose_rule(rules.faults, order, variables, {}), nullptr);
        }
        EXPECT_EQ(testing::allocations(), before);
    }
}

}  // namespace
}  // namespace catchrule
