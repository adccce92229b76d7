// SPDX-License-Identifier: Apache-2.0
#include "grammar/value.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace catchrule::grammar {
namespace {

// Digits and exponent as to_chars finds them: d.ddd x 10^exponent.
struct Decimal {
    std::string_view digits;
    int exponent = 0;
};

template <class Real>
Decimal shortest_digits(Real magnitude, std::array<char, 48>& buffer) {
    const auto made = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                    std::chars_format::scientific);
    const std::string_view text(buffer.data(), static_cast<std::size_t>(made.ptr - buffer.data()));
    const std::size_t e = text.find('e');
    Decimal decimal;
    decimal.exponent = std::atoi(buffer.data() + e + 1);
    if (e > 1) buffer[1] = buffer[0];  // over the point
    decimal.digits = e > 1 ? text.substr(1, e - 1) : text.substr(0, 1);
    return decimal;
}

// Java's Double.toString: plain from 0.001 up to 10^7, computerized scientific notation beyond.
template <class Real>
std::string_view write_real(Real value, Value::TextBuffer& out) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    char* to = out.data();
    const auto put = [&to](std::string_view part) { to += part.copy(to, part.size()); };
    const auto put_or_zero = [&put](std::string_view part) { put(part.empty() ? "0" : part); };
    const auto put_zeros = [&put](int count) {
        for (; count > 0; --count) put("0");
    };

    if (std::signbit(value)) put("-");
    std::array<char, 48> buffer{};
    const Decimal decimal = shortest_digits(std::abs(value), buffer);
    const int size = static_cast<int>(decimal.digits.size());
    if (value == 0) {
        put("0.0");
    } else if (decimal.exponent >= 7 || decimal.exponent < -3) {
        put(decimal.digits.substr(0, 1));
        put(".");
        put_or_zero(decimal.digits.substr(1));
        put("E");
        to = std::to_chars(to, out.data() + out.size(), decimal.exponent).ptr;
    } else if (decimal.exponent < 0) {
        put("0.");
        put_zeros(-decimal.exponent - 1);
        put(decimal.digits);
    } else {
        const int whole = decimal.exponent + 1;
        put(decimal.digits.substr(0, static_cast<std::size_t>(whole)));
        put_zeros(whole - size);
        put(".");
        put_or_zero(whole < size ? decimal.digits.substr(static_cast<std::size_t>(whole)) : "");
    }
    return {out.data(), static_cast<std::size_t>(to - out.data())};
}

}  // namespace

std::string_view to_string(Type type) {
    switch (type) {
        case Type::null:
            return "null";
        case Type::boolean:
            return "Boolean";
        case Type::integer:
            return "Integer";
        case Type::long_integer:
            return "Long";
        case Type::single:
            return "Float";
        case Type::real:
            return "Double";
        case Type::text:
            return "String";
    }
    return "null";
}

std::string_view Value::to_text(TextBuffer& buffer) const {
    switch (type_) {
        case Type::null:
            return {};
        case Type::boolean:
            return boolean_ ? "true" : "false";
        case Type::integer:
        case Type::long_integer: {
            const auto made = std::to_chars(buffer.data(), buffer.data() + buffer.size(), integer_);
            return {buffer.data(), static_cast<std::size_t>(made.ptr - buffer.data())};
        }
        case Type::single:
            return write_real(static_cast<float>(real_), buffer);
        case Type::real:
            return write_real(real_, buffer);
        case Type::text:
            return as_text();
    }
    return {};
}

std::string Value::to_text() const {
    TextBuffer buffer;
    return std::string(to_text(buffer));
}

bool operator==(const Value& a, const Value& b) {
    if (a.type_ != b.type_) return false;
    switch (a.type_) {
        case Type::null:
            return true;
        case Type::boolean:
            return a.boolean_ == b.boolean_;
        case Type::integer:
        case Type::long_integer:
            return a.integer_ == b.integer_;
        case Type::single:
        case Type::real:
            return a.real_ == b.real_;
        case Type::text:
            return a.as_text() == b.as_text();
    }
    return false;
}

std::string java_text(double value) { return Value::real(value).to_text(); }
std::string java_text(float value) { return Value::single(value).to_text(); }

}  // namespace catchrule::grammar
