// SPDX-License-Identifier: Apache-2.0
// Runs every case of *.yaml in this folder. A file has the variables that are set and its cases:
//
//     set: {name: Ann, n: 5}        quoted = text; plain numbers, true and false have their types
//     cases:
//     - {template: "{name}", is: Ann}
//       delimiters: "%#"            prefix and suffix
//       unresolved: name            what render() reports; absent = nothing
//       like: "[0-9]+"              instead of `is`: a pattern, for 50 seeds
//       warns: "expected", at: 1-5  instead of `is`: a warning with these words, the text stays;
//       fails: ..., fix: ...        the same as an error
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "engine/template.hpp"
#include "grammar/pattern.hpp"

namespace catchrule {
namespace {

struct Case {
    std::string name;  // file and number
    YAML::Node shared;
    YAML::Node node;

    std::string text(const char* key) const { return node[key] ? node[key].as<std::string>() : ""; }
};

std::vector<Case> all_cases() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(CATCHRULE_TEMPLATE_CASES)) {
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<Case> cases;
    for (const auto& file : files) {
        const YAML::Node document = YAML::LoadFile(file.string());
        int number = 0;
        for (const auto& entry : document["cases"]) {
            const YAML::Node& node = entry;
            cases.push_back(
                {file.stem().string() + "_" + std::to_string(++number), document["set"], node});
        }
    }
    return cases;
}

void define(const YAML::Node& set, Variables& variables) {
    for (const auto& entry : set) {
        const auto name = entry.first.as<std::string>();
        const YAML::Node& value = entry.second;
        const bool plain = value.Tag() == "?";
        if (std::int64_t whole = 0; plain && YAML::convert<std::int64_t>::decode(value, whole)) {
            variables.define(name, Value::long_integer(whole));
        } else if (double real = 0; plain && YAML::convert<double>::decode(value, real)) {
            variables.define(name, Value::real(real));
        } else if (bool flag = false; plain && YAML::convert<bool>::decode(value, flag)) {
            variables.define(name, Value::boolean(flag));
        } else {
            variables.define(name, Value::text(value.as<std::string>()));
        }
    }
}

// `1-5`: the bytes from 1 up to before 5.
std::string place(grammar::Span span) {
    return std::to_string(span.begin) + "-" + std::to_string(span.end);
}

void expect_problem(const Case& c, const std::vector<grammar::Diagnostic>& diagnostics) {
    const bool fails = static_cast<bool>(c.node["fails"]);
    ASSERT_EQ(diagnostics.size(), 1U);
    const grammar::Diagnostic& diagnostic = diagnostics.front();
    EXPECT_EQ(diagnostic.severity, fails ? grammar::Severity::error : grammar::Severity::warning);
    EXPECT_EQ(diagnostic.code, fails ? "CR223" : "CR210");
    EXPECT_NE(diagnostic.message.find(c.text(fails ? "fails" : "warns")), std::string::npos)
        << diagnostic.message;
    EXPECT_EQ(place(diagnostic.span), c.text("at"));
    EXPECT_EQ(diagnostic.fix, c.text("fix"));
}

class Templates : public testing::TestWithParam<Case> {};

TEST_P(Templates, render_as_the_case_says) {
    const Case& c = GetParam();
    const std::string text = c.text("template");
    const std::string signs = c.node["delimiters"] ? c.text("delimiters") : "{}";
    SCOPED_TRACE(text);
    Symbols symbols;
    const auto parsed = Template::parse(text, symbols, {signs.at(0), signs.at(1)});
    ASSERT_TRUE(parsed.value.has_value());
    EXPECT_EQ(parsed->text(), text);
    const VariableLayout layout(symbols);
    Variables variables(layout);
    define(c.shared, variables);
    define(c.node["set"], variables);

    if (c.node["warns"] || c.node["fails"]) {
        expect_problem(c, parsed.diagnostics);
        EXPECT_EQ(parsed->render(variables), text);
        return;
    }
    EXPECT_TRUE(parsed.diagnostics.empty()) << parsed.diagnostics.front().message;
    if (c.node["like"]) {
        const auto pattern =
            grammar::Pattern::compile(grammar::Operator::java_regex, c.text("like"));
        ASSERT_TRUE(pattern.value.has_value());
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            variables.random().seed(seed);
            const std::string made = parsed->render(variables);
            EXPECT_TRUE(pattern->matches(made)) << made;
            variables.random().seed(seed);
            EXPECT_EQ(parsed->render(variables), made);
        }
        return;
    }
    ASSERT_TRUE(c.node["is"]);
    std::string out = ">";
    EXPECT_EQ(parsed->render(variables, out), c.text("unresolved"));
    EXPECT_EQ(out, ">" + c.text("is"));
}

INSTANTIATE_TEST_SUITE_P(conformance, Templates, testing::ValuesIn(all_cases()),
                         [](const auto& one) { return one.param.name; });

TEST(TemplateCases, there_are_enough_and_every_file_names_its_source) {
    const auto cases = all_cases();
    std::cout << "count: " << cases.size() << " template cases\n";
    EXPECT_GE(cases.size(), 120U);
    for (const auto& entry : std::filesystem::directory_iterator(CATCHRULE_TEMPLATE_CASES)) {
        if (entry.path().extension() != ".yaml") continue;
        std::ifstream in(entry.path());
        std::string line;
        std::getline(in, line);
        EXPECT_TRUE(line.starts_with("# source: ")) << entry.path();
    }
}

TEST(TemplateCases, call_every_function) {
    std::string all;
    for (const Case& c : all_cases()) {
        if (c.node["is"] || c.node["like"]) all += c.text("template") + '\n';
    }
    for (const std::string_view name : template_function_names()) {
        EXPECT_NE(all.find("{" + std::string(name) + "("), std::string::npos) << name;
    }
}

}  // namespace
}  // namespace catchrule
