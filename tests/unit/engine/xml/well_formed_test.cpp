// SPDX-License-Identifier: Apache-2.0
// Texts that are not XML, or nearly not: one row each.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/xml/load_bundle.hpp"

namespace catchrule {
namespace {

struct Row {
    const char* name;
    std::string text;
    std::uint32_t begin;  // of the first problem
    const char* code;     // empty: loads in silence
    const char* message;
};

// Lets gtest print a row by its name.
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

using namespace std::string_literals;

const std::vector<Row> rows{
    {"plain", "<FaultRules/>", 0, "", ""},
    {"byte_order_mark", "\xEF\xBB\xBF<?xml version=\"1.0\"?><FaultRules/>", 0, "", ""},
    {"carriage_returns", "<?xml version=\"1.0\"?>\r\n<FaultRules>\r\n</FaultRules>\r\n", 0, "", ""},
    {"single_quotes", "<FaultRule name='a>b'/>", 0, "", ""},
    {"processing_instruction", "<?edit on?><FaultRules/>", 0, "", ""},
    {"brackets_in_comment", "<FaultRules><!-- <a> & </b> --></FaultRules>", 0, "", ""},
    {"empty", "", 0, "CR201", "expected an element, found the end of the file"},
    {"blank", " \n", 2, "CR201", "expected an element, found the end of the file"},
    {"only_comment", "<!-- x -->", 10, "CR201", "expected an element, found the end of the file"},
    {"text", "FaultRules", 0, "CR201", "expected an element, found text"},
    {"text_behind", "<FaultRules/>x", 13, "CR201", "expected an element, found text"},
    {"json", "{\"a\": 1}", 0, "CR201", "expected an element, found text"},
    {"nul", "<FaultRules>\0</FaultRules>"s, 12, "CR201",
     "expected text, found a control character"},
    {"utf_16", "\xFF\xFE<\0F\0"s, 0, "CR201", "expected UTF-8, found UTF-16"},
    {"not_closed", "<FaultRules>", 12, "CR201",
     "expected </FaultRules> to close the tag of line 1, found the end of the file"},
    {"crossed", "<FaultRules>\n<Step>\n</FaultRules></Step>", 20, "CR201",
     "expected </Step> to close the tag of line 2, found </FaultRules>"},
    {"closed_twice", "<FaultRules/></FaultRules>", 13, "CR201",
     "</FaultRules> closes a tag that was never opened"},
    {"tag_not_ended", "<FaultRules><Step </FaultRules>", 12, "CR201",
     "expected '>' to end this tag"},
    {"end_tag_not_ended", "<FaultRules></FaultRules", 12, "CR201", "expected '>' to end this tag"},
    {"end_tag_with_attribute", "<FaultRules></FaultRules a=\"b\">", 25, "CR201",
     "expected well-formed XML: error parsing end element tag"},
    {"less_than", "<FaultRule><Condition>a < 5</Condition></FaultRule>", 24, "CR201",
     "expected a tag name after '<'"},
    {"less_than_or_equals", "<FaultRule><Condition>a <= 5</Condition></FaultRule>", 24, "CR201",
     "expected a tag name after '<'"},
    {"comment_not_closed", "<FaultRules><!-- </FaultRules>", 12, "CR201",
     "expected --> to end what begins here"},
    {"cdata_not_closed", "<FaultRules><![CDATA[ </FaultRules>", 12, "CR201",
     "expected ]]> to end what begins here"},
    {"instruction_not_closed", "<?xml version=\"1.0\">", 0, "CR201",
     "expected ?> to end what begins here"},
    {"doctype_not_closed", "<!DOCTYPE a [", 0, "CR201", "expected > to end what begins here"},
    {"doctype_late", "<FaultRules/><!DOCTYPE a>", 13, "CR201", "expected an element, found <!"},
    {"cdata_outside", "<![CDATA[x]]>", 0, "CR201", "expected an element"},
    {"declaration_late", "<FaultRules/><?xml version=\"1.0\"?>", 13, "CR201",
     "expected the XML declaration before the first element"},
    {"attribute_without_value", "<FaultRule name/>", 15, "CR201", "expected name=\"value\" or '>'"},
    {"attribute_without_quotes", "<FaultRule name=a/>", 16, "CR201",
     "expected name=\"value\" or '>'"},
    {"attributes_glued", "<FaultRule name=\"a\"x=\"b\"/>", 19, "CR201",
     "expected name=\"value\" or '>'"},
    {"attribute_name", "<FaultRule 1=\"a\"/>", 11, "CR201", "expected the name of an attribute"},
    {"attribute_twice", "<FaultRule name=\"a\" name=\"b\"/>", 20, "CR201",
     "attribute \"name\" is given twice"},
    {"quote_not_closed", "<FaultRule name=\"a><Step/></FaultRule>", 0, "CR201",
     "expected '>' to end this tag"},
    {"space_before_declaration", "\n<?xml version=\"1.0\"?><FaultRules/>", 1, "CR214",
     "the XML declaration must be the first thing in the file"},
};

class WellFormed : public testing::TestWithParam<Row> {};

TEST_P(WellFormed, FirstProblem) {
    const Loaded loaded = load_text("text.xml", GetParam().text);
    if (*GetParam().code == '\0') {
        EXPECT_TRUE(loaded.problems.empty()) << loaded.problems.front().render();
        EXPECT_NE(loaded.bundle, nullptr);
        return;
    }
    ASSERT_FALSE(loaded.problems.empty());
    const grammar::Diagnostic& first = loaded.problems.front().diagnostic;
    EXPECT_EQ(first.code, GetParam().code);
    EXPECT_EQ(first.span.begin, GetParam().begin);
    EXPECT_EQ(first.message, GetParam().message);
    EXPECT_EQ(loaded.bundle == nullptr, first.severity == grammar::Severity::error);
}

INSTANTIATE_TEST_SUITE_P(Rows, WellFormed, testing::ValuesIn(rows),
                         [](const auto& param) { return std::string(param.param.name); });

TEST(WellFormedLimits, Depth) {
    LoadOptions options;
    options.max_element_depth = 3;
    EXPECT_NE(
        load_text("t",
                  "<FaultRules><FaultRule name='a'><Step><Name/></Step></FaultRule></FaultRules>",
                  options)
            .bundle,
        nullptr);
    const Loaded deep = load_text("t", "<FaultRules><a><b><c></c></b></a></FaultRules>", options);
    ASSERT_EQ(deep.problems.size(), 1U);
    EXPECT_EQ(deep.problems[0].diagnostic.code, "CR224");
    EXPECT_EQ(deep.problems[0].diagnostic.span.begin, 18U);
}

TEST(WellFormedLimits, ManyLevelsDoNotOverflow) {
    std::string text;
    for (int i = 0; i < 1'000'000; ++i) text += "<a>";
    const Loaded loaded = load_text("t", text);
    EXPECT_EQ(loaded.bundle, nullptr);
    EXPECT_EQ(loaded.problems.front().diagnostic.code, "CR224");
}

// Minutes, if each attribute were compared with all before it.
TEST(WellFormedLimits, ManyAttributes) {
    std::string text = "<FaultRules";
    for (int i = 0; i < 100'000; ++i) text += "\na" + std::to_string(i) + "=\"\"";
    const Loaded loaded = load_text("t", text + " a7=\"\"/>");
    ASSERT_EQ(loaded.problems.size(), 1U);
    EXPECT_EQ(loaded.problems[0].diagnostic.message, "attribute \"a7\" is given twice");
}

TEST(WellFormedLimits, StrictRefusesACommentBeforeTheDeclaration) {
    LoadOptions options;
    options.strict = true;
    const Loaded loaded =
        load_text("t", "<!-- x --><?xml version=\"1.0\"?><FaultRules x=\"1\"/>", options);
    EXPECT_EQ(loaded.bundle, nullptr);
    ASSERT_EQ(loaded.problems.size(), 2U);
    EXPECT_EQ(loaded.problems[0].diagnostic.severity, grammar::Severity::error);
    EXPECT_EQ(loaded.problems[1].diagnostic.severity, grammar::Severity::warning);
}

}  // namespace
}  // namespace catchrule
