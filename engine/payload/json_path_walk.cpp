// SPDX-License-Identifier: Apache-2.0
// Depth-first over the steps: each step hands every value it selects to the next one. Recursion is
// bounded by the steps of a path and the depth of the document; all looks are counted.
#include "engine/payload/json_path_walk.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace catchrule::payload::json {
namespace {

using Json = boost::json::value;

// An operand at one moment.
using Scalar = std::variant<Null, bool, std::int64_t, double, std::string_view>;

std::optional<double> number(const Scalar& scalar) {
    if (const auto* whole = std::get_if<std::int64_t>(&scalar)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&scalar)) return *real;
    return std::nullopt;
}

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool equal(const Scalar& a, const Scalar& b) {
    const auto* text_a = std::get_if<std::string_view>(&a);
    const auto* text_b = std::get_if<std::string_view>(&b);
    if (text_a != nullptr && text_b != nullptr) return *text_a == *text_b;
    const auto number_a = text_a != nullptr ? number(*text_a) : number(a);
    const auto number_b = text_b != nullptr ? number(*text_b) : number(b);
    if (number_a && number_b) {
        const auto* whole_a = std::get_if<std::int64_t>(&a);
        const auto* whole_b = std::get_if<std::int64_t>(&b);
        if (whole_a != nullptr && whole_b != nullptr) return *whole_a == *whole_b;
        return *number_a == *number_b;
    }
    if (std::holds_alternative<bool>(a) && std::holds_alternative<bool>(b))
        return std::get<bool>(a) == std::get<bool>(b);
    return std::holds_alternative<Null>(a) && std::holds_alternative<Null>(b);
}

// Negative, zero or positive; none for values without an order.
std::optional<int> order(const Scalar& a, const Scalar& b) {
    const auto* text_a = std::get_if<std::string_view>(&a);
    const auto* text_b = std::get_if<std::string_view>(&b);
    if (text_a != nullptr && text_b != nullptr) return text_a->compare(*text_b);
    const auto number_a = number(a);
    const auto number_b = number(b);
    if (!number_a || !number_b) return std::nullopt;
    return *number_a < *number_b ? -1 : (*number_a > *number_b ? 1 : 0);
}

bool holds(Test test, const Scalar& left, const Scalar& right) {
    if (test == Test::equal) return equal(left, right);
    if (test == Test::not_equal) return !equal(left, right);
    const std::optional<int> ordered = order(left, right);
    if (!ordered) return false;
    switch (test) {
        case Test::less:
            return *ordered < 0;
        case Test::less_equal:
            return *ordered <= 0;
        case Test::greater:
            return *ordered > 0;
        default:
            return *ordered >= 0;
    }
}

class Walk {
public:
    Walk(const Json& root, std::uint64_t max_nodes) : root_(root), left_(max_nodes) {}

    bool spent() const { return spent_; }

    void follow(const Path& path, const Json& context, std::vector<Found>& found) {
        enter(path.steps, 0, path.from_root ? root_ : context, found);
    }

private:
    bool look() {
        if (left_ == 0) spent_ = true;
        if (!spent_) --left_;
        return !spent_;
    }

    void enter(const std::vector<Step>& steps, std::size_t index, const Json& value,
               std::vector<Found>& found) {
        if (!look()) return;
        if (index == steps.size()) {
            found.push_back({&value});
        } else if (steps[index].descend) {
            descend(steps, index, value, found);
        } else {
            select(steps, index, value, found);
        }
    }

    // The value itself, then what is inside it.
    void descend(const std::vector<Step>& steps, std::size_t index, const Json& value,
                 std::vector<Found>& found) {
        if (!look()) return;
        if (const auto* filtered = std::get_if<Filtered>(&steps[index].what)) {
            // Every value is tested once, not again as an item of its array.
            if (passes(*filtered->filter, value)) enter(steps, index + 1, value, found);
        } else {
            select(steps, index, value, found);
        }
        for_each_child(value, [&](const Json& child) { descend(steps, index, child, found); });
    }

    template <class Use>
    void for_each_child(const Json& value, Use use) {
        if (const auto* array = value.if_array()) {
            for (const Json& item : *array) {
                if (spent_) return;
                use(item);
            }
        } else if (const auto* object = value.if_object()) {
            for (const auto& [key, member] : *object) {
                if (spent_) return;
                use(member);
            }
        }
    }

    void select(const std::vector<Step>& steps, std::size_t index, const Json& value,
                std::vector<Found>& found) {
        const auto next = [&](const Json& child) { enter(steps, index + 1, child, found); };
        std::visit([&](const auto& what) { pick(what, value, next, found); }, steps[index].what);
    }

    template <class Use>
    void pick(const Names& names, const Json& value, Use use, std::vector<Found>&) {
        const auto* object = value.if_object();
        if (object == nullptr) return;
        for (const std::string& name : names.names) {
            if (const Json* member = object->if_contains({name.data(), name.size()})) use(*member);
        }
    }

