// SPDX-License-Identifier: Apache-2.0
// What policy files become, and what a deployment would refuse in them.
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/engine/xml/temporary_bundle.hpp"

namespace catchrule {
namespace {

using test::TemporaryBundle;

Loaded load(const std::string& policy) {
    const TemporaryBundle files(
        {{"apiproxy/proxies/default.xml", "<ProxyEndpoint name='default'/>"},
         {"apiproxy/policies/p.xml", policy}});
    return files.load();
}

// The policy of a file that has no problems.
template <class T>
T load_as(const std::string& text) {
    const Loaded loaded = load(text);
    for (const Problem& problem : loaded.problems) ADD_FAILURE() << problem.render();
    if (loaded.bundle == nullptr) return {};
    return std::get<T>(loaded.bundle->policies.at(0).config);
}

TEST(LoadPolicy, Attributes) {
    const Loaded loaded = load(
        "<SpikeArrest name='s' enabled='FALSE' continueOnError='true' async='x'>"
        "<DisplayName>any</DisplayName><Properties/><FaultRules/><Rate>5ps</Rate></SpikeArrest>");
    EXPECT_TRUE(loaded.problems.empty());
    const Policy& policy = loaded.bundle->policies.at(0);
    EXPECT_EQ(policy.name, "s");
    EXPECT_FALSE(policy.enabled);
    EXPECT_TRUE(policy.continue_on_error);
    EXPECT_EQ(policy.element(), "SpikeArrest");
}

TEST(LoadPolicy, VerifyApiKey) {
    const auto policy = load_as<VerifyApiKey>(
        "<VerifyAPIKey name='v'><APIKey ref=' request.queryparam.k '/></VerifyAPIKey>");
    EXPECT_EQ(policy.key_ref, "request.queryparam.k");
    EXPECT_EQ(load_as<VerifyApiKey>("<VerifyAPIKey name='v'><APIKey>abc</APIKey></VerifyAPIKey>")
                  .key_literal,
              "abc");
}

TEST(LoadPolicy, SpikeArrest) {
    const auto policy = load_as<SpikeArrest>(
        "<SpikeArrest name='s'><Rate ref='r'>30pm</Rate><Identifier ref='i'/><MessageWeight "
        "ref='w'/>"
        "<UseEffectiveCount>true</UseEffectiveCount></SpikeArrest>");
    ASSERT_TRUE(policy.rate);
    EXPECT_EQ(policy.rate->messages, 30);
    EXPECT_TRUE(policy.rate->per_minute);
    EXPECT_EQ(policy.rate_ref, "r");
    EXPECT_EQ(policy.identifier_ref, "i");
    EXPECT_EQ(policy.weight_ref, "w");
    EXPECT_FALSE(load_as<SpikeArrest>("<SpikeArrest name='s'><Rate ref='r'/></SpikeArrest>").rate);
}

TEST(LoadPolicy, Quota) {
    const auto policy = load_as<Quota>(R"(<Quota name="q" type="calendar">
  <StartTime>2026-1-2 03:04:05</StartTime><Allow count="7" countRef="c"/>
  <Interval ref="i">2</Interval><TimeUnit ref="u">hour</TimeUnit><Identifier ref="id"/>
  <MessageWeight ref="w"/><Distributed>true</Distributed><Synchronous>true</Synchronous>
</Quota>)");
    EXPECT_EQ(policy.kind, QuotaQuery::Kind::calendar);
    EXPECT_EQ(policy.allow_count, 7);
    EXPECT_EQ(policy.allow_ref, "c");
    EXPECT_EQ(policy.interval, 2);
    EXPECT_EQ(policy.interval_ref, "i");
    EXPECT_EQ(policy.unit, QuotaQuery::Unit::hour);
    EXPECT_EQ(policy.unit_ref, "u");
    EXPECT_EQ(policy.identifier_ref, "id");
    EXPECT_EQ(policy.weight_ref, "w");
    EXPECT_EQ(policy.start, 1'767'323'045'000);
}

TEST(LoadPolicy, QuotaCountAsText) {
    const auto policy = load_as<Quota>(
        "<Quota name='q'><Allow>7</Allow><Interval>1</Interval><TimeUnit>day</TimeUnit></Quota>");
    EXPECT_EQ(policy.allow_count, 7);
    EXPECT_EQ(policy.kind, QuotaQuery::Kind::standard);
}

TEST(LoadPolicy, QuotaOfTheProduct) {
    const auto policy = load_as<Quota>(R"(<Quota name="q"><UseQuotaConfigInAPIProduct stepName="v">
  <DefaultConfig><Allow>3</Allow><Interval>1</Interval><TimeUnit>day</TimeUnit></DefaultConfig>
</UseQuotaConfigInAPIProduct></Quota>)");
    EXPECT_EQ(policy.allow_count, 3);
    EXPECT_EQ(policy.allow_ref, "verifyapikey.v.apiproduct.developer.quota.limit");
    EXPECT_EQ(policy.interval_ref, "verifyapikey.v.apiproduct.developer.quota.interval");
    EXPECT_EQ(policy.unit_ref, "verifyapikey.v.apiproduct.developer.quota.timeunit");
    EXPECT_EQ(policy.unit, QuotaQuery::Unit::day);
}

TEST(LoadPolicy, AssignMessageRunsInDocumentOrder) {
    const auto policy = load_as<AssignMessage>(R"(<AssignMessage name="a">
  <Remove/>
  <AssignVariable><Name>v</Name><Value> literal {x} </Value><Ref>r</Ref>
    <Template ref="t">{y}</Template></AssignVariable>
  <Set>
    <Headers><Header name="A"> {b} </Header><Header name="A">c</Header></Headers>
    <StatusCode>{s}</StatusCode><ReasonPhrase/><Verb>PUT</Verb><Version>1.0</Version><Path>/p</Path>
    <Payload contentType="application/json" variablePrefix="@" variableSuffix="#"
      >{"a":"@b#"}</Payload>
    <QueryParams/>
  </Set>
  <Add><FormParams><FormParam name="f">g</FormParam></FormParams></Add>
  <Remove><Headers><Header name="A.2"/><Header name="B">false</Header></Headers>
    <QueryParams/><Payload>true</Payload></Remove>
  <Copy source="other"><Headers><Header name="H"/></Headers>
    <Payload>false</Payload><StatusCode>true</StatusCode></Copy>
  <Copy/>
  <IgnoreUnresolvedVariables>true</IgnoreUnresolvedVariables>
  <AssignTo createNew="true" transport="http" type="response"> target </AssignTo>
</AssignMessage>)");
    EXPECT_TRUE(policy.ignore_unresolved);
    EXPECT_EQ(policy.create_new, true);
    EXPECT_EQ(policy.assign_to, "target");
    EXPECT_EQ(policy.type, Message::Kind::response);
    const std::vector<EditOperation>& ops = policy.operations;
    ASSERT_EQ(ops.size(), 14U);
    EXPECT_TRUE(std::holds_alternative<RemoveEverything>(ops[0]));
    const auto& assign = std::get<AssignVariable>(ops[1]);
    EXPECT_EQ(assign.name, "v");
    EXPECT_EQ(assign.value, " literal {x} ");
    EXPECT_EQ(assign.ref, "r");
    EXPECT_EQ(assign.template_ref, "t");
    EXPECT_EQ(assign.text->text(), "{y}");
    const auto& headers = std::get<SetFields>(ops[2]);
    ASSERT_EQ(headers.fields.size(), 2U);
    EXPECT_EQ(headers.fields[0].value.text(), "{b}");
    EXPECT_EQ(std::get<SetStatusCode>(ops[3]).value.text(), "{s}");
    EXPECT_EQ(std::get<SetVerb>(ops[4]).value.text(), "PUT");
    EXPECT_EQ(std::get<SetVersion>(ops[5]).value.text(), "1.0");
    EXPECT_EQ(std::get<SetPath>(ops[6]).value.text(), "/p");
    const auto& payload = std::get<SetPayload>(ops[7]);
    EXPECT_EQ(payload.content.text(), R"({"a":"@b#"})");
    EXPECT_FALSE(payload.content.is_literal());
    EXPECT_EQ(payload.content_type->text(), "application/json");
    EXPECT_EQ(std::get<AddFields>(ops[8]).kind, FieldKind::form_params);
    const auto& removed = std::get<RemoveFields>(ops[9]);
    ASSERT_EQ(removed.fields.size(), 2U);
    EXPECT_EQ(removed.fields[0].name, "A");
    EXPECT_EQ(removed.fields[0].index, 2);
    EXPECT_TRUE(removed.fields[1].keep);
    EXPECT_TRUE(std::get<RemoveFields>(ops[10]).fields.empty());
    EXPECT_TRUE(std::holds_alternative<RemovePayload>(ops[11]));
    const auto& copy = std::get<CopyFrom>(ops[12]);
    EXPECT_EQ(copy.source, "other");
    EXPECT_TRUE(copy.headers && copy.status_code && !copy.payload && !copy.everything);
    EXPECT_EQ(copy.header_names, std::vector<std::string>{"H"});
    EXPECT_TRUE(std::get<CopyFrom>(ops[13]).everything);
}

TEST(LoadPolicy, PayloadThatIsXmlKeepsItsBytes) {
    const auto policy = load_as<AssignMessage>(
        "<AssignMessage name='a'><Set><Payload>\n <a b='1'>&lt;{c}<!-- d "
        "--></a></Payload></Set></AssignMessage>");
    EXPECT_EQ(std::get<SetPayload>(policy.operations.at(0)).content.text(),
              "\n <a b='1'>&lt;{c}<!-- d --></a>");
    const auto text = load_as<AssignMessage>(
        "<AssignMessage name='a'><Set><Payload> &lt;a&gt;<![CDATA[<b>]]> "
        "</Payload></Set></AssignMessage>");
    EXPECT_EQ(std::get<SetPayload>(text.operations.at(0)).content.text(), " <a><b> ");
}

TEST(LoadPolicy, RaiseFault) {
    const auto policy = load_as<RaiseFault>(R"(<RaiseFault name="r">
  <FaultResponse><Set><StatusCode>404</StatusCode></Set>
    <AssignVariable><Name>n</Name><Value/></AssignVariable></FaultResponse>
  <IgnoreUnresolvedVariables>false</IgnoreUnresolvedVariables>
  <ShortFaultReason>true</ShortFaultReason>
</RaiseFault>)");
    EXPECT_EQ(policy.response.size(), 2U);
    EXPECT_FALSE(policy.ignore_unresolved);
    EXPECT_TRUE(policy.short_fault_reason);
    EXPECT_EQ(std::get<AssignVariable>(policy.response[1]).value, "");
    EXPECT_TRUE(load_as<RaiseFault>("<RaiseFault name='r'/>").ignore_unresolved);
}

struct Row {
    const char* text;
    const char* head;
    const char* message;
};

TEST(LoadPolicy, Refusals) {
    const std::vector<Row> rows{
        {"<VerifyAPIKey name='v'/>", "p.xml:1:1 error CR227", "expected APIKey"},
        {"<SpikeArrest name='s'/>", "p.xml:1:1 error CR223", "InvalidAllowedRate"},
        {"<SpikeArrest name='s'><Rate> 5 ph </Rate></SpikeArrest>", "p.xml:1:30 error CR223",
         "InvalidAllowedRate"},
        {"<SpikeArrest name='s'><Rate>0ps</Rate></SpikeArrest>", "p.xml:1:29 error CR223",
         "InvalidAllowedRate"},
        {"<Quota name='q' type='daily'><Interval>1</Interval><TimeUnit>day</TimeUnit></Quota>",
         "p.xml:1:23 error CR223", "InvalidQuotaType"},
        {"<Quota name='q'><Interval>0</Interval><TimeUnit>day</TimeUnit></Quota>",
         "p.xml:1:27 error CR223", "InvalidQuotaInterval"},
        {"<Quota name='q'><TimeUnit>day</TimeUnit></Quota>", "p.xml:1:1 error CR223",
         "InvalidQuotaInterval"},
        {"<Quota name='q'><Interval>1</Interval><TimeUnit>fortnight</TimeUnit></Quota>",
         "p.xml:1:49 error CR223", "InvalidQuotaTimeUnit"},
        {"<Quota name='q'><Interval>1</Interval></Quota>", "p.xml:1:1 error CR223",
         "InvalidQuotaTimeUnit"},
        {"<Quota name='q'><StartTime>2026-01-01 "
         "00:00:00</StartTime><Interval>1</Interval><TimeUnit>day</TimeUnit></Quota>",
         "p.xml:1:17 error CR223", "StartTimeNotSupported"},
        {"<Quota name='q' type='calendar'><StartTime>2026-02-30 "
         "00:00:00</StartTime><Interval>1</Interval>"
         "<TimeUnit>day</TimeUnit></Quota>",
         "p.xml:1:44 error CR223", "InvalidStartTime"},
        {"<Quota name='q' type='calendar'><StartTime>2026-257-01 "
         "00:00:00</StartTime><Interval>1</Interval>"
         "<TimeUnit>day</TimeUnit></Quota>",
         "p.xml:1:44 error CR223", "InvalidStartTime"},
        {"<Quota "
         "name='q'><Interval>1</Interval><TimeUnit>second</TimeUnit><Distributed>true</"
         "Distributed></Quota>",
         "p.xml:1:49 error CR223", "InvalidTimeUnitForDistributedQuota"},
        {"<Quota name='q'><Allow "
         "count='many'/><Interval>1</Interval><TimeUnit>day</TimeUnit></Quota>",
         "p.xml:1:31 error CR217", "expected an integer"},
        {"<Quota name='q'><Allow "
         "count='1'/><Interval>1</Interval><TimeUnit>day</TimeUnit><CountOnly>true</CountOnly></"
         "Quota>",
         "p.xml:1:81 warning CR227", "SharedName"},
        {"<AssignMessage name='a' enabled='maybe'/>", "p.xml:1:34 error CR217",
         "expected true or false"},
        {"<AssignMessage name='a'><AssignTo type='both'/></AssignMessage>",
         "p.xml:1:41 error CR217", "request or response"},
        {"<AssignMessage name='a'><Set><StatusCode>20</StatusCode></Set></AssignMessage>",
         "p.xml:1:42 error CR217", "HTTP status"},
        {"<AssignMessage name='a'><Set><Headers><Header>x</Header></Headers></Set></AssignMessage>",
         "p.xml:1:39 error CR227", "attribute name"},
        {"<AssignMessage name='a'><Remove><Headers><Header "
         "name='x.0'/></Headers></Remove></AssignMessage>",
         "p.xml:1:56 error CR223", "InvalidIndex"},
        {"<AssignMessage "
         "name='a'><AssignVariable><Value>x</Value></AssignVariable></AssignMessage>",
         "p.xml:1:25 error CR223", "InvalidVariableName"},
        {"<AssignMessage name='a'><Set><Payload variablePrefix='%%'/></Set></AssignMessage>",
         "p.xml:1:55 error CR217", "one ASCII character"},
        {"<AssignMessage name='a'><Set><Payload>{escapeJSON( x)}</Payload></Set></AssignMessage>",
         "p.xml:1:51 warning CR210", "without spaces"},
        {"<AssignMessage name='a'><Set><Payload>{noSuch(x)}</Payload></Set></AssignMessage>",
         "p.xml:1:40 error CR223", "UnknownStringFunction"},
        {"<AssignMessage name='a'><FaultRules><FaultRule/></FaultRules></AssignMessage>",
         "p.xml:1:25 warning CR213", "ignored"},
        {"<AssignMessage><Sett/></AssignMessage>", "p.xml:1:1 warning CR227",
         "taken from the file: p"},
        {"<JavaCallout name='j'/>", "p.xml:1:1 note CR219", "JavaCallout"},
    };
    for (const Row& row : rows) {
        const Loaded loaded = load(row.text);
        ASSERT_FALSE(loaded.problems.empty()) << row.text;
        const Problem& first = loaded.problems.front();
        EXPECT_EQ(test::head_of(first), row.head) << row.text;
        EXPECT_NE(first.diagnostic.message.find(row.message), std::string::npos) << first.render();
    }
}

}  // namespace
}  // namespace catchrule
