// SPDX-License-Identifier: Apache-2.0
#include "tools/assignments.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tools/files.hpp"

namespace catchrule::tools {
namespace {

using grammar::Type;

struct Case {
    const char* assignment;
    const char* name;  // empty = refused
    Type type;
    const char* text;
};

void check(const std::vector<Case>& cases, std::string (Assignments::*add)(std::string_view)) {
    for (const Case& c : cases) {
        SCOPED_TRACE(c.assignment);
        Assignments made;
        const std::string error = (made.*add)(c.assignment);
        EXPECT_EQ(error.empty(), *c.name != '\0') << error;
        if (!error.empty()) continue;
        ASSERT_EQ(made.all().size(), 1U);
        EXPECT_EQ(made.all()[0].name, c.name);
        EXPECT_EQ(made.all()[0].value.type(), c.type);
        EXPECT_EQ(made.all()[0].value.to_text(), c.text);
    }
}

TEST(Assignments, Texts) {
    check(
        {
            {"a=b", "a", Type::text, "b"},
            {"a=", "a", Type::text, ""},
            {"a=b=c", "a", Type::text, "b=c"},
            {"a=5", "a", Type::text, "5"},
            {"is.error=true", "is.error", Type::boolean, "true"},
            {"response.status.code=404", "response.status.code", Type::integer, "404"},
            {"ratelimit.q.exceed.count=1", "ratelimit.q.exceed.count", Type::long_integer, "1"},
            {"ratelimit.q.failed=yes", "ratelimit.q.failed", Type::text, "yes"},
            {"a", "", Type::null, ""},
            {"=b", "", Type::null, ""},
        },
        &Assignments::add_text);
}

TEST(Assignments, Json) {
    check(
        {
            {"a=5", "a", Type::integer, "5"},
            {"a=-2147483648", "a", Type::integer, "-2147483648"},
            {"a=2147483648", "a", Type::long_integer, "2147483648"},
            {"a=1.5", "a", Type::real, "1.5"},
            {"a=1.0", "a", Type::real, "1.0"},
            {"a=\"x\"", "a", Type::text, "x"},
            {"a=true", "a", Type::boolean, "true"},
            {"a=null", "a", Type::null, ""},
            {"a=[]", "", Type::null, ""},
            {"a={}", "", Type::null, ""},
            {"a=x", "", Type::null, ""},
            {"a=", "", Type::null, ""},
            {"a=1 2", "", Type::null, ""},
            {"a", "", Type::null, ""},
        },
        &Assignments::add_json);
}

TEST(Assignments, Objects) {
    Assignments made;
    EXPECT_EQ(made.add_object(R"( {"a": "x", "b": null, "c": 1} )"), "");
    ASSERT_EQ(made.all().size(), 3U);
    EXPECT_EQ(made.all()[0].value.as_text(), "x");
    EXPECT_EQ(made.add_object("[1]"), "expected a JSON object of variable names and values");
    EXPECT_EQ(made.add_object(R"({"a": 1} x)"), "byte 9: not a JSON object");
    EXPECT_EQ(made.add_object(R"({"a": )"), "byte 6: not a JSON object");
    EXPECT_EQ(made.add_object(R"({"a": [1]})"),
              "variable \"a\": expected a string, number, true, false or null");
}

TEST(Assignments, EndlessFile) {
    EXPECT_EQ(read_file("/dev/zero", 1000), std::nullopt);
    EXPECT_EQ(read_file("/dev/null", 0), "");
    Assignments made;
    EXPECT_EQ(made.read({.texts = {}, .jsons = {}, .file = "/dev/zero"}), "cannot read /dev/zero");
}

TEST(Assignments, LaterOnesWin) {
    Assignments made;
    EXPECT_EQ(made.read({.texts = {"a=1", "a=2"}, .jsons = {"b=null"}, .file = ""}), "");
    Symbols symbols;
    symbols.intern("a");
    const VariableLayout layout(symbols);
    Variables variables(layout);
    variables.define("b", Value::text("old"));
    made.define(variables);
    EXPECT_EQ(variables.get("a").as_text(), "2");
    EXPECT_TRUE(variables.get("b").is_null());
}

}  // namespace
}  // namespace catchrule::tools
