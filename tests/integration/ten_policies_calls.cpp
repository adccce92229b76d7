// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/ten_policies_calls.hpp"

#include "tests/integration/gateway.hpp"

namespace catchrule::test {
namespace {

constexpr const char* get = "GET";
constexpr const char* post = "POST";
constexpr const char* as_json = "Content-Type: application/json";
constexpr const char* as_xml = "Content-Type: text/xml; charset=utf-8";
constexpr const char* as_form = "Content-Type: application/x-www-form-urlencoded";

constexpr const char* order_json =
    R"({"order":{"id":42,"total":9.5,"lines":[{"sku":"a"},{"sku":"b"}]}})";
constexpr const char* order_xml =
    R"(<order xmlns="urn:orders" id="7"><line>one</line><line>two</line></order>)";

std::string assign_fault(const std::string& text, const std::string& name) {
    return fault_body("AssignMessage[" + text, "steps.assignmessage." + name);
}

std::string raised(const std::string& policy) {
    return fault_body("Raising fault. Fault name : " + policy, "steps.raisefault.RaiseFault");
}

std::string over_quota(const std::string& identifier) {
    return fault_body(
        "Rate limit quota violation. Quota limit  exceeded. Identifier : " + identifier,
        "policies.ratelimit.QuotaViolation");
}

std::string too_fast(int weight) {
    return fault_body(
        "Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=1, "
        "periodInMicroseconds=" +
            std::to_string(weight * 60) + "000000, maxBurstMessageCount=1.0}",
        "policies.ratelimit.SpikeArrestViolation");
}

std::string extract_fault(const std::string& text, const std::string& name) {
    return fault_body(text, "steps.extractvariables." + name);
}

std::string ask_fault(const std::string& policy, const std::string& reason) {
    return fault_body("Execution of ServiceCallout " + policy + " failed. Reason: " + reason,
                      "steps.servicecallout.ExecutionFailed");
}

const std::string invalid_key = fault_body("Invalid ApiKey", "oauth.v2.InvalidApiKey");
const std::string wrong_resource =
    fault_body("Invalid ApiKey for given resource", "oauth.v2.InvalidApiKeyForGivenResource");
const std::string app_not_approved =
    fault_body("App not approved", "keymanagement.service.invalid_client-app_not_approved");
const std::string expired =
    fault_body("Consumer key expired", "keymanagement.service.consumer_key_expired");
const std::string idle =
    fault_body("Developer Status is not Active", "keymanagement.service.DeveloperStatusNotActive");
const std::string no_key =
    fault_body("Failed to resolve API Key variable request.queryparam.apikey",
               "steps.oauth.v2.FailedToResolveAPIKey");
const std::string no_key_header =
    fault_body("Failed to resolve API Key variable request.header.x-api-key",
               "steps.oauth.v2.FailedToResolveAPIKey");

constexpr const char* own_app =
    "X-App: app-all|X-Developer: ada@example.com|X-Product: all|X-Limit: 3";

const PolicyCall calls[] = {
    // AssignMessage
    {get, "/assign/words?word=moon", "", "", 200, "", "Content-Type: text/plain",
     "{as it is}, moon, GET /assign/words"},
    {post, "/assign/words", "", "x", 200, "", "", "{as it is}, no word, POST /assign/words"},
    {get, "/assign/set?word=sun", "", "", 201, "", "X-Word: sun|Content-Type: application/json",
     R"({"word":"sun"})"},
    {get, "/assign/lists", "", "", 200, "", "X-List: one, two|X-Gone: -", ""},
    {post, "/assign/copy", "X-A: a|X-B: b", "its body", 200, "", "X-A: a|X-B: -", "its body"},
    {get, "/assign/unset", "", "", 500, "UnresolvedVariable", "Content-Type: application/json",
     assign_fault("assign_unset]: unable to resolve variable no.such.variable",
                  "UnresolvedVariable")},
    {get, "/assign/read-only", "", "", 500, "SetVariableFailed", "",
     assign_fault("assign_read_only]: variable proxy.pathsuffix cannot be set",
                  "SetVariableFailed")},
    {get, "/assign/no-message", "", "", 500, "VariableOfNonMsgType", "",
     assign_fault("assign_no_message]: value of variable proxy.pathsuffix is not of type Message",
                  "VariableOfNonMsgType")},

    // RaiseFault
    {get, "/raise/plain", "", "", 500, "RaiseFault", "Content-Type: application/json",
     raised("raise_plain")},
    {get, "/raise/status", "", "", 403, "RaiseFault", "", raised("raise_status")},
    {"PUT", "/raise/own?status=410", "", "x", 410, "RaiseFault",
     "X-Verb: PUT|Content-Type: text/plain", "no /raise/own"},
    {get, "/raise/early", "", "", 200, "RaiseFault", "", "pong"},
    {get, "/raise/unset", "", "", 500, "UnresolvedVariable", "",
     fault_body("RaiseFault[raise_unset]: unable to resolve variable no.such.variable",
                "steps.raisefault.UnresolvedVariable")},
    {get, "/raise/caught", "", "", 400, "RaiseFault", "", R"({"error":"RaiseFault"})"},
    // a rule that raises a fault itself keeps the default rule out
    {get, "/raise/again", "", "", 418, "", "", "again"},

    // VerifyAPIKey
    {get, "/key/x", "", "", 401, "FailedToResolveAPIKey", "X-App: -", no_key},
    {get, "/key/x?apikey=", "", "", 401, "FailedToResolveAPIKey", "", no_key},
    {get, "/key/x?apikey=unknown", "", "", 401, "InvalidApiKey", "", invalid_key},
    {get, "/key/x?apikey=all", "", "", 200, "", own_app, ""},
    {get, "/key/a/b?apikey=all", "", "", 200, "", own_app, ""},
    {get, "/key/narrow?apikey=narrow", "", "", 200, "", "X-Product: narrow", ""},
    {get, "/key/x?apikey=narrow", "", "", 401, "InvalidApiKeyForGivenResource", "", wrong_resource},
    {get, "/key/x?apikey=elsewhere", "", "", 401, "InvalidApiKeyForGivenResource", "",
     wrong_resource},
    {get, "/key/x?apikey=other", "", "", 401, "InvalidApiKeyForGivenResource", "", wrong_resource},
    {get, "/key/x?apikey=no-product", "", "", 401, "InvalidApiKeyForGivenResource", "",
     wrong_resource},
    {get, "/key/x?apikey=reading", "", "", 200, "", "X-Product: reading", ""},
    {post, "/key/x?apikey=reading", "", "x", 401, "InvalidApiKeyForGivenResource", "",
     wrong_resource},
    {get, "/key/a/b?apikey=reading", "", "", 401, "InvalidApiKeyForGivenResource", "",
     wrong_resource},
    {get, "/key/x?apikey=pending", "", "", 401, "invalid_client-app_not_approved", "",
     app_not_approved},
    {get, "/key/x?apikey=revoked", "", "", 401, "invalid_client-app_not_approved", "",
     app_not_approved},
    {get, "/key/x?apikey=expired", "", "", 401, "consumer_key_expired", "", expired},
    {get, "/key/x?apikey=idle", "", "", 401, "DeveloperStatusNotActive", "", idle},
    {get, "/keys/header", "X-Api-Key: all", "", 200, "", "", "all"},
    {get, "/keys/header?apikey=all", "", "", 401, "FailedToResolveAPIKey", "", no_key_header},
    {get, "/keys/soft?apikey=unknown", "", "", 200, "", "", "failed true true"},
    {get, "/keys/soft?apikey=all", "", "", 200, "", "", "failed false false"},

    // Quota
    {get, "/quota/client", "Client: a", "", 200, "", "X-Used: 1|X-Allowed: 2|X-Left: 1", ""},
    {get, "/quota/client", "Client: a", "", 200, "", "X-Used: 2|X-Allowed: 2|X-Left: 0", ""},
    {get, "/quota/client", "Client: a", "", 429, "QuotaViolation", "X-Used: -", over_quota("a")},
    {get, "/quota/client", "Client: b", "", 200, "", "X-Used: 1|X-Allowed: 2|X-Left: 1", ""},
    {get, "/quota/client", "", "", 200, "", "X-Used: 1", ""},
    {get, "/quota/weight?w=7", "", "", 200, "", "", ""},
    {get, "/quota/weight?w=4", "", "", 429, "QuotaViolation", "", over_quota("_default")},
    {get, "/quota/weight?w=3", "", "", 200, "", "", ""},
    {get, "/quota/weight?w=0", "", "", 200, "", "", ""},
    {get, "/quota/weight?w=much", "", "", 500, "InvalidMessageWeight", "",
     fault_body("Invalid message weight value much", "policies.ratelimit.InvalidMessageWeight")},
    {get, "/quota/product?apikey=all", "", "", 200, "", "", ""},
    {get, "/quota/product?apikey=all", "", "", 200, "", "", ""},
    {get, "/quota/product?apikey=all", "", "", 200, "", "", ""},
    {get, "/quota/product?apikey=all", "", "", 429, "QuotaViolation", "", over_quota("all")},
    {get, "/quota/product?apikey=many", "", "", 200, "", "", ""},
    {get, "/quota/interval?every=1", "", "", 200, "", "", ""},
    {get, "/quota/interval", "", "", 500, "FailedToResolveQuotaIntervalReference", "",
     fault_body("Failed to resolve quota interval reference request.queryparam.every in quota "
                "policy quota_interval",
                "policies.ratelimit.FailedToResolveQuotaIntervalReference")},
    {get, "/quota/soft", "", "", 200, "", "", "failed false"},
    {get, "/quota/soft", "", "", 200, "", "", "failed true"},

    // SpikeArrest; one a minute, so that no machine is too slow to see the second call refused
    {get, "/spike/fixed?id=a", "", "", 200, "", "", ""},
    {get, "/spike/fixed?id=a", "", "", 429, "SpikeArrestViolation", "", too_fast(1)},
    {get, "/spike/fixed?id=a&w=5", "", "", 429, "SpikeArrestViolation", "", too_fast(5)},
    {get, "/spike/fixed?id=b", "", "", 200, "", "", ""},
    {get, "/spike/fixed", "", "", 200, "", "", ""},
    {get, "/spike/fixed?id=c&w=1.5", "", "", 500, "InvalidMessageWeight", "",
     fault_body("Invalid message weight value 1.5", "policies.ratelimit.InvalidMessageWeight")},
    {get, "/spike/rate?rate=1pm", "", "", 200, "", "", ""},
    {get, "/spike/rate?rate=1pm", "", "", 429, "SpikeArrestViolation", "", too_fast(1)},
    {get, "/spike/rate", "", "", 500, "FailedToResolveSpikeArrestRate", "",
     fault_body("Failed to resolve Spike Arrest Rate reference request.queryparam.rate in "
                "SpikeArrest policy spike_rate",
                "policies.ratelimit.FailedToResolveSpikeArrestRate")},
    {get, "/spike/product?apikey=all", "", "", 200, "", "", ""},
    {get, "/spike/product?apikey=all", "", "", 429, "SpikeArrestViolation", "", too_fast(1)},
    {get, "/spike/product?apikey=none", "", "", 401, "InvalidApiKey", "", invalid_key},
    {get, "/spike/soft", "", "", 200, "", "", "failed false"},
    {get, "/spike/soft", "", "", 200, "", "", "failed true"},

    // ExtractVariables
    {get, "/extract/orders/42", "", "", 200, "", "", "order 42, item "},
    {get, "/extract/orders/42/items/x%20y", "", "", 200, "", "", "order 42, item x%20y"},
    {post, "/extract/texts?code=DBN88", "Authorization: bearer t0k|Content-Type: text/plain",
     "field=l-r", 200, "", "", "t0k, 88, , , POST"},
    {post, "/extract/texts?code=88", as_form, "a=1&field=l-r-s", 200, "", "", ", , l, r-s, POST"},
    {post, "/extract/json", as_json, order_json, 200, "", "", R"(42, 9.5, ["a","b"], b)"},
    {post, "/extract/json", "Content-Type: text/plain", order_json, 200, "", "", ", , , "},
    {post, "/extract/json", as_json, R"({"order":{"id":"x"}})", 500, "UnableToCast", "",
     extract_fault("Unable to cast value x as INTEGER.", "UnableToCast")},
    {post, "/extract/json", as_json, R"({"order":)", 500, "ExecutionFailed", "",
     extract_fault("Failed to execute the ExtractVariables: extract_json", "ExecutionFailed")},
    {post, "/extract/xml", as_xml, order_xml, 200, "", "", "7, , , two"},
    {post, "/extract/xml", as_xml, "<order>", 500, "ExecutionFailed", "",
     extract_fault("Failed to execute the ExtractVariables: extract_xml", "ExecutionFailed")},
    {post, "/extract/strict", as_json, R"({"yes":1})", 500, "InvalidJSONPath", "",
     extract_fault("Invalid JSON path $.no in policy extract_strict.", "InvalidJSONPath")},
    {post, "/extract/strict", as_json, R"({"no":1})", 200, "", "", ""},
    {post, "/extract/strict-xml", as_xml, "<yes/>", 500, "VariableResolutionFailed", "",
     extract_fault("ExtractVariables[extract_strict_xml]: unable to resolve variable no",
                   "VariableResolutionFailed")},
    {get, "/extract/strict-header", "", "", 500, "VariableResolutionFailed", "",
     extract_fault("ExtractVariables[extract_strict_header]: unable to resolve variable "
                   "message.header.X-No",
                   "VariableResolutionFailed")},
    {get, "/extract/source", "", "", 500, "SourceMessageNotAvailable", "",
     extract_fault("no_message message is not available for ExtractVariable: extract_source",
                   "SourceMessageNotAvailable")},

    // FlowCallout
    {get, "/call/plain", "", "", 200, "", "", "stamped for everybody, then nobody"},
    {get, "/call/text", "", "", 200, "", "", "stamped for Ada GET, then nobody"},
    {get, "/call/ref?who=Eve", "", "", 200, "", "", "stamped for Eve, then nobody"},
    {get, "/call/ref", "", "", 500, "UnresolvedVariable", "",
     fault_body("FlowCallout[call_ref]: unable to resolve variable request.queryparam.who",
                "steps.flowcallout.UnresolvedVariable")},
    {get, "/call/ref?who=Eve&refuse=yes", "", "", 409, "RaiseFault", "", "not for Eve"},
    {get, "/call/soft?refuse=yes", "", "", 200, "", "", "stamped for everybody, then nobody"},
    {get, "/call/nowhere", "", "", 500, "SharedFlowNotFound", "",
     fault_body("Shared Flow nowhere Not Found", "flow.SharedFlowNotFound")},

    // KeyValueMapOperations
    {get, "/map/get?name=new", "", "", 200, "", "", "green, none"},
    {get, "/map/put?name=new&value=1", "", "", 200, "", "", ", none"},
    {get, "/map/get?name=new", "", "", 200, "", "", "green, 1"},
    {get, "/map/keep?name=new&value=2", "", "", 200, "", "", ", none"},
    {get, "/map/get?name=new", "", "", 200, "", "", "green, 1"},
    {get, "/map/put?name=new&value=3", "", "", 200, "", "", ", none"},
    {get, "/map/get?name=new", "", "", 200, "", "", "green, 3"},
    {get, "/map/delete?name=new", "", "", 200, "", "", ", none"},
    {get, "/map/get?name=new", "", "", 200, "", "", "green, none"},
    {get, "/map/pair?name=left", "", "", 200, "", "", "both parts, none"},
    {get, "/map/own", "", "", 200, "", "", "blue, large"},
    {get, "/map/private", "", "", 200, "", "", "hush"},
    {get, "/map/open", "", "", 500, "SetVariableFailed", "",
     fault_body("Failed to set variable ten.word in KeyValueMapStepDefinition map_open",
                "steps.keyvaluemapoperations.SetVariableFailed")},

    // ServiceCallout
    {get, "/ask/plain?do=ok", "", "", 200, "", "", "200 ok"},
    {get, "/ask/plain?do=chunked", "", "", 200, "", "", "200 hello, world"},
    {get, "/ask/plain?do=status-404", "", "", 500, "ExecutionFailed", "",
     ask_fault("ask", "ResponseCode 404 is treated as error")},
    {get, "/ask/plain?do=status-503", "", "", 500, "ExecutionFailed", "",
     ask_fault("ask", "ResponseCode 503 is treated as error")},
    {get, "/ask/plain?do=never", "", "", 500, "ExecutionFailed", "",
     ask_fault("ask", "timeout occurred in ServiceCallout")},
    {get, "/ask/plain?do=half", "", "", 500, "ExecutionFailed", "",
     ask_fault("ask", "Unexpected EOF at target")},
    {get, "/ask/plain?do=garbage", "", "", 500, "ExecutionFailed", "",
     ask_fault("ask", "Bad Gateway")},
    {get, "/ask/soft?do=status-404", "", "", 200, "", "", "failed true, status 404"},
    {get, "/ask/soft?do=ok", "", "", 200, "", "", "failed false, status 200"},
    {get, "/ask/soft?do=garbage", "", "", 200, "", "", "failed true, status none"},
    {get, "/ask/down", "", "", 500, "ExecutionFailed", "",
     ask_fault("ask_down", "Host not reachable")},
    {get, "/ask/down-soft", "", "", 200, "", "", "failed true"},
    {get, "/ask/lenient?do=status-404", "", "", 200, "", "", "404 of the target"},
    {get, "/ask/lenient?do=status-500", "", "", 500, "ExecutionFailed", "",
     ask_fault("ask_lenient", "ResponseCode 500 is treated as error")},
    {get, "/ask/post?word=moon", "", "", 200, "", "", "POST /words/echo moon"},
    {get, "/ask/balanced?do=ok", "", "", 200, "", "", "200 ok"},
    {get, "/ask/balanced?do=ok", "", "", 200, "", "", "200 ok"},
    {get, "/ask/notify?word=one", "", "", 200, "", "", ""},
    {get, "/ask/notify?word=two", "", "", 200, "", "", ""},

    // MessageLogging
    {post, "/log/body", "", "first", 200, "", "", ""},
    {post, "/log/body", "", "second", 200, "", "", ""},
    {get, "/log/cloud?word=rain", "", "", 200, "", "", ""},
    {get, "/log/strict", "", "", 500, "StepDefinitionExecutionFailed", "",
     fault_body("MessageLogging[log_strict]: unable to resolve variable no.such.variable",
                "steps.messagelogging.StepDefinitionExecutionFailed")},

    // a target behind all of it
    {get, "/through/ok", "", "", 200, "", "Content-Type: text/plain", "ok"},
    {post, "/through/status-201", "", "x", 201, "", "", "of the target"},
    {get, "/through/status-404", "", "", 404, "ErrorResponseCode", "", "of the target"},
    {get, "/nowhere", "", "", 200, "", "", ""},
};
static_assert(std::size(calls) >= 60);

}  // namespace

std::span<const PolicyCall> policy_calls() { return calls; }

}  // namespace catchrule::test
