// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "engine/semantics.hpp"

namespace catchrule {
namespace {

constexpr std::array<LedgerRow, 93> rows{{
    {"SEM-01", "in which order are fault rules tried",
     "ProxyEndpoint from the last to the first, TargetEndpoint from the first to the last; the "
     "first "
     "rule that is true or has no condition is taken; an evaluationOrder attribute on FaultRules "
     "wins",
     "proxy-order, target-order", "vendor page and real traces"},
    {"SEM-02", "a rule without a condition, or with an empty one", "always true", "",
     "vendor page, linter"},
    {"SEM-03", "a rule was taken but none of its steps ran",
     "it still took the fault: the pending reply goes out as it is, the default rule needs "
     "AlwaysEnforce",
     "", "vendor page"},
    {"SEM-04", "RaiseFault inside a fault rule or default rule",
     "ends the rule; what it sets is merged into the pending reply and the rest stays; fault.name "
     "is RaiseFault; the endpoint's default rule is skipped, AlwaysEnforce or not",
     "raise-fault-in-rule", "vendor page; an old post reports the opposite"},
    {"SEM-05", "another policy fails inside a fault rule",
     "ends the rule; its fault becomes the pending one; the default rule needs AlwaysEnforce", "",
     "stopping is documented, the rest is our inference"},
    {"SEM-06", "which proxy rules see a fault of the target flow",
     "never the FaultRules; the default rule does, unless a FaultRule of the target fired and the "
     "proxy's default rule has no AlwaysEnforce",
     "target-fault-reaches-proxy-default",
     "two reported experiments, against the wording of the vendor page"},
    {"SEM-07", "how and and or bind",
     "as in Java: not, comparison, and, or; a chain of one operator nests to the right", "",
     "vendor page, real trace"},
    {"SEM-08", "what not covers",
     "the whole comparison or parenthesis that follows; before a pattern operator that operator",
     "", "linter tests"},
    {"SEM-09", "x > y when a side is unset",
     "false whichever side it is; all other operators follow the printed table",
     "null-greater-than", "one odd cell of the table; the page's own quota example needs false"},
    {"SEM-10", "a text compared with a number",
     "both as text, so \"10\" > 7 is false; lint warns about it", "relational-strings",
     "vendor's type table"},
    {"SEM-11", "quoted text on the left", "a text, never a variable; accepted, lint warns", "",
     "deployed in public, traces keep the quotes"},
    {"SEM-12", "a variable alone as a condition",
     "a Boolean is itself; a text is true when it reads true in any case; all else is false", "",
     "the linter accepts it; the truth rule is ours"},
    {"SEM-13", "what JavaRegex must match",
     "the whole value, case-sensitive, inline flags allowed; compiled at load, so a bad pattern is "
     "a load error; beyond the step limit neither it nor its negation holds",
     "", "public patterns are written that way"},
    {"SEM-14", "wildcards of Matches",
     "* is any run of characters, slashes and line breaks too; ? is itself; % escapes; the whole "
     "value must match",
     "", "vendor page"},
    {"SEM-15", "wildcards of MatchesPath",
     "* and {name} are one element, ** is one or more; a leading or glued ** is any run; /** at "
     "the "
     "end wants a character after the slash; % escapes; case and a final slash count",
     "", "vendor page, one answered question"},
    {"SEM-16", "letter case of null, true and false", "any", "", "seen in a post"},
    {"SEM-17", "a double quote inside a text", "cannot be written: there is no escape", "",
     "linter grammar"},
    {"SEM-18", "which numbers are accepted",
     "integers, decimals and the suffixes f, d, l in either case; not 007, not 1.2.3", "",
     "what page and linter accept together"},
    {"SEM-19", "status of QuotaViolation and SpikeArrestViolation",
     "429 in profile x, 500 in profile edge", "profile, rate-limit-status",
     "vendor pages of both generations"},
    {"SEM-20", "fault.name when no route matches",
     "RouteFailed, from messaging.runtime.RouteFailed; status 500", "", "captured replies"},
    {"SEM-21", "prefix.failed or prefix.policy.failed", "both are set", "", "pages use both"},
    {"SEM-22", "FaultRules in odd places",
     "a second FaultRules, and a DefaultFaultRule inside one, are merged in document order with a "
     "warning; FaultRules in a step or policy is ignored",
     "", "found in public bundles"},
    {"SEM-23", "a comment before the XML declaration", "tolerated with a warning; --strict refuses",
     "", "found in public bundles"},
    {"SEM-24", "two conditions in one rule or step", "load error", "", "linter"},
    {"SEM-25", "two fault rules of one name", "warning; screens add the line", "", "ours"},
    {"SEM-26", "trace point of a rule without condition",
     "none in the Edge form; explain says that it is always true", "", "none seen in real traces"},
    {"SEM-27", "how operators are printed",
     "in lower-case words, equals and and as observed; (not X); numbers as written; "
     "(x equals null ) and (x not null)",
     "", "equals, and, null tests observed; the others are not normative"},
    {"SEM-28", "what error.state holds", "the name of the flow state as text", "",
     "scripts in public bundles"},
    {"SEM-29", "an unset variable in a template",
     "nothing, unless the policy says IgnoreUnresolvedVariables=false: then a fault", "",
     "vendor page"},
    {"SEM-30", "faults whose status no page states",
     "one table holds our value and its grade, so that a correction is one line", "", "memory"},
    {"SEM-31", "Set/Headers on the pending error",
     "overwrites, but a value that RaiseFault set stays beside the new one; Add always adds", "",
     "example of the vendor page"},
    {"SEM-32", "spaces round word operators",
     "not needed after ) or a closing quote, nor before (; elsewhere a word must end", "",
     "public bundles, linter"},
    {"SEM-33", "literals on the left or alone", "constants; lint warns", "", "public bundles"},
    {"SEM-34", "not before an operator",
     "before StartsWith, JavaRegex, MatchesPath, Matches and their symbols, with or without space; "
     "before no other",
     "", "null table, linter"},
    {"SEM-35", "what may stand on the right",
     "patterns: a text only; the others: a literal or a variable; single quotes enclose a variable "
     "name; x not null means x != null",
     "", "linter, vendor page"},
    {"SEM-36", "types and text of numbers",
     "Integer, or Long beyond 32 bits; a decimal is Double; text as Java prints it; false is 0 and "
     "true is 1 beside a number",
     "", "vendor page, Java"},
    {"SEM-37", "a blank condition", "true, with a warning", "", "as an empty element"},
    {"SEM-38", "a step with continueOnError fails in the error flow",
     "its failed flags are set, the pending fault stays", "", "ours"},
    {"SEM-39", "two different evaluationOrder attributes", "load error", "", "ours"},
    {"SEM-40", "when has a default rule or step run",
     "a default rule once it is entered, even with every step skipped; a step that failed has run",
     "", "ours"},
    {"SEM-41", "corner cases of patterns and paths",
     "%% is %; a final single % is itself; an empty path suffix stays empty; paths are compared as "
     "received",
     "", "ours"},
    {"SEM-42", "a step fails in a default rule",
     "ends it; its fault becomes the pending one; the endpoint is done", "", "as SEM-05"},
    {"SEM-43", "RaiseFault in a shared flow called by a rule",
     "counts as the rule's own, see SEM-04", "", "ours"},
    {"SEM-44", "format of the default reply", "JSON, whatever the client accepts", "",
     "the XML form is unknown"},
    {"SEM-45", "documented fault labels that are never sent",
     "known to lint, which says so; not taken for misspelt names", "", "captured replies"},
    {"SEM-46", "which conditional flow runs for the response",
     "chosen anew: the first flow whose condition holds then, once for the request and once for "
     "the response",
     "", "flows of public bundles read response variables in their conditions"},
    {"SEM-47", "the query sent to a target",
     "byte for byte as received while no policy edited it, else rebuilt from its parameters", "",
     "ours"},
    {"SEM-48", "SEM-31 and headers of which a reply has one",
     "Content-Type, Content-Length and Location are always overwritten, also where RaiseFault set "
     "them",
     "", "ours"},
    {"SEM-49", "odd forms of a MatchesPath pattern",
     "a brace without its partner in the same element is text; a {name} glued to text is a "
     "non-empty run without a slash; three stars count as two",
     "", "ours"},
    {"SEM-50", "bytes that are not UTF-8 on the left of a pattern operator",
     "never match a JavaRegex; Matches and MatchesPath compare bytes", "", "ours"},
    {"SEM-51", "a null route when the request flow has already made a response",
     "that response is the reply; else an empty 200", "", "ours; cache hits need it"},
    {"SEM-52", "SEM-31 after a rule removed the header that RaiseFault set",
     "the removed value does not come back", "", "ours"},
    {"SEM-53", "createNew=true and type=response without a name, in the error flow",
     "empties the pending error message; its status stays until one is set", "", "ours"},
    {"SEM-54", "what a variable may be called without quotes",
     "a letter or _, then letters, digits, -, _ and .; never an operator word, in any letter case; "
     "in single quotes any name",
     "", "vendor page on operators; the linter allows operator words and no _ in front"},
    {"SEM-55", "what counts as white space",
     "space, tab, line feed, carriage return, vertical tab, form feed; at both ends of a condition "
     "it is cut off",
     "", "linter, and ours for the last two"},
    {"SEM-56", "where JavaRegex parts from java.util.regex",
     "refused at load, as Java would answer otherwise: a reference to a group that Java may keep "
     "from a way it gave up, one within its own group, one under (?i); {2}+ and the like of a "
     "group; white space within a token under (?x). Read otherwise: \\b behind more than 30 "
     "combining marks on one letter; letters that Unicode has got or changed since Java 17",
     "", "a comparison with Java 17 on random patterns"},
    {"SEM-57", "a template function that is unknown, or called in a wrong way",
     "unknown: a load error, when the call is otherwise well-formed; a wrong number of arguments, "
     "spaces, a call inside a call, an expression that does not compile: a warning, and the call "
     "stays as text",
     "", "the vendor refuses to deploy the first; the rest is ours"},
    {"SEM-58", "arguments of a template function that are not in quotes",
     "a name is a variable, anything else a literal, and so are true and false; an unset variable "
     "counts as unresolved and the call gives nothing; a format, pattern or path of that name is "
     "its own text, also unresolved; an option such as hex is its own text; firstnonnull passes "
     "over unset ones and gives null at the end",
     "", "an example proxy of a vendor engineer; there a number counts as unresolved too"},
    {"SEM-59", "a template function that has no result",
     "empty text: not Base64, not a number, a pattern or path from a variable that does not "
     "compile, no match, a body that is not JSON or XML, a limit; nothing counts as unresolved",
     "", "ours; for xpath and decodeBase64 the vendor page"},
    {"SEM-60", "what template functions make of special characters and times",
     "escapeJSON keeps / and what is not ASCII; encodeHTML writes quotes as numbers; substring "
     "counts UTF-16 units; timeFormat and timeFormatMs are UTC; randomLong() is any Long, its "
     "bounds are included; xeger repeats without a bound at most ten times more",
     "", "ours, after Java's libraries; the vendor page contradicts itself on time zones"},
    {"SEM-61", "results of jsonPath and xpath",
     "jsonPath: the first item of a list, unless the third argument is true, then the list as "
     "JSON; a value that is an array counts as a list; text without quotes; xpath: names without "
     "prefix mean no namespace, nodes are XML text, an attribute is its value",
     "", "vendor page for lists; XPath 1.0"},
    {"SEM-62", "RaiseFault with continueOnError=true",
     "as any policy: its flags and fault.name are set, its response is dropped, the flow goes on",
     "", "vendor page on continueOnError, which excepts no policy"},
    {"SEM-63", "request.retain.headers, retain.queryparams, response.retain.headers",
     "only what the list names passes, or nothing when .enabled is false and there is no list; "
     "what "
     "the target's request flow set goes out always, and request.* stays as it was",
     "", "vendor page on endpoint properties; the exception is ours"},
    {"SEM-64", "when api.timeout is looked at",
     "when a policy has run and before the target is called, from the first byte of the request "
     "on; continueOnError does not hold it back; the error flow and PostClientFlow have no limit",
     "", "vendor page; the last part is ours"},
    {"SEM-65", "FlowCallout: parameters, faults, nesting",
     "parameters are ordinary variables and get their former values back afterwards; without a "
     "value one is empty text, or a fault unless unresolved ones are ignored; a fault that leaves "
     "the shared flow is the FlowCallout's own; 32 may be nested, 10,000 called in one run of "
     "steps",
     "", "vendor page on scope; the rest is ours"},
    {"SEM-66", "a call from proxy to proxy (LocalTargetConnection)",
     "runs the other proxy with variables of its own, its PostClientFlow included, before the "
     "first goes on; its reply, an error reply too, counts as a target's; by name, path suffix and "
     "query follow its base path; eight proxies may be chained, 1,000 local calls made in all; a "
     "proxy that is not there is TargetMissing",
     "", "vendor page on chaining; limits and codes are ours"},
    {"SEM-67", "a target URL without a path",
     "the slash is added to the configured one; where a policy set target.url it is EmptyPath, "
     "status 500",
     "", "vendor page on that error"},
    {"SEM-68", "servers of a LoadBalancer",
     "MaxFailures counts failed connections in a row; a server that is out comes back after five "
     "minutes; another one is tried only while nothing was sent; the fallback serves when all "
     "others are out or failed for this call; a server the environment does not know is out",
     "", "vendor page; without a health monitor the time is ours"},
    {"SEM-69", "PostClientFlow",
     "its request steps run before its response steps; a fault ends only the step; after an error "
     "there is no response, message is the error reply",
     "", "public bundles attach request steps; vendor page for the last part"},
    {"SEM-70", "variables that show a time, and system.uuid",
     "system.* is the time of the last event of the call, in UTC; dayofweek 1 is Sunday; "
     "system.uuid is one of the call",
     "", "ours; the vendor's clock is that of the machine"},
    {"SEM-71", "where lines of MessageLogging go",
     "File and CloudLogging to files of one folder, CloudLogging as JSON; Syslog over UDP or TCP, "
     "not TLS; a line that cannot be delivered is counted and the call goes on",
     "", "vendor page says it never blocks; the rest is ours"},
    {"SEM-72", "what ExtractVariables counts as unresolved",
     "a field or variable that is not there, a JSONPath (InvalidJSONPath) or XPath without a "
     "value: "
     "faults unless IgnoreUnresolvedVariables; a pattern that does not match sets nothing and is "
     "no "
     "fault; nor is a body whose Content-Type is another, it is left alone",
     "", "vendor page and playbook; the code for fields and XPath is ours"},
    {"SEM-73", "patterns of ExtractVariables",
     "cover the whole value; a capture has at least one character, in a path none of them a slash; "
     "** is one path element or more; of several that match the one with most path elements "
     "counts, "
     "then the first",
     "", "vendor page; the least length is ours"},
    {"SEM-74", "a Source of ExtractVariables that is not there",
     "SourceMessageNotAvailable; JsonPathParsingFailure when it is a part of a message and "
     "JSONPayload was to read it",
     "", "the vendor's playbook"},
    {"SEM-75", "type of an extracted variable",
     "its text is read as that type, String without one; a fraction is cut off for integer and "
     "long; "
     "JSON null leaves it unset; anything else is UnableToCast",
     "", "playbook; the fraction follows its advice, the rest is ours"},
    {"SEM-76", "a variable whose name goes on behind another's (var.color, var.color.next)",
     "both are set, as names are flat", "", "public bundles; the playbook says SetVariableFailed"},
    {"SEM-77", "keys and values of key value maps",
     "the parts of a composite key are joined by __; an entry may hold several values, a Get "
     "without "
     "index gives one value as it is and several as [a, b]; an entry that is not there unsets the "
     "variable",
     "", "the management API shows keys so; the rest is ours"},
    {"SEM-78", "Put without override, and InitialEntries",
     "a Put replaces unless override is false; initial entries are added when the policy runs, "
     "unless there is such an entry or it was deleted",
     "", "ours"},
    {"SEM-79", "ExpiryTimeInSecs of KeyValueMapOperations",
     "no effect: it says how long the vendor caches what it read, here maps are read themselves",
     "", "vendor page"},
    {"SEM-80", "URL of a ServiceCallout",
     "the URL, then the path that policies gave to the request message, then the query of both; "
     "the path of the client's own request is not appended",
     "", "public bundles put the path into the message; the last part is ours"},
    {"SEM-81", "request and reply of a ServiceCallout",
     "without variable the request is servicecallout.request, an empty GET; clearPayload is true; "
     "the reply is in its variable also when its status counts as a failure",
     "", "vendor page from memory; bundles read the reply after a failure"},
    {"SEM-82", "an unset variable in MessageLogging",
     "empty text; with IgnoreUnresolvedVariables=false StepDefinitionExecutionFailed, status 500",
     "", "ours"},
    {"SEM-83", "classes of a Quota",
     "a call whose variable names a class counts for it alone, by its allowance; the plain "
     "variables "
     "then show the same numbers as class.*",
     "", "ours; the vendor page shows the element only"},
    {"SEM-84", "CountOnly, EnforceOnly, SharedName and UseQuotaConfigInAPIProduct",
     "CountOnly counts and never refuses; EnforceOnly refuses when one more call of its weight "
     "would "
     "not fit, and does not count; one SharedName is one counter in its proxy; a product's three "
     "values count only when it has a limit, else those of DefaultConfig",
     "", "public bundles; ours"},
    {"SEM-85", "years, and long rolling windows",
     "a year is that of the calendar, for calendar, flexi and rollingwindow 365 days; a rolling "
     "window is exact up to 256 calls, beyond a call may be refused for 1/128 of it too long",
     "", "ours"},
    {"SEM-86", "sources of AssignVariable",
     "ResourceURL, Template, Ref, Value, PropertySetRef: one that gives nothing leaves it to the "
     "next; the text behind Template's ref is a template too",
     "", "vendor page for the order; the rest is ours"},
    {"SEM-87", "an edit of RaiseFault or ServiceCallout that cannot be done",
     "RaiseFault: steps.raisefault.UnresolvedVariable and the like, its response is dropped; "
     "ServiceCallout: ExecutionFailed; both status 500",
     "", "ours"},
    {"SEM-90", "a step that fails, in a trace",
     "Execution with action ABORT and result false; a fault outside the error flow also gives an "
     "Error point with state, error, fault.name, fault.code, endpoint and policy; what is read may "
     "also say FAULT",
     "", "no recording shows one"},
    {"SEM-91", "Tree of conditions other than those of endpoints and fault rules, in a trace",
     "FLOW_ and the flow's name, ROUTE_ and the route rule's, FAULT_ and the default rule's; no "
     "point for an endpoint's choice of target",
     "", "PROXY_ and FAULT_ are recorded, the rest is ours"},
    {"SEM-92", "stepDefinition-type and type of a policy, in a trace",
     "the element in lower case, but jsonattack and xmlattack; the element and Execution, but "
     "JavascriptStepExecution; stepDefinition-displayName is the name",
     "", "three types are recorded"},
    {"SEM-93", "which accesses a point lists, in a trace",
     "a Condition point those of its own; a step that runs its own; a step that is skipped those "
     "of the step before it, too; the log is empty again after a Condition or FlowInfo point",
     "", "two recorded sessions"},
    {"SEM-94", "what a trace masks",
     "private.*, headers and parameters that carry credentials, what VerifyAPIKey reads, and the "
     "same values, of at least eight bytes, elsewhere in the call; conditions stay readable",
     "", "ours; the vendor masks what a mask configuration names"},
    {"SEM-95", "time zone of the timestamps of a recording", "UTC, years 2000 to 2099", "",
     "they agree with the Z of Retrieved"},
}};

}  // namespace

std::span<const LedgerRow> ledger() { return rows; }

}  // namespace catchrule
