// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "engine/semantics.hpp"

namespace catchrule {
namespace {

constexpr std::array<LedgerRow, 56> rows{{
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
     "a load error; beyond the step limit it does not match",
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
    {"SEM-56", "corners of java.util.regex that JavaRegex answers differently",
     "a group captured in an alternative that was given up is unset again; a combining mark "
     "without "
     "a base letter is no part of a word for \\b; ranges under (?iu) fold by both cases of a "
     "letter",
     "", "a comparison with Java 17 on random patterns"},
}};

}  // namespace

std::span<const LedgerRow> ledger() { return rows; }

}  // namespace catchrule