    template <class Use>
    void pick(const Indexes& indexes, const Json& value, Use use, std::vector<Found>&) {
        const auto* array = value.if_array();
        if (array == nullptr) return;
        const auto size = static_cast<std::int64_t>(array->size());
        for (const std::int64_t index : indexes.indexes) {
            const std::int64_t at = index < 0 ? size + index : index;
            if (at >= 0 && at < size) use((*array)[static_cast<std::size_t>(at)]);
        }
    }

    template <class Use>
    void pick(const Slice& slice, const Json& value, Use use, std::vector<Found>&) {
        const auto* array = value.if_array();
        if (array == nullptr) return;
        const auto size = static_cast<std::int64_t>(array->size());
        const auto place = [size](std::int64_t at) {
            return std::clamp<std::int64_t>(at < 0 ? size + at : at, 0, size);
        };
        const std::int64_t end = place(slice.end.value_or(size));
        for (std::int64_t at = place(slice.begin.value_or(0)); at < end && !spent_; ++at) {
            use((*array)[static_cast<std::size_t>(at)]);
        }
    }

    template <class Use>
    void pick(const Wildcard&, const Json& value, Use use, std::vector<Found>&) {
        for_each_child(value, use);
    }

    template <class Use>
    void pick(const Length&, const Json& value, Use, std::vector<Found>& found) {
        if (const auto* array = value.if_array()) {
            found.push_back({nullptr, static_cast<std::int64_t>(array->size())});
        } else if (const auto* object = value.if_object()) {
            found.push_back({nullptr, static_cast<std::int64_t>(object->size())});
        }
    }

    template <class Use>
    void pick(const Filtered& filtered, const Json& value, Use use, std::vector<Found>&) {
        const auto test = [&](const Json& candidate) {
            if (look() && passes(*filtered.filter, candidate)) use(candidate);
        };
        if (value.is_array()) {
            for_each_child(value, test);
        } else if (value.is_object()) {
            test(value);
        }
    }

    bool passes(const Filter& filter, const Json& candidate) {
        const auto part = [&](const Filter& inner) { return passes(inner, candidate); };
        switch (filter.test) {
            case Test::exists:
                return !values(filter.left, candidate).empty();
            case Test::negation:
                return !passes(filter.parts.front(), candidate);
            case Test::conjunction:
                return std::all_of(filter.parts.begin(), filter.parts.end(), part);
            case Test::disjunction:
                return std::any_of(filter.parts.begin(), filter.parts.end(), part);
            case Test::matches: {
                const auto text = scalar(filter.left, candidate);
                const auto* subject = text ? std::get_if<std::string_view>(&*text) : nullptr;
                return subject != nullptr &&
                       std::get<Regex>(filter.right).pattern->matches(*subject);
            }
            default: {
                const auto left = scalar(filter.left, candidate);
                const auto right = scalar(filter.right, candidate);
                // What is missing, or a container, differs from everything.
                if (!left || !right) return filter.test == Test::not_equal;
                return holds(filter.test, *left, *right);
            }
        }
    }

    std::vector<Found> values(const Operand& operand, const Json& candidate) {
        std::vector<Found> found;
        if (const auto* path = std::get_if<Path>(&operand)) follow(*path, candidate, found);
        return found;
    }

    std::optional<Scalar> scalar(const Operand& operand, const Json& candidate) {
        if (std::holds_alternative<Path>(operand)) {
            const std::vector<Found> found = values(operand, candidate);
            return found.size() == 1 ? scalar(found.front()) : std::nullopt;
        }
        if (const auto* flag = std::get_if<bool>(&operand)) return *flag;
        if (const auto* whole = std::get_if<std::int64_t>(&operand)) return *whole;
        if (const auto* real = std::get_if<double>(&operand)) return *real;
        if (const auto* text = std::get_if<std::string>(&operand)) return std::string_view(*text);
        return Null{};
    }

    static std::optional<Scalar> scalar(const Found& found) {
        if (found.value == nullptr) return found.length;
        const Json& value = *found.value;
        switch (value.kind()) {
            case boost::json::kind::null:
                return Null{};
            case boost::json::kind::bool_:
                return value.get_bool();
            case boost::json::kind::int64:
                return value.get_int64();
            case boost::json::kind::uint64:
                return static_cast<double>(value.get_uint64());
            case boost::json::kind::double_:
                return value.get_double();
            case boost::json::kind::string:
                return std::string_view(value.get_string().data(), value.get_string().size());
            default:
                return std::nullopt;
        }
    }

    const Json& root_;
    std::uint64_t left_;
    bool spent_ = false;
};

}  // namespace

bool walk(const Path& path, const Json& root, std::uint64_t max_nodes, std::vector<Found>& found) {
    Walk walk(root, max_nodes);
    walk.follow(path, root, found);
    return !walk.spent();
}

}  // namespace catchrule::payload::json
