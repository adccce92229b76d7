// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/codes.hpp"

#include "engine/xml/load_bundle.hpp"

namespace catchrule {

const std::vector<LoadCode>& load_codes() {
    using namespace xml::code;
    static const std::vector<LoadCode> table{
        {unreadable, "unreadable", "a file or directory cannot be read, or holds no bundle"},
        {ill_formed, "ill-formed-xml", "the file is not well-formed XML"},
        {unexpected_root, "unexpected-root", "the root element is not one that belongs here"},
        {unknown_element, "unknown-element", "an element that is not known here; it is ignored"},
        {unknown_attribute, "unknown-attribute",
         "an attribute that is not known here; it is ignored"},
        {missing_policy, "missing-policy", "a step names a policy that the bundle does not have"},
        {duplicate_policy, "duplicate-policy", "two policies have the same name"},
        {duplicate_endpoint, "duplicate-endpoint", "two endpoints of one kind have the same name"},
        {duplicate_rule, "duplicate-rule", "two fault rules of an endpoint share a name (SEM-25)"},
        {two_conditions, "two-conditions", "one element has two Conditions (SEM-24)"},
        {"CR210", "template", "a malformed call in a message template is taken as text (SEM-57)"},
        {two_fault_rules, "two-fault-rules",
         "an endpoint has two FaultRules; they are joined (SEM-22)"},
        {misplaced_default_rule, "misplaced-default-rule",
         "a DefaultFaultRule stands inside FaultRules; it counts as the endpoint's (SEM-22)"},
        {ignored_fault_rules, "ignored-fault-rules",
         "FaultRules inside a Step or a policy are ignored (SEM-22)"},
        {declaration_not_first, "declaration-not-first",
         "something stands before the XML declaration (SEM-23; an error with --strict)"},
        {bad_order, "bad-order", "evaluationOrder is unknown or given twice (SEM-01, SEM-39)"},
        {step_without_name, "step-without-name", "a Step does not say which policy to run"},
        {bad_value, "bad-value", "a value is not one of those allowed here"},
        {unsupported_policy, "unsupported-policy",
         "a step attaches a policy of a type that cannot run here"},
        {unattached_unsupported, "unsupported-unattached",
         "a policy of a type that cannot run here; no step attaches it"},
        {missing_target, "missing-target",
         "a RouteRule names a target endpoint that the bundle does not have"},
        {not_supported_yet, "not-supported-yet", "a known element that has no effect here yet"},
        {bad_success_codes, "bad-success-codes", "success.codes holds something that is no status"},
        {bad_policy_value, "bad-policy-value",
         "a policy value that the deployment would refuse; the message begins with the vendor's "
         "name of it"},
        {limit, "limit",
         "a limit on size, depth, number of files or number of problems is exceeded"},
        {doctype_ignored, "doctype-ignored", "a document type definition is not read"},
        {repeated, "repeated", "an element stands twice where one counts; the first one does"},
        {missing_part, "missing-part", "an element or attribute that must be there is missing"},
        {stray_text, "stray-text", "text between elements; it is ignored"},
        {missing_shared_flow, "missing-shared-flow",
         "a FlowCallout names a shared flow that is not known; the call faults"},
        {shared_flow_cycle, "shared-flow-cycle", "shared flows call each other without end"},
        {duplicate_shared_flow, "duplicate-shared-flow", "two shared flows have the same name"},
        {duplicate_base_path, "duplicate-base-path",
         "two proxy endpoints have the same base path; only one can be reached"},
        {bad_archive, "bad-archive", "a zip archive is broken, or holds what it must not hold"},
    };
    return table;
}

}  // namespace catchrule
