// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace catchrule::xml::code {

// Ids of load problems; load_codes() says what each one means.
inline constexpr std::string_view unreadable = "CR200";
inline constexpr std::string_view ill_formed = "CR201";
inline constexpr std::string_view unexpected_root = "CR202";
inline constexpr std::string_view unknown_element = "CR203";
inline constexpr std::string_view unknown_attribute = "CR204";
inline constexpr std::string_view missing_policy = "CR205";
inline constexpr std::string_view duplicate_policy = "CR206";
inline constexpr std::string_view duplicate_endpoint = "CR207";
inline constexpr std::string_view duplicate_rule = "CR208";
inline constexpr std::string_view two_conditions = "CR209";
// CR210 belongs to the warnings of message templates.
inline constexpr std::string_view two_fault_rules = "CR211";
inline constexpr std::string_view misplaced_default_rule = "CR212";
inline constexpr std::string_view ignored_fault_rules = "CR213";
inline constexpr std::string_view declaration_not_first = "CR214";
inline constexpr std::string_view bad_order = "CR215";
inline constexpr std::string_view step_without_name = "CR216";
inline constexpr std::string_view bad_value = "CR217";
inline constexpr std::string_view unsupported_policy = "CR218";
inline constexpr std::string_view unattached_unsupported = "CR219";
inline constexpr std::string_view missing_target = "CR220";
inline constexpr std::string_view not_supported_yet = "CR221";
inline constexpr std::string_view bad_success_codes = "CR222";
inline constexpr std::string_view bad_policy_value = "CR223";
inline constexpr std::string_view limit = "CR224";
inline constexpr std::string_view doctype_ignored = "CR225";
inline constexpr std::string_view repeated = "CR226";
inline constexpr std::string_view missing_part = "CR227";
inline constexpr std::string_view stray_text = "CR228";
inline constexpr std::string_view missing_shared_flow = "CR229";
inline constexpr std::string_view shared_flow_cycle = "CR230";
inline constexpr std::string_view duplicate_shared_flow = "CR231";
inline constexpr std::string_view duplicate_base_path = "CR232";
inline constexpr std::string_view bad_archive = "CR233";

}  // namespace catchrule::xml::code
