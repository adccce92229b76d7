// SPDX-License-Identifier: Apache-2.0
#include "engine/fault_catalog.hpp"

#include <string>

namespace catchrule {
namespace {

using enum Evidence;

// Codes, statuses and texts: SEMANTICS 4.1 and 4.2, POLICIES 3.6 and 4. The grade is that of the
// status; texts that no source quotes are our own.
constexpr FaultRow rows[] = {
    // VerifyAPIKey and OAuthV2
    {"steps.oauth.v2.FailedToResolveAPIKey", "VerifyAPIKey", 401, 401,
     "Failed to resolve API Key variable {ref}", "", documented},
    {"oauth.v2.InvalidApiKey", "VerifyAPIKey", 401, 401, "Invalid ApiKey", "", documented},
    {"oauth.v2.InvalidApiKeyForGivenResource", "VerifyAPIKey", 401, 401,
     "Invalid ApiKey for given resource", "", documented},
    {"keymanagement.service.DeveloperStatusNotActive", "VerifyAPIKey", 401, 401,
     "Developer Status is not Active", "", memory},
    {"keymanagement.service.CompanyStatusNotActive", "VerifyAPIKey", 401, 401,
     "Company Status is not Active", "", memory},
    {"keymanagement.service.invalid_client-app_not_approved", "VerifyAPIKey", 401, 401,
     "App not approved", "", memory},
    {"keymanagement.service.consumer_key_expired", "VerifyAPIKey", 401, 401, "Consumer key expired",
     "", memory},
    {"keymanagement.service.consumer_key_expired", "OAuthV2", 401, 401, "Consumer key expired", "",
     memory},
    {"keymanagement.service.invalid_consumer_key", "OAuthV2", 401, 401, "Invalid consumer key", "",
     memory},
    {"oauth.v2.InvalidAccessToken", "OAuthV2", 401, 401, "Invalid access token", "", observed},
    {"keymanagement.service.invalid_access_token", "OAuthV2", 401, 401, "Invalid Access Token", "",
     observed},
    {"keymanagement.service.access_token_expired", "OAuthV2", 401, 401, "Access Token expired", "",
     observed},
    {"keymanagement.service.access_token_not_approved", "OAuthV2", 401, 401,
     "Access Token not approved", "", memory},
    {"keymanagement.service.apiresource_doesnot_exist", "OAuthV2", 401, 401,
     "The requested resource does not exist", "", memory},
    {"keymanagement.service.InvalidAPICallAsNoApiProductMatchFound", "OAuthV2", 401, 401,
     "Invalid API call as no apiproduct match found", "", memory},
    {"steps.oauth.v2.InsufficientScope", "OAuthV2", 403, 403, "Required scope(s): {scopes}", "",
     observed},
    {"steps.oauth.v2.InvalidClientIdentifier", "OAuthV2", 500, 500,
     "Invalid client identifier {ref}", "", memory},
    {"steps.oauth.v2.invalid_request", "OAuthV2", 400, 400, "Invalid request", "", memory},
    {"oauth.v2.invalid_client", "OAuthV2", 401, 401, "Invalid client", "", memory},
    {"steps.oauth.v2.FailedToResolveToken", "OAuthV2", 500, 500, "Failed to resolve {ref}", "",
     memory},
    {"steps.oauth.v2.FailedToResolveClientId", "OAuthV2", 500, 500, "Failed to resolve {ref}", "",
     memory},
    {"steps.oauth.v2.FailedToResolveAccessToken", "OAuthV2", 500, 500, "Failed to resolve {ref}",
     "", memory},
    {"steps.oauth.v2.FailedToResolveRefreshToken", "OAuthV2", 500, 500, "Failed to resolve {ref}",
     "", memory},
    {"steps.oauth.v2.FailedToResolveAuthorizationCode", "OAuthV2", 500, 500,
     "Failed to resolve {ref}", "", memory},
    {"steps.oauth.v2.UnSupportedGrantType", "OAuthV2", 500, 500, "Unsupported grant type : {type}",
     "", memory},
    {"steps.oauth.v2.InvalidTokenType", "OAuthV2", 500, 500, "Invalid token type", "", memory},
    {"steps.oauth.v2.InvalidParameter", "OAuthV2", 500, 500, "Invalid parameter {name}", "",
     memory},
    {"steps.oauth.v2.MissingParameter", "OAuthV2", 500, 500, "Missing parameter {name}", "",
     memory},
    // rate limits: the two violations are the only rows whose profiles differ (SEM-19)
    {"policies.ratelimit.QuotaViolation", "Quota", 429, 500,
     "Rate limit quota violation. Quota limit  exceeded. Identifier : {identifier}", "",
     documented},
    {"policies.ratelimit.FailedToResolveQuotaIntervalReference", "Quota", 500, 500,
     "Failed to resolve quota interval reference {ref} in quota policy {policy}", "", documented},
    {"policies.ratelimit.FailedToResolveQuotaIntervalTimeUnitReference", "Quota", 500, 500,
     "Failed to resolve quota time unit reference {ref} in quota policy {policy}", "", documented},
    {"policies.ratelimit.InvalidMessageWeight", "Quota", 500, 500,
     "Invalid message weight value {weight}", "", documented},
    {"policies.ratelimit.SpikeArrestViolation", "SpikeArrest", 429, 500,
     "Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod={n}, "
     "periodInMicroseconds={period}, maxBurstMessageCount=1.0}",
     "", documented},
    {"policies.ratelimit.FailedToResolveSpikeArrestRate", "SpikeArrest", 500, 500,
     "Failed to resolve Spike Arrest Rate reference {ref} in SpikeArrest policy {policy}", "",
     documented},
    {"policies.ratelimit.InvalidAllowedRate", "SpikeArrest", 500, 500,
     "Invalid allowed rate {rate} in SpikeArrest policy {policy}", "", documented},
    {"policies.ratelimit.InvalidMessageWeight", "SpikeArrest", 500, 500,
     "Invalid message weight value {weight}", "", documented},
    {"policies.concurrentratelimit.ConcurrentRatelimitViolation", "ConcurrentRatelimit", 503, 503,
     "ConcurrentRatelimit connection exceeded. Connection limit : {limit}", "", memory},
    // messages and variables
    {"steps.raisefault.RaiseFault", "RaiseFault", 0, 0, "Raising fault. Fault name : {policy}", "",
     observed},
    {"steps.raisefault.UnresolvedVariable", "RaiseFault", 500, 500,
     "RaiseFault[{policy}]: unable to resolve variable {variable}", "", memory},
    {"steps.raisefault.VariableOfNonMsgType", "RaiseFault", 500, 500,
     "RaiseFault[{policy}]: value of variable {variable} is not of type Message", "", memory},
    {"steps.raisefault.SetVariableFailed", "RaiseFault", 500, 500,
     "RaiseFault[{policy}]: variable {variable} cannot be set", "", memory},
    {"steps.messagelogging.StepDefinitionExecutionFailed", "MessageLogging", 500, 500,
     "MessageLogging[{policy}]: unable to resolve variable {variable}", "", memory},
    {"steps.assignmessage.UnresolvedVariable", "AssignMessage", 500, 500,
     "AssignMessage[{policy}]: unable to resolve variable {variable}", "", documented},
    {"steps.assignmessage.VariableOfNonMsgType", "AssignMessage", 500, 500,
     "AssignMessage[{policy}]: value of variable {variable} is not of type Message", "",
     documented},
    {"steps.assignmessage.SetVariableFailed", "AssignMessage", 500, 500,
     "AssignMessage[{policy}]: variable {variable} cannot be set", "", documented},
    {"steps.extractvariables.SourceMessageNotAvailable", "ExtractVariables", 500, 500,
     "{variable} message is not available for ExtractVariable: {policy}", "", documented},
    {"steps.extractvariables.ExecutionFailed", "ExtractVariables", 500, 500,
     "Failed to execute the ExtractVariables: {policy}", "", documented},
    {"steps.extractvariables.ImmutableVariable", "ExtractVariables", 500, 500,
     "ExtractVariables[{policy}]: variable {variable} is immutable", "", documented},
    {"steps.extractvariables.InvalidJSONPath", "ExtractVariables", 500, 500,
     "Invalid JSON path {path} in policy {policy}.", "", documented},
    {"steps.extractvariables.JsonPathParsingFailure", "ExtractVariables", 500, 500,
     "ExtractVariables {policy}: Json path parsing failed for for flow variables {variable}", "",
     documented},
    {"steps.extractvariables.SetVariableFailed", "ExtractVariables", 500, 500,
     "Failed to set variable {variable} value {value} from ExtractVariables: {policy}", "",
     documented},
    {"steps.extractvariables.UnableToCast", "ExtractVariables", 500, 500,
     "Unable to cast value {value} as {type}.", "", documented},
    {"steps.extractvariables.VariableResolutionFailed", "ExtractVariables", 500, 500,
     "ExtractVariables[{policy}]: unable to resolve variable {variable}", "", documented},
    {"steps.keyvaluemapoperations.SetVariableFailed", "KeyValueMapOperations", 500, 500,
     "Failed to set variable {variable} in KeyValueMapStepDefinition {policy}", "", documented},
    {"steps.keyvaluemapoperations.UnsupportedOperationException", "KeyValueMapOperations", 500, 500,
     "java.lang.UnsupportedOperationException", "", documented},
    {"policies.populatecache.EntryCannotBeCached", "PopulateCache", 500, 500,
     "PopulateCache[{policy}]: the entry cannot be cached", "", memory},
    // callouts and scripts
    {"steps.servicecallout.ExecutionFailed", "ServiceCallout", 500, 500,
     "Execution of ServiceCallout {policy} failed. Reason: {reason}", "", observed},
    {"steps.servicecallout.RequestVariableNotMessageType", "ServiceCallout", 500, 500,
     "ServiceCallout[{policy}]: request variable {variable} value is not of type Message", "",
     documented},
    {"steps.servicecallout.RequestVariableNotRequestMessageType", "ServiceCallout", 500, 500,
     "ServiceCallout[{policy}]: request variable {variable} value is not of type Request Message",
     "", documented},
    {"flow.SharedFlowNotFound", "FlowCallout", 500, 500, "Shared Flow {name} Not Found", "",
     documented},
    {"flow.TooManyFlowCallouts", "FlowCallout", 500, 500,
     "Shared Flow {name} is called behind more than {limit} FlowCallouts", "", memory},
    {"steps.flowcallout.UnresolvedVariable", "FlowCallout", 500, 500,
     "FlowCallout[{policy}]: unable to resolve variable {variable}", "", memory},
    {"steps.flowcallout.SetVariableFailed", "FlowCallout", 500, 500,
     "FlowCallout[{policy}]: variable {variable} cannot be set", "", memory},
    {"steps.javascript.ScriptExecutionFailed", "Javascript", 500, 500,
     "Execution of {policy} failed with error: {reason}", "", memory},
    {"steps.javascript.ScriptExecutionFailedLineNumber", "Javascript", 500, 500,
     "Execution of {policy} failed on line {line} with error: {reason}", "", memory},
    {"steps.javascript.ScriptSecurityError", "Javascript", 500, 500,
     "Execution of {policy} failed with security error: {reason}", "", memory},
    // threat protection and access
    {"steps.jsonthreatprotection.ExecutionFailed", "JSONThreatProtection", 500, 500,
     "JSONThreatProtection[{policy}]: Execution failed. reason: {reason}", "", documented},
    {"steps.jsonthreatprotection.SourceUnavailable", "JSONThreatProtection", 500, 500,
     "JSONThreatProtection[{policy}]: Source {variable} is not available", "", documented},
    {"steps.jsonthreatprotection.NonMessageVariable", "JSONThreatProtection", 500, 500,
     "JSONThreatProtection[{policy}]: Variable {variable} does not resolve to a Message", "",
     documented},
    {"steps.xmlthreatprotection.ExecutionFailed", "XMLThreatProtection", 500, 500,
     "XMLThreatProtection[{policy}]: Execution failed. reason: {reason}", "", memory},
    {"steps.xmlthreatprotection.SourceUnavailable", "XMLThreatProtection", 500, 500,
     "XMLThreatProtection[{policy}]: Source {variable} is not available", "", memory},
    {"steps.xmlthreatprotection.NonMessageVariable", "XMLThreatProtection", 500, 500,
     "XMLThreatProtection[{policy}]: Variable {variable} does not resolve to a Message", "",
     memory},
    {"steps.xmlthreatprotection.InvalidXMLPayload", "XMLThreatProtection", 500, 500,
     "XMLThreatProtection[{policy}]: Execution failed. reason: {reason}", "", memory},
    {"steps.regexprotection.ThreatDetected", "RegularExpressionProtection", 500, 500,
     "Regular Expression Threat Detected in {policy}: regex: {regex} input: {input}", "", memory},
    {"steps.regexprotection.ExecutionFailed", "RegularExpressionProtection", 500, 500,
     "Failed to execute the RegularExpressionProtection StepDefinition {policy}. Reason: {reason}",
     "", memory},
    {"steps.regexprotection.VariableResolutionFailed", "RegularExpressionProtection", 500, 500,
     "Failed to resolve variable {variable}", "", memory},
    {"steps.regexprotection.NonMessageVariable", "RegularExpressionProtection", 500, 500,
     "Variable {variable} does not resolve to a Message", "", memory},
    {"steps.regexprotection.SourceMessageNotAvailable", "RegularExpressionProtection", 500, 500,
     "{variable} message is not available for RegularExpressionProtection StepDefinition {policy}",
     "", memory},
    {"steps.accesscontrol.IPDeniedAccess", "AccessControl", 403, 403,
     "Access Denied for client ip : {ip}", "", documented},
    {"steps.accesscontrol.InvalidIPAddressInVariable", "AccessControl", 500, 500,
     "Invalid IP address {ip} in variable {variable}", "", documented},
    {"steps.accesscontrol.InvalidIPAddress", "AccessControl", 500, 500, "Invalid IP address {ip}",
     "", memory},
    {"steps.accesscontrol.ClientIpExtractionFailed", "AccessControl", 500, 500,
     "Failed to extract the client ip", "", memory},
    {"steps.basicauthentication.InvalidBasicAuthenticationSource", "BasicAuthentication", 500, 500,
     "BasicAuthentication[{policy}]: source {variable} is not valid", "", memory},
    {"steps.basicauthentication.UnresolvedVariable", "BasicAuthentication", 500, 500,
     "BasicAuthentication[{policy}]: unable to resolve variable {variable}", "", memory},
    {"steps.hmac.UnresolvedVariable", "HMAC", 401, 401,
     "HMAC[{policy}]: unable to resolve variable {variable}", "", documented},
    {"steps.hmac.HmacVerificationFailed", "HMAC", 401, 401, "HMAC[{policy}]: verification failed",
     "", documented},
    {"steps.hmac.HmacCalculationFailed", "HMAC", 401, 401, "HMAC[{policy}]: calculation failed", "",
     documented},
    {"steps.hmac.EmptySecretKey", "HMAC", 401, 401, "HMAC[{policy}]: the secret key is empty", "",
     documented},
    {"steps.hmac.EmptyVerificationValue", "HMAC", 401, 401,
     "HMAC[{policy}]: the verification value is empty", "", documented},
    {"steps.cors.UnresolvedVariable", "CORS", 500, 500,
     "CORS[{policy}]: unable to resolve variable {variable}", "", memory},
    {"steps.assertcondition.ConditionEvaluationFailed", "AssertCondition", 500, 500,
     "AssertCondition[{policy}]: condition evaluation failed", "", documented},
    // transformation and validation
    {"steps.messagevalidation.Failed", "MessageValidation", 500, 500,
     "MessageValidation {policy} failed with reason: \"{reason}\"", "", memory},
    {"steps.messagevalidation.NonMessageVariable", "MessageValidation", 500, 500,
     "Variable {variable} does not resolve to a Message", "", memory},
    {"steps.messagevalidation.SourceMessageNotAvailable", "MessageValidation", 500, 500,
     "{variable} message is not available for MessageValidation: {policy}", "", memory},
    {"steps.json2xml.SourceUnavailable", "JSONToXML", 500, 500,
     "JSONToXML[{policy}]: Source {variable} is not available", "", documented},
    {"steps.json2xml.ExecutionFailed", "JSONToXML", 500, 500,
     "JSONToXML[{policy}]: Execution failed. reason: {reason}", "", documented},
    {"steps.json2xml.OutputVariableIsNotAvailable", "JSONToXML", 500, 500,
     "JSONToXML[{policy}]: no output variable", "", documented},
    {"steps.json2xml.InCompatibleTypes", "JSONToXML", 500, 500,
     "JSONToXML[{policy}]: source and output differ in type", "", documented},
    {"steps.json2xml.InvalidSourceType", "JSONToXML", 500, 500,
     "JSONToXML[{policy}]: source {variable} has a wrong type", "", documented},
    {"steps.xml2json.SourceUnavailable", "XMLToJSON", 500, 500,
     "XMLToJSON[{policy}]: Source {variable} is not available", "", documented},
    {"steps.xml2json.ExecutionFailed", "XMLToJSON", 500, 500,
     "XMLToJSON[{policy}]: Execution failed. reason: {reason}", "", documented},
    {"steps.xml2json.OutputVariableIsNotAvailable", "XMLToJSON", 500, 500,
     "XMLToJSON[{policy}]: no output variable", "", documented},
    {"steps.xml2json.InCompatibleTypes", "XMLToJSON", 500, 500,
     "XMLToJSON[{policy}]: source and output differ in type", "", documented},
    {"steps.xml2json.InvalidSourceType", "XMLToJSON", 500, 500,
     "XMLToJSON[{policy}]: source {variable} has a wrong type", "", documented},
    {"steps.xsl.XSLSourceMessageNotAvailable", "XSL", 500, 500,
     "{variable} message is not available for XSL: {policy}", "", memory},
    {"steps.xsl.XSLEvaluationFailed", "XSL", 500, 500,
     "Evaluation of XSL {policy} failed with reason: \"{reason}\"", "", memory},
    {"steps.xsl.XSLVariableResolutionFailed", "XSL", 500, 500,
     "Failed to resolve variable {variable}", "", memory},
    // JSON web tokens: the texts are ours
    {"steps.jwt.EncryptionFailed", "GenerateJWT", 401, 401,
     "GenerateJWT[{policy}]: encryption failed", "", documented},
    {"steps.jwt.GenerationFailed", "GenerateJWT", 401, 401,
     "GenerateJWT[{policy}]: generation failed", "", documented},
    {"steps.jwt.SigningFailed", "GenerateJWT", 401, 401, "GenerateJWT[{policy}]: signing failed",
     "", documented},
    {"steps.jwt.InvalidPrivateKey", "GenerateJWT", 401, 401,
     "GenerateJWT[{policy}]: the private key is not valid", "", documented},
    {"steps.jwt.InvalidPasswordKey", "GenerateJWT", 401, 401,
     "GenerateJWT[{policy}]: the password is not valid", "", documented},
    {"steps.jwt.AlgorithmInTokenNotPresentInConfiguration", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the algorithm of the token is not configured", "", documented},
    {"steps.jwt.AlgorithmMismatch", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the algorithms differ", "", documented},
    {"steps.jwt.FailedToDecode", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the token cannot be decoded", "", documented},
    {"steps.jwt.InsufficientKeyLength", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the key is too short", "", documented},
    {"steps.jwt.InvalidClaim", "VerifyJWT", 401, 401, "VerifyJWT[{policy}]: a claim does not match",
     "", documented},
    {"steps.jwt.InvalidConfiguration", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the configuration is not valid", "", documented},
    {"steps.jwt.InvalidCurve", "VerifyJWT", 401, 401, "VerifyJWT[{policy}]: the curve is not valid",
     "", documented},
    {"steps.jwt.InvalidJsonFormat", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the token holds no valid JSON", "", documented},
    {"steps.jwt.InvalidPublicKey", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the public key is not valid", "", documented},
    {"steps.jwt.InvalidSecretKey", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the secret key is not valid", "", documented},
    {"steps.jwt.InvalidToken", "VerifyJWT", 401, 401, "VerifyJWT[{policy}]: the token is not valid",
     "", documented},
    {"steps.jwt.JwtAudienceMismatch", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the audience does not match", "", documented},
    {"steps.jwt.JwtIssuerMismatch", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the issuer does not match", "", documented},
    {"steps.jwt.JwtSubjectMismatch", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the subject does not match", "", documented},
    {"steps.jwt.KeyIdMissing", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the token has no key id", "", documented},
    {"steps.jwt.KeyParsingFailed", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the key cannot be parsed", "", documented},
    {"steps.jwt.NoAlgorithmFoundInHeader", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the token names no algorithm", "", documented},
    {"steps.jwt.NoMatchingPublicKey", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: no public key matches", "", documented},
    {"steps.jwt.TokenExpired", "VerifyJWT", 401, 401, "VerifyJWT[{policy}]: the token has expired",
     "", documented},
    {"steps.jwt.TokenNotYetValid", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the token is not valid yet", "", documented},
    {"steps.jwt.UnknownException", "VerifyJWT", 401, 401, "VerifyJWT[{policy}]: unknown error", "",
     documented},
    {"steps.jwt.WrongKeyType", "VerifyJWT", 401, 401,
     "VerifyJWT[{policy}]: the key has a wrong type", "", documented},
    {"steps.jwt.FailedToDecode", "DecodeJWT", 401, 401,
     "DecodeJWT[{policy}]: the token cannot be decoded", "", documented},
    {"steps.jwt.InvalidToken", "DecodeJWT", 401, 401, "DecodeJWT[{policy}]: the token is not valid",
     "", documented},
    // routing
    {"messaging.adaptors.http.flow.ApplicationNotFound", "routing", 404, 404,
     "Unable to identify proxy for host: {host}:{port} and url: {path}", "", observed},
    {"messaging.runtime.RouteFailed", "routing", 500, 500,
     "Unable to route the message to a Target Endpoint", "", observed},
    {"messaging.runtime.TooManyChainedProxies", "routing", 500, 500,
     "The call goes through too many proxies of this gateway", "", memory},
    {"messaging.runtime.TargetMissing", "routing", 500, 500,
     "The target endpoint {name} is missing", "", memory},
    {"flow.APITimedOut", "routing", 504, 504, "API timed out", "", documented},
    // targets: CONTRACTS names which failure gives which; a connect time-out adds its reason itself
    {"messaging.adaptors.http.flow.ErrorResponseCode", "target", 0, 0,
     "ResponseCode {status} is treated as error", "", observed},
    {"messaging.adaptors.http.flow.GatewayTimeout", "target", 504, 504, "Gateway Timeout",
     "TARGET_READ_TIMEOUT", documented},
    {"messaging.adaptors.http.flow.ServiceUnavailable", "target", 503, 503,
     "The Service is temporarily unavailable", "", documented},
    {"messaging.adaptors.http.flow.NoActiveTargets", "target", 503, 503,
     "The Service is temporarily unavailable", "", memory},
    {"messaging.adaptors.http.flow.BadGateway", "target", 502, 502, "Bad Gateway", "", documented},
    {"messaging.adaptors.http.flow.UnexpectedEOFAtTarget", "target", 502, 502,
     "Unexpected EOF at target", "", observed},
    {"messaging.adaptors.http.flow.SslHandshakeFailed", "target", 503, 503, "SSL Handshake failed",
     "", memory},
    {"messaging.adaptors.http.flow.DecompressionFailureAtResponse", "target", 500, 500,
     "Decompression failure at response", "", memory},
    {"protocol.http.EmptyPath", "target", 500, 500, "Request path cannot be empty", "", observed},
    {"protocol.http.ProxyTunnelCreationFailed", "target", 503, 503, "Proxy tunnel creation failed",
     "", memory},
    {"protocol.http.Response405WithoutAllowHeader", "target", 502, 502,
     "Received 405 Response without Allow Header", "", memory},
    {"security.util.KeyAliasNotFound", "target", 500, 500, "Key alias {name} not found", "",
     memory},
    // requests refused before any proxy is known
    {"messaging.adaptors.http.flow.LengthRequired", "http", 411, 411, "Content-Length is missing",
     "", memory},
    {"messaging.adaptors.http.flow.DecompressionFailureAtRequest", "http", 400, 400,
     "Decompression failure at request", "", memory},
    {"protocol.http.TooBigLine", "http", 414, 414, "request line size exceeding {limit}", "",
     documented},
    {"protocol.http.TooBigHeaders", "http", 431, 431, "headers size exceeding {limit}", "", memory},
    {"protocol.http.TooBigBody", "http", 413, 413, "Body buffer overflow", "", memory},
    {"protocol.http.BadPath", "http", 400, 400, "Invalid request path", "", memory},
    {"messaging.adaptors.http.flow.RequestTimeOut", "http", 408, 408, "Request timed out", "",
     memory},
    {"messaging.runtime.InternalServerError", "http", 500, 500, "Internal server error", "",
     memory},
    {"protocol.http.BadRequest", "http", 400, 400, "{reason}", "", memory},
    {"protocol.http.DuplicateHeader", "http", 400, 400, "Duplicate Header \"{name}\"", "", memory},
    {"protocol.http.UnsupportedEncoding", "http", 415, 415, "Unsupported Encoding \"{name}\"", "",
     memory},
};

bool has_name(const FaultRow& row, std::string_view name_or_code) {
    const std::string_view code = row.code;
    if (!code.ends_with(name_or_code)) return false;
    return code.size() == name_or_code.size() ||
           (code[code.size() - name_or_code.size() - 1] == '.' &&
            name_or_code.find('.') == std::string_view::npos);
}

// Only the names of `arguments` are placeholders: texts may hold other braces.
std::string filled_in(std::string_view text, FaultArguments arguments) {
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open + 1);
        bool replaced = false;
        for (const auto& [name, value] : arguments) {
            if (!text.starts_with(name) || !text.substr(name.size()).starts_with('}')) continue;
            out += value;
            text.remove_prefix(name.size() + 1);
            replaced = true;
            break;
        }
        if (!replaced) out += '{';
    }
    return out;
}

int status_of(const FaultRow& row, const Semantics& semantics) {
    if (row.status_x != row.status_edge) return semantics.status_of_rate_limits();
    return row.status_x == 0 ? 500 : row.status_x;
}

bool is_policy(std::string_view raised_by) {
    return !raised_by.empty() && raised_by[0] >= 'A' && raised_by[0] <= 'Z';
}

}  // namespace

std::span<const FaultRow> fault_catalog() { return rows; }

const FaultRow* find_fault(std::string_view name_or_code, std::string_view raised_by) {
    if (name_or_code.empty()) return nullptr;
    for (const FaultRow& row : rows) {
        if (!raised_by.empty() && row.raised_by != raised_by) continue;
        if (has_name(row, name_or_code)) return &row;
    }
    return nullptr;
}

Fault make_fault(std::string_view code, const Semantics& semantics, FaultArguments arguments) {
    Fault fault;
    fault.name = fault_name_of(code);
    fault.code = code;
    const FaultRow* row = find_fault(code);
    if (row == nullptr) return fault;
    fault.code = row->code;
    fault.text = filled_in(row->text, arguments);
    fault.status = status_of(*row, semantics);
    if (semantics.profile == Profile::x) fault.reason = row->reason;
    fault.category = is_policy(row->raised_by) ? "Step" : "Messaging";
    return fault;
}

}  // namespace catchrule
