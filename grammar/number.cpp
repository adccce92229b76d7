// SPDX-License-Identifier: Apache-2.0
#include "grammar/number.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace catchrule::grammar {
namespace {

std::size_t count_digits(std::string_view text) {
    const auto end =
        std::find_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; });
    return static_cast<std::size_t>(end - text.begin());
}

bool all_digits(std::string_view text) {
    return !text.empty() && count_digits(text) == text.size();
}

// What is wrong with `rest`, which stands where the number should have ended.
NumberProblem judge_rest(std::string_view rest) {
    if (rest[0] == 'e' || rest[0] == 'E') {
        rest.remove_prefix(1);
        if (rest.starts_with('-')) rest.remove_prefix(1);
        if (rest.empty() || all_digits(rest)) return NumberProblem::exponent;
    }
    return NumberProblem::malformed;
}

template <class Real>
Number make_real(std::string_view digits, bool has_whole_digit) {
    Real value{};
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    // Too small to hold is zero, as in Java; too large has no reading.
    if (read.ec == std::errc::result_out_of_range) {
        if (has_whole_digit) return {{}, NumberProblem::out_of_range};
        value = Real{};
    }
    if constexpr (sizeof(Real) == sizeof(float)) {
        return {Value::single(value), NumberProblem::none};
    } else {
        return {Value::real(value), NumberProblem::none};
    }
}

Number make_integer(std::string_view digits, bool is_long) {
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc{}) return {{}, NumberProblem::out_of_range};
    using Integer = std::numeric_limits<std::int32_t>;
    if (is_long || value < Integer::min() || value > Integer::max()) {
        return {Value::long_integer(value), NumberProblem::none};
    }
    return {Value::integer(static_cast<std::int32_t>(value)), NumberProblem::none};
}

}  // namespace

Number read_number(std::string_view token) {
    std::string_view rest = token;
    if (rest.starts_with('-')) rest.remove_prefix(1);
    const std::size_t whole = count_digits(rest);
    const bool leading_zero = whole > 1 && rest[0] == '0';
    const bool above_one = whole > 0 && rest[0] != '0';
    rest.remove_prefix(whole);

    bool fraction = false;
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        const std::size_t digits = count_digits(rest);
        if (digits == 0) return {{}, NumberProblem::malformed};
        rest.remove_prefix(digits);
        fraction = true;
    }
    if (whole == 0 && !fraction) return {{}, NumberProblem::malformed};

    const std::string_view digits = token.substr(0, token.size() - rest.size());
    const char suffix = rest.size() == 1 ? rest[0] : '\0';
    const bool is_long = suffix == 'l' || suffix == 'L';
    const bool is_float = suffix == 'f' || suffix == 'F';
    const bool is_double = suffix == 'd' || suffix == 'D';
    if (!rest.empty() && !is_long && !is_float && !is_double) return {{}, judge_rest(rest)};
    if (leading_zero) return {{}, NumberProblem::leading_zero};
    if (is_long && fraction) return {{}, NumberProblem::fraction_of_long};
    if (is_float) return make_real<float>(digits, above_one);
    if (is_double || fraction) return make_real<double>(digits, above_one);
    return make_integer(digits, is_long);
}

}  // namespace catchrule::grammar
