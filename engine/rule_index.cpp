// SPDX-License-Identifier: Apache-2.0
#include "engine/rule_index.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string_view>
#include <tuple>

#include "engine/model.hpp"
#include "engine/variables.hpp"

namespace catchrule {
namespace {

using grammar::OperandRef;
using grammar::Operator;
using grammar::Program;
using grammar::Test;

std::uint64_t folded_word(const char* bytes) {
    constexpr std::uint64_t bit_5 = 0x2020'2020'2020'2020U;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word | bit_5;
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
    hash = (hash ^ word) * 0x9E37'79B9'7F4A'7C15U;  // 2^64 by the golden ratio
    return hash ^ (hash >> 32U);
}

// Texts that differ in letter case only have one hash.
std::uint32_t folded_hash(std::string_view text) {
    constexpr std::size_t word = sizeof(std::uint64_t);
    std::uint64_t hash = mixed(0, text.size());
    if (text.size() < word) {
        for (const char c : text) hash = mixed(hash, static_cast<unsigned char>(c) | 0x20U);
    } else {
        for (std::size_t i = 0; i + word < text.size(); i += word) {
            hash = mixed(hash, folded_word(text.data() + i));
        }
        hash = mixed(hash, folded_word(text.data() + text.size() - word));
    }
    return static_cast<std::uint32_t>(hash);
}

// When the test comes out as `when`, fault.name equals `literal`, letter case aside.
struct Gate {
    std::string_view literal;
    bool when = true;
};

std::optional<Gate> gate_of(const Test& test, const Program& program, grammar::Slot fault_name) {
    const bool left_is_it = !test.left.is_constant() && test.left.index() == fault_name;
    const bool right_is_it = !test.right.is_constant() && test.right.index() == fault_name;
    if (test.is_truth || left_is_it == right_is_it) return std::nullopt;
    const OperandRef other = left_is_it ? test.right : test.left;
    if (!other.is_constant() || !program.constants()[other.index()].is_text()) return std::nullopt;
    const std::string_view literal = program.constants()[other.index()].as_text();
    switch (test.op) {
        case Operator::equals:
        case Operator::equals_case_insensitive:
            return Gate{literal};
        case Operator::not_equals:
            return Gate{literal, false};
        case Operator::matches:
            if (literal.find_first_of("*%") != std::string_view::npos) return std::nullopt;
            return Gate{literal};
        default:
            return std::nullopt;
    }
}

// The literals of which fault.name must equal one for the condition to hold; none when it may hold
// otherwise. Walks all ways through the jump code but those behind a gate that has opened; jumps
// lead forward only.
class Literals {
public:
    explicit Literals(std::optional<grammar::Slot> fault_name) : fault_name_(fault_name) {}

    std::optional<std::span<const std::string_view>> of(const Program& program) {
        const std::vector<Test>& tests = program.tests();
        literals_.clear();
        reached_.assign(tests.size(), false);
        accepts_ = false;
        reach(program.start());
        for (std::size_t i = 0; i < tests.size() && !accepts_; ++i) {
            if (!reached_[i]) continue;
            const Test& test = tests[i];
            const auto gate = fault_name_ ? gate_of(test, program, *fault_name_) : std::nullopt;
            if (gate) literals_.push_back(gate->literal);
            if (!gate || !gate->when) reach(test.on_true);
            if (!gate || gate->when) reach(test.on_false);
        }
        if (accepts_) return std::nullopt;
        return literals_;
    }

private:
    void reach(std::uint16_t target) {
        if (target < Test::reject) reached_[target] = true;
        if (target == Test::accept) accepts_ = true;
    }

    std::optional<grammar::Slot> fault_name_;
    std::vector<std::string_view> literals_;
    std::vector<bool> reached_;
    bool accepts_ = false;
};

}  // namespace

RuleIndex::RuleIndex(const std::vector<FaultRule>& rules, const grammar::Symbols& symbols) {
    const std::optional<grammar::Slot> slot = symbols.find("fault.name");
    names_any_ = slot.has_value();
    fault_name_ = slot.value_or(0);
    Literals literals(slot);
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
        const auto& condition = rules[rule].condition;
        const auto needed = condition ? literals.of(condition->program) : std::nullopt;
        if (!needed) {
            always_.push_back(rule);
            continue;
        }
        for (const std::string_view literal : *needed) {
            entries_.push_back({folded_hash(literal), rule});
        }
    }
    const auto buckets = static_cast<std::uint32_t>(std::bit_ceil(entries_.size() + 1));
    const auto place = [mask = buckets - 1](const Entry& entry) {
        return std::tuple(entry.hash & mask, entry.rule, entry.hash);
    };
    std::sort(entries_.begin(), entries_.end(),
              [&](const Entry& a, const Entry& b) { return place(a) < place(b); });
    entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
    bucket_.assign(buckets + 1, 0);
    for (const Entry& entry : entries_) ++bucket_[(entry.hash & (buckets - 1)) + 1];
    for (std::uint32_t i = 0; i < buckets; ++i) bucket_[i + 1] += bucket_[i];
}

std::span<const RuleIndex::Entry> RuleIndex::bucket_of(std::uint32_t hash) const {
    const std::size_t bucket = hash & (bucket_.size() - 2);
    return std::span(entries_).subspan(bucket_[bucket], bucket_[bucket + 1] - bucket_[bucket]);
}

RuleIndex::Candidates RuleIndex::candidates(const Variables& variables) const {
    Candidates out;
    out.always_ = always_;
    // An unset fault.name equals no literal; of other types the text form counts.
    const Value name = names_any_ ? variables.get(fault_name_) : Value::null();
    if (name.is_null()) return out;
    Value::TextBuffer buffer;
    out.hash_ = folded_hash(name.is_text() ? name.as_text() : name.to_text(buffer));
    out.named_ = bucket_of(out.hash_);
    return out;
}

std::optional<std::uint32_t> RuleIndex::Candidates::next(EvaluationOrder order) {
    const bool down = order == EvaluationOrder::top_to_bottom;
    const auto first = [down](const auto& left) { return down ? left.front() : left.back(); };
    const auto pass = [down](auto& left) {
        left = down ? left.subspan(1) : left.first(left.size() - 1);
    };
    while (!named_.empty() && first(named_).hash != hash_) pass(named_);
    if (named_.empty() && always_.empty()) return std::nullopt;
    const bool is_named =
        always_.empty() || (!named_.empty() && (first(named_).rule < first(always_)) == down);
    const std::uint32_t rule = is_named ? first(named_).rule : first(always_);
    if (is_named) {
        pass(named_);
    } else {
        pass(always_);
    }
    return rule;
}

}  // namespace catchrule
