// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace catchrule::grammar {

/// The types of the vendor's adaptation table (SEMANTICS 1.6), in widening order.
enum class Type : std::uint8_t { null, boolean, integer, long_integer, single, real, text };

/// "null", "Boolean", "Integer", "Long", "Float", "Double", "String".
std::string_view to_string(Type type);

/// The value of a flow variable or literal at one moment. Text is borrowed: whoever made the Value
/// keeps the bytes alive (Variables until they are cleared, a Program as long as it lives). 16
/// bytes, trivially copyable.
class Value {
public:
    constexpr Value() : integer_(0) {}
    static constexpr Value null() { return {}; }
    static constexpr Value boolean(bool b);
    static constexpr Value integer(std::int32_t i);
    static constexpr Value long_integer(std::int64_t i);
    static constexpr Value single(float f);
    static constexpr Value real(double d);
    /// At most 4 GiB - 1 bytes; UTF-8 is expected, any bytes are carried.
    static constexpr Value text(std::string_view t);

    constexpr Type type() const { return type_; }
    constexpr bool is_null() const { return type_ == Type::null; }
    constexpr bool is_text() const { return type_ == Type::text; }
    constexpr bool is_number() const { return type_ >= Type::integer && type_ <= Type::real; }

    constexpr bool as_boolean() const { return boolean_; }
    /// Valid for integer and long_integer.
    constexpr std::int64_t as_long() const { return integer_; }
    /// Valid for single (widened) and real.
    constexpr double as_double() const { return real_; }
    constexpr std::string_view as_text() const { return {text_, length_}; }

    /// The text form, as Java prints it: Boolean `true`, Long `5`, Double 1 `1.0`, null ``
    /// (SEM-36).
    std::string to_text() const;

    /// Room for the text form of any value that is not text itself.
    using TextBuffer = std::array<char, 32>;
    /// to_text() without an allocation: a view of the text itself, or of what was written to
    /// `buffer`.
    std::string_view to_text(TextBuffer& buffer) const;

    /// Same type and same content; Double compares by value.
    friend bool operator==(const Value& a, const Value& b);

private:
    union {
        bool boolean_;
        std::int64_t integer_;
        double real_;
        const char* text_;
    };
    std::uint32_t length_ = 0;
    Type type_ = Type::null;
};

constexpr Value Value::boolean(bool b) {
    Value v;
    v.type_ = Type::boolean;
    v.boolean_ = b;
    return v;
}
constexpr Value Value::integer(std::int32_t i) {
    Value v;
    v.type_ = Type::integer;
    v.integer_ = i;
    return v;
}
constexpr Value Value::long_integer(std::int64_t i) {
    Value v;
    v.type_ = Type::long_integer;
    v.integer_ = i;
    return v;
}
constexpr Value Value::single(float f) {
    Value v;
    v.type_ = Type::single;
    v.real_ = f;
    return v;
}
constexpr Value Value::real(double d) {
    Value v;
    v.type_ = Type::real;
    v.real_ = d;
    return v;
}
constexpr Value Value::text(std::string_view t) {
    Value v;
    v.type_ = Type::text;
    v.text_ = t.data();
    v.length_ = static_cast<std::uint32_t>(t.size());
    return v;
}

/// The text form of a Float or Double, as Java prints it: shortest digits, `1.0`, `1.0E7`, `NaN`.
std::string java_text(double value);
std::string java_text(float value);

}  // namespace catchrule::grammar
