// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/policy.hpp"
#include "engine/xml/load_values.hpp"
#include "engine/xml/reader.hpp"

namespace catchrule::xml {

/// Any policy file: what all of them have, then the loader of its type. A type that cannot run here
/// loads as an UnsupportedPolicy and nothing in it is looked at.
Policy load_policy(Context& context, const File& file, const Element& root);

AssignMessage load_assign_message(Context& context, const File& file, const Element& root);
RaiseFault load_raise_fault(Context& context, const File& file, const Element& root);
VerifyApiKey load_verify_api_key(Context& context, const File& file, const Element& root);
Quota load_quota(Context& context, const File& file, const Element& root);
SpikeArrest load_spike_arrest(Context& context, const File& file, const Element& root);
ExtractVariables load_extract_variables(Context& context, const File& file, const Element& root);
FlowCallout load_flow_callout(Context& context, const File& file, const Element& root);
KeyValueMap load_key_value_map(Context& context, const File& file, const Element& root);
ServiceCallout load_service_callout(Context& context, const File& file, const Element& root);
MessageLogging load_message_logging(Context& context, const File& file, const Element& root);

}  // namespace catchrule::xml
