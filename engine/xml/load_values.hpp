// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "engine/model.hpp"
#include "engine/xml/load_bundle.hpp"
#include "engine/xml/reader.hpp"
#include "grammar/compile.hpp"

namespace catchrule::xml {

/// Whose policies a step may name: those of the bundle, or those of one shared flow.
struct Scope {
    std::string shared_flow{};                           ///< empty = the bundle itself
    std::map<std::string, int, std::less<>> policies{};  ///< name -> index into Bundle::policies
    std::set<std::string, std::less<>>
        broken_policies{};  ///< file stems; steps may name them in silence
};

/// A FlowCallout, until the shared flow it names is known.
struct FlowCall {
    int policy = -1;       ///< index into Bundle::policies
    std::string caller{};  ///< the shared flow that it belongs to
    std::string name{};    ///< of the shared flow
    const File* file = nullptr;
    grammar::Span at{};  ///< where the name stands
};

/// What the loaders of one bundle share.
struct Context {
    Bundle& bundle;
    const LoadOptions& options;
    Report& report;
    Scope scope{};                  ///< of the file that is loaded now
    std::set<int> attached{};       ///< policies that some step runs
    std::vector<FlowCall> calls{};  ///< of FlowCallouts, attached or not
    std::set<std::string, std::less<>> broken_targets{};
};

/// The Condition of a rule, step, flow or route. None when there is none, or when it is wrong,
/// which is reported; so are two of them (SEM-24).
std::optional<grammar::Condition> load_condition(Context& context, const File& file,
                                                 const Element& owner);

/// The text of an element or attribute as a template.
Template load_template(Context& context, const File& file, const Text& text,
                       Template::Delimiters delimiters = {});

/// Interns a variable that a policy reads, so that it has a slot; returns its name.
std::string load_reference(Context& context, const Text& text);
/// The same from the attribute `name`; empty when it is not there.
std::string load_reference(Context& context, const Element& element, std::string_view name);

/// `true` or `false`, in any letter case; anything else is reported and gives `otherwise`.
bool load_boolean(const File& file, const Text& text, std::string_view what, bool otherwise);

/// An integer of at least `least`; none when the text is something else.
std::optional<std::int64_t> parse_integer(std::string_view text, std::int64_t least);

/// The attribute `name`; when there is none, that is reported and the file's stem stands in.
std::string load_name(const File& file, const Element& element);

/// Warns when an element that may stand once stands again: `seen` is set at the first call. True =
/// first.
bool load_once(const File& file, const Element& element, bool& seen);

/// FaultRules where they have no meaning (SEM-22): silent when they are empty.
void ignore_fault_rules(const File& file, const Element& owner);

}  // namespace catchrule::xml
