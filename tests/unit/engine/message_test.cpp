// SPDX-License-Identifier: Apache-2.0
#include "engine/message.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace catchrule {
namespace {

struct QueryCase {
    const char* text;
    std::vector<Field> fields;
    const char* formatted;
};

const std::vector<QueryCase> query_cases{
    {"", {}, ""},
    {"a=1", {{"a", "1"}}, "a=1"},
    {"b=2&a=1&b=", {{"b", "2"}, {"a", "1"}, {"b", ""}}, "b=2&a=1&b="},
    {"a", {{"a", ""}}, "a="},
    {"&&a=1&", {{"a", "1"}}, "a=1"},
    {"=x", {{"", "x"}}, "=x"},
    {"a=b=c", {{"a", "b=c"}}, "a=b=c"},
    {"a%3Db=c%26d", {{"a=b", "c&d"}}, "a%3Db=c%26d"},
    {"q=x+y%20z", {{"q", "x y z"}}, "q=x%20y%20z"},
    {"q=%2B", {{"q", "+"}}, "q=%2B"},
    {"q=%zz%4", {{"q", "%zz%4"}}, "q=%25zz%254"},
    {"q=100%", {{"q", "100%"}}, "q=100%25"},
    {"u=http://h/p?x", {{"u", "http://h/p?x"}}, "u=http://h/p?x"},
    {"e=%c3%A9", {{"e", "\xC3\xA9"}}, "e=%C3%A9"},
};

TEST(Query, ParsesLenientlyAndKeepsOrder) {
    for (const QueryCase& c : query_cases) {
        SCOPED_TRACE(c.text);
        const Fields parsed = parse_query(c.text);
        EXPECT_EQ(parsed.items(), c.fields);
        EXPECT_EQ(format_query(parsed), c.formatted);
        EXPECT_EQ(parse_query(format_query(parsed)), parsed);
    }
}

struct UriCase {
    const char* target;
    const char* path;
    const char* uri;
};

const std::vector<UriCase> uri_cases{
    {"/a", "/a", "/a"},
    {"/a?b=c&d=", "/a", "/a?b=c&d="},
    {"/a?", "/a", "/a"},
    {"?b=c", "/", "/?b=c"},
    {"", "/", "/"},
    {"/a%20b?c=%20", "/a%20b", "/a%20b?c=%20"},
    {"/a?b=c?d", "/a", "/a?b=c?d"},
};

TEST(Message, UriIsRebuilt) {
    for (const UriCase& c : uri_cases) {
        SCOPED_TRACE(c.target);
        Message message = Message::request();
        message.set_uri(c.target);
        EXPECT_EQ(message.path, c.path);
        EXPECT_EQ(message.uri(), c.uri);
    }
}

TEST(Message, AnUneditedQueryStaysByteForByte) {
    Message message = Message::request();
    message.set_uri("/a?flag&b=%7e+x&&c");
    EXPECT_EQ(message.uri(), "/a?flag&b=%7e+x&&c");
    message.query.add("d", "1 2");
    EXPECT_EQ(message.uri(), "/a?flag=&b=~%20x&c=&d=1%202");
}

TEST(Message, UriMayBeSetFromItself) {
    Message message = Message::request();
    message.set_uri("/a?next=/b?c=d");
    message.set_uri(*message.query.first("next"));
    EXPECT_EQ(message.uri(), "/b?c=d");
}

Fields headers() {
    Fields fields(FieldCase::insensitive);
    fields.add("Accept", "a");
    fields.add("Host", "h");
    fields.add("accept", "b");
    fields.add("Via", "v");
    return fields;
}

std::string shown(const Fields& fields) {
    std::string out;
    for (const Field& field : fields.items()) out += field.name + ":" + field.value + " ";
    return out;
}

TEST(Fields, LooksUpByName) {
    const Fields fields = headers();
    EXPECT_EQ(fields.first("ACCEPT"), "a");
    EXPECT_EQ(fields.first("x"), std::nullopt);
    EXPECT_EQ(fields.all("Accept"), (std::vector<std::string_view>{"a", "b"}));
    EXPECT_EQ(fields.count("accept"), 2U);
    EXPECT_EQ(fields.count("x"), 0U);
    EXPECT_EQ(fields.names(), (std::vector<std::string_view>{"Accept", "Host", "Via"}));
}

TEST(Fields, QueryNamesAreCaseSensitive) {
    const Fields fields = parse_query("a=1&A=2");
    EXPECT_EQ(fields.first("A"), "2");
    EXPECT_EQ(fields.names().size(), 2U);
}

struct SetCase {
    const char* name;
    std::vector<std::string> values;
    const char* expected;
};

const std::vector<SetCase> set_cases{
    {"accept", {"x"}, "accept:x Host:h Via:v "},
    {"Accept", {"x", "y"}, "Accept:x Host:h Accept:y Via:v "},
    {"Accept", {"x", "y", "z"}, "Accept:x Host:h Accept:y Accept:z Via:v "},
    {"Accept", {}, "Host:h Via:v "},
    {"New", {"n", "m"}, "Accept:a Host:h accept:b Via:v New:n New:m "},
    {"New", {}, "Accept:a Host:h accept:b Via:v "},
};

TEST(Fields, SetReplacesInPlace) {
    for (const SetCase& c : set_cases) {
        SCOPED_TRACE(std::string(c.name) + " " + std::to_string(c.values.size()));
        Fields fields = headers();
        fields.set(c.name, c.values);
        EXPECT_EQ(shown(fields), c.expected);
    }
}

TEST(Fields, ValuesMayComeFromTheTableItself) {
    Fields fields = headers();
    fields.set("Accept", fields.all("Accept")[1]);
    EXPECT_EQ(shown(fields), "Accept:b Host:h Via:v ");
    for (int i = 0; i < 20; ++i) fields.add("Copy", *fields.first("Host"));
    EXPECT_EQ(fields.all("Copy")[19], "h");
    EXPECT_EQ(fields.remove(fields.items()[0].name), 1U);
    EXPECT_EQ(fields.remove("copy"), 20U);
    EXPECT_EQ(shown(fields), "Host:h Via:v ");
}

TEST(Fields, RemovesTheNthOfAName) {
    Fields fields = headers();
    EXPECT_FALSE(fields.remove("Accept", 0));
    EXPECT_FALSE(fields.remove("Accept", 3));
    EXPECT_TRUE(fields.remove("Accept", 2));
    EXPECT_EQ(shown(fields), "Accept:a Host:h Via:v ");
}

struct FormCase {
    const char* content_type;
    std::size_t fields;
};

const std::vector<FormCase> form_cases{
    {"application/x-www-form-urlencoded", 2},
    {"Application/X-WWW-Form-Urlencoded ; charset=UTF-8", 2},
    {"application/json", 0},
    {"", 0},
};

TEST(Message, FormNeedsItsContentType) {
    for (const FormCase& c : form_cases) {
        SCOPED_TRACE(c.content_type);
        Message message = Message::request();
        message.content = "a=1&b=x+y";
        if (*c.content_type != '\0') message.headers.add("Content-Type", c.content_type);
        EXPECT_EQ(message.form().items().size(), c.fields);
    }
}

TEST(Message, SetFormWritesBodyAndType) {
    Message message = Message::request();
    message.set_form(parse_query("a=1&b=x%26y"));
    EXPECT_EQ(message.content, "a=1&b=x%26y");
    EXPECT_EQ(message.headers.first("content-type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(message.form().first("b"), "x&y");
}

struct PhraseCase {
    int status;
    const char* phrase;
};

const std::vector<PhraseCase> phrase_cases{
    {100, "Continue"},
    {200, "OK"},
    {302, "Found"},
    {404, "Not Found"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {511, "Network Authentication Required"},
    {468, ""},
    {99, ""},
    {600, ""},
};

TEST(ExtendUrl, JoinsPathsAndQueries) {
    struct Case {
        std::string_view base;
        std::string_view path;
        std::string_view query;
        std::string_view url;
    };
    const Case cases[] = {
        {"http://a", "", "", "http://a"},
        {"http://a", "/b", "", "http://a/b"},
        {"http://a/", "/b", "", "http://a/b"},
        {"http://a/", "/", "", "http://a/"},
        {"http://a", "/", "", "http://a/"},
        {"http://a/b", "c", "", "http://a/b/c"},
        {"http://a/b/", "c", "", "http://a/b/c"},
        {"http://a?x=1", "/b", "y=2", "http://a/b?x=1&y=2"},
        {"http://a?x=1", "", "", "http://a?x=1"},
        {"http://a", "/b", "y=2", "http://a/b?y=2"},
        {"http://a?", "/b", "", "http://a/b"},
        {"", "/b", "y", "/b?y"},
        {"", "", "y", "?y"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(extend_url(std::string(c.base), c.path, c.query), c.url);
    }
}

TEST(ReasonPhrase, OfStatus) {
    for (const PhraseCase& c : phrase_cases)
        EXPECT_EQ(reason_phrase(c.status), c.phrase) << c.status;
}

}  // namespace
}  // namespace catchrule
