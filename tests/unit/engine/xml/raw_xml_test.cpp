// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/raw_xml.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule::xml {
namespace {

struct Row {
    std::string_view raw;
    std::string_view text;
    std::vector<std::uint32_t> origin;
};

TEST(RawXml, ContentRemembersWhereEachByteStood) {
    const std::vector<Row> rows{
        {"ab", "ab", {0, 1, 2}},
        {"", "", {0}},
        {"a&lt;b", "a<b", {0, 1, 5, 6}},
        {"&amp;&amp;", "&&", {0, 5, 10}},
        {"&#65;&#x42;", "AB", {0, 5, 11}},
        {"&#228;!", "\xC3\xA4!", {0, 0, 6, 7}},
        {"&#x1F600;", "\xF0\x9F\x98\x80", {0, 0, 0, 0, 9}},
        {"a<![CDATA[<&]]>b", "a<&b", {0, 10, 11, 15, 16}},
        {"a<!-- x -->b", "ab", {0, 11, 12}},
        {"a\r\nb", "a\nb", {0, 1, 3, 4}},
        {"a\rb", "a\nb", {0, 1, 2, 3}},
        {"&foo;", "&foo;", {0, 1, 2, 3, 4, 5}},
    };
    for (const Row& row : rows) {
        const Text text = decode_content(row.raw, {0, static_cast<std::uint32_t>(row.raw.size())});
        EXPECT_EQ(text.value, row.text) << row.raw;
        EXPECT_EQ(text.origin, row.origin) << row.raw;
    }
}

TEST(RawXml, TrimmedKeepsThePlaces) {
    const Text text = decode_content(" \n a&gt;\t", {0, 9});
    const Text trimmed = text.trimmed();
    EXPECT_EQ(trimmed.value, "a>");
    EXPECT_EQ(trimmed.origin, (std::vector<std::uint32_t>{3, 4, 8}));
    EXPECT_EQ(decode_content("  ", {0, 2}).trimmed().origin, (std::vector<std::uint32_t>{0}));
}

TEST(RawXml, AttributesHaveSpacesForLineBreaks) {
    const Text text = decode_attribute("a\r\n\tb&quot;", {0, 11});
    EXPECT_EQ(text.value, "a  b\"");
    EXPECT_EQ(text.origin, (std::vector<std::uint32_t>{0, 1, 3, 4, 5, 11}));
}

TEST(RawXml, ScansAttributes) {
    const std::string_view raw = "<a  b = 'x>y'\n c=\"\" />";
    const RawAttributes attributes = scan_attributes(raw, next_token(raw, 0).span);
    EXPECT_EQ(attributes.problem, RawAttributes::npos);
    ASSERT_EQ(attributes.items.size(), 2U);
    EXPECT_EQ(attributes.items[0].name, (grammar::Span{4, 5}));
    EXPECT_EQ(attributes.items[0].value, (grammar::Span{9, 12}));
    EXPECT_EQ(attributes.items[1].value, (grammar::Span{18, 18}));
}

TEST(RawXml, ContentOfSkipsWhatIsInside) {
    const std::string_view raw = "<a><b/><a>x</a><!-- </a> --><![CDATA[</a>]]></a><c/>";
    EXPECT_EQ(content_of(raw, 0), (grammar::Span{3, 44}));
    EXPECT_EQ(content_of(raw, 3), (grammar::Span{7, 7}));
    EXPECT_EQ(content_of(raw, 7), (grammar::Span{10, 11}));
}

TEST(RawXml, ReferencesThatXmlDoesNotAllow) {
    for (const std::string_view raw : {"&", "&;", "& a;", "&#;", "&#x;", "&#x110000;", "&#0;",
                                       "&#xD800;", "&#12a;", "&#99999999999999999999;", "&amp"}) {
        EXPECT_EQ(read_reference(raw, 0).end, 0U) << raw;
    }
    EXPECT_EQ(read_reference("&other;", 0).end, 7U);
    EXPECT_TRUE(read_reference("&other;", 0).text.empty());
}

}  // namespace
}  // namespace catchrule::xml
