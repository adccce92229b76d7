// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_resources.hpp"

#include <gtest/gtest.h>

#include "engine/xml/load_bundle.hpp"
#include "tests/support/zip_file.hpp"
#include "tests/unit/engine/xml/temporary_bundle.hpp"

namespace catchrule {
namespace {

// "key=value|key=value", the set's name left out.
std::string properties(std::string_view text) {
    Resources::Texts found;
    xml::add_properties("s", text, found);
    std::string out;
    for (const auto& [name, value] : found) {
        EXPECT_TRUE(name.starts_with("propertyset.s.")) << name;
        if (!out.empty()) out += '|';
        out += name.substr(14) + "=" + value;
    }
    return out;
}

TEST(AddProperties, ReadsWhatJavaReads) {
    struct Case {
        std::string_view text, properties;
    };
    const Case cases[] = {
        {"a=1\nb=2", "a=1|b=2"},
        {"a = 1 \n", "a=1 "},
        {"a:1", "a=1"},
        {"a 1 2", "a=1 2"},
        {"a", "a="},
        {"# a=1\n  ! b=2\nc=3", "c=3"},
        {"\r\n\r\na=1\r\nb=2\r\n", "a=1|b=2"},
        {"a=1\\\n   2", "a=12"},
        {"a=1\\\r\n   2\nb=3", "a=12|b=3"},
        {"a\\=b=c\\:d", "a=b=c:d"},
        {"a=\\t\\n\\\\x\\q", "a=\t\n\\xq"},
        {"a=\\u0041\\u00e9\\u20ac", "a=A\xC3\xA9\xE2\x82\xAC"},
        {"a=\\u12", "a=12"},
        {"a=1\\", "a=1"},
        {"a=http://x/?y=z#w", "a=http://x/?y=z#w"},
        {"a=1\na=2", "a=2"},
        {"", ""},
    };
    for (const Case& c : cases) EXPECT_EQ(properties(c.text), c.properties) << c.text;
}

const std::string policy =
    "<AssignMessage name='a'><AssignVariable><Name>v</Name>"
    "<Template>{propertyset.s.k}</Template></AssignVariable></AssignMessage>";
const std::string endpoint = "<ProxyEndpoint name='default'/>";

void expect_resources(const Loaded& loaded) {
    ASSERT_NE(loaded.bundle, nullptr);
    const Resources& resources = loaded.bundle->resources;
    EXPECT_EQ(resources.files,
              (Resources::Texts{{"jsc/a.js", "var x;"}, {"properties/s.properties", "k=v"}}));
    EXPECT_EQ(resources.properties, (Resources::Texts{{"propertyset.s.k", "v"}}));
}

TEST(LoadResources, OfADirectory) {
    const test::TemporaryBundle bundle({{"apiproxy/proxies/default.xml", endpoint},
                                        {"apiproxy/policies/a.xml", policy},
                                        {"apiproxy/resources/jsc/a.js", "var x;"},
                                        {"apiproxy/resources/java/big.jar", "not read"},
                                        {"apiproxy/resources/jsc/deeper/b.js", "not read"},
                                        {"apiproxy/resources/properties/s.properties", "k=v"}});
    expect_resources(bundle.load());
}

TEST(LoadResources, OfAZip) {
    const test::TemporaryBundle archive(
        {{"bundle.zip", test::zip_bytes({{.name = "apiproxy/proxies/default.xml", .text = endpoint},
                                         {.name = "apiproxy/policies/a.xml", .text = policy},
                                         {.name = "apiproxy/resources/jsc/", .text = ""},
                                         {.name = "apiproxy/resources/jsc/a.js", .text = "var x;"},
                                         {.name = "apiproxy/resources/java/big.jar", .text = "x"},
                                         {.name = "apiproxy/resources/properties/s.properties",
                                          .text = "k=v"}})}});
    expect_resources(load_bundle((archive.root() / "bundle.zip").string()));
}

TEST(LoadResources, OneTooLargeIsAnError) {
    const test::TemporaryBundle bundle({{"apiproxy/proxies/default.xml", endpoint},
                                        {"apiproxy/resources/jsc/a.js", std::string(500, 'x')}});
    LoadOptions options;
    options.max_file_bytes = 400;
    EXPECT_EQ(test::heads_of(bundle.load(options)), std::vector<std::string>{"a.js error CR224"});
}

}  // namespace
}  // namespace catchrule
